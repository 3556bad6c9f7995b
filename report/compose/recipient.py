"""The recipient of a document, as its templates and texts ask for them."""

from collections.abc import Iterator, Mapping


class Columns:
    """The cells of a recipient's row: `recipient.organisation`, `recipient["number of members"]`.

    No more than that: a column may be called as something of Python's is.
    """

    __slots__ = ("_cells",)

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = cells

    def __getitem__(self, column: str) -> str:
        """Raises KeyError where there is no such column."""
        return self._cells[column]

    def __iter__(self) -> Iterator[str]:
        """The columns' names."""
        return iter(self._cells)
