"""What a cell says of consent, or of a withdrawal."""

import re
from dataclasses import dataclass
from typing import Final

from report.model.entry import is_date

ALL: Final = "all"
"""Every use, or every audience."""
NONE: Final = "none"
"""No use."""
_SEPARATORS: Final = re.compile(r"[;,\s]+")


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Since when a participant has withdrawn, and from which audiences; from all where none is
    named."""

    date: str
    audiences: tuple[str, ...] = ()

    def concerns(self, audience: str) -> bool:
        """Whether the audience may see nothing of the participant any more."""
        return not self.audiences or audience in self.audiences

    def written(self) -> str:
        """As it stands in a cell: 2026-11-24 all."""
        return f"{self.date} {'; '.join(self.audiences) or ALL}"


def names(cell: str) -> tuple[str, ...]:
    """The names in a cell, with semicolons, commas or spaces between them."""
    return tuple(dict.fromkeys(name for name in _SEPARATORS.split(cell) if name))


def withdrawal(cell: str) -> Withdrawal | None:
    """What the column “withdrawn” says; none where it is empty. A date that is none is kept as it
    is, and what follows it counts: whoever cannot be read has withdrawn."""
    if not cell:
        return None
    date, *audiences = names(cell)
    readable = is_date(date) and ALL not in audiences
    return Withdrawal(date, tuple(audiences) if readable else ())
