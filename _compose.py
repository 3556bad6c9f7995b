"""Quarto runs this before it renders: report composes the documents of the active profile.

It asks the report in .venv beside this file, else that of the Python which runs this, else the one
on PATH.
"""

import importlib.metadata
import shutil
import subprocess
import sys
from pathlib import Path

STUDY = Path(__file__).resolve().parent
MISSING = """\
error: report is not found, so there is nothing for Quarto to render
  install it into .venv beside _quarto.yml, or name a Python that has it in a file
  _environment.local beside it: QUARTO_PYTHON=/home/me/venv/bin/python
"""


def command() -> "list[str]":  # in quotes for Python 3.8
    """How report is called here; nothing where it is not installed."""
    for program in (STUDY / ".venv" / "bin" / "report", STUDY / ".venv" / "Scripts" / "report.exe"):
        if program.is_file():
            return [str(program)]
    try:
        importlib.metadata.version("qualreport")
    except importlib.metadata.PackageNotFoundError:
        found = shutil.which("report")
        return [found] if found else []
    return [sys.executable, "-m", "report"]


if __name__ == "__main__":
    report = command()
    if not report:
        sys.exit(MISSING.rstrip())
    sys.exit(subprocess.run([*report, "compose", "--study", str(STUDY)], check=False).returncode)
