"""What fonts a theme has, and what they can show."""

from collections.abc import Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Final

_RANGES: Final = (
    *((0x20, 0x7E), (0xA0, 0x12B), (0x134, 0x165), (0x38E, 0x3A1), (0x3A3, 0x3CE), (0x400, 0x45F)),
    *((0x2010, 0x2015), (0x2018, 0x201A), (0x201C, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026)),
    *((0x20AC, 0x20AC), (0x2190, 0x2193), (0x2212, 0x2212)),
)
_IN_EACH_OF_OURS: Final = frozenset(
    map(chr, chain.from_iterable(range(first, last + 1) for first, last in _RANGES))
)
"""Latin, Greek and Cyrillic letters and what stands between them."""


def known(themes: Sequence[Path]) -> frozenset[str]:
    """The characters that every font has without a look into one: nearly all that a document needs.
    The last theme is ours; where others have fonts too, none is known."""
    *own, _ours = themes
    return frozenset() if any(map(_files, own)) else _IN_EACH_OF_OURS


@cache
def coverage(themes: tuple[Path, ...]) -> frozenset[str]:
    """The characters that can stand anywhere in a document: every cut of a family has them, and
    one family steps in for another."""
    families: dict[str, frozenset[str]] = {}
    for file in (file for theme in themes for file in _files(theme)):
        family, characters = _family(file), _characters(file)
        families[family] = families.get(family, characters) & characters
    return frozenset[str]().union(*families.values())


@cache
def families(themes: tuple[Path, ...]) -> frozenset[str]:
    """The names of the families that the themes have."""
    return frozenset(_family(file) for theme in themes for file in _files(theme))


def _files(theme: Path) -> list[Path]:
    return sorted((theme / "fonts").glob("*.[ot]tf"))


@cache
def _characters(file: Path) -> frozenset[str]:
    from fontTools.ttLib import TTFont

    with TTFont(file, lazy=True) as font:
        # Nobody asks what its glyphs are called, and to read that takes longer than all else.
        font.setGlyphOrder([""] * font["maxp"].numGlyphs)
        return frozenset(map(chr, font.getBestCmap()))


def _family(file: Path) -> str:
    from fontTools.ttLib import TTFont

    with TTFont(file, lazy=True) as font:
        return str(font["name"].getBestFamilyName())
