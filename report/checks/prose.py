"""Text files: nothing left to write, nothing that only one format would show."""

import re
from collections.abc import Iterator
from typing import Final

from report.checks import markup
from report.checks.origin import data, of_audience, place, translated
from report.model.audience import Variant
from report.model.diagnostic import Diagnostic, Location
from report.model.document import Document
from report.model.study import Prose, Study

_PLACEHOLDER: Final = re.compile(r"\b(?:TODO|FIXME|TBD|XX+)\b|\b(?i:lorem ipsum)\b")
_HTML: Final = re.compile(r"(?<!\\)<(?![\w.+-]+(?::|@))/?[A-Za-z][^<>\n]*>|<!--")


def check(study: Study) -> Iterator[Diagnostic]:
    """Empty files, placeholders here and in the data, HTML, and what Markdown cannot have here."""
    for prose in study.prose.values():
        if not prose.text.strip():
            at = Location(prose.path, 1, 1)
            yield Diagnostic("empty-file", "the file is empty", at, "write it, or delete it")
        for found in _PLACEHOLDER.finditer(prose.text):
            yield _placeholder(found[0], place(prose, found.start()))
        yield from _html(prose)
        yield from markup.check(prose)
    for language in study.catalogues:
        for prose in translated(study, language):
            yield from _html(prose)
            yield from markup.check(prose, whole=False)
    for text, at in data(study):
        for found in _PLACEHOLDER.finditer(text):
            yield _placeholder(found[0], at)


def _html(prose: Prose) -> Iterator[Diagnostic]:
    for found in _HTML.finditer(prose.text):
        message = f"HTML ({found[0]}) would be lost in PDF and Word"
        hint = "write it as Markdown; a “<” that is meant as such is written \\<"
        yield Diagnostic("html-in-prose", message, place(prose, found.start()), hint)


def check_audience(study: Study, variant: Variant, _document: Document) -> Iterator[Diagnostic]:
    """Placeholders in an audience's own title and labels."""
    for text, at in of_audience(study, variant):
        for found in _PLACEHOLDER.finditer(text):
            yield _placeholder(found[0], at)


def _placeholder(words: str, at: Location) -> Diagnostic:
    message = f"“{words}” is still to be written"
    return Diagnostic("placeholder", message, at, "write what belongs there")
