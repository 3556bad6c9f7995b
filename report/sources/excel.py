"""Tables as Excel workbooks: the first visible sheet that holds anything."""

import datetime as dt
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeAlias

from report.model.diagnostic import Diagnostic, Location
from report.model.table import Table
from report.sources import header

# What openpyxl raises for a file that is broken, encrypted or something else. ParseError is a
# SyntaxError.
_UNREADABLE: Final = (
    *(zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, SyntaxError),
    *(ArithmeticError, AttributeError, LookupError, TypeError, ValueError, AssertionError, OSError),
)
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=\"([A-Z]+\d+):([A-Z]+\d+)\"")
# Excel writes t="str" where a formula gives a text, which may be empty.
_NO_RESULT: Final = re.compile(
    rb"<(?:\w+:)?c (?![^>]*t=\"str\")[^>]*?\br=\"([A-Z]+\d+)\"[^>]*>"
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)(?:<(?:\w+:)?v\s*/>|<v></v>)?</(?:\w+:)?c>"
)


def parse(content: bytes, path: str) -> tuple[Table | None, list[Diagnostic]]:
    """The table in a file's `content`, told of as `path`; none where it cannot be read."""
    from openpyxl.utils import get_column_letter

    try:
        name, rows, source, _ = _sheet(content)
    except _UNREADABLE:
        return None, [
            Diagnostic(
                "unreadable-workbook",
                "this is not an Excel workbook, or it is damaged or has a password",
                Location(path),
                "open it in Excel or LibreOffice and save it as .xlsx again, without a password",
            )
        ]
    grid = [[_text(cell) for cell in row] for row in rows]

    def place(row: int, column: int) -> Location:
        cell = f"{name}!{get_column_letter(column + 1)}{row + 1}"
        return Location(path, row + 1, column + 1, cell)

    table, problems = header.table(path, grid, place)
    return table, [*problems, *_silent(source, place), *_errors(rows, place)]


def member(content: bytes) -> str:
    """The name, within the workbook's ZIP, of the sheet that `parse` reads; nothing where it reads
    none."""
    try:
        return _sheet(content)[3]
    except _UNREADABLE:
        return ""


_Sheet: TypeAlias = tuple[str, Sequence[Sequence[object]], bytes, str]
"""A sheet's name, rows, XML and ZIP member; a row ends with its last cell."""


def _sheet(content: bytes) -> _Sheet:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl could not write again
        return _first(content)


def _first(content: bytes) -> _Sheet:
    """The first visible sheet that holds anything.

    Read-only, since otherwise a format that reaches down to the last row and column of a sheet
    makes seventeen thousand million empty cells.
    """
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True, read_only=True)
    sheets: list[Any] = [s for s in book.worksheets if s.sheet_state == "visible"]
    rows: list[tuple[object, ...]] = []
    for sheet in sheets:
        sheet.reset_dimensions()
        rows = [_trimmed(row) for row in sheet.iter_rows(values_only=True)]
        while rows and not rows[-1]:
            rows.pop()
        if rows:
            path: str = sheet._worksheet_path  # noqa: SLF001  # public nowhere
            return _name(sheet.title), rows, zipfile.ZipFile(io.BytesIO(content)).read(path), path
    return "", [], b"", ""


def _name(title: str) -> str:
    """A sheet's name as Excel writes it in front of a cell."""
    from openpyxl.utils.cell import quote_sheetname

    return title if title.isalnum() else quote_sheetname(title)


def _trimmed(row: Sequence[object]) -> tuple[object, ...]:
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return tuple(row[:end])


def _silent(source: bytes, place: header.Place) -> Iterator[Diagnostic]:
    """Cells that look filled in Excel, but whose value is not in the file."""
    for first, last in _MERGED.findall(source):
        message = f"{first.decode()} to {last.decode()} are merged: only the first cell holds "
        message += "the value"
        hint = "unmerge them, and write the value into each cell that it is meant for"
        yield Diagnostic("merged-cells", message, place(*_position(first)), hint)
    for cell in _NO_RESULT.findall(source):
        message = "the result of the formula in this cell is not in the file"
        hint = "open the file in Excel or LibreOffice and save it, or type the value"
        yield Diagnostic("formula-without-result", message, place(*_position(cell)), hint)


def _position(cell: bytes) -> tuple[int, int]:
    from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

    letters, row = coordinate_from_string(cell.decode())
    return row - 1, column_index_from_string(letters) - 1


def _errors(rows: Sequence[Sequence[object]], place: header.Place) -> Iterator[Diagnostic]:
    from openpyxl.cell.cell import ERROR_CODES

    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value in ERROR_CODES:
                message = f"the formula in this cell gives {value}"
                hint = "correct the formula, or type the value"
                yield Diagnostic("spreadsheet-error", message, place(number, column), hint)


def _text(value: object) -> str:
    """A cell as the person who typed it would write it in a CSV."""
    from openpyxl.cell.cell import ERROR_CODES

    match value:
        case None:
            return ""
        case str() if value in ERROR_CODES:
            return ""  # told of by itself
        case bool():
            return str(value).upper()
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value).replace("\r\n", "\n").replace("\r", "\n")
