"""The order that lists go by."""

import re
from typing import Final, TypeAlias

_DIGITS: Final = re.compile(r"(\d+)")
_NUMBERED: Final = re.compile(r"(\D+)(\d+)")


Natural: TypeAlias = tuple[int | str, ...]
"""What ids are put in order by: three for each part, a number or a word."""


def natural(identifier: str) -> Natural:
    """A sort key that puts M2 before M10, and that never compares a number with a word."""
    if found := _NUMBERED.fullmatch(identifier):  # as nearly all are: at half the price
        word, number = found.groups()
        return 1, 0, word, 0, int(number), number
    key: list[int | str] = []
    for part in _DIGITS.split(identifier):
        if part:
            key += (0, int(part), part) if part.isdecimal() else (1, 0, part)
    return tuple(key)
