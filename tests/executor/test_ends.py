"""Workers that are left in the middle of their work."""

import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from report.config import example, settings
from report.executor import workers
from report.process import ask, run

ASLEEP = (
    "import os, pathlib, time; pathlib.Path('pid').write_text(f'{os.getpid()} '); time.sleep(60)"
)


POSIX = pytest.mark.skipif(os.name != "posix", reason="process groups are POSIX's")


def _ask(command: Sequence[str], *, cwd: Path, environment: dict[str, str], timeout: float) -> None:
    ask(command, b"", cwd=cwd, environment=environment, timeout=timeout, times=9)


@POSIX
@pytest.mark.parametrize("called", [run, _ask], ids=["run", "ask"])
def test_a_program_is_ended_whose_thread_was_just_being_started(
    called: Callable[..., object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pid = tmp_path / "pid"
    start = threading.Thread.start

    def interrupted(thread: threading.Thread) -> None:
        start(thread)
        if threading.current_thread() is threading.main_thread():
            while not (pid.exists() and pid.read_text().endswith(" ")):
                time.sleep(0.01)
            raise KeyboardInterrupt

    monkeypatch.setattr(threading.Thread, "start", interrupted)
    command = [sys.executable, "-c", ASLEEP]
    with pytest.raises(KeyboardInterrupt), workers(settings(example())) as at_work:
        at_work.submit(called, command, cwd=tmp_path, environment={}, timeout=90)
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


@POSIX
def test_a_program_that_stays_is_ended_with_the_workers(tmp_path: Path) -> None:
    code = "import os\nwhile line := input(): print(f'\\x1e{line[0]} {os.getpid()}', flush=True)"
    command = [sys.executable, "-c", code]

    def asked() -> bytes:
        return ask(command, b"who", cwd=tmp_path, environment={}, timeout=90, times=9)[0]

    with workers(settings(example())) as at_work:
        (pid,) = {at_work.submit(asked).result(), at_work.submit(asked).result()}
        os.kill(int(pid), 0)
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid), 0)
