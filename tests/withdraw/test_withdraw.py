"""What a withdrawal leaves, and what it leaves alone."""

import json
import shutil
import stat
from pathlib import Path

import pytest

from report.build import build
from report.config import settings
from report.errors import ReportError, UsageError
from report.quarto_project import write
from report.withdraw import withdraw

BASE = Path(__file__).parents[1] / "studies" / "base"
SAID = "a small lamp by the window helps me through the longest nights"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """The base study, in which N1 says a sentence that all of journal's documents show."""
    root = shutil.copytree(BASE, tmp_path / "study")
    quotes = root / "data" / "quotes.csv"
    text = quotes.read_text("utf-8")
    quotes.write_text(text.replace("A small lamp helps, and it is enough", SAID), "utf-8")
    people = root / "data" / "participants.csv"
    header, *rows = people.read_text("utf-8").splitlines()
    lines = [f"{header},withdrawn", *(f"{row}," for row in rows)]
    people.write_text("\n".join(lines) + "\n", "utf-8")
    return root


def built(study: Path, *formats: str) -> None:
    done = build(settings(study), ["journal"], formats or ["html"])
    assert not done.failed, [str(d) for d in done.diagnostics]


def holding(study: Path, words: str) -> set[str]:
    files = (file for file in study.rglob("*") if file.is_file() and "data" not in file.parts)
    return {f.name for f in files if words in f.read_text("utf-8", errors="replace")}


def test_masked_words_are_the_participants_too(study: Path) -> None:
    """No run of six of the words is left unmasked: what was shown is found all the same."""
    (study / "data" / "masks.csv").write_text(
        "words,kind,replacement\nsmall lamp,x,thing\nwindow,x,place\nlongest,x,long\n", "utf-8"
    )
    built(study)
    written = write(settings(study))
    assert not written.failed
    copy = study / "_output" / "copy of it.html"
    shutil.copy(study / "_output" / "journal.en.html", copy)
    assert "copy of it.html" in holding(study, "helps me through the")
    done = withdraw(settings(study), "N1")
    assert holding(study, "helps me through the") == {"copy of it.html"}
    assert done.foreign == ("_output/copy of it.html",)


def test_a_dry_run_touches_nothing(study: Path) -> None:
    built(study)
    before = {f: f.read_bytes() for f in study.rglob("*") if f.is_file()}
    done = withdraw(settings(study), "N1", dry_run=True)
    assert done.removed == ("_output/journal.en.html",)
    assert {f: f.read_bytes() for f in study.rglob("*") if f.is_file()} == before


def test_what_the_study_keeps_where_quarto_renders_to_is_left_alone(study: Path) -> None:
    project = "project:\n  output-dir: .\n  pre-render: _compose.py\n  post-render: _gate.py\n"
    for name in ("_compose.py", "_gate.py"):
        (study / name).touch()
    (study / "_quarto.yml").write_text(project, "utf-8")
    (study / "diary.txt").write_text(SAID, "utf-8")
    built(study)
    done = withdraw(settings(study), "N1")
    assert done.removed == ("_output/journal.en.html",)
    assert SAID in (study / "diary.txt").read_text("utf-8")
    assert SAID in (study / "data" / "quotes.csv").read_text("utf-8")


def test_documents_of_other_audiences_stay(study: Path) -> None:
    built(study)
    done = withdraw(settings(study), "N1", ["lay"])
    assert done.removed == ()
    assert (study / "_output" / "journal.en.html").is_file()
    assert withdraw(settings(study), "N1").removed == ("_output/journal.en.html",)
    assert withdraw(settings(study), "N1").already


def test_a_manifest_that_cannot_be_read_saves_no_document(study: Path) -> None:
    built(study)
    (study / "_output" / "manifest.json").write_text("{", "utf-8")
    assert withdraw(settings(study), "N1").removed == ("_output/journal.en.html",)


@pytest.mark.parametrize("damaged", [False, True])
def test_once_mended_the_folder_is_built_into_again(study: Path, *, damaged: bool) -> None:
    built(study)
    if damaged:
        (study / "_output" / "manifest.json").write_text("[", "utf-8")
    withdraw(settings(study), "N1")
    for name in ("findings/light", "briefing/findings/night"):
        file = study / "data" / "text" / f"{name}.md"
        if file.is_file():
            file.write_text("Nobody said anything that may be shown.\n", "utf-8")
    built(study)
    assert holding(study, "longest nights") == set()


def test_what_cannot_be_removed_is_told(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(study)
    write(settings(study))

    def locked(self: Path, **_: bool) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    with monkeypatch.context() as context:
        context.setattr(Path, "unlink", locked)
        with pytest.raises(ReportError) as told:
            withdraw(settings(study), "N1")
    assert "the withdrawal is recorded, but not all" in told.value.message
    assert withdraw(settings(study), "N1").already
    assert holding(study, "longest nights") == set()


def test_the_table_keeps_its_rights_and_its_link(study: Path, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere.csv"
    table = study / "data" / "participants.csv"
    table.rename(real)
    real.chmod(0o600)
    table.symlink_to(real)
    withdraw(settings(study), "N1")
    assert table.is_symlink()
    assert " all" in real.read_text("utf-8")
    assert stat.S_IMODE(real.stat().st_mode) == 0o600


def test_an_older_output_folder_is_not_remembered(study: Path) -> None:
    built(study)
    shutil.rmtree(study / "_output")
    withdraw(settings(study), "N1")
    assert '"N1"' not in (study / ".report" / "state.json").read_text("utf-8")


def test_unknown_names_change_nothing(study: Path) -> None:
    before = (study / "data" / "participants.csv").read_bytes()
    for arguments in (("N9",), ("N1", ["nobody"])):
        with pytest.raises(UsageError):
            withdraw(settings(study), *arguments)
    assert (study / "data" / "participants.csv").read_bytes() == before


def test_a_column_is_added_where_there_is_none(study: Path) -> None:
    table = study / "data" / "participants.csv"
    lines = [line.rstrip(",").removesuffix(",withdrawn") for line in table.read_text().splitlines()]
    table.write_text("\n".join(lines) + "\n", "utf-8")
    done = withdraw(settings(study), "N1")
    assert str(done.recorded).startswith("data/participants.csv:2:")
    assert withdraw(settings(study), "N1").already


def test_what_may_be_handed_out_has_no_hash_of_a_table(study: Path) -> None:
    """A cell of a small table can be guessed until its hash is right."""
    built(study)
    manifest = json.loads((study / "_output" / "manifest.json").read_text("utf-8"))
    assert "data/study.yml" in manifest["inputs"]
    assert not [path for path in manifest["inputs"] if path.endswith((".csv", ".xlsx"))]
    assert all(
        "line" not in d and set(d) == {"severity", "code", "file"} for d in manifest["diagnostics"]
    )
