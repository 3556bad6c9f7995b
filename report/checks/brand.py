"""An organisation's brand, on the documents that may bear it."""

from collections.abc import Iterator, Mapping
from typing import Final

from report.checks.glyphs import printable
from report.model.audience import Audience, Variant
from report.model.diagnostic import Diagnostic, Severity
from report.model.document import Document
from report.model.study import Study

_SHOWN: Final = 8


def check_audiences(study: Study, audiences: Mapping[str, Audience]) -> Iterator[Diagnostic]:
    """A blinded document that a brand would tell the authors of."""
    for name, audience in audiences.items():
        if audience.brand and audience.blinding:
            message = f"{name} is blinded, and a brand would tell whose study it is"
            at = study.locate_key("audiences", ("audiences", name, "brand"))
            yield Diagnostic("blinded-brand", message, at, f"set “brand: false” for {name}")


def check(study: Study, _variant: Variant, document: Document) -> Iterator[Diagnostic]:
    """Letters of the document that the brand's typeface for text lacks."""
    face = document.brand.text if document.brand else None
    if face is None:
        return
    had = face.characters
    lacking = sorted(c for c in set(document.text) if c.isalpha() and not printable(c, had))
    if lacking:
        shown = ", ".join(lacking[:_SHOWN])
        more = f" and {len(lacking) - _SHOWN} more" if len(lacking) > _SHOWN else ""
        message = f"“{face.family}” lacks letters of {document.name}: {shown}{more}"
        hint = "they are set in another typeface; ask whose brand it is for fonts that have them"
        at = study.locate_key("_brand", ("typography", "base", "family"))
        yield Diagnostic("missing-letters", message, at, hint, Severity.WARNING)
