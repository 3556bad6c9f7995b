"""The order that lists go by."""

import re
from typing import Final

_DIGITS: Final = re.compile(r"(\d+)")


def natural(identifier: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key that puts M2 before M10, and that never compares a number with a word."""
    return tuple(
        (0, int(part), part) if part.isdecimal() else (1, 0, part)
        for part in _DIGITS.split(identifier)
        if part
    )
