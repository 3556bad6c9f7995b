"""Workers that are left in the middle of their work."""

import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from report.config import example, settings
from report.errors import RenderError
from report.executor import workers
from report.process import run

ASLEEP = "import pathlib, time; pathlib.Path('begun').touch(); time.sleep(60)"


def test_a_call_that_is_interrupted_while_it_is_handed_over_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[Future[object]] = []
    submit = ThreadPoolExecutor.submit

    def interrupted(*arguments: object, **named: object) -> None:
        handed.append(submit(*arguments, **named))  # type: ignore[arg-type]
        while not (tmp_path / "begun").exists():
            time.sleep(0.01)
        raise KeyboardInterrupt

    monkeypatch.setattr(ThreadPoolExecutor, "submit", interrupted)
    command = [sys.executable, "-c", ASLEEP]
    with pytest.raises(KeyboardInterrupt), workers(settings(example())) as at_work:
        at_work.submit(run, command, cwd=tmp_path, environment={}, timeout=90)
    assert isinstance(handed[0].exception(timeout=0), RenderError)
