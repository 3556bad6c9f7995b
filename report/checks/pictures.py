"""Pictures that a composed document shows are among those that go with it."""

import re
from collections.abc import Iterator
from typing import Final

from report.model.audience import Variant
from report.model.diagnostic import Diagnostic, Location
from report.model.document import Document
from report.model.study import Study

# As templates write one; data's signs bear backslashes.
_TEXT: Final = r"(?:\\.|[^\[\]\\]|\[(?:\\.|[^\[\]\\])*\])*"
_IMAGE: Final = re.compile(rf"(?<!\\)!\[{_TEXT}\]\([ \t]*<?([^\s>)]+)", re.DOTALL)


def check(_study: Study, variant: Variant, document: Document) -> Iterator[Diagnostic]:
    """Pictures from elsewhere: a document holds all that it shows, and fetches nothing."""
    known = {name for path in document.assets for name in (path, path.rpartition(".")[0])}
    for target in sorted({found[1] for found in _IMAGE.finditer(document.text)} - known):
        message = f"{variant.told} shows the picture {target}, which is not made here"
        hint = 'take it out of the template; write {{ figure("…") }} or {{ picture("…") }}'
        at = Location(f"templates/{variant.audience_name}/document.qmd.j2")
        yield Diagnostic("missing-picture", message, at, hint)
