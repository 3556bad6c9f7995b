"""Whatever lies in a study's folder, it is told of: never a traceback, never a hang."""

import csv
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from report.audiences import audiences
from report.checks import STUDY_CHECKS
from report.config import templates
from report.errors import UsageError
from report.load import Loaded, load
from report.model.diagnostic import Diagnostic, in_order

BASE = Path(__file__).parents[1] / "studies" / "base"
ODD: tuple[Any, ...] = (
    *(None, True, 0, -1, 10**30, 1.5, "", " ", "x" * 10_000, "a\nb", "../../etc", "🙂", "{{ x }}"),
    *([], {}, [[]], [None], {"a": None}, {"id": ["x"]}, {1: 2}, ["x", {"y": []}], "2024-02-30"),
)
JARGON = ("pydantic", "NoneType", "dict", "tuple", "Traceback", "Input should", "str ", "valid_")


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "study"))


def checked(study: Path) -> tuple[Diagnostic, ...]:
    loaded: Loaded = load(study)
    found = list(loaded.diagnostics)
    if loaded.audiences:
        found += audiences([templates()], loaded.audiences, loaded.locate_key)[1]
    if loaded.study:
        found += [problem for check in STUDY_CHECKS for problem in check(loaded.study)]
    for problem in found:
        assert str(problem).isprintable()
        assert len(problem.message) < 400
        assert not any(word in problem.message + problem.hint for word in JARGON), problem
        str(problem).encode()
    return in_order(found)


def codes(study: Path) -> set[str]:
    return {problem.code for problem in checked(study)}


def ways(data: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every key and entry of a YAML file."""
    items = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in items:
        yield (*way, key)
        if isinstance(value, dict | list):
            yield from ways(value, (*way, key))


def mutated(data: Any, way: tuple[str | int, ...], value: object) -> Any:
    copy = yaml.safe_load(yaml.safe_dump(data))
    inner = copy
    for key in way[:-1]:
        inner = inner[key]
    inner[way[-1]] = value
    return copy


@pytest.mark.parametrize("name", ["study", "codebook", "glossary", "audiences"])
def test_any_value_at_any_key(study: Path, name: str) -> None:
    file = study / "data" / f"{name}.yml"
    text = file.read_text("utf-8")
    data = yaml.load(text, yaml.BaseLoader)
    if name == "study":
        data["schema"] = 1
    chance = random.Random(name)
    for way in ways(data):
        for value in chance.sample(ODD, 4):
            broken = mutated(data, way, value)
            file.write_text(yaml.safe_dump(broken, allow_unicode=True), "utf-8")
            checked(study)


FILES = sorted(f.relative_to(BASE).as_posix() for f in BASE.rglob("*") if f.is_file())
DATA = [name for name in FILES if name.startswith("data/")]


@pytest.mark.parametrize("name", DATA)
def test_garbage_in_any_file(study: Path, name: str) -> None:
    file, chance = study / name, random.Random(name)
    good = file.read_bytes()
    for _ in range(12):
        content = bytearray(good)
        for _ in range(chance.randrange(1, 8)):
            at = chance.randrange(len(content) + 1)
            content[at : at + chance.randrange(3)] = chance.choice(
                [b"\x00", b"\xff\xfe", b'"', b"\n", b"\t", b"{", b"[", b"- ", b": ", b"\xc3", b"@"]
            )
        file.write_bytes(content)
        checked(study)
    file.write_bytes(chance.randbytes(5000))
    assert checked(study)


@pytest.mark.parametrize("name", DATA)
def test_a_folder_an_empty_file_or_a_dead_link_in_any_place(study: Path, name: str) -> None:
    file = study / name
    file.write_bytes(b"")
    assert checked(study) or name == "data/references.bib"
    file.unlink()
    if name == "data/study.yml":
        with pytest.raises(UsageError):
            load(study)
        return
    file.symlink_to(file)
    assert "unreadable-file" in codes(study)
    file.unlink()
    file.mkdir()
    assert "unreadable-file" in codes(study)


def test_a_file_that_may_not_be_read(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_bytes

    def refuse(file: Path) -> bytes:
        if file.name == "quotes.csv":
            raise PermissionError(13, "Permission denied")
        return read(file)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    (problem,) = checked(study)
    assert str(problem) == "data/quotes.csv: error[unreadable-file] this file may not be read"


@pytest.mark.parametrize("identifier", ["Q 1", "🙂", "../x", "a/b", "Ｑ１", "Q\u200b1", "Q" * 300])
def test_ids_may_be_anything_printable(study: Path, identifier: str) -> None:
    file = study / "data" / "quotes.csv"
    file.write_text(file.read_text("utf-8").replace("Q2,", f"{identifier},"), "utf-8")
    assert checked(study) == ()
    file.write_text(f"quote,participant,codes,text\n{identifier},{identifier},x,y\n", "utf-8")
    assert codes(study) == {"unknown-participant", "unknown-code"}


def test_cells_of_a_megabyte(study: Path) -> None:
    big = "word " * 200_000
    row = ",".join([f"{big}"] * 4)
    (study / "data/quotes.csv").write_text(f"quote,participant,codes,text\n{row}\n", "utf-8")
    assert codes(study) == {"unknown-participant", "unknown-code"}


def test_thousands_of_wrong_ids_are_told_of_soon(study: Path) -> None:
    people = "".join(f"P{n},FG{n % 2 + 1},North\n" for n in range(2000))
    (study / "data/participants.csv").write_text(f"participant,session,ward\n{people}", "utf-8")
    quotes = "".join(f"Q{n},X{n},light,y\n" for n in range(5000))
    (study / "data/quotes.csv").write_text(f"quote,participant,codes,text\n{quotes}", "utf-8")
    assert len(checked(study)) == 5000


def test_a_thousand_columns(study: Path) -> None:
    header = ",".join(f"c{n}" for n in range(1000))
    (study / "data/quotes.csv").write_text(f"{header}\n" * 20, "utf-8")
    assert "missing-column" in codes(study)


def test_a_style_may_be_named_anything(study: Path) -> None:
    file = study / "data" / "study.yml"
    text = file.read_text("utf-8")
    for name in ("x" * 5000, "../../x.csl", "/etc/passwd", ".", "a.csl"):
        file.write_text(f"{text}citation_style: {name}\n", "utf-8")
        assert codes(study) == {"missing-style"}


def test_workbooks_in_place_of_csv(study: Path) -> None:
    for name in ("sessions", "participants", "quotes"):
        file = study / "data" / f"{name}.csv"
        book = openpyxl.Workbook()
        with file.open(encoding="utf-8", newline="") as opened:
            for row in csv.reader(opened):
                book.worksheets[0].append(row)
        file.unlink()
        book.save(file.with_suffix(".xlsx"))
    assert checked(study) == ()
