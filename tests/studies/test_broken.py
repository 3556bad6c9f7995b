"""Every way in which a study can be broken is told as it was recorded, to the letter."""

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from report.cli import app
from tests.studies.broken_study import CASES, Case, Outcome, read

ACROSS = ("missing-column", "usage-unknown-audience", "json", "yaml-tab", "encoding-lost-letter")
"""Cases that run as a command of their own too."""


UNSET = ("SOURCE_DATE_EPOCH", "QUARTO_PATH", "QUARTO_PROFILE")
HINTLESS = (
    *("invalid-expression", "invalid-template", "unknown-name", "no-number", "no-value"),
    *("unused", "Error: No such option"),
)
"""What says by itself what to do."""


def outcome(code: int, stderr: str, stdout: str, study: Path) -> Outcome:
    return Outcome(code, stderr.replace(str(study), "STUDY"), stdout.replace(str(study), "STUDY"))


def told(case: Case, study: Path) -> Outcome:
    case.make(study)
    environment = dict.fromkeys(UNSET) | case.environment_in(study)
    result = CliRunner().invoke(
        app, case.arguments(study), env=environment, catch_exceptions=False, prog_name="report"
    )
    return outcome(result.exit_code, result.stderr, result.stdout, study)


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_a_broken_study_is_told_of(file: Path, tmp_path: Path, *, accept: bool) -> None:
    case = read(file)
    found = told(case, tmp_path / "study")
    if accept:
        case.record(found)
    else:
        assert found == case.expected, case.broken


@pytest.mark.parametrize("name", ACROSS)
def test_the_command_tells_the_same(name: str, tmp_path: Path) -> None:
    case = read(next(file for file in CASES if file.stem == name))
    study = tmp_path / "study"
    case.make(study)
    done = subprocess.run(
        [sys.executable, "-m", "report", *case.arguments(study)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "0", "LC_ALL": "C", **case.environment_in(study)},
    )
    assert outcome(done.returncode, done.stderr, done.stdout, study) == case.expected


def test_the_good_study_is_good(tmp_path: Path) -> None:
    good = Case(Path("base"), "nothing", ("check", "--study", "{study}"))
    assert told(good, tmp_path / "study") == Outcome(0, "", "No problems.\n")


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_what_is_told_is_for_people(file: Path) -> None:
    """No word of a program's inside, no Python value, a line each, and what to do."""
    case = read(file)
    assert case.expected is not None
    lines = case.expected.stderr.splitlines()
    for line in lines:
        for word in ("pydantic", "Traceback", "dict", "tuple", "NoneType", "0x", "errno"):
            assert word not in line, line
    for line, following in pairwise([*lines, ""]):
        if ("error[" in line or line.startswith("error: ")) and not any(
            f"[{code}]" in line for code in HINTLESS
        ):
            assert following.startswith("  "), f"no hint: {line}"
