"""Characters that no font of ours can print: Typst would refuse the PDF."""

import unicodedata
from collections.abc import Iterator

from report.model.audience import Variant
from report.model.diagnostic import Diagnostic, Location
from report.model.document import Document
from report.model.study import Study

# They print nothing, or are worked out before printing.
_INVISIBLE = {"Cf", "Zs", "Zl", "Zp", "Cc"}


def check(
    study: Study, variant: Variant, document: Document, covered: frozenset[str]
) -> Iterator[Diagnostic]:
    """Each character of the document that is not `covered`, where the study's files hold it."""
    for character in sorted(set(document.text) - covered):
        if unicodedata.category(character) in _INVISIBLE:
            continue
        name = unicodedata.name(character, "a character without a name")
        message = f"no font can print “{character}” (U+{ord(character):04X}, {name.lower()}) "
        message += "in PDF"
        hint = "write it otherwise, or put a font that has it into templates/theme/fonts"
        for at in _places(study, variant, character):
            yield Diagnostic("missing-glyph", message, at, hint)


def _places(study: Study, variant: Variant, character: str) -> Iterator[Location]:
    found = False
    for quote in study.quotes:
        if character in quote.text:
            found = True
            yield study.locate(quote, "text")
    for prose in study.prose.values():
        for line, text in enumerate(prose.text.split("\n"), 1):
            if character in text:
                found = True
                yield Location(prose.path, line, text.index(character) + 1)
    if not found:
        yield Location(f"templates/{variant.audience_name}/document.qmd.j2")
