"""Workers that are left in the middle of their work."""

import os
import sys
import threading
import time
from pathlib import Path

import pytest

from report.config import example, settings
from report.executor import workers
from report.process import run

ASLEEP = (
    "import os, pathlib, time; pathlib.Path('pid').write_text(f'{os.getpid()} '); time.sleep(60)"
)


@pytest.mark.skipif(os.name != "posix", reason="process groups are POSIX's")
def test_a_program_is_ended_whose_thread_was_just_being_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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
        at_work.submit(run, command, cwd=tmp_path, environment={}, timeout=90)
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)
