"""What quarto render made is read, and removed where it may not be handed out."""

import shutil
from pathlib import Path

import pytest

from report.config import Settings, settings
from report.errors import UsageError
from report.quarto_gate import gated

BASE = Path(__file__).parents[1] / "studies" / "base"
PROJECT = """\
project:
  output-dir: _quarto
  pre-render: _compose.py
  post-render: _gate.py
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    root = shutil.copytree(BASE, tmp_path / "study")
    (root / "_quarto.yml").write_text(PROJECT, "utf-8")
    for name in ("_compose.py", "_gate.py"):
        (root / name).touch()
    (root / "_quarto" / "composed").mkdir(parents=True)
    return root


def after(study: Path, *rendered: str) -> Settings:
    return settings(study, environment={"QUARTO_PROJECT_OUTPUT_FILES": "\n".join(rendered)})


def page(study: Path, name: str, text: str) -> str:
    (study / name).write_text(f"<html><body><p>{text}</p></body></html>", "utf-8")
    return name


def test_a_document_without_leaks_stays(study: Path) -> None:
    name = page(study, "_quarto/composed/lay.en.html", "Nothing.")
    assert gated(after(study, name)) == []
    assert (study / name).is_file()


def test_a_document_with_a_leak_goes(study: Path) -> None:
    name = page(study, "_quarto/composed/lay.en.html", "N1 said so.")
    (leak,) = gated(after(study, name))
    assert (leak.code, leak.location.path) == ("leak", name)
    assert not (study / name).exists()


def test_ids_may_stand_where_quotes_are_by_id(study: Path) -> None:
    assert gated(after(study, page(study, "_quarto/composed/journal.en.html", "N1 said so."))) == []


def test_a_page_of_nobodys_may_tell_nothing(study: Path) -> None:
    assert len(gated(after(study, page(study, "_quarto/notes.html", "N1 said so.")))) == 1


def test_a_search_index_goes_with_its_pages(study: Path) -> None:
    """Quarto does not name it among what it has rendered."""
    (study / "_quarto" / "search.json").write_text('[{"text": "N1 said so."}]', "utf-8")
    assert len(gated(after(study, page(study, "_quarto/composed/lay.en.html", "Nothing.")))) == 1
    assert not (study / "_quarto" / "search.json").exists()


def test_what_nobody_rendered_is_left_alone(study: Path) -> None:
    name = page(study, "_quarto/my notes.html", "N1 said so.")
    assert gated(after(study)) == []
    assert (study / name).is_file()


def test_it_is_for_quarto_to_call(study: Path) -> None:
    with pytest.raises(UsageError):
        gated(settings(study, environment={}))
