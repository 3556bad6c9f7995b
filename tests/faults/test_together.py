"""More than one at once: builds, withdrawals, checks, editors, viewers, and clocks that jump."""

import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from report import publish, scratch, state
from report.errors import ReportError
from report.load import load
from report.load.folder import Folder
from report.rendering import Rendering
from tests.faults.conftest import LAY, Study
from tests.scratch import left_in

POSIX = pytest.mark.skipif(os.name != "posix", reason="locks and rights of POSIX")
LONG_AGO, FAR_AHEAD = 1_000_000_000, 4_000_000_000  # 2001, 2096

HANGING = """
import time
from pathlib import Path
from report.renderers import builtin

def hang(*_):
    Path({here!r}).touch()
    time.sleep(60)

builtin._convert = hang
"""


@contextmanager
def a_build_that_renders(study: Study, *options: str) -> Iterator[None]:
    """While another build of the study is in the midst of rendering; then it is killed."""
    here = study.root.parent / "renders"
    process = study.start("build", "--force", *options, patch=HANGING.format(here=str(here)))
    try:
        for _ in range(1200):
            if here.exists() or process.poll() is not None:
                break
            time.sleep(0.05)
        assert here.exists(), process.communicate()
        yield
    finally:
        process.kill()
        process.communicate()


# --- commands -----------------------------------------------------------------------------------


def test_what_other_commands_do_while_a_build_runs(study: Study, changed: dict[str, bytes]) -> None:
    before = study.contents()
    table = (study.root / "data" / "participants.csv").read_bytes()
    study.change()
    with a_build_that_renders(study):
        for words in (("build",), ("withdraw", "N2")):
            ended = study.call(*words)
            assert ended.code == 1, words
            assert f"another build is writing to {study.output}" in ended.said
            assert "Wait until it has ended, then try again" in ended.said
        (study.output / ".staging").mkdir()
        assert study.call("check").code == 0
        assert study.call("status").code == 0
        assert "lay.en.html          from earlier data" in study.call("status").printed
        assert (study.output / ".staging").exists(), "it is the other build's"
        (study.output / ".staging").rmdir()
        assert study.contents() == before
    assert (study.root / "data" / "participants.csv").read_bytes() == table
    assert study.builds() == changed, "a killed build holds no lock"


def test_builds_at_once(study: Study, changed: dict[str, bytes]) -> None:
    """Each is whole, or told to wait; in the end everything is as one build makes it."""
    study.change()
    processes = [study.start("build") for _ in range(3)]
    codes = []
    for process in processes:
        _, said = process.communicate()
        codes.append(process.returncode)
        assert "Traceback" not in said
        assert (process.returncode == 0) == ("another build is writing" not in said)
    assert set(codes) <= {0, 1}
    assert 0 in codes
    assert study.contents() == changed


def test_builds_into_two_folders_at_once(study: Study, changed: dict[str, bytes]) -> None:
    """They share what is remembered of the study, and both are right."""
    study.change()
    other = study.root.parent / "other"
    processes = [study.start("build"), study.start("build", "--output-dir", str(other))]
    for process in processes:
        _, said = process.communicate()
        assert process.returncode == 0, said
    assert study.contents() == changed
    assert {f.name: f.read_bytes() for f in other.glob("*.en.*") if f.is_file()}.items() <= (
        changed.items()
    )
    assert study.builds() == changed
    assert study.call("withdraw", "N1").code == 0
    assert "journal.en.html" not in study.contents(), "she is quoted there, whoever remembers it"


def test_what_is_remembered_is_written_by_one_build_at_a_time(
    study: Study, changed: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = study.contents()
    study.change()
    with state.lock(study.root):
        monkeypatch.setattr(state, "_WAIT", 0.1)
        ended = study.call("build")
        assert ended.code == 1
        assert "another build is writing to .report" in ended.said
        assert "wait until it has ended, then try again" in ended.said
        assert study.contents() == before
        monkeypatch.undo()
        waiting = study.start("build")
        time.sleep(3)
        assert waiting.poll() is None
    waiting.communicate()
    assert waiting.returncode == 0
    assert study.contents() == changed


@POSIX
def test_readers_who_have_documents_open(study: Study, changed: dict[str, bytes]) -> None:
    """They keep what they have open; nothing is written into a file under their eyes."""
    before = study.contents()
    study.change()
    with (
        (study.output / "lay.en.html").open("rb") as page,
        (study.output / "lay.en.pdf").open("rb"),
    ):
        assert study.builds() == changed
        assert page.read() == before["lay.en.html"]


def test_a_document_that_is_open_on_windows(
    study: Study, changed: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """There no open file can be replaced: this stands in for that."""
    before, real = study.contents(), Path.open
    study.change()

    def shut(path: Path, mode: str = "r", **rest: str) -> object:
        if path == study.output / "lay.en.pdf" and mode == "r+b":
            raise PermissionError(13, "sharing violation")
        return real(path, mode, **rest)  # type: ignore[call-overload]

    with monkeypatch.context() as patch:
        patch.setattr(publish, "_OPEN_FILES_STAY", True)
        patch.setattr(Path, "open", shut)
        ended = study.call("build")
    assert ended.code == 1
    assert "lay.en.pdf: it is open in another program" in ended.said
    assert "unchanged" in ended.said
    assert "Close the program that has it open" in ended.said
    assert study.contents() == before
    assert study.builds() == changed


# --- clocks -------------------------------------------------------------------------------------


@pytest.mark.parametrize("when", [LONG_AGO, FAR_AHEAD], ids=["back", "ahead"])
def test_a_clock_that_jumps(study: Study, changed: dict[str, bytes], when: int) -> None:
    """What is up to date is told by what files hold, and never by when they were written."""
    before = study.contents()

    def set_clock(time: int) -> None:
        for file in study.root.rglob("*"):
            os.utime(file, (time, time))

    set_clock(when)
    assert "Nothing to do" in study.call("build").printed
    study.change()
    set_clock(when)
    assert study.builds() == changed
    text = (study.root / LAY).read_text("utf-8")
    (study.root / LAY).write_text(text.removeprefix("So "), "utf-8")
    set_clock(LONG_AGO - 1)
    assert study.builds() == before


# --- data that change while they are read -------------------------------------------------------


def test_a_file_is_saved_while_it_is_read(
    study: Study, changed: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that was read is read again: half of a table is no table."""
    real, saved = Folder.read, list[Path]()

    def read(folder: Folder, file: Path) -> bytes | None:
        content = real(folder, file)
        if file.name == "study.yml" and not saved:
            saved.append(file)
            study.change()
        if file == study.root / LAY and len(saved) == 1:
            saved.append(file)
            quotes = study.root / "data" / "quotes.csv"
            whole = quotes.read_bytes()
            quotes.write_bytes(whole[:40])
            quotes.write_bytes(whole)
        return content

    monkeypatch.setattr(Folder, "read", read)
    assert study.builds() == changed


def test_a_file_that_does_not_rest(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    real, before = Folder.read, study.contents()

    def read(folder: Folder, file: Path) -> bytes | None:
        content = real(folder, file)
        if file == study.root / LAY:
            study.change()
        return content

    monkeypatch.setattr(Folder, "read", read)
    monkeypatch.setattr("report.load.study._PAUSES", (0.0, 0.0))
    ended = study.call("build")
    assert ended.code == 1
    assert f"{LAY} is being written to while it is read" in ended.said
    assert "wait until other programs have saved it, then try again" in ended.said
    assert study.contents() == before


def test_what_changes_later_is_for_the_next_build(
    study: Study, changed: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The manifest tells what was read, and not what lies there when it is written."""
    real = Rendering.finished
    study.change()

    def later(*words: Any) -> object:
        made = real(*words)
        (study.root / LAY).write_text("Later. To sleep well.", "utf-8")
        return made

    with monkeypatch.context() as patch:
        patch.setattr(Rendering, "finished", later)
        assert study.builds() == changed
    status = study.call("status").printed.splitlines()
    assert [line for line in status if "earlier data" in line] == [
        "lay.en.html          from earlier data",
        "lay.en.pdf           from earlier data",
    ]


def test_a_folder_of_a_study_that_rests_is_read_once(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, reads = Folder.read, []

    def read(folder: Folder, file: Path) -> bytes | None:
        reads.append(file)
        return real(folder, file)

    monkeypatch.setattr(Folder, "read", read)
    load(study.root)
    assert sorted(reads) == sorted(set(reads))


# --- scratch files ------------------------------------------------------------------------------


@POSIX
def test_scratch_files_of_a_killed_build_are_removed(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "scratch"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    monkeypatch.setenv("TMPDIR", str(place))
    with a_build_that_renders(study):
        (running,) = left_in(place)
        assert running.stat().st_mode & 0o077 == 0, "nobody else may look into it"
        assert any("figure" in f.name or f.suffix in {".svg", ".lua"} for f in running.rglob("*"))
        scratch.sweep()
        assert running.exists(), "its process lives"
    assert running.exists(), "nobody could remove it"
    assert study.call("check").code == 0
    study.builds()
    assert not running.exists()


@POSIX
def test_only_what_is_ours_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "lock").touch()
    (tmp_path / "qualreport-link").symlink_to(precious)
    (tmp_path / "qualreport-file").touch()
    (tmp_path / "qualreport-new").mkdir()  # one that its process is just about to lock
    linked = tmp_path / "qualreport-linked"
    linked.mkdir()
    (linked / "lock").symlink_to(precious / "lock")
    (tmp_path / "report-other").mkdir()
    left = tmp_path / "qualreport-left"
    left.mkdir()
    (left / "lock").touch()
    (left / "text.qmd").touch()
    somebody = tmp_path / "qualreport-somebody"
    somebody.mkdir()
    (somebody / "lock").touch()
    if os.geteuid() == 0:
        os.chown(somebody, 65534, 65534)
    else:
        shutil.rmtree(somebody)
    before = {file.name for file in tmp_path.iterdir()}
    scratch.sweep()
    assert before - {file.name for file in tmp_path.iterdir()} == {"qualreport-left"}
    assert (precious / "lock").exists()


def test_scratch_folders_go_when_the_process_ends(study: Study, tmp_path: Path) -> None:
    place = tmp_path / "scratch"
    place.mkdir()
    study.change()
    assert study.run("build", environment={"TMPDIR": str(place)}).code == 0
    assert left_in(place) == []


def test_a_refusal_within_a_scratch_folder_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ReportError, match="the disk is full") as told, scratch.scratch() as folder:
        raise OSError(28, "No space left on device", str(folder / "x"))
    assert "set TMPDIR" in told.value.hint
    assert sys.exc_info() == (None, None, None)
    monkeypatch.undo()
