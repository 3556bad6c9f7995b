"""What fonts a theme has, and what they can show."""

from functools import cache
from pathlib import Path


@cache
def in_all(themes: tuple[Path, ...]) -> frozenset[str]:
    """The characters that every font of the themes has: nearly all that a document needs, in half
    the time, since no font is asked for its family."""
    files = [file for theme in themes for file in _files(theme)]
    return frozenset.intersection(*map(_characters, files)) if files else frozenset()


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
