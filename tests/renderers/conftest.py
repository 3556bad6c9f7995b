import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from report.model.document import Document
from report.model.project import QuartoProject
from report.renderers.quarto import Quarto, of

THEMES = (Path(__file__).parents[2] / "templates" / "theme",)

TEXT = """\
---
title: 'A title'
date-text: '2 September 2024'
lang: 'en'
look: 'lay'
number-sections: false
---

# Why

Words of the study.

A reference to @tbl-none.
"""

START = """\
import json, os, pathlib, sys, time
me = pathlib.Path(__file__)
if sys.argv[1:] == ["--version"]:
    print("1.9.38")
    raise SystemExit
calls = me.with_suffix(".calls")
with calls.open("a") as notes:
    notes.write(json.dumps({
        "arguments": sys.argv[1:], "cwd": os.getcwd(), "environment": dict(os.environ),
        "files": {
            p.relative_to(".").as_posix(): p.read_bytes().decode("utf-8", "replace")
            for p in pathlib.Path().rglob("*")
            if p.is_file() and p.suffix in {".qmd", ".yml", ".scss", ".lua", ".svg"}
        },
    }) + "\\n")
source = pathlib.Path(sys.argv[2])
ending = {"html": "html", "typst": "pdf", "docx": "docx", "jats": "xml"}[
    sys.argv[4].rpartition("-")[2]
]
made = source.with_name(source.name[:-4] + "." + ending)
"""
"""A stand-in for quarto, up to what it makes of the document."""


class StandIn:
    """A quarto that does what a test says, and what it was called with."""

    def __init__(self, folder: Path, does: str) -> None:
        self.path = folder / "quarto"
        self.path.write_text(f"#!{sys.executable}\n{START}{does}\n", "utf-8")
        self.path.chmod(0o755)

    @property
    def calls(self) -> list[dict[str, Any]]:
        notes = self.path.with_suffix(".calls")
        return (
            [json.loads(line) for line in notes.read_text().splitlines()] if notes.exists() else []
        )


MakeStandIn = Callable[..., StandIn]
"""What it makes of the document, as Python → a quarto that does so."""
MakeQuarto = Callable[..., Quarto]
"""A stand-in, and what the study asks of Quarto → the renderer that calls it."""


@pytest.fixture
def stand_in(tmp_path: Path) -> MakeStandIn:
    folder = tmp_path / "bin"
    folder.mkdir()
    return lambda does="made.write_text('made')": StandIn(folder, does)


@pytest.fixture
def document() -> Document:
    assets = {"lay.en_files/one.svg": b"<svg/>", "lay.en_files/one.png": b"PNG"}
    return Document("lay.en", "lay", TEXT, "en", "lay", 1725235200, assets)


@pytest.fixture
def quarto(tmp_path: Path) -> MakeQuarto:
    def made(program: StandIn, project: QuartoProject | None = None) -> Quarto:
        return of(str(program.path), tmp_path, THEMES, project or QuartoProject())

    return made
