"""A command loads what it uses, and nothing else."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from report.config import example

LISTED = """\
import json, sys
from report.cli import main
try:
    main()
except SystemExit as left:
    names = sorted({name.partition(".")[0] for name in sys.modules})
    print(json.dumps([left.code or 0, names]), file=sys.stderr)
"""
DRAWING = {"matplotlib", "mpl_toolkits", "PIL", "typst"}
FINISHED = {"pikepdf", "pypdfium2", "docx"}
"""What finished files are written and read with."""
STUDY = {
    *("pandas", "numpy", "jinja2", "yaml", "babel", "polib"),
    *("bibtexparser", "pylatexenc", "unicode_rbnf"),
}
"""What a study is read and composed with."""
OTHERS = {"openpyxl", "lxml", "rich", "pypandoc", "fontTools"}


def loaded(*arguments: str) -> set[str]:
    """The packages that a command has loaded when it ends well."""
    command = [sys.executable, "-c", LISTED, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    code, names = json.loads(done.stderr.splitlines()[-1])
    assert code == 0, done.stderr
    return set(names)


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_loads_nothing_that_reads_a_study(option: str) -> None:
    assert loaded(option) & (STUDY | DRAWING | FINISHED | OTHERS) == set()


def test_a_check_draws_nothing_and_reads_no_finished_file() -> None:
    there = loaded("check", "--study", str(example()))
    assert there & (DRAWING | FINISHED | {"openpyxl", "rich", "pypandoc", "fontTools"}) == set()
    assert there >= STUDY  # or nothing is shown by what is missing


def test_a_build_in_which_nothing_changed_draws_nothing(tmp_path: Path) -> None:
    shutil.copytree(example() / "data", tmp_path / "data")
    build = ("build", "--study", str(tmp_path), "--to", "html")
    assert loaded(*build) >= {"matplotlib"}
    assert loaded(*build) & (DRAWING | FINISHED | {"openpyxl", "rich", "fontTools"}) == set()
