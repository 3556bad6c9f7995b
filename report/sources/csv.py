"""Tables as comma-separated values, as Excel, LibreOffice, Numbers and R write them."""

import csv
import io
import re
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Final

import pandas as pd

from report.model.diagnostic import Diagnostic, Location
from report.model.table import Table
from report.sources import header
from report.sources.encoding import decode

_DELIMITERS: Final = ",;\t"
_QUOTED: Final = re.compile(r'"[^"]*"')


def read(file: Path, path: str) -> tuple[Table | None, list[Diagnostic]]:
    """The table in `file`, told of as `path`; OSError where the file cannot be read."""
    text = decode(file.read_bytes())
    delimiter = _delimiter(text)
    csv.field_size_limit(max(len(text), 131072))
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        return None, [_broken(text, delimiter, path, str(error))]
    columns = list(zip_longest(*records, fillvalue=""))
    grid = pd.DataFrame(dict(enumerate(columns)), dtype=str)
    return header.table(path, grid, _places(text, delimiter, path))


def _delimiter(text: str) -> str:
    """The separator that the header row holds most of; a comma where it holds none."""
    first = _QUOTED.sub("", text.lstrip("\n").partition("\n")[0])
    return max(_DELIMITERS, key=first.count)


def _places(text: str, delimiter: str, path: str) -> header.Place:
    @cache
    def starts() -> list[list[tuple[int, int]]]:
        return _starts(text, delimiter)

    def place(row: int, column: int) -> Location:
        cells = starts()[row]
        line, character = cells[min(column, len(cells) - 1)]
        return Location(path, line, character)

    return place


def _starts(text: str, delimiter: str) -> list[list[tuple[int, int]]]:
    """For each record the (line, column) at which each of its cells starts."""
    cell = re.compile(rf'(?:"(?:[^"]|"")*")?[^{delimiter}\n]*')
    records: list[list[tuple[int, int]]] = [[]]
    line, line_start, at = 1, 0, 0
    while at <= len(text):
        found = cell.match(text, at)
        end = found.end() if found else at  # it matches nothing at the least
        records[-1].append((line, at - line_start + 1))
        breaks = text.count("\n", at, end)
        if breaks:
            line, line_start = line + breaks, text.rfind("\n", at, end) + 1
        if end < len(text) and text[end] == "\n":
            line, line_start = line + 1, end + 1
            records.append([])
        at = end + 1
    return records


def _broken(text: str, delimiter: str, path: str, why: str) -> Diagnostic:
    """What csv refused: in practice a quotation mark that is never closed, or is closed midway."""
    lines = text.split("\n")
    for record in _starts(text, delimiter):
        for line, column in record:
            rest = lines[line - 1][column - 1 :]
            if rest.startswith('"') and not _closes("\n".join([rest, *lines[line:]]), delimiter):
                return Diagnostic(
                    "unclosed-quotation",
                    'a cell starts with a quotation mark (") that is not closed at its end',
                    Location(path, line, column),
                    'close it, or write a quotation mark inside a cell twice ("")',
                )
    return Diagnostic("unreadable-table", f"this is not a table: {why}", Location(path, 1, 1))


def _closes(rest: str, delimiter: str) -> bool:
    found = re.match(rf'"(?:[^"]|"")*"[ \t]*(?:[{delimiter}\n]|\Z)', rest)
    return found is not None
