"""The small study with a briefing for each of three invented recipients."""

import shutil
from pathlib import Path

import pytest

STUDIES = Path(__file__).parents[1] / "studies"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """The study's folder, to be changed."""
    folder = tmp_path / "study"
    shutil.copytree(STUDIES / "base", folder)
    shutil.copytree(STUDIES / "recipients", folder, dirs_exist_ok=True)
    return folder
