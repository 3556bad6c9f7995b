"""A document as it was and as it is, as one that shows what changed."""

from typing import Final

from report.model.document import Artifact, Document
from report.redline import web, word
from report.redline.marking import Marking
from report.renderers import Renderer

FORMS: Final = ("html", "docx")
"""The formats that show changes."""


def render(
    old: Document, new: Document, form: str, renderer: Renderer, marking: Marking
) -> Artifact:
    """Both documents rendered in one of FORMS, and compared as they are shown: so a number that a
    renderer counts, or a work that it lists, is a change like any other.

    In Word changes are tracked, and bear the time of the new document. Raises RenderError.
    """
    before, after = (renderer.render(document, form) for document in (old, new))
    if form == "docx":
        content = word.redlined(before.content, after.content, epoch=new.epoch)
    else:
        content = web.redlined(before.content, after.content, marking)
    return Artifact(content, after.files, after.diagnostics)
