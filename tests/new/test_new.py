"""report init: a new study that builds, and nothing of anybody's overwritten."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from report.load import schemas

ROOT = Path(__file__).parents[2]
USAGE = 2


def report(*words: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "report", *(str(word) for word in words)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def contents(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def test_a_new_study_builds_at_once_and_says_that_it_is_empty(tmp_path: Path) -> None:
    assert report("init", "mine", cwd=tmp_path).returncode == 0
    done = report("build", "--study", "mine", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    output = tmp_path / "mine" / "_output"
    manifest = json.loads((output / "manifest.json").read_text("utf-8"))
    assert len(manifest["artifacts"]) == 10
    assert manifest["diagnostics"] == []
    assert (tmp_path / "mine" / "_compose.py").read_bytes() == (ROOT / "_compose.py").read_bytes()
    done = report("build", "--study", "mine", "--to", "qmd", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for audience in ("journal", "reviewer", "briefing", "lay"):
        text = (output / f"{audience}.en.qmd").read_text("utf-8")
        assert re.search("^title: .?A new study", text, re.MULTILINE)
        assert "an empty frame" in text


def test_a_new_study_teaches_by_few_rows(tmp_path: Path) -> None:
    assert report("init", "mine", cwd=tmp_path).returncode == 0
    data = tmp_path / "mine" / "data"
    for name, count in (("sessions", 2), ("participants", 6), ("quotes", 3)):
        assert len((data / f"{name}.csv").read_text("utf-8").splitlines()) == 1 + count
    for name in ("study", "codebook", "glossary", "audiences"):
        assert "\n# " in (data / f"{name}.yml").read_text("utf-8")


def test_the_example_is_copied_whole_and_is_a_study(tmp_path: Path) -> None:
    assert report("init", "copy", "--example", cwd=tmp_path).returncode == 0
    copy = tmp_path / "copy"
    assert (copy / "_quarto.yml").read_bytes() == (ROOT / "_quarto.yml").read_bytes()
    assert contents(copy / "data") == contents(ROOT / "data")
    done = report("build", "--study", "copy", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    made = json.loads((copy / "_output" / "manifest.json").read_text("utf-8"))["artifacts"]
    assert len(made) == 18


@pytest.mark.parametrize("options", [(), ("--example",)])
def test_what_a_build_makes_is_ignored_by_git(tmp_path: Path, options: tuple[str, ...]) -> None:
    assert report("init", "mine", *options, cwd=tmp_path).returncode == 0
    ignored = (tmp_path / "mine" / ".gitignore").read_text("utf-8").splitlines()
    assert {"/_output/", "/_output.lock", "/_quarto/", "/composed/", "/.report/"} <= set(ignored)


@pytest.mark.parametrize("options", [(), ("--example",)])
def test_editors_find_the_schema_that_a_file_names(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    assert report("init", "mine", *options, cwd=tmp_path).returncode == 0
    data = tmp_path / "mine" / "data"
    files = sorted(data.glob("*.yml"))
    assert len(files) == 4
    for file in files:
        first = file.read_text("utf-8").splitlines()[0]
        named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert named, first
        schema = json.loads((data / named[1]).read_text("utf-8"))
        assert schema["title"] == file.name


def test_a_folder_that_holds_something_is_refused_and_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "notes.txt").write_text("years of work", "utf-8")
    done = report("init", "mine", cwd=tmp_path)
    assert done.returncode == USAGE
    assert "mine is there already" in done.stderr
    assert contents(mine) == {"notes.txt": b"years of work"}


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("years of work", "utf-8")
    assert report("init", "mine", cwd=tmp_path).returncode == USAGE
    assert (tmp_path / "mine").read_text("utf-8") == "years of work"


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    assert report("init", "mine", cwd=tmp_path).returncode == 0
    assert (tmp_path / "mine" / "data" / "study.yml").is_file()


def test_a_second_init_does_not_overwrite(tmp_path: Path) -> None:
    assert report("init", "mine", cwd=tmp_path).returncode == 0
    (tmp_path / "mine" / "data" / "text" / "abstract.md").write_text("My own words.\n", "utf-8")
    before = contents(tmp_path / "mine")
    for options in ((), ("--example",)):
        assert report("init", "mine", *options, cwd=tmp_path).returncode == USAGE
        assert contents(tmp_path / "mine") == before


def test_the_committed_schemas_are_what_report_schema_writes(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    assert report("schema", cwd=tmp_path).returncode == 0
    assert contents(tmp_path / "data/schema") == contents(ROOT / "data/schema")


def test_every_key_of_every_schema_is_explained() -> None:
    for schema in schemas().values():
        definitions = {"the file": schema, **schema.get("$defs", {})}
        for name, definition in definitions.items():
            assert definition.get("description"), name
            for key, value in definition.get("properties", {}).items():
                # What only points elsewhere is explained there.
                assert value.get("description") or list(value) == ["$ref"], f"{name}: {key}"
