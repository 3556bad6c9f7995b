"""The recipient of a document, as its templates and texts ask for them.

Documents of hundreds of recipients are the same but for a few cells. So each cell is marked where
it is shown, and asking for one is noted: what did not ask need not be made again, and what is the
same but for marks need not be checked again. The marks are control characters, which no study can
hold.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from report.compose import pictures
from report.compose.escape import Cell, Markdown
from report.model.drawing import Asset
from report.model.records import Recipient
from report.model.study import Study

_MARKED: Final = re.compile(f"{Cell.OPEN}[^{Cell.CLOSE}]*{Cell.CLOSE}")
_MARKS: Final = re.compile(f"[{Cell.OPEN}{Cell.CLOSE}]")


class Columns:
    """The cells of a recipient's row: `recipient.organisation`, `recipient["number of members"]`.
    `asked` is told where one is taken.

    It has no methods to be named in a text: a column may be called as one of Python's is.
    """

    __slots__ = ("_asked", "_cells")

    def __init__(self, cells: Mapping[str, str], asked: Callable[[], None]) -> None:
        self._cells = cells
        self._asked = asked

    def __getitem__(self, column: str) -> Cell:
        """Raises KeyError where there is no such column."""
        self._asked()
        return Cell(self._cells[column])

    def __iter__(self) -> Iterator[str]:
        """The columns' names."""
        return iter(self._cells)


def logo(
    path: str, study: Study, recipient: Recipient, formats: tuple[str, ...]
) -> tuple[Markdown, Mapping[str, Asset]]:
    """The path by which a text names the recipient's logo, and its files, called by `path`; nothing
    where there is none."""
    if not recipient.logo:
        return Markdown(""), {}
    content = study.logo_files[recipient.logo]
    named, files = pictures.assets(path, recipient.logo, content, formats)
    return Markdown(named), files


def unmarked(text: str) -> str:
    """The text without marks of cells."""
    return _MARKS.sub("", text)


def shape(text: str) -> str:
    """The SHA-256 of the text without the marked cells: of what it says to all recipients alike."""
    return hashlib.sha256(_MARKED.sub(Cell.OPEN, text).encode()).hexdigest()


def addressed(text: str) -> str:
    """The paragraphs that show a cell, without their marks."""
    return unmarked("\n\n".join(part for part in text.split("\n\n") if Cell.OPEN in part))
