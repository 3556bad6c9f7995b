"""What comes together while a document is composed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from report.compose.quotes import Said, Shown
from report.compose.told import Told
from report.model.diagnostic import Diagnostic
from report.model.drawing import Asset

Notes = Sequence[set[Any] | dict[Any, Any]]
"""What is noted of texts, wherever they stand: always the same sets and mappings, which grow."""


@dataclass
class Gathered:
    """What comes together while one document is composed, whatever the language of its parts."""

    problems: list[Diagnostic] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    assets: dict[str, Asset] = field(default_factory=dict)
    shown: dict[tuple[str, str], Shown] = field(default_factory=dict)
    said: set[Said] = field(default_factory=set)
    quote_gaps: dict[tuple[str, str], Diagnostic] = field(default_factory=dict)
    told: Told = field(default_factory=Told)
    pictures: dict[str, str] = field(default_factory=dict)
    """By id, the path by which the text names the picture."""
    asked: bool = False
    """Whether a cell of the recipient's row was asked for."""

    @property
    def notes(self) -> Notes:
        """All that is noted here."""
        told = self.told
        return self.used, self.shown, self.said, self.quote_gaps, told.columns, told.participants

    def ask(self) -> None:
        """Note that a cell of the recipient's row was asked for."""
        self.asked = True

    def clear(self) -> None:
        """Begin anew, in the same sets and mappings: many hold on to them."""
        for noted in (*self.notes, self.problems, self.assets, self.pictures):
            noted.clear()
        self.asked = False
