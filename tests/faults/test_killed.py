"""kill -9 at any time: the last good documents stay or the new ones come, and the next is right."""

import os
import random
import shutil
import time
from pathlib import Path

import pytest

from report import publish
from tests.faults.conftest import Study
from tests.freshness.conftest import Study as Counted
from tests.publish.test_publish import death
from tests.scratch import left_in

SEED = 20240607
KILLS = 4

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX's")


def test_killed_at_random_moments(study: Study, changed: dict[str, bytes], tmp_path: Path) -> None:
    """What lies there is one build's or the other's, once the next command has run."""
    chance, scratch = random.Random(SEED), tmp_path / "scratch"
    scratch.mkdir()
    there = {"TMPDIR": str(scratch)}
    old = study.contents()
    study.change()
    whole = Study(Path(shutil.copytree(study.root, tmp_path / "whole")))
    begun = time.monotonic()
    assert whole.run("build").code == 0
    lasts = time.monotonic() - begun
    for _ in range(KILLS):
        process = study.start("build", environment=there)
        time.sleep(chance.uniform(0.3, 1.0) * lasts)
        process.kill()
        process.communicate()
        assert study.call("check").code == 0
        assert study.contents() in (old, changed)
    ended = study.run("build", environment=there)
    assert (ended.code, study.contents()) == (0, changed), ended.said
    assert left_in(scratch) == [], "no text of the study is left in the scratch folder"


def test_killed_at_every_change_of_the_disk(counted: Counted) -> None:
    """After rendering: what is remembered, what is published, in which order."""
    study = counted
    study.edit("data/audiences.yml", "journal: {}", "journal: {formats: [html, jats]}")
    study.build()
    old = study.contents()
    study.edit("data/text/lay/why.md", "To sleep", "So to sleep")
    study.edit("data/audiences.yml", "[html, jats]", "[html]")
    start = study.root
    study.root = Path(shutil.copytree(start, start.with_name("whole")))
    study.build()
    new, told = study.contents(), []
    for after in range(0, 1000, 3):
        study.root = Path(shutil.copytree(start, start.with_name(f"killed-{after}")))
        with death(after) as life:
            study.build()
        told.append(publish.recover(study.output))
        allowed = {"undone": [old], "completed": [new], None: [old, new]}[told[-1]]
        assert study.contents() in allowed
        if not life.died:
            break
        study.build()
        assert study.contents() == new
        shutil.rmtree(study.root)
    assert {None, "undone", "completed"} == set(told), "not every moment was hit"
    assert old.keys() > new.keys()
