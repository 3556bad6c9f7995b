"""What must hold. A check is a function from a study, or a composed document, to diagnostics."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from report.checks import (
    blinding,
    brand,
    characters,
    consent,
    crossrefs,
    dates,
    glossary,
    headings,
    links,
    literature,
    masks,
    pictures,
    prose,
    readability,
    recipients,
    translations,
    vocabulary,
)
from report.model.audience import Audience, Variant
from report.model.diagnostic import Diagnostic
from report.model.document import Document
from report.model.study import Study

STUDY_CHECKS: Final[tuple[Callable[[Study], Iterable[Diagnostic]], ...]] = (
    vocabulary.check,
    glossary.check,
    links.check,
    dates.check,
    literature.check,
    prose.check,
    characters.check,
    translations.check,
    consent.check,
    masks.check,
)

AUDIENCE_CHECKS: Final[
    tuple[Callable[[Study, Mapping[str, Audience]], Iterable[Diagnostic]], ...]
] = (
    consent.check_audiences,
    masks.check_audiences,
    brand.check_audiences,
    readability.check_audiences,
    recipients.check_audiences,
)

DOCUMENT_CHECKS: Final[tuple[Callable[[Study, Variant, Document], Iterable[Diagnostic]], ...]] = (
    crossrefs.check,
    headings.check,
    blinding.check,
    pictures.check,
    prose.check_audience,
    brand.check,
    readability.check,
)
