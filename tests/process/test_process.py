"""Programs end, are heard, and leave nobody behind."""

import logging
import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from report.errors import RenderError
from report.process import ProgramError, end_all, run

POSIX = pytest.mark.skipif(os.name != "posix", reason="process groups are POSIX's")


def python(
    code: str, folder: Path, *, timeout: float = 20.0, stdin: bytes = b""
) -> tuple[bytes, str]:
    command = [sys.executable, "-c", code]
    return run(command, cwd=folder, environment={"GIVEN": "yes"}, timeout=timeout, stdin=stdin)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


def gone(pid: int) -> bool:
    """Whether the process ends within a second or two: a signal takes a moment."""
    for _ in range(40):
        if not alive(pid):
            return True
        time.sleep(0.05)
    return False


def wait_for(file: Path) -> str:
    for _ in range(200):
        if file.is_file() and file.read_text():
            return file.read_text()
        time.sleep(0.05)
    pytest.fail(f"{file.name} was never written")


def test_what_it_prints_and_what_it_complains_of_are_kept_apart(tmp_path: Path) -> None:
    code = "import os, sys; print(os.environ['GIVEN'], input()); print('å', file=sys.stderr)"
    assert python(code, tmp_path, stdin=b"in\n") == (b"yes in\n", "å\n")


def test_more_than_a_pipe_holds_on_both_streams(tmp_path: Path) -> None:
    code = "import sys; sys.stderr.write('e' * 10**6); sys.stdout.write('o' * 10**6)"
    out, said = python(code, tmp_path)
    assert (len(out), len(said)) == (10**6, 10**6)


def test_complaints_reach_the_log_while_the_program_runs(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    code = (
        "import pathlib, sys, time; print('begun', file=sys.stderr, flush=True)\n"
        "while not pathlib.Path('go').exists(): time.sleep(0.01)"
    )
    caplog.set_level(logging.INFO)
    thread = threading.Thread(target=python, args=(code, tmp_path))
    thread.start()
    for _ in range(400):
        if any("begun" in record.getMessage() for record in caplog.records):
            break
        time.sleep(0.01)
    heard = thread.is_alive()
    (tmp_path / "go").touch()
    thread.join()
    assert heard
    assert any(record.getMessage().endswith(": begun") for record in caplog.records)


def test_a_failure_shows_the_command_the_code_and_the_end(tmp_path: Path) -> None:
    code = "import sys; sys.stderr.write('x' * 5000 + 'the end'); sys.exit(3)"
    with pytest.raises(ProgramError) as told:
        python(code, tmp_path)
    assert "failed with exit code 3" in told.value.message
    assert told.value.message.endswith("the end")
    assert len(told.value.message) < 2300
    assert told.value.code == 3
    assert len(told.value.said) == 5007


def test_what_cannot_be_started_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="nothing-there cannot be started"):
        run([str(tmp_path / "nothing-there")], cwd=tmp_path, environment={}, timeout=5)


@POSIX
def test_a_time_out_ends_the_children_too(tmp_path: Path) -> None:
    code = (
        "import pathlib, subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "pathlib.Path('pid').write_text(str(child.pid)); time.sleep(60)"
    )
    with pytest.raises(RenderError, match="was stopped: not done after 2 seconds"):
        python(code, tmp_path, timeout=2)
    assert gone(int((tmp_path / "pid").read_text()))


@POSIX
def test_all_that_run_can_be_ended_with_their_children(tmp_path: Path) -> None:
    code = (
        "import pathlib, subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "pathlib.Path('pid').write_text(str(child.pid)); time.sleep(60)"
    )
    told: list[ProgramError] = []

    def called() -> None:
        try:
            python(code, tmp_path)
        except ProgramError as error:
            told.append(error)

    thread = threading.Thread(target=called)
    thread.start()
    child = int(wait_for(tmp_path / "pid"))
    end_all()
    thread.join(5)
    assert not thread.is_alive()
    assert [error.code for error in told] == [-signal.SIGKILL]
    assert gone(child)


@POSIX
def test_a_program_that_leaves_its_output_open_does_not_hold_us_up(tmp_path: Path) -> None:
    code = (
        "import pathlib, subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'],\n"
        "                         start_new_session=True, stdout=subprocess.DEVNULL)\n"
        "pathlib.Path('pid').write_text(str(child.pid)); print('done', file=sys.stderr)"
    )
    try:
        assert python(code, tmp_path)[1] == "done\n"
        assert alive(int((tmp_path / "pid").read_text()))
    finally:
        os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)


@POSIX
@pytest.mark.parametrize("alone", [False, True], ids=["in its group", "in a group of its own"])
def test_a_child_that_holds_the_output_open_outlives_no_time_out(
    alone: bool,  # noqa: FBT001
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The program itself may be over by then."""
    monkeypatch.setattr("report.process._LAST_WORDS", 0.5)
    code = (
        "import pathlib, subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'],\n"
        f"                         start_new_session={alone})\n"
        "pathlib.Path('pid').write_text(str(child.pid))"
    )
    with pytest.raises(RenderError, match="was stopped"):
        python(code, tmp_path, timeout=2)
    child = int((tmp_path / "pid").read_text())
    if alone:  # not ours to end, but it did not hold us up
        assert alive(child)
        os.kill(child, signal.SIGKILL)
    else:
        assert gone(child)
