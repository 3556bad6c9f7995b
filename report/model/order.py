"""The order that lists go by."""

import re
from typing import Final, TypeAlias

_DIGITS: Final = re.compile(r"(\d+)")
_NUMBERED: Final = re.compile(r"(\D+)(\d+)")


Natural: TypeAlias = tuple[tuple[int, int, str], ...]
"""What ids are put in order by."""


def natural(identifier: str) -> Natural:
    """A sort key that puts M2 before M10, and that never compares a number with a word."""
    if found := _NUMBERED.fullmatch(identifier):  # as nearly all are: at half the price
        return (1, 0, found[1]), (0, int(found[2]), found[2])
    return tuple(
        (0, int(part), part) if part.isdecimal() else (1, 0, part)
        for part in _DIGITS.split(identifier)
        if part
    )
