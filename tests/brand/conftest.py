"""The good study with an invented organisation's brand."""

import shutil
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from report.config import templates
from tests.studies.broken_study import BASE

BRAND = BASE.with_name("brand")
FONTS = templates() / "theme" / "fonts"
CUTS = {
    ("Invented Text", "Regular"): "SourceSerif4-Regular.ttf",
    ("Invented Text", "Bold"): "SourceSerif4-Bold.ttf",
    ("Invented Display", "Semibold"): "SourceSans3-Semibold.ttf",
}
"""The brand's fonts: ours, under other names, as their licence asks of changed ones."""
_NAMES = {1: "{0}", 3: "{0} {1}", 4: "{0} {1}", 6: "{2}-{1}", 16: "{0}", 17: "{1}"}


def renamed(source: Path, family: str, cut: str, target: Path) -> None:
    """A copy of a font that calls itself otherwise."""
    with TTFont(source) as font:
        for record in font["name"].names:
            if record.nameID in _NAMES:
                record.string = _NAMES[record.nameID].format(family, cut, family.replace(" ", ""))
        font.save(target)


@pytest.fixture(scope="session")
def looks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("brand") / "brand"
    shutil.copytree(BRAND, folder)
    for (family, cut), source in CUTS.items():
        name = f"{family.replace(' ', '')}-{cut}.ttf"
        renamed(FONTS / source, family, cut, folder / "looks" / name)
    return folder


@pytest.fixture
def study(looks: Path, tmp_path: Path) -> Path:
    """The good study in a folder of its own, with the brand."""
    folder = tmp_path / "study"
    shutil.copytree(BASE, folder)
    shutil.copytree(looks, folder, dirs_exist_ok=True)
    return folder
