"""Text files: nothing left to write, nothing that only one format would show."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from report.checks import markup
from report.checks.origin import Place, data, of_audience, place, translated
from report.model.audience import Variant
from report.model.diagnostic import Diagnostic, Location
from report.model.document import Document
from report.model.study import Prose, Study

_WORDS: Final = ("TODO", "FIXME", "TBD", "XX")
_LATIN: Final = b"lorem ipsum"
_PLACEHOLDER: Final = re.compile(rf"\b(?:{'|'.join(_WORDS)}+)\b|\b(?i:{_LATIN.decode()})\b")
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
    yield from _placeholders(list(data(study)))


def _html(prose: Prose) -> Iterator[Diagnostic]:
    for found in _HTML.finditer(prose.text):
        message = f"HTML ({found[0]}) would be lost in PDF and Word"
        hint = "write it as Markdown; a “<” that is meant as such is written \\<"
        yield Diagnostic("html-in-prose", message, place(prose, found.start()), hint)


def check_audience(study: Study, variant: Variant, _document: Document) -> Iterator[Diagnostic]:
    """Placeholders in an audience's own title and labels."""
    yield from _placeholders(list(of_audience(study, variant)))


def _placeholders(said: Sequence[tuple[str, Place]]) -> Iterator[Diagnostic]:
    whole = "\n".join(text for text, _ in said)
    # As good as always there is nothing to find.
    if any(word in whole for word in _WORDS) or _LATIN in whole.encode("utf-8", "replace").lower():
        for text, at in said:
            for found in _PLACEHOLDER.finditer(text):
                yield _placeholder(found[0], at())


def _placeholder(words: str, at: Location) -> Diagnostic:
    message = f"“{words}” is still to be written"
    return Diagnostic("placeholder", message, at, "write what belongs there")
