"""The same data give the same documents: in any order of rows, anywhere, at any time."""

import csv
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from report.check import check
from report.config import settings
from tests.properties.hostile_study import copy

BUILD = """
import datetime
import os
import sys
import time
from dataclasses import replace
from pathlib import Path

import docx
import matplotlib.pyplot
import pandas
from report.build import build
from report.config import settings

folder, jobs, shift, mask = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), sys.argv[4]
real, local, greenwich, Real = time.time, time.localtime, time.gmtime, datetime.datetime


class Clock(Real):
    @classmethod
    def now(cls, zone=None):
        return Real.now(zone) + datetime.timedelta(seconds=shift)


time.time = lambda: real() + shift
time.localtime = lambda at=None: local(time.time() if at is None else at)
time.gmtime = lambda at=None: greenwich(time.time() if at is None else at)
for module in [*sys.modules.values()]:  # compiled code keeps its own
    if getattr(module, "datetime", None) is Real and not module.__name__.startswith("pandas"):
        module.datetime = Clock
assert abs(time.time() - real() - shift) < 1
os.umask(int(mask, 8))
assert not build(replace(settings(folder, None), jobs=jobs)).failed
"""


def shuffle(file: Path, seed: int) -> None:
    with file.open(encoding="utf-8", newline="") as lines:
        head, *rows = csv.reader(lines)
    random.Random(seed).shuffle(rows)
    with file.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([head, *rows])


@pytest.mark.parametrize("table", ["sessions", "participants", "quotes"])
def test_the_order_of_rows_changes_nothing(tmp_path: Path, table: str) -> None:
    copy(tmp_path / "s")
    expected = check(settings(tmp_path / "s", None)).documents
    assert len(expected) == 8
    for seed in range(3):
        shuffle(tmp_path / "s" / "data" / f"{table}.csv", seed)
        assert check(settings(tmp_path / "s", None)).documents == expected


def test_nothing_of_the_machine_and_its_clock_changes_anything(tmp_path: Path) -> None:
    """Folder, time zone, locale, hashes, number of jobs, clock, file rights, home, where one is."""
    places = [
        ("one", {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}, "1 0 022"),
        (
            "å/two words",
            {"TZ": "Etc/GMT+12", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"},
            "4 900000000 077",
        ),
    ]
    built = []
    for name, environment, rest in places:
        copy(tmp_path / name)
        home = tmp_path / f"home of {Path(name).name}"
        home.mkdir()
        command = [sys.executable, "-c", BUILD, str(tmp_path / name), *rest.split()]
        where = {**os.environ, "HOME": str(home), **environment}
        subprocess.run(command, env=where, check=True, cwd=home)
        output = tmp_path / name / "_output"
        files = [file for file in output.rglob("*") if file.is_file()]
        built.append({str(file.relative_to(output)): file.read_bytes() for file in files})
    one, other = built
    assert {"journal.en.docx", "journal.en.pdf", "lay.en.html"} <= set(one)
    assert {"index.html", "manifest.json", "ro-crate-metadata.json"} <= set(one)
    assert sorted(one) == sorted(other)
    assert not [name for name in one if one[name] != other[name]]
