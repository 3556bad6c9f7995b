"""Studies built once for all tests that read their documents, whatever the number of processes."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
import pytest
from filelock import FileLock

ROOT = Path(__file__).parents[1]
STUDIES = ROOT / "tests" / "studies"

Built = Callable[[str], Path]
"""By a study's name (example, languages, interviews) the folder of its documents."""


def report(*arguments: str | Path) -> None:
    """Call the command as a user does; all must go well."""
    command = [sys.executable, "-m", "report", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def in_three_scripts(study: Path) -> Path:
    """The study in base/, what languages/ lays over it, and fonts that have Arabic letters."""
    shutil.copytree(STUDIES / "base", study)
    shutil.copytree(STUDIES / "languages", study, dirs_exist_ok=True)
    fonts = study / "templates" / "theme" / "fonts"
    fonts.mkdir(parents=True)
    for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"):
        shutil.copy(Path(mpl.get_data_path()) / "fonts" / "ttf" / name, fonts)
    return study


def build(name: str, folder: Path, *options: str) -> None:
    """Build the study's documents into the folder."""
    with tempfile.TemporaryDirectory() as scratch:
        if name == "languages":
            study = in_three_scripts(Path(scratch, "study"))
        else:
            study = {"example": ROOT, "interviews": STUDIES / "interviews"}[name]
        report("build", "--study", study, "--output-dir", folder, *options)


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The folder of that name, filled by whichever process asks first, while the others wait."""
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "built" / name
    tried = folder.with_name(f"{name}.tried")
    folder.parent.mkdir(exist_ok=True)
    with FileLock(shared / f"{name}.lock"):
        if not folder.exists():
            assert not tried.exists(), f"{name} could not be made: the first test to ask says why"
            tried.touch()
            scratch = Path(tempfile.mkdtemp(dir=shared)) / name
            make(scratch)
            scratch.rename(folder)
    return folder
