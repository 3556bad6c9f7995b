"""The key of a study: who its participants are. Only the gate is ever told."""

from dataclasses import dataclass
from typing import TypeAlias

from report.model.diagnostic import Location


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A cell of private/key.csv, and where it stands."""

    text: str
    location: Location


Key: TypeAlias = tuple[KeyEntry, ...]
