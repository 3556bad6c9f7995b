"""However many files are made at a time, they are the same, and a terminal shows which."""

import os
import re
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from unittest import mock

import pytest

from report.build import build
from report.config import settings
from report.renderers import builtin
from tests.studies.broken_study import BASE


def built(study: Path, output: Path, jobs: int) -> dict[str, bytes]:
    made = build(settings(study, output, jobs=jobs), ["lay"], ["pdf", "html"])
    assert not made.failed
    return {file.name: file.read_bytes() for file in output.iterdir()}


def test_the_number_of_jobs_changes_no_byte(tmp_path: Path) -> None:
    study = shutil.copytree(BASE, tmp_path / "study")
    alone, two, many = (built(study, tmp_path / str(jobs), jobs) for jobs in (1, 2, 8))
    assert {"lay.en.pdf", "lay.en.html"} < alone.keys()
    assert alone == two == many


def test_fonts_are_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builtin._fonts.cache_clear()
    reading = mock.Mock(wraps=builtin._read_fonts)
    monkeypatch.setattr(builtin, "_read_fonts", reading)
    study = shutil.copytree(BASE, tmp_path / "study")
    made = build(settings(study, jobs=1), ["lay", "briefing"], ["pdf"])
    assert len(made.artifacts) == 2
    reading.assert_called_once()


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are POSIX's")
def test_a_terminal_shows_a_bar_and_what_is_being_made(tmp_path: Path) -> None:
    study = shutil.copytree(BASE, tmp_path / "study")
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "report", "build", "--study", str(study), "--jobs", "3"]
    command += ["--to", "pdf", "--to", "html", "--output-dir", str(tmp_path / "out")]
    environment = {**os.environ, "COLUMNS": "100", "TERM": "xterm"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs, env=environment)
    os.close(theirs)
    shown = b""
    with suppress(OSError):  # what Linux says at the end
        while part := os.read(ours, 4096):
            shown += part
    os.close(ours)
    assert process.wait() == 0
    text = shown.decode()
    document = r"(briefing|journal|lay|reviewer)\.en\.(pdf|html)"
    assert re.search(rf"{document}, {document} and 1 more", text), text
    assert "━" in text
    assert "Open" not in text
