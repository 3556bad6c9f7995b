"""A work of the literature."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from report.model.diagnostic import Location


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of references.bib: its fields without their outer braces, and its whole source."""

    key: str
    kind: str
    location: Location
    source: str
    fields: Mapping[str, str] = field(default_factory=dict)
