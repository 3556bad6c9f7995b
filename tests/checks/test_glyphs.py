"""Characters that no font of ours has stop only what shows them by our fonts."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from report import fonts
from report.check import check
from report.config import settings, templates
from tests.changes.studies import edit, study_in


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A study whose briefing is a web page and a Word file."""
    root = study_in(tmp_path)
    wishes = "audiences:\n  briefing: {formats: [html, docx]}\n"
    (root / "data" / "audiences.yml").write_text(wishes, "utf-8")
    return root


def told(study: Path, *names: str) -> set[tuple[str, str]]:
    found = check(settings(study), names).diagnostics
    return {(d.location.path, d.message) for d in found if d.code == "missing-glyph"}


def test_a_text_that_is_not_printed_may_have_any(study: Path) -> None:
    edit(study, "data/study.yml", "Invented: what", "東: what")
    assert told(study, "briefing") == set()
    message = "no font can print “東” (U+6771, cjk unified ideograph-6771) in PDF"
    assert told(study, "journal") == {("data/study.yml", message)}


def test_a_figure_may_not(study: Path) -> None:
    edit(study, "data/study.yml", "label: Nurses", "label: Nurses 東")
    message = "no font can print “東” (U+6771, cjk unified ideograph-6771) in a figure"
    assert told(study, "briefing") == {("data/study.yml", message)}


def test_each_of_our_fonts_has_what_is_said_of_all() -> None:
    files = sorted((templates() / "theme" / "fonts").glob("*.ttf"))
    assert files
    for file in files:
        with TTFont(file) as font:
            assert fonts.known([templates() / "theme"]) <= set(map(chr, font.getBestCmap())), file


def test_nothing_is_said_of_fonts_of_a_study(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    assert fonts.known([tmp_path, templates() / "theme"])
    (tmp_path / "fonts" / "Own.otf").touch()
    assert not fonts.known([tmp_path, templates() / "theme"])
