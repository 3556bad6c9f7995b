import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents of the example study, built once a session as a user builds them."""
    folder = tmp_path_factory.mktemp("example")
    command = [sys.executable, "-m", "report", "build", "--study", str(ROOT)]
    command += ["--output-dir", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder
