"""The typefaces have the letters of the languages that the project promises."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[2] / "templates" / "theme" / "fonts"
LETTERS = {
    "nb": "æøåéèêóòâô",
    "se": "áčđŋšŧž",  # Northern Sámi
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
}


@pytest.mark.parametrize("cut", sorted(file.name for file in FONTS.glob("SourceSans3-*.ttf")))
def test_the_sans_has_them_in_every_cut(cut: str) -> None:
    known = set(map(chr, TTFont(FONTS / cut).getBestCmap()))
    lacking = {
        code: [letter for letter in letters + letters.upper() if letter not in known]
        for code, letters in LETTERS.items()
    }
    assert lacking == {"nb": [], "se": [], "uk": []}
