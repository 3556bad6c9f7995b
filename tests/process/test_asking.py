"""Programs that stay answer one question after another, and none is left behind."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from report.errors import RenderError
from report.process import ProgramError, ask, dismiss, end_all
from tests.process.test_process import POSIX, alive, gone, wait_for

ECHO = """
import os, sys
for line in sys.stdin:
    number, _, question = line.partition(" ")
    print(f"\\x1e{number} {os.getpid()} {question.strip()} {os.environ['GIVEN']}", flush=True)
"""


@pytest.fixture(autouse=True)
def _dismissed() -> Iterator[None]:
    dismiss()
    yield
    dismiss()


def asked(
    code: str, folder: Path, question: bytes = b"what", *, timeout: float = 20.0, times: int = 99
) -> tuple[bytes, str]:
    command = [sys.executable, "-c", code]
    environment = {"GIVEN": "yes"}
    return ask(command, question, cwd=folder, environment=environment, timeout=timeout, times=times)


def pid_of(answer: tuple[bytes, str]) -> int:
    return int(answer[0].split()[0])


def test_one_program_answers_one_question_after_another(tmp_path: Path) -> None:
    first, second = asked(ECHO, tmp_path, b"one"), asked(ECHO, tmp_path, b"two")
    assert (first[0].split()[1:], first[1]) == ([b"one", b"yes"], "")
    assert second[0].split()[1:] == [b"two", b"yes"]
    assert pid_of(first) == pid_of(second)


@POSIX
def test_none_is_asked_more_often_than_it_may_be(tmp_path: Path) -> None:
    pids = [pid_of(asked(ECHO, tmp_path, times=3)) for _ in range(7)]
    assert pids == [pids[0]] * 3 + [pids[3]] * 3 + pids[6:]
    assert len(set(pids)) == 3
    assert [gone(pid) for pid in set(pids[:6])] == [True, True]


def test_another_command_is_another_program(tmp_path: Path) -> None:
    assert pid_of(asked(ECHO, tmp_path)) != pid_of(asked(ECHO + "#", tmp_path))


def test_two_questions_at_once_are_two_programs(tmp_path: Path) -> None:
    both = threading.Barrier(2)
    code = ECHO.replace("for line in sys.stdin:", "for line in sys.stdin:\n    time.sleep(0.2)")

    def one() -> int:
        both.wait()
        return pid_of(asked(code.replace("import os", "import time, os"), tmp_path))

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.submit(one), pool.submit(one)
        assert first.result() != second.result()


def test_what_it_says_before_its_answer_are_complaints(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    code = (
        "import sys\nfor line in sys.stdin:\n"
        "    number, question = line.split()\n"
        "    print('å', file=sys.stderr, flush=True)\n"
        "    print(question, '\\x1e', end='', flush=True)\n"
        "    print(f'\\n\\x1e{number} ', flush=True)"
    )
    assert asked(code, tmp_path) == (b"", "å\nwhat \x1e\n")
    assert asked(code, tmp_path, b"next") == (b"", "å\nnext \x1e\n"), "nothing is left of the first"
    assert any(record.getMessage().endswith(": å") for record in caplog.records)


def test_more_than_a_pipe_holds(tmp_path: Path) -> None:
    code = (
        "import sys\nfor line in sys.stdin:\n"
        "    print('e' * 10**6, file=sys.stderr, flush=True)\n"
        "    number, question = line.split()\n"
        "    print(f'\\x1e{number} {question}', flush=True)"
    )
    answer, said = asked(code, tmp_path, b"q" * 10**6)
    assert (len(answer), len(said)) == (10**6, 10**6 + 1)


def test_a_program_that_ends_well_answers_nothing(tmp_path: Path) -> None:
    assert asked("print('so long')", tmp_path) == (b"", "so long\n")


def test_an_answer_to_another_question_is_none(tmp_path: Path) -> None:
    code = (
        "for number in (1, 2, 7, 3):\n"
        "    if number != 7: input()\n"
        "    print(f'\\x1e{number} answer {number}', flush=True)"
    )
    answers = [asked(code, tmp_path) for _ in range(3)]
    assert answers == [(b"answer 1", ""), (b"answer 2", ""), (b"answer 3", "\x1e7 answer 7\n")]


@POSIX
def test_nothing_stays_after_a_large_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("report.process._LARGE", 100)
    first = pid_of(asked(ECHO, tmp_path, b"q" * 200))
    assert gone(first)
    assert pid_of(asked(ECHO, tmp_path)) != first


@POSIX
def test_none_stays_for_long_without_being_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("report.process._REST", 0.5)
    first = pid_of(asked(ECHO, tmp_path))
    assert pid_of(asked(ECHO, tmp_path)) == first
    time.sleep(0.7)
    assert gone(first)
    assert pid_of(asked(ECHO, tmp_path)) != first


def test_what_a_program_said_before_a_time_out_is_told(tmp_path: Path) -> None:
    code = "import time; print('still at page 3', flush=True); time.sleep(60)"
    with pytest.raises(RenderError, match=r"after 1 seconds; it said:\n    still at page 3"):
        asked(code, tmp_path, timeout=1)


def test_half_an_answer_is_none(tmp_path: Path) -> None:
    answer, said = asked("print('\\x1e1 {', end='')", tmp_path)
    assert (answer, said) == (b"", "\x1e1 {")


def test_a_failure_shows_the_command_the_code_and_what_it_said(tmp_path: Path) -> None:
    code = "import sys; input(); sys.stderr.write('the end'); sys.exit(3)"
    with pytest.raises(ProgramError) as told:
        asked(code, tmp_path)
    assert "failed with exit code 3" in told.value.message
    assert (told.value.code, told.value.said) == (3, "the end")


def test_one_that_ends_before_it_has_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(ProgramError, match="exit code 5"):
        asked("raise SystemExit(5)", tmp_path, b"q" * 10**7)


def test_what_cannot_be_started_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="nothing-there cannot be started"):
        ask(
            [str(tmp_path / "nothing-there")], b"", cwd=tmp_path, environment={}, timeout=5, times=9
        )


@POSIX
def test_one_that_has_died_meanwhile_is_replaced(tmp_path: Path) -> None:
    first = pid_of(asked(ECHO, tmp_path))
    os.kill(first, signal.SIGKILL)
    assert gone(first)
    assert pid_of(asked(ECHO, tmp_path)) != first


@POSIX
def test_a_time_out_ends_the_program_and_its_children(tmp_path: Path) -> None:
    code = (
        "import pathlib, subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "pathlib.Path('pid').write_text(str(child.pid)); time.sleep(60)"
    )
    with pytest.raises(RenderError, match="was stopped: not done after 2 seconds"):
        asked(code, tmp_path, timeout=2)
    assert gone(int((tmp_path / "pid").read_text()))


def test_patience_is_for_each_question(tmp_path: Path) -> None:
    code = "import time\n" + ECHO.replace("    print", "    time.sleep(0.4); print")
    answers = [asked(code, tmp_path, timeout=2) for _ in range(6)]
    time.sleep(2.2)  # nobody asks anything
    answers.append(asked(code, tmp_path, timeout=2))
    assert len({pid_of(answer) for answer in answers}) == 1


@POSIX
def test_one_that_answers_can_be_ended(tmp_path: Path) -> None:
    code = (
        "import os, pathlib, time\npathlib.Path('pid').write_text(str(os.getpid()))\ntime.sleep(60)"
    )
    told: list[ProgramError] = []

    def called() -> None:
        try:
            asked(code, tmp_path)
        except ProgramError as error:
            told.append(error)

    thread = threading.Thread(target=called)
    thread.start()
    pid = int(wait_for(tmp_path / "pid"))
    end_all()
    thread.join(5)
    assert not thread.is_alive()
    assert [error.code for error in told] == [-signal.SIGKILL]
    assert gone(pid)


@POSIX
def test_those_that_are_asked_nothing_are_dismissed(tmp_path: Path) -> None:
    first = pid_of(asked(ECHO, tmp_path))
    end_all()
    assert alive(first), "it was not running anything"
    dismiss()
    assert gone(first)
    assert pid_of(asked(ECHO, tmp_path)) != first


@POSIX
def test_none_outlives_us(tmp_path: Path) -> None:
    """However we end."""
    ours = (
        "import sys; from pathlib import Path; from report.process import ask; import os\n"
        "answer, _ = ask([sys.executable, '-c', sys.argv[1]], b'', cwd=Path.cwd(),\n"
        "                environment={'GIVEN': 'yes'}, timeout=20, times=9)\n"
        "Path('pid').write_text(answer.split()[0].decode()); os.kill(os.getpid(), 9)"
    )
    subprocess.run(
        [sys.executable, "-c", ours, ECHO],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        check=False,
    )
    assert gone(int((tmp_path / "pid").read_text()))
