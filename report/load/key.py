"""private/key.csv: who the participants are, for the gate alone."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from report.load.tables import FORMATS
from report.model.diagnostic import Diagnostic, Location
from report.model.key import Key, KeyEntry
from report.model.table import Table
from report.sources.file import read

_FOLDER: Final = "private"
_PARTICIPANT: Final = "participant"
_READERS: Final = {f"key{ending}": parse for ending, parse in FORMATS.items()}
_TABLES: Final = {".csv", ".xlsx", ".xls", ".ods", ".tsv", ".numbers"}
"""What somebody may have saved a key as."""
_SHORT: Final = 3
"""Characters; so few are found in any text."""
_UNTOLD: Final = {
    "cell-without-column": "a cell stands in a column that has no name",
    "duplicate-column": "two columns have the same name",
}
"""What else would cite the key, in words that do not."""


def key(root: Path) -> tuple[Key, list[Diagnostic]]:
    """What the key of the study in `root` holds, apart from ids; nothing where it has none. No
    diagnostic holds any of its words."""
    folder = root / _FOLDER
    files = sorted(f for f in folder.glob("*") if f.suffix.casefold() in _TABLES)
    files = [file for file in files if not file.name.startswith(("~", "."))]
    if not files:
        return (), []
    if [file.name for file in files] not in [[name] for name in _READERS]:
        message = f"the key must be the one table in {_FOLDER}, and be called key.csv or key.xlsx"
        hint = (
            "save it as one of these, and take other tables away: nobody looks for what they hold"
        )
        return (), [Diagnostic("unreadable-key", message, Location(_FOLDER), hint)]
    path = f"{_FOLDER}/{files[0].name}"
    content, problems = read(files[0], path)
    if content is None:
        return (), problems
    table, found = _READERS[files[0].name](content, path)
    told = [replace(p, message=_UNTOLD.get(p.code, p.message)) for p in found]
    if table is None:
        return (), told
    if _PARTICIPANT not in table.frame.columns:
        message = f"the key has no column “{_PARTICIPANT}”"
        hint = "write the names of the columns into the first row: participant, name, and others"
        return (), [*told, Diagnostic("unreadable-key", message, Location(path), hint)]
    entries = tuple(_entries(table))
    lost = next((entry.location for entry in entries if "\ufffd" in entry.text), None)
    if lost:
        message = "letters of the key were lost, so that nobody can look for them"
        hint = "the file went through a wrong encoding: save it again as “CSV UTF-8”"
        told.append(Diagnostic("unreadable-key", message, lost, hint))
    return entries, told


def _entries(table: Table) -> Iterator[KeyEntry]:
    for column in table.frame.columns:
        if column != _PARTICIPANT:
            for record, text in table.frame[column].items():
                if len(text) >= _SHORT:
                    yield KeyEntry(text, table.locate(int(str(record)), str(column)))
