"""Characters that no font of ours can print: Typst would refuse the PDF."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from report import fonts
from report.checks.origin import data
from report.model.audience import Variant
from report.model.diagnostic import Diagnostic, Location
from report.model.document import Document
from report.model.drawing import Drawing, content
from report.model.study import Study

# PDF/UA-1 forbids the first, PDF/A-2a the rest: characters for private use, whatever a font has.
_REFUSED: Final = re.compile("[\ufeff\ue000-\uf8ff\U000f0000-\U0010ffff]")
# What needs no glyph: white space, and what Unicode has default-ignorable.
_UNSEEN: Final = re.compile(
    "[\t\n\r\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f"
    "\u205f-\u206f\u3000\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def check(
    study: Study,
    variant: Variant,
    document: Document,
    themes: tuple[Path, ...],
    *,
    printed: bool,
) -> Iterator[Diagnostic]:
    """Each character that the fonts of the `themes` lack, wherever the study's files hold it: of a
    document that is `printed` as PDF and of its works, or else of its figures."""
    drawings = [asset for asset in document.assets.values() if isinstance(asset, Drawing)]
    said = [words for drawing in drawings for words in drawing.words]
    if printed:
        works = (content(asset) for path, asset in document.assets.items() if path.endswith(".bib"))
        said += [document.text, *(work.decode() for work in works)]
    characters = set().union(*said)
    rare = [c for c in sorted(characters) if not printable(c, fonts.known(themes))]
    for character in rare:
        if not printable(character, fonts.coverage(themes)):
            name = unicodedata.name(character, "a character without a name").lower()
            number = f"U+{ord(character):04X}"
            where = "in PDF" if printed else "in a figure"
            message = f"no font can print “{character}” ({number}, {name}) {where}"
            hint = "write it otherwise, or put a font that has it into your templates/theme/fonts"
            if printed and _REFUSED.match(character):
                message = f"{number} ({name}) may not stand in a PDF: nobody can read it out"
                hint = "write it otherwise, or delete it"
            for at in _places(study, variant, character):
                yield Diagnostic("missing-glyph", message, at, hint)


def printable(character: str, covered: frozenset[str]) -> bool:
    """Whether the character needs no glyph, has one, or is put together from those that have."""
    if _REFUSED.match(character):
        return False
    if character in covered or _UNSEEN.match(character):
        return True
    parts = unicodedata.normalize("NFD", character)
    return parts != character and covered.issuperset(parts)


def _places(study: Study, variant: Variant, character: str) -> Iterator[Location]:
    found = False
    for text, at in data(study):
        if character in text:
            found = True
            yield at()
    for work in study.references:
        if character in work.source:
            found = True
            yield work.location
    for prose in study.prose.values():
        for line, text in enumerate(prose.text.split("\n"), 1):
            if character in text:
                found = True
                yield Location(prose.path, line, text.index(character) + 1)
    if not found:
        yield Location(f"templates/{variant.audience_name}/document.qmd.j2")
