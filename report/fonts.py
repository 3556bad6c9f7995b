"""What the theme's fonts can show."""

from functools import cache
from pathlib import Path


@cache
def coverage(themes: tuple[Path, ...]) -> frozenset[str]:
    """The characters that each of our fonts has, so that they can stand anywhere in a document;
    and those of any font that a study adds, which its own theme then names."""
    *own, ours = [[_characters(file) for file in _files(theme)] for theme in themes]
    return frozenset.intersection(*ours).union(*(font for fonts in own for font in fonts))


def _files(theme: Path) -> list[Path]:
    return sorted((theme / "fonts").glob("*.[ot]tf"))


def _characters(file: Path) -> frozenset[str]:
    from fontTools.ttLib import TTFont

    with TTFont(file, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))
