"""report compose: the folder that quarto render finds."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from report.check import check
from report.cli import app
from report.config import settings
from report.errors import ReportError, UsageError
from report.quarto_project import write
from report.renderers.quarto_files import laid_out
from report.renderers.theme import theme

ROOT = Path(__file__).parents[2]
BASE = ROOT / "tests" / "studies" / "base"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "study"))


def composed(study: Path, profile: str = "") -> set[str]:
    """Compose, and return the names of the documents in the folder."""
    written = write(settings(study, environment={"QUARTO_PROFILE": profile}))
    assert not written.failed
    names = {file.stem for file in (study / "composed").glob("*.qmd")}
    assert names == set(written.documents)
    return names


def test_without_a_profile_all_documents_are_composed(study: Path) -> None:
    assert composed(study) == {"journal.en", "reviewer.en", "briefing.en", "lay.en"}


def test_a_profile_is_an_audience_and_the_others_go(study: Path) -> None:
    composed(study)
    assert composed(study, "lay") == {"lay.en"}
    left = {file.name for file in (study / "composed").iterdir()}
    assert left == {".gitignore", ".made", "lay.en.qmd", "theme"}
    assert composed(study, "lay,journal") == {"lay.en", "journal.en"}


def test_a_new_audience_is_a_profile_at_once(study: Path) -> None:
    shutil.copytree(ROOT / "templates" / "lay", study / "templates" / "neighbours")
    shutil.copytree(study / "data" / "text" / "lay", study / "data" / "text" / "neighbours")
    assert composed(study, "neighbours") == {"neighbours.en"}


def test_a_profile_of_the_studys_own_composes_all(study: Path) -> None:
    (study / "_quarto-production.yml").write_text("lang: en\n")
    assert len(composed(study, "production")) == 4
    assert composed(study, "production,lay") == {"lay.en"}


def test_an_audience_may_have_a_profile_file_too(study: Path) -> None:
    (study / "_quarto-lay.yml").write_text("lang: en\n")
    assert composed(study, "lay") == {"lay.en"}


def test_a_profile_that_means_nothing_changes_nothing(study: Path) -> None:
    composed(study)
    with pytest.raises(UsageError, match="there is no audience “lai”"):
        write(settings(study, environment={"QUARTO_PROFILE": "lai"}))
    assert len(list((study / "composed").glob("*.qmd"))) == 4


def test_it_is_the_document_that_report_build_renders(study: Path) -> None:
    here = settings(study, environment={})
    composed(study)
    for name, document in check(here).documents.items():
        audience = name.split(".")[0]
        forms = check(here, [audience]).audiences[audience].formats
        for path, content in laid_out(document, forms, theme(here.themes), {}).items():
            assert (study / path).read_bytes() == content, path


def test_what_is_as_it_should_be_is_not_touched(study: Path) -> None:
    """Else quarto preview would see a change in what it has itself brought about, for ever."""
    composed(study)
    files = [file for file in (study / "composed").rglob("*") if file.is_file()]
    for file in files:
        os.utime(file, (0, 0))
    composed(study)
    assert [file for file in files if file.stat().st_mtime != 0] == []
    (study / "data" / "text" / "lay" / "why.md").write_text("To sleep better.\n", "utf-8")
    composed(study)
    assert [file.name for file in files if file.stat().st_mtime != 0] == ["lay.en.qmd"]


def test_an_error_in_the_study_leaves_the_folder_as_it_was(study: Path) -> None:
    composed(study)
    before = {f: f.read_bytes() for f in (study / "composed").rglob("*") if f.is_file()}
    (study / "data" / "text" / "lay" / "why.md").write_text("{{ nobody }}", "utf-8")
    written = write(settings(study, environment={}))
    assert written.failed
    assert [d.code for d in written.diagnostics] == ["unknown-name"]
    assert {f: f.read_bytes() for f in (study / "composed").rglob("*") if f.is_file()} == before


def test_somebodys_own_folder_is_left_alone(study: Path) -> None:
    (study / "composed").mkdir()
    (study / "composed" / "mine.docx").write_text("mine")
    with pytest.raises(UsageError, match="report did not make it"):
        composed(study)
    assert [file.name for file in (study / "composed").iterdir()] == ["mine.docx"]


def test_what_somebody_put_into_our_folder_stays(study: Path) -> None:
    composed(study)
    for name in ("mine.qmd", "notes.txt", "own/notes.txt", "theme/mine.lua"):
        (study / "composed" / name).parent.mkdir(exist_ok=True)
        (study / "composed" / name).write_text("mine")
    (study / "composed" / "journal.en.typ").write_text("left by a render that failed")
    write(settings(study, environment={"QUARTO_PROFILE": "lay"}))
    left = {f.relative_to(study / "composed").as_posix() for f in (study / "composed").rglob("*")}
    assert {"mine.qmd", "notes.txt", "own/notes.txt", "theme/mine.lua", "lay.en.qmd"} <= left
    assert not any(name.startswith(("journal", "briefing", "reviewer")) for name in left)


def test_a_list_of_what_was_made_leads_nowhere_else(study: Path) -> None:
    composed(study)
    made = study / "composed" / ".made"
    (study / "mine" / "inner").mkdir(parents=True)
    elsewhere = "data/study.yml\ncomposed/../data/study.yml\nmine/inner/x.md\n"
    made.write_text(made.read_text("utf-8") + elsewhere, "utf-8")
    composed(study)
    assert (study / "data" / "study.yml").is_file()
    assert (study / "mine" / "inner").is_dir()


def test_a_stop_in_the_middle_is_made_good(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Path.replace

    def stopped(self: Path, target: Path) -> Path:
        if target.name == "lay.en.qmd":
            raise KeyboardInterrupt
        return whole(self, target)

    monkeypatch.setattr(Path, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        write(settings(study, environment={}))
    monkeypatch.undo()
    assert (study / "composed" / "journal.en.qmd").is_file()
    assert composed(study, "lay") == {"lay.en"}


def test_a_file_of_that_name_is_in_the_way(study: Path) -> None:
    (study / "composed").write_text("a file")
    with pytest.raises(UsageError, match="report did not make it"):
        composed(study)


def test_a_folder_that_may_not_be_written_to_is_told_of(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    composed(study)

    def refuse(_number: int) -> None:
        raise PermissionError(13, "Permission denied")

    (study / "composed" / "lay.en.qmd").write_text("changed")
    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(ReportError, match=r"composed/lay\.en\.qmd cannot be written"):
        composed(study)


def test_the_command_says_what_it_composed(study: Path) -> None:
    outcome = CliRunner().invoke(
        app, ["compose", "--study", str(study)], env={"QUARTO_PROFILE": "lay"}
    )
    assert (outcome.exit_code, outcome.output) == (0, "composed lay.en (html, pdf)\n")


def pre_render(study: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """_compose.py, run as Quarto runs it: by a Python that need not know report."""
    return subprocess.run(
        [sys.executable, "-I", study / "_compose.py"],
        cwd=study, env={"PATH": "/usr/bin:/bin", **environment}, check=False,
        capture_output=True, text=True,
    )  # fmt: skip


@pytest.fixture
def project(study: Path) -> Path:
    for name in ("_compose.py", "_quarto.yml"):
        shutil.copy(ROOT / name, study / name)
    return study


def test_the_script_finds_the_report_of_its_own_python(project: Path) -> None:
    done = pre_render(project, QUARTO_PROFILE="lay")
    assert (done.returncode, done.stdout) == (0, "composed lay.en (html, pdf)\n")


def test_the_script_prefers_the_report_beside_the_study(project: Path) -> None:
    program = project / ".venv" / "bin" / "report"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\necho "$@"\nexit 5\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    done = pre_render(project)
    assert (done.returncode, done.stdout) == (5, f"compose --study {project}\n")


def test_the_script_says_what_to_do_where_there_is_no_report(project: Path) -> None:
    code = (
        "import importlib.metadata, runpy, sys\n"
        "def none(name): raise importlib.metadata.PackageNotFoundError(name)\n"
        "importlib.metadata.version = none\n"
        "runpy.run_path('_compose.py', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=project, env={"PATH": "/nowhere"}, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("error: report is not found")
    assert "QUARTO_PYTHON" in done.stderr
    assert "Traceback" not in done.stderr
