"""One cell or one column written into a table of comma-separated values.

All other bytes stay as they were: what is written follows RFC 4180, what is there is not judged.
"""

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from report.errors import ReportError
from report.sources import csv, encoding

_NEEDS_QUOTES: Final = re.compile(r'[,;\t"\r\n]|^ | $')
# The longer mark first: UTF-32's begins with UTF-16's.
_MARKS: Final[tuple[tuple[bytes, str, int, Literal["little", "big"]], ...]] = (
    (codecs.BOM_UTF8, "utf-8", 1, "little"),
    (codecs.BOM_UTF32_LE, "utf-32-le", 4, "little"),
    (codecs.BOM_UTF32_BE, "utf-32-be", 4, "big"),
    (codecs.BOM_UTF16_LE, "utf-16-le", 2, "little"),
    (codecs.BOM_UTF16_BE, "utf-16-be", 2, "big"),
    (b"", "", 1, "little"),
)


def with_cell(content: bytes, row: int, column: int, text: str) -> bytes:
    """A file's `content` with `text` in one cell; `row` and `column` are of csv.parse's grid.

    A record that ends before that column gets the separators that it lacks. Raises ReportError
    where the file's encoding has no such character, IndexError where there is no such row.
    """
    file = _File.of(content)
    cells = file.records[row]
    written = _quoted(text)
    if not written and len(cells) == 1 and column == 0:
        written = '""'  # a line of nothing is no record
    if column < len(cells):
        return file.replaced([_Edit(*cells[column], written)])
    end = cells[-1].end
    lacking = file.delimiter * (column + 1 - len(cells))
    return file.replaced([_Edit(end, end, lacking + written)])


def with_column(content: bytes, top: int, name: str) -> bytes:
    """A file's `content` with one more column at its right end, called `name` in the row `top` of
    csv.parse's grid, and empty in all other records.

    Blank lines stay blank. Raises ReportError where the file's encoding has no such character.
    """
    file = _File.of(content)
    width = max(len(cells) for cells in file.records)
    edits = []
    for row, cells in enumerate(file.records):
        end = cells[-1].end
        if file.text[cells[0].start : end].strip(" "):
            lacking = file.delimiter * (width + 1 - len(cells))
            edits.append(_Edit(end, end, lacking + (_quoted(name) if row == top else "")))
    return file.replaced(edits)


class _Span(NamedTuple):
    start: int
    end: int


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _File:
    """`text` has a character for each unit of `width` bytes behind the mark, so that a place in it
    is a place in `content`, whatever cannot be decoded. Only its ASCII characters mean anything:
    what has a meaning in CSV is ASCII, and no encoding here uses these units for anything else."""

    content: bytes
    mark: bytes
    codec: str
    width: int
    text: str
    delimiter: str
    records: list[list[_Span]]

    @classmethod
    def of(cls, content: bytes) -> "_File":
        mark, codec, width, order = next(kind for kind in _MARKS if content.startswith(kind[0]))
        starts = range(len(mark), len(content) - width + 1, width)
        units = (int.from_bytes(content[start : start + width], order) for start in starts)
        text = "".join(chr(min(unit, 0xFF)) for unit in units)
        delimiter = csv.delimiter_of(text.replace("\r\n", "\n").replace("\r", "\n"))
        records = _records(text, delimiter)
        return cls(content, mark, codec or _unmarked(content), width, text, delimiter, records)

    def replaced(self, edits: Iterable[_Edit]) -> bytes:
        """The content with each edit's text between its start and its end; they are in order."""
        pieces, at = [self.mark], len(self.mark)
        for edit in edits:
            start, end = (len(self.mark) + place * self.width for place in edit[:2])
            pieces += [self.content[at:start], self._encoded(edit.text)]
            at = end
        return b"".join([*pieces, self.content[at:]])

    def _encoded(self, text: str) -> bytes:
        try:
            return text.encode(self.codec)
        except UnicodeEncodeError as error:
            message = f"“{text[error.start]}” cannot be written into this file: its encoding is "
            message += "Windows-1252"
            hint = "save the file as “CSV UTF-8” in Excel, and try again"
            raise ReportError(message, hint) from None


def _records(text: str, delimiter: str) -> list[list[_Span]]:
    """The cells of each record, with their quotation marks. The last record holds one empty cell
    where the text ends with a line end."""
    cell = re.compile(
        rf'("(?:[^"]|"")*+"[^{delimiter}\r\n]*+|[^{delimiter}\r\n]*+)({delimiter}|\r\n?|\n|\Z)'
    )
    records: list[list[_Span]] = [[]]
    for found in cell.finditer(text):
        records[-1].append(_Span(*found.span(1)))
        if not found[2]:
            break
        if found[2] != delimiter:
            records.append([])
    return records


def _unmarked(content: bytes) -> str:
    """What encoding.decode takes a file without a mark for. Line ends are nothing to split."""
    seen = encoding.decode(content).split()
    return "utf-8" if content.decode(errors="replace").split() == seen else "cp1252"


def _quoted(text: str) -> str:
    """A cell as it is written. Readers guess the separator: what could be one is quoted."""
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text
