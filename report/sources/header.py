"""From a grid of cells to a table: header names, stray columns, blank rows."""

from collections.abc import Callable
from typing import TypeAlias

import pandas as pd

from report.model.diagnostic import Diagnostic, Location
from report.model.table import Table

Place: TypeAlias = Callable[[int, int], Location]
"""(row of the grid, column of the grid), both from 0, to where that cell stands."""


def table(path: str, grid: pd.DataFrame, place: Place) -> tuple[Table | None, list[Diagnostic]]:
    """`grid` holds text only, the header in its first row; its columns are 0, 1, 2 …

    Returns no table where there is nothing that can be read as one, and then says why.
    """
    grid = grid.apply(lambda column: column.str.strip())
    start = Location(path, 1, 1)
    if grid.empty or not (grid.iloc[0] != "").any():
        message = "the file is empty" if not (grid != "").to_numpy().any() else "no header row"
        hint = "write the names of the columns into the first row"
        return None, [Diagnostic("empty-file", message, start, hint)]

    names = [str(name).casefold() for name in grid.iloc[0]]
    problems: list[Diagnostic] = []
    columns: dict[str, int] = {}
    for number, name in enumerate(names):
        if not name:
            cells = grid[number]
            filled = cells[cells != ""]
            if not filled.empty:
                problems.append(
                    Diagnostic(
                        "cell-without-column",
                        f"“{filled.iloc[0]}” stands in a column that has no name",
                        place(int(str(filled.index[0])), number),
                        "name the column in the first row, or empty the cell; a cell too many "
                        "often comes from a separator inside text that has no quotation marks",
                    )
                )
        elif name in columns:
            message = f"two columns are called “{name}”"
            problems.append(
                Diagnostic("duplicate-column", message, place(0, number), "rename one of them")
            )
        else:
            columns[name] = number

    body = grid.iloc[1:][list(columns.values())]
    body.columns = pd.Index(columns)
    body = body[(body != "").any(axis=1)]
    return Table(
        path, body, lambda record, column: place(max(record, 0), columns[column])
    ), problems
