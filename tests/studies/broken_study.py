"""Broken studies: what is done to the good one in base/, and what `report` then says.

A case is a file in broken/: a line that says what is broken, the edits, the command's arguments
({study} is the study's folder), and, recorded by `pytest --accept`, what comes out.
"""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import yaml

HERE = Path(__file__).parent
BASE = HERE / "base"
CASES = sorted((HERE / "broken").glob("*.yml"))
RECORDED = "\nexit: "


@dataclass(frozen=True)
class Outcome:
    """An exit code, and what was printed, the study's folder shown as STUDY."""

    exit: int
    stderr: str
    stdout: str

    def written(self) -> str:
        """As it stands at the end of a case's file."""
        return f"exit: {self.exit}\n{_block('stderr', self.stderr)}{_block('stdout', self.stdout)}"


@dataclass(frozen=True)
class Case:
    """What a file in broken/ says."""

    file: Path
    broken: str
    run: Sequence[str]
    edits: Mapping[str, Any] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    expected: Outcome | None = None

    def make(self, study: Path) -> None:
        """The broken study, in a folder that is not there yet."""
        shutil.copytree(BASE, study)
        for path, edit in self.edits.items():
            _edit(study / path, edit)

    def arguments(self, study: Path) -> list[str]:
        return [word.replace("{study}", str(study)) for word in self.run]

    def environment_in(self, study: Path) -> dict[str, str]:
        """The environment that the command runs in."""
        return {name: v.replace("{study}", str(study)) for name, v in self.environment.items()}

    def record(self, outcome: Outcome) -> None:
        """Write what came out into the case's file."""
        said = self.file.read_text("utf-8").partition(RECORDED)[0].rstrip("\n")
        self.file.write_text(f"{said}\n{outcome.written()}", "utf-8")


def read(file: Path) -> Case:
    """The case in a file of broken/."""
    said = yaml.safe_load(file.read_text("utf-8"))
    expected = None
    if "exit" in said:
        expected = Outcome(said["exit"], said.get("stderr", ""), said.get("stdout", ""))
    run = said.get("run", "check --study {study}").split(" ")
    environment = {name: str(value) for name, value in said.get("environment", {}).items()}
    return Case(file, said["broken"], run, said.get("edits", {}), environment, expected)


def _edit(file: Path, edit: Any) -> None:
    """delete; folder: true; link: where to; text, and program: true; hex; workbook (rows) and
    merge; or replace and with, one or a list."""
    if edit == "delete":
        file.unlink()
        return
    if isinstance(edit, dict) and "replace" not in edit:
        if file.is_file():
            file.unlink()
        file.parent.mkdir(parents=True, exist_ok=True)
        match edit:
            case {"text": text, **more}:
                file.write_bytes(text.encode())
                file.chmod(0o755 if more.get("program") else 0o644)
            case {"hex": digits}:
                file.write_bytes(bytes.fromhex(digits))
            case {"link": target}:
                file.symlink_to(target)
            case {"workbook": rows, **more}:
                _workbook(file, rows, more.get("merge", ""))
            case {"folder": True}:
                file.mkdir()
            case _:
                raise ValueError(edit)
        return
    text = file.read_text("utf-8")
    for change in edit if isinstance(edit, list) else [edit]:
        old, new = change["replace"], change["with"]
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
        text = text.replace(old, new)
    file.write_bytes(text.encode())


def _workbook(file: Path, rows: Sequence[list[Any]], merge: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    book.save(file)


def _block(name: str, text: str) -> str:
    if not text:
        return ""
    lines = "".join(f"  {line}\n" if line else "\n" for line in text.splitlines())
    return f"{name}: |2\n{lines}"
