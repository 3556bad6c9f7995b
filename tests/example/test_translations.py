"""The example study's catalogues hold what its documents need, and nothing waits."""

import shutil
from pathlib import Path

import pytest

from report.config import example, settings
from report.translate.extract import extract
from report.translate.status import status

ROOT = Path(__file__).parents[2]


def contents(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(example() / "data", tmp_path / "data")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    return tmp_path


def test_extracting_the_example_changes_nothing(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("report.translate.files.templates", lambda: copy / "templates")
    before = contents(copy)
    assert extract(settings(copy)).written == ()
    assert contents(copy) == before


def test_all_of_it_is_translated_and_nothing_is_fuzzy() -> None:
    lines = status(settings(ROOT)).lines
    assert {line.language for line in lines} == {"nb", "nn"}
    assert [line for line in lines if line.percent < 100 or line.fuzzy or line.missing] == []


def test_one_sentence_of_the_example_changed_is_one_message_a_language(copy: Path) -> None:
    text = copy / "data" / "text" / "lay" / "why.md"
    text.write_text(text.read_text("utf-8").replace("what do", "what is it that"), "utf-8")
    extract(settings(copy))
    fuzzy = {line.of: line.fuzzy for line in status(settings(copy)).lines if line.is_catalogue}
    assert fuzzy["data/locale/nb.po"] == fuzzy["data/locale/nn.po"] == 1


def test_a_participant_more_is_no_message(copy: Path) -> None:
    table = copy / "data" / "participants.csv"
    rows = table.read_text("utf-8").rstrip("\n")
    table.write_text(f"{rows}\nM99,FG1,Manager\n", "utf-8")
    extract(settings(copy))
    assert [line for line in status(settings(copy)).lines if line.fuzzy or line.missing] == []
