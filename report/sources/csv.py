"""Tables as comma-separated values, as Excel, LibreOffice, Numbers and R write them."""

import csv
import re
from functools import cache
from typing import Final

from report.model.diagnostic import Diagnostic, Location
from report.model.table import Table
from report.sources import encoding, header

_DELIMITERS: Final = ",;\t"
_QUOTED: Final = re.compile(r'"[^"]*+"?')
_FIRST: Final = re.compile(r'[ \n]*((?:"[^"]*+"?|[^"\n]++)*+)')
"""The first row that holds anything."""


def parse(content: bytes, path: str) -> tuple[Table | None, list[Diagnostic]]:
    """The table in a file's `content`, told of as `path`; none where it cannot be read."""
    text, problems = encoding.text(content, path)
    if text is None:
        return None, problems
    delimiter = delimiter_of(text)
    csv.field_size_limit(max(len(text), 131072))
    lines = map("{}\n".format, text.split("\n"))
    try:
        records = list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return None, [_broken(text, delimiter, path)]
    return header.table(path, records, _places(text, delimiter, path))


def delimiter_of(text: str) -> str:
    """The separator that the header row holds most of; a comma where it holds none."""
    first = _FIRST.match(text)
    names = _QUOTED.sub("", first[1]) if first else ""
    return max(_DELIMITERS, key=names.count)


def _cell(delimiter: str) -> re.Pattern[str]:
    """A cell as csv reads it, and in group 1 what stands behind its closing quotation mark."""
    return re.compile(rf'"(?:[^"]|"")*+"([^{delimiter}\n]*+)|[^{delimiter}\n]*+')


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
    cell = _cell(delimiter)
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


def _broken(text: str, delimiter: str, path: str) -> Diagnostic:
    """What csv refused: a quotation mark that is never closed, or is closed midway."""
    cell, at = _cell(delimiter), 0
    while at < len(text):
        found = cell.match(text, at)
        if found is None or (text[at] == '"' and found[1] != ""):
            break
        at = found.end() + 1
    before = text[:at]
    return Diagnostic(
        "unclosed-quotation",
        'a cell starts with a quotation mark (") that is not closed at its end',
        Location(path, before.count("\n") + 1, at - before.rfind("\n")),
        'close it, or write a quotation mark inside a cell twice ("")',
    )
