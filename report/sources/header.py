"""From a grid of cells to a table: header names, stray columns, blank rows."""

from collections.abc import Callable, Sequence
from itertools import compress, zip_longest
from typing import TypeAlias

import pandas as pd

from report.model.diagnostic import Diagnostic, Location, excerpt
from report.model.table import Table

Place: TypeAlias = Callable[[int, int], Location]
"""(row of the grid, column of the grid), both from 0, to where that cell stands."""


def table(
    path: str, grid: Sequence[Sequence[str]], place: Place
) -> tuple[Table | None, list[Diagnostic]]:
    """`grid` holds text only, row by row, the header in its first row that holds anything. A row
    may end before others do.

    Returns no table where there is nothing that can be read as one, and then says why.
    """
    cells = [list(map(str.strip, column)) for column in zip_longest(*grid, fillvalue="")]
    top = next((n for n, row in enumerate(zip(*cells, strict=True)) if any(row)), None)
    if top is None:
        hint = "write the names of the columns into the first row"
        return None, [Diagnostic("empty-file", "the file is empty", Location(path, 1, 1), hint)]
    names = [column[top].casefold() for column in cells]
    problems: list[Diagnostic] = []
    columns: dict[str, int] = {}
    for number, name in enumerate(names):
        if not name:
            stray = next((n for n, cell in enumerate(cells[number]) if cell), None)
            if stray is not None:
                told = excerpt(cells[number][stray])
                problems.append(
                    Diagnostic(
                        "cell-without-column",
                        f"“{told}” stands in a column that has no name",
                        place(stray, number),
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

    named = [cells[number] for number in columns.values()]
    filled = list(map(any, zip(*named, strict=True)))
    filled[: top + 1] = [False] * len(filled[: top + 1])
    body = pd.DataFrame(
        {name: list(compress(cells[number], filled)) for name, number in columns.items()},
        index=list(compress(range(len(filled)), filled)),
        dtype=str,
    )

    def cell(record: int, column: str) -> tuple[int, int]:
        return max(record, top), columns[column]

    def locate(record: int, column: str) -> Location:
        return place(*cell(record, column))

    return Table(path, body, locate, cell), problems
