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
import sys
from dataclasses import replace
from pathlib import Path
from report.build import build
from report.config import settings
assert not build(replace(settings(Path(sys.argv[1]), None), jobs=int(sys.argv[2]))).failed
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


def test_folder_time_zone_locale_hashes_and_jobs_change_nothing(tmp_path: Path) -> None:
    places = [
        ("one", {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}, 1),
        ("å/two words", {"TZ": "Etc/GMT+12", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"}, 4),
    ]
    built = []
    for name, environment, jobs in places:
        copy(tmp_path / name)
        command = [sys.executable, "-c", BUILD, str(tmp_path / name), str(jobs)]
        subprocess.run(command, env={**os.environ, **environment}, check=True, cwd=tmp_path)
        output = tmp_path / name / "_output"
        files = [file for file in output.rglob("*") if file.is_file()]
        built.append({str(file.relative_to(output)): file.read_bytes() for file in files})
    one, other = built
    assert {"journal.en.docx", "journal.en.pdf", "lay.en.html", "manifest.json"} <= set(one)
    assert sorted(one) == sorted(other)
    assert not [name for name in one if one[name] != other[name]]
