import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def report(*arguments: object) -> None:
    command = [sys.executable, "-m", "report", *(str(argument) for argument in arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def both(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The documents of the example study, by the renderer that made them."""
    made = {name: tmp_path_factory.mktemp(name) for name in ("builtin", "quarto")}
    for name, folder in made.items():
        report("build", "--study", ROOT, "--renderer", name, "--output-dir", folder)
    return made
