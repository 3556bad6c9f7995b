"""Settings: from the command, the environment and _quarto.yml, in that order."""

from pathlib import Path
from typing import get_args

import pytest

from report.config import RENDERER_NAMES, settings
from report.errors import UsageError
from report.model.project import Wishes
from report.renderers import RENDERERS

PROJECT = """\
# A comment at the top.
project:
  type: default
  pre-render: _compose.py

format:
  html:
    theme: cosmo   # theirs
    toc: false
  acme-typst: default
lang: nb
report:
  renderer: quarto
  output-dir: out/here
profile:
  default: lay
number-depth: 2
"""


def study(folder: Path, project: str = PROJECT) -> Path:
    (folder / "_quarto.yml").write_text(project, "utf-8")
    return folder


def test_there_need_be_no_project_file(tmp_path: Path) -> None:
    here = settings(tmp_path, environment={})
    assert (here.renderer, here.output) == ("builtin", tmp_path / "_output")
    assert (here.quarto, here.profiles, here.diagnostics) == ("", (), ())
    assert (here.project.text, here.project.formats) == ("project: {type: default}\n", {})


def test_the_project_file_chooses_renderer_and_output(tmp_path: Path) -> None:
    here = settings(study(tmp_path), environment={})
    assert (here.renderer, here.output) == ("quarto", tmp_path / "out" / "here")


def test_the_command_goes_before_the_project_file(tmp_path: Path) -> None:
    here = settings(study(tmp_path), tmp_path / "there", "builtin", {})
    assert (here.renderer, here.output) == ("builtin", tmp_path / "there")


def test_what_is_for_documents_is_kept_to_the_letter(tmp_path: Path) -> None:
    project = settings(study(tmp_path), environment={}).project
    theirs = PROJECT.splitlines()
    kept = project.text.splitlines()
    assert len(kept) == len(theirs)  # Quarto tells of a mistake by its line
    assert kept[1] == "project: {type: default}"
    shown = {line for line in kept if line}
    assert shown - set(theirs) == {"project: {type: default}"}
    assert set(theirs) - shown == {
        "project:", "  type: default", "  pre-render: _compose.py", "report:",
        "  renderer: quarto", "  output-dir: out/here", "profile:", "  default: lay", "",
    }  # fmt: skip
    assert project.formats == {"html": {"theme": "cosmo", "toc": False}, "acme-typst": {}}


def test_the_environment_names_quarto_and_its_profiles(tmp_path: Path) -> None:
    program = tmp_path / "quarto"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    on_path = settings(tmp_path, environment={"PATH": str(tmp_path), "QUARTO_PROFILE": "lay, x y"})
    assert (on_path.quarto, on_path.profiles) == (str(program), ("lay", "x", "y"))
    named = settings(tmp_path, environment={"PATH": str(tmp_path), "QUARTO_PATH": "/else/quarto"})
    assert named.quarto == "/else/quarto"


def test_the_names_of_renderers_are_those_there_are() -> None:
    assert set(RENDERER_NAMES) == RENDERERS.keys()
    assert get_args(Wishes.model_fields["renderer"].annotation) == RENDERER_NAMES


def test_a_renderer_that_is_not_there_is_a_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no renderer “latex”"):
        settings(tmp_path, renderer="latex", environment={})
