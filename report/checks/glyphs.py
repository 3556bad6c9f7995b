"""Characters that no font of ours can print: Typst would refuse the PDF."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from report.model.audience import Variant
from report.model.diagnostic import Diagnostic, Location
from report.model.document import Document
from report.model.study import Study

_REFUSED: Final = "\ufeff"  # PDF/UA-1 forbids it, whatever a font has
# What needs no glyph: white space, and what Unicode has default-ignorable.
_UNSEEN: Final = re.compile(
    "[\t\n\r\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f"
    "\u205f-\u206f\u3000\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def check(
    study: Study, variant: Variant, document: Document, covered: frozenset[str]
) -> Iterator[Diagnostic]:
    """Each character of the document and of its works that is not `covered`, wherever the study's
    files hold it."""
    works = [text for path, text in document.assets.items() if path.endswith(".bib")]
    characters = set(document.text).union(*(work.decode() for work in works))
    for character in sorted(characters):
        if not printable(character, covered):
            name = unicodedata.name(character, "a character without a name").lower()
            message = f"no font can print “{character}” (U+{ord(character):04X}, {name}) in PDF"
            hint = "write it otherwise, or put a font that has it into your templates/theme/fonts"
            for at in _places(study, variant, character):
                yield Diagnostic("missing-glyph", message, at, hint)


def printable(character: str, covered: frozenset[str]) -> bool:
    """Whether the character needs no glyph, has one, or is put together from those that have."""
    if character == _REFUSED:
        return False
    if character in covered or _UNSEEN.match(character):
        return True
    parts = unicodedata.normalize("NFD", character)
    return parts != character and covered.issuperset(parts)


def _places(study: Study, variant: Variant, character: str) -> Iterator[Location]:
    found = False
    for text, at in _texts(study):
        if character in text:
            found = True
            yield at
    for prose in study.prose.values():
        for line, text in enumerate(prose.text.split("\n"), 1):
            if character in text:
                found = True
                yield Location(prose.path, line, text.index(character) + 1)
    if not found:
        yield Location(f"templates/{variant.audience_name}/document.qmd.j2")


def _texts(study: Study) -> Iterator[tuple[str, Location]]:
    """Every text of the study but its prose, and where it stands."""
    for session in study.sessions:
        yield session.id, study.locate(session, "session")
        yield session.mode, study.locate(session, "mode")
    for participant in study.participants:
        yield participant.id, study.locate(participant, "participant")
        for name, value in participant.attributes.items():
            yield value, study.locate(participant, name)
    for quote in study.quotes:
        yield quote.text, study.locate(quote, "text")
    files = {"study": study.file, "codebook": study.codebook, "glossary": study.glossary}
    for file, content in files.items():
        for key, text in _strings(content.model_dump(by_alias=True), ()):
            yield text, study.locate_key(file, key)
    for reference in study.references:
        yield reference.source, reference.location


def _strings(
    value: Any,  # noqa: ANN401  # any tree of YAML
    key: tuple[str | int, ...],
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _strings(inner, (*key, name))
    elif isinstance(value, Sequence):
        for number, inner in enumerate(value):
            yield from _strings(inner, (*key, number))
