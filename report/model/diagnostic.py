"""What is wrong with a study, where, and what to do about it."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_READABLE: Final = 12  # a longer list of names helps nobody
_EXCERPT: Final = 60  # of a text that is cited in a message
_COMPARED: Final = 60  # a longer word is no misspelt name


class Severity(StrEnum):
    """An error stops a build; a warning is told and the build goes on; a note is no problem, but a
    decision that readers of the outcome should know of."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file: line and column count characters from 1; 0 stands for the whole file.

    A place in a spreadsheet has no line that a person would know, so it has `cell`
    (`Sheet1!C7`) instead; line and column then only keep the places in order.
    """

    path: str
    line: int = 0
    column: int = 0
    cell: str = ""

    def __str__(self) -> str:
        if self.cell:
            return f"{self.path}:{self.cell}"
        if self.line:
            return f"{self.path}:{self.line}:{self.column}"
        return self.path


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem. `code` names its kind for good; `message` and `hint` are for reading.

    Both are one line each, whatever text of a study they cite.
    """

    code: str
    message: str
    location: Location
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __post_init__(self) -> None:
        if not (self.message.isprintable() and self.hint.isprintable()):
            object.__setattr__(self, "message", _one_line(self.message))
            object.__setattr__(self, "hint", _one_line(self.hint))

    def __str__(self) -> str:
        return f"{self.location}: {self.severity}[{self.code}] {self.message}"


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each diagnostic once, by file, line and column."""
    return tuple(
        sorted(
            set(diagnostics),
            key=lambda d: (d.location, d.severity, d.code, d.message, d.hint),
        )
    )


def excerpt(text: str) -> str:
    """A text of the study as a message cites it: the start of it where it is long."""
    return text if len(text) <= _EXCERPT else f"{text[: _EXCERPT - 1].rstrip()}…"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or all of them where there are few, or nothing."""
    names = sorted({name for name in known if len(name) <= _COMPARED})
    folded = {name.casefold(): name for name in names}
    asked = word.casefold()
    if asked in folded:
        return f"did you mean {folded[asked]}?"
    if len(asked) <= _COMPARED:
        near = difflib.get_close_matches(asked, folded, n=1, cutoff=0.6)
        if near:
            return f"did you mean {folded[near[0]]}?"
    if names and len(names) <= _READABLE:
        return "known here: " + ", ".join(names)
    return ""


def _one_line(text: str) -> str:
    """A character that prints nothing, or does something to a terminal, is told by its number."""
    return "".join(
        c if c.isprintable() else " " if c.isspace() else f"U+{ord(c):04X}" for c in text
    )
