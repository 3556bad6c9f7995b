"""A study's tables: the columns that they have, and the records that their rows make."""

import difflib
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import repeat
from pathlib import Path
from typing import Final, TypeVar

from report.load.folder import Folder, there
from report.model.diagnostic import Diagnostic, Location, did_you_mean, excerpt
from report.model.order import natural
from report.model.records import (
    Generalisation,
    Mask,
    Participant,
    Picture,
    Quote,
    QuoteTranslation,
    Recipient,
    Record,
    Session,
)
from report.model.table import Table
from report.sources import csv, excel

Row = TypeVar("Row", bound=Record)

FORMATS: Final = {".csv": csv.parse, ".xlsx": excel.parse}
"""The formats of tables: an ending and what reads it."""

_COLUMNS: Final = {
    "sessions": (
        ("session", "kind"),
        ("stakeholder", "mode", "platform", "date", "language"),
    ),
    "participants": (("participant", "session"), ("stakeholder", "consent", "withdrawn")),
    "quotes": (
        ("quote", "participant", "codes", "text"),
        ("language", "source", "position", "consent"),
    ),
    "quote_translations": (
        ("quote", "language", "text"),
        ("translator", "date", "reviewer", "hash"),
    ),
    "generalisations": (("attribute", "value", "general"), ()),
    "masks": (("words", "kind", "replacement"), ()),
    "pictures": (("picture", "file", "alt"), ("source", "licence")),
    "recipients": (("recipient", "organisation", "contact"), ("logo", "language")),
}
"""The columns of each table: those it must have, and those it may have."""
_OPTIONAL: Final = ("quote_translations", "generalisations", "masks", "pictures", "recipients")
"""Tables that a study may do without."""


def table(folder: Folder, name: str, attributes: Collection[str] | None = ()) -> Table | None:
    """The table `name` in whatever format it is; none where it cannot be used.

    `attributes` are columns of the study's own. None: they are not known, all others pass.
    """
    required, optional = _COLUMNS[name]
    files = _files(folder, name)
    present = [file for file in files if there(file)]
    if not present and name in _OPTIONAL:
        return None
    if not present:
        message = f"this file is missing: every study has one (or {name}.xlsx)"
        folder.missing(files[0], message, f"its columns: {', '.join(required)}")
        return None
    file = present[0]
    if len(present) > 1:
        message = f"{file.name} is here too, and only one of them can hold the {name}"
        hint = "keep the one that you work in"
        at = Location(folder.path(present[1]))
        folder.problems.append(Diagnostic("ambiguous-file", message, at, hint))
        return None
    content = folder.read(file)
    if content is None:
        return None
    read, problems = FORMATS[file.suffix](content, folder.path(file))
    folder.problems += problems
    if read is None:
        return None
    columns = _columns(read)
    missing = [column for column in required if column not in columns]
    strange = set(columns) - {*required, *optional, *(attributes or ())}
    meant = {column: _meant(column, strange) for column in missing}
    folder.problems += [_missing(read, column, meant[column]) for column in missing]
    if attributes is not None:
        unused = {*optional, *attributes} - set(columns)
        own = name == "participants"
        folder.problems += [
            _unknown(read, column, unused, own=own)
            for column in columns
            if column in strange and column not in meant.values()
        ]
    return None if missing else read


def is_there(folder: Folder, name: str) -> bool:
    """Whether there is a table of that name, readable or not."""
    return any(there(file) for file in _files(folder, name))


def _files(folder: Folder, name: str) -> list[Path]:
    return [folder.data / f"{name}{ending}" for ending in FORMATS]


def _meant(column: str, strange: Collection[str]) -> str:
    """The strange column that is most like a missing one, or nothing."""
    return next(iter(difflib.get_close_matches(column, strange, n=1)), "")


def _missing(table: Table, column: str, meant: str) -> Diagnostic:
    at = table.locate(-1, meant or _columns(table)[0])
    message = f"the column “{column}” is missing"
    hint = f"add it to the first row: {column}"
    if meant:
        hint = f"rename “{excerpt(meant)}”, if that is it"
    return Diagnostic("missing-column", message, at, hint)


def _unknown(table: Table, column: str, unused: Collection[str], *, own: bool) -> Diagnostic:
    advice = "delete it, or keep it in a file of your own"
    if own:
        advice = "a column of your own is named under “attributes:” in study.yml"
    near = did_you_mean(column, unused)
    return Diagnostic(
        "unknown-column",
        f"the column “{excerpt(column)}” is not known here",
        table.locate(-1, column),
        f"{near} Otherwise {advice}" if near.endswith("?") else advice,
    )


def sessions(folder: Folder, table: Table) -> tuple[Session, ...]:
    """A session a row, in the natural order of ids."""
    names = ("session", "kind", "stakeholder", "mode", "platform", "date", "language")
    return _records(folder, table, "session", map(Session, *_cells(table, *names), _numbers(table)))


def participants(
    folder: Folder, table: Table, attributes: Collection[str]
) -> tuple[Participant, ...]:
    """A participant a row, in the natural order of ids."""
    columns = _columns(table)
    own = [name for name in attributes if name in columns]
    values = zip(*_cells(table, *own), strict=True) if own else repeat(())
    rows = map(
        Participant,
        *_cells(table, "participant", "session", "stakeholder"),
        _numbers(table),
        (dict(zip(own, row, strict=True)) for row in values),
        *(_cells(table, "consent") if "consent" in columns else [repeat(None)]),
        *_cells(table, "withdrawn"),
    )
    return _records(folder, table, "participant", rows)


def quotes(folder: Folder, table: Table, language: str) -> tuple[Quote, ...]:
    """A quote a row, in the natural order of ids, in `language` where its row names none."""
    codes, languages = _cells(table, "codes", "language")
    rows = map(
        Quote,
        *_cells(table, "quote", "participant"),
        map(_codes, codes),
        *_cells(table, "text"),
        (own or language for own in languages),
        *_cells(table, "source", "position"),
        _numbers(table),
        *_cells(table, "consent"),
    )
    return _records(folder, table, "quote", rows)


def quote_translations(folder: Folder, table: Table) -> tuple[QuoteTranslation, ...]:
    """A translation a row, in the natural order of the quotes' ids."""
    names = ("quote", "language", "text", "translator", "date", "reviewer", "hash")
    rows = map(QuoteTranslation, *_cells(table, *names), _numbers(table))
    return _records(folder, table, "quote", rows, may_be_empty=True)


def generalisations(folder: Folder, table: Table) -> tuple[Generalisation, ...]:
    """A row a value that is put more generally."""
    cells = _cells(table, "attribute", "value", "general")
    rows = map(Generalisation, *cells, _numbers(table))
    return _records(folder, table, "value", rows, may_be_empty=True)


def masks(folder: Folder, table: Table) -> tuple[Mask, ...]:
    """A row some words that are replaced in quotes."""
    rows = map(Mask, *_cells(table, "words", "kind", "replacement"), _numbers(table))
    return _records(folder, table, "words", rows, may_be_empty=True)


def pictures(folder: Folder, table: Table) -> tuple[Picture, ...]:
    """A picture a row, in the natural order of ids; whether there are such files is not asked."""
    cells = _cells(table, "picture", "file", "alt", "source", "licence")
    return _records(
        folder, table, "picture", map(Picture, *cells, _numbers(table)), may_be_empty=True
    )


def recipients(folder: Folder, table: Table) -> tuple[Recipient, ...]:
    """A recipient a row, in the natural order of ids, with the cells of all columns."""
    columns = _columns(table)
    own = zip(*_cells(table, *columns), strict=True)
    rows = map(
        Recipient,
        *_cells(table, "recipient", "organisation", "contact", "logo"),
        map(_codes, *_cells(table, "language")),
        (dict(zip(columns, cells, strict=True)) for cells in own),
        _numbers(table),
    )
    return _records(folder, table, "recipient", rows, may_be_empty=True)


def _cells(table: Table, *columns: str) -> list[Sequence[str]]:
    """The cells of each of these columns, from above, in the order of the record's fields; empty
    ones where the table has no such column."""
    none = [""] * len(table.frame)
    there = table.frame.columns
    return [table.frame[name].tolist() if name in there else none for name in columns]


def _numbers(table: Table) -> Sequence[int]:
    return table.frame.index.tolist()


@lru_cache(maxsize=10_000)
def _codes(cell: str) -> tuple[str, ...]:
    codes = (code.strip() for code in cell.replace(",", ";").split(";"))
    return tuple(dict.fromkeys(code for code in codes if code))


def _records(
    folder: Folder, table: Table, column: str, rows: Iterable[Row], *, may_be_empty: bool = False
) -> tuple[Row, ...]:
    """The records that all rows make, but for rows without an id or with one twice told."""
    records: dict[str, Row] = {}
    for identifier, made in zip(*_cells(table, column), rows, strict=True):
        if not identifier:
            message = f"this row has no {column} id"
            at = table.locate(made.record, column)
            hint = "give it one, or delete the row"
            folder.problems.append(Diagnostic("missing-id", message, at, hint))
        elif made.id in records:
            message = f"the {column} id {excerpt(made.id)} is here twice"
            first = table.locate(records[made.id].record, column)
            other = "delete one of them" if may_be_empty else "give one of them another id"
            hint = f"the first stands at {first}; {other}"
            at = table.locate(made.record, column)
            folder.problems.append(Diagnostic("duplicate-id", message, at, hint))
        else:
            records[made.id] = made
    if not records and not may_be_empty:
        message = f"there is no {column} in this table"
        at = table.locate(-1, column)
        hint = f"add a row for each {column}"
        folder.problems.append(Diagnostic("empty-table", message, at, hint))
    return tuple(sorted(records.values(), key=lambda r: natural(r.id)))


def _columns(table: Table) -> list[str]:
    return [str(name) for name in table.frame.columns]
