"""From a grid of cells to a table: header names, stray columns, blank rows."""

from collections.abc import Callable
from typing import TypeAlias

import pandas as pd

from report.model.diagnostic import Diagnostic, Location, excerpt
from report.model.table import Table

Place: TypeAlias = Callable[[int, int], Location]
"""(row of the grid, column of the grid), both from 0, to where that cell stands."""


def table(path: str, grid: pd.DataFrame, place: Place) -> tuple[Table | None, list[Diagnostic]]:
    """`grid` holds text only, the header in its first row that holds anything; its columns are
    0, 1, 2 …

    Returns no table where there is nothing that can be read as one, and then says why.
    """
    grid = pd.DataFrame({number: grid[number].str.strip() for number in grid.columns})
    filled = (grid != "").any(axis=1)
    if not filled.any():
        hint = "write the names of the columns into the first row"
        return None, [Diagnostic("empty-file", "the file is empty", Location(path, 1, 1), hint)]
    top = int(filled.to_numpy().argmax())

    names = [str(name).casefold() for name in grid.iloc[top]]
    problems: list[Diagnostic] = []
    columns: dict[str, int] = {}
    for number, name in enumerate(names):
        if not name:
            cells = grid[number]
            stray = cells[cells != ""]
            if not stray.empty:
                problems.append(
                    Diagnostic(
                        "cell-without-column",
                        f"“{excerpt(stray.iloc[0])}” stands in a column that has no name",
                        place(int(str(stray.index[0])), number),
                        "name the column in the first row, or empty the cell; a cell too many "
                        "often comes from a separator inside text that has no quotation marks",
                    )
                )
        elif name in columns:
            message = f"two columns are called “{excerpt(name)}”"
            problems.append(
                Diagnostic("duplicate-column", message, place(top, number), "rename one of them")
            )
        else:
            columns[name] = number

    body = grid.iloc[top + 1 :][list(columns.values())]
    body.columns = pd.Index(columns)
    body = body[(body != "").any(axis=1)]

    def cell(record: int, column: str) -> tuple[int, int]:
        return max(record, top), columns[column]

    def locate(record: int, column: str) -> Location:
        return place(*cell(record, column))

    return Table(path, body, locate, cell), problems
