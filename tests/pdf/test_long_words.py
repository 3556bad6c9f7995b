"""A word of any length stays on the page."""

import shutil
from pathlib import Path

import pypdfium2
import pytest

from report.check import check
from report.config import settings
from report.renderers.builtin import renderer
from tests.studies.broken_study import BASE

WORD = "Antidisestablishmentarianism" * 6
EDGE = 28
"""Points: no look has a narrower margin."""


@pytest.mark.parametrize("name", ["journal", "briefing", "lay"])
def test_a_word_of_any_length_stays_on_the_page(name: str, tmp_path: Path) -> None:
    study = tmp_path / "study"
    shutil.copytree(BASE, study)
    text = {"journal": "introduction.md", "briefing": "briefing/why.md", "lay": "lay/why.md"}[name]
    (study / "data" / "text" / text).write_text(f"A lamp {WORD} helps.\n", "utf-8")
    wishes = f"audiences:\n  {name}: {{title: On {WORD}}}\n"
    (study / "data" / "audiences.yml").write_text(wishes, "utf-8")
    told = settings(study)
    checked = check(told, [name])
    assert [str(d) for d in checked.diagnostics] == []
    pages = pypdfium2.PdfDocument(
        renderer(told).render(checked.documents[f"{name}.en"], "pdf").content
    )
    for page in pages:
        words = page.get_textpage()
        ends = [words.get_charbox(at)[2] for at in range(words.count_chars())]
        assert max(ends) <= page.get_width() - EDGE
