"""What the theme's fonts can show."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path


@cache
def coverage(themes: tuple[Path, ...]) -> frozenset[str]:
    """The characters that every style of a text font of the themes has: those of the upright
    regular cuts, from which the others do not differ in what they cover."""
    from fontTools.ttLib import TTFont

    covered: set[str] = set()
    for file in _regular(themes):
        with TTFont(file, lazy=True) as font:
            covered |= {chr(code) for code in font.getBestCmap()}
    return frozenset(covered)


def _regular(themes: Sequence[Path]) -> list[Path]:
    return [file for theme in themes for file in sorted((theme / "fonts").glob("*-Regular.ttf"))]
