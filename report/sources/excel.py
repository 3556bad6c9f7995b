"""Tables as Excel workbooks: the first sheet that holds anything."""

import datetime as dt
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from report.model.diagnostic import Diagnostic, Location
from report.model.table import Table
from report.sources import header


def read(file: Path, path: str) -> tuple[Table | None, list[Diagnostic]]:
    """The table in `file`, told of as `path`; OSError where the file cannot be read."""
    try:
        book = openpyxl.load_workbook(file, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        return None, [
            Diagnostic(
                "unreadable-workbook",
                f"this is not an Excel workbook ({error})",
                Location(path),
                "open it in Excel or LibreOffice and save it as .xlsx again, without a password",
            )
        ]
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    sheet = next(
        (s for s in sheets if any(any(row) for row in s.iter_rows(values_only=True))), sheets[0]
    )
    grid = pd.DataFrame(
        [[_text(value) for value in row] for row in sheet.iter_rows(values_only=True)], dtype=str
    )

    def place(row: int, column: int) -> Location:
        cell = f"{sheet.title}!{get_column_letter(column + 1)}{row + 1}"
        return Location(path, row + 1, column + 1, cell)

    return header.table(path, grid.fillna(""), place)


def _text(value: object) -> str:
    """A cell as the person who typed it would write it in a CSV."""
    match value:
        case None:
            return ""
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value).replace("\r\n", "\n").replace("\r", "\n")
