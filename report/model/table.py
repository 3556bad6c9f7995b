"""A table as it stood in its file, before anything was made of its cells."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from report.model.diagnostic import Location


@dataclass(frozen=True)
class Table:
    """Cells as stripped text, a column a header cell, and where each of them stands.

    `frame` has one row a record and one column a header, all `str`; its index is the record's
    number in the file (blank records are left out, so numbers may be missing). `locate(record,
    column)` gives the place of a cell, `locate(-1, column)` that of its header. Places are worked
    out when asked for: most are never needed. `cell` takes the same and gives (row, column) of the
    grid that the file was read as, both from 0: what writes one cell asks for these.
    """

    path: str
    frame: pd.DataFrame
    locate: Callable[[int, str], Location]
    cell: Callable[[int, str], tuple[int, int]]
