"""What can differ between two states of a document."""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """Of what a document a change is, in the order in which people are told."""

    TITLE = "title"
    QUOTE = "quote"
    TABLE = "table"
    FIGURE = "figure"
    TEXT = "text"
    WORK = "work"
    TRANSLATION = "translation"


class Kind(StrEnum):
    """What happened to it."""

    ADDED = "added"
    DELETED = "deleted"
    CHANGED = "changed"
    REWORDED = "reworded"
    SPEAKER = "speaker"
    """A quote is said to be by another."""
    REDRAWN = "redrawn"
    """A figure whose picture is another."""
    STALE = "stale"
    """A translation of what was worded otherwise."""
    MISSING = "missing"
    """No translation at all."""
    WITHDRAWN = "withdrawn"
    """It may not be told, since a participant withdrew."""
    WITHHELD = "withheld"
    """It may not be told, for another reason."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `name` says of which one: a quote's id, a table's or figure's caption, a
    title's key, a work's key, the place of a translation. `section` is the headings above it; `row`
    and `column` are those of a table. `old` or `new` is empty where there is none. `language` is
    that of a quote's words."""

    part: Part
    kind: Kind
    name: str = ""
    section: str = ""
    row: str = ""
    column: str = ""
    old: str = ""
    new: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is another now; `name` is what it counts, where that is known."""

    old: int
    new: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number appears: the headings above, what it stands in (nothing: a sentence; else a
    table's row and column, or a figure), and the words around it, before and after."""

    section: str
    within: str
    old: str
    new: str


@dataclass(frozen=True)
class Difference:
    """All that differs between two states of one document. `hidden` is how many passages of the
    earlier one may not be read any more."""

    document: str
    audience: str
    language: str
    changes: tuple[Change, ...] = ()
    numbers: tuple[tuple[Number, Place], ...] = ()
    hidden: int = 0

    def __bool__(self) -> bool:
        return bool(self.changes or self.numbers)
