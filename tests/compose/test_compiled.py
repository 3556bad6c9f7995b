"""The code of our templates is kept for the next command, and never taken for another's."""

import shutil
import tempfile
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from report.compose.compiled import Compiled


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one template, and an empty folder for what is kept."""
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "a.j2").write_text("one")
    (tmp_path / "module.py").write_text("as it was")
    return tmp_path / "ours"


def shown(folder: Path, ours: Path) -> tuple[str, int]:
    """What a new command shows of the template in `folder`, and how much it compiles."""
    compiled = 0

    class Counting(Environment):
        def compile(self, *given: object, **named: object) -> object:  # type: ignore[override]
            nonlocal compiled
            compiled += 1
            return super().compile(*given, **named)  # type: ignore[call-overload]

    environment = Counting(
        loader=FileSystemLoader(folder),
        bytecode_cache=Compiled(ours, ours.parent / "module.py"),
        autoescape=True,
    )
    return environment.get_template("a.j2").render(), compiled


def kept(ours: Path) -> list[Path]:
    return [f for f in (ours.parent / "scratch").rglob("*") if f.is_file()]


def test_the_next_command_compiles_nothing(ours: Path) -> None:
    assert shown(ours, ours) == ("one", 1)
    assert shown(ours, ours) == ("one", 0)


def test_a_template_that_says_something_else_is_compiled(ours: Path) -> None:
    shown(ours, ours)
    (ours / "a.j2").write_text("two")
    assert shown(ours, ours) == ("two", 1)


def test_what_is_compiled_in_another_way_is_compiled(ours: Path) -> None:
    shown(ours, ours)
    (ours.parent / "module.py").write_text("another")
    assert shown(ours, ours) == ("one", 1)


def test_a_study_s_own_template_is_not_kept(ours: Path) -> None:
    study = ours.parent / "study"
    shutil.copytree(ours, study)
    assert shown(study, ours) == ("one", 1)
    assert not kept(ours)
    assert shown(study, ours) == ("one", 1)


@pytest.mark.parametrize("left", [0, 4, 30, 50, -1])
def test_a_damaged_file_is_made_anew(ours: Path, left: int) -> None:
    shown(ours, ours)
    (file,) = kept(ours)
    file.write_bytes(file.read_bytes()[:left])
    assert shown(ours, ours) == ("one", 1)
    assert shown(ours, ours) == ("one", 0)


def test_a_file_in_which_a_letter_changed_is_made_anew(ours: Path) -> None:
    """Python would run it, and show another text."""
    (ours / "a.j2").write_text("twenty-one")
    shown(ours, ours)
    (file,) = kept(ours)
    file.write_bytes(file.read_bytes().replace(b"twenty-one", b"twenty-two"))
    assert shown(ours, ours) == ("twenty-one", 1)
    assert shown(ours, ours) == ("twenty-one", 0)


def test_nothing_is_kept_where_others_could_write(ours: Path) -> None:
    """Jinja's folder is somebody else's: here, a file that stands in its place."""
    shown(ours, ours)
    (file,) = kept(ours)
    folder = file.parent
    shutil.rmtree(folder)
    folder.write_text("somebody's")
    assert shown(ours, ours) == ("one", 1)
    assert shown(ours, ours) == ("one", 1)
    assert folder.read_text() == "somebody's"
