"""The key of a study: read for the gate, told of without its words."""

from pathlib import Path

import pytest

from report.clearance.withheld import of_everyone
from report.load import load
from report.load.key import key
from report.model.diagnostic import Location
from report.model.key import KeyEntry

BASE = load(Path(__file__).parents[1] / "studies" / "base").study
HEADER = "participant,name,phone\n"


def told(root: Path) -> list[str]:
    return [f"{d.location}: {d.message}" for d in key(root)[1]]


def put(root: Path, name: str, text: str) -> None:
    (root / "private").mkdir(exist_ok=True)
    (root / "private" / name).write_text(text, "utf-8")


def test_a_study_may_have_none(tmp_path: Path) -> None:
    assert key(tmp_path) == ((), [])
    put(tmp_path, "notes.md", "what I know")
    assert key(tmp_path) == ((), [])


def test_each_cell_but_the_id_is_a_secret(tmp_path: Path) -> None:
    put(tmp_path, "key.csv", f"{HEADER}N1,Kari Nordmann,98765432\nN2,Li,\n")
    entries, problems = key(tmp_path)
    assert problems == []
    assert [entry.text for entry in entries] == ["Kari Nordmann", "98765432"]


@pytest.mark.parametrize("name", ["Key.csv", "KEY.CSV", "keys.csv", "key.ods", "names.xlsx"])
def test_a_table_that_nobody_would_read_is_an_error(tmp_path: Path, name: str) -> None:
    put(tmp_path, name, HEADER)
    (problem,) = told(tmp_path)
    assert problem.startswith("private: the key must be the one table in private")


def test_two_tables_are_an_error(tmp_path: Path) -> None:
    put(tmp_path, "key.csv", HEADER)
    put(tmp_path, "old key.csv", HEADER)
    assert len(told(tmp_path)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "N1,Kari Nordmann\nN2,Ola Nordmann\n",
        "participant,name\nN1,Kari Nordmann,Ola Nordmann\n",
        "participant,Kari Nordmann,Kari Nordmann\nN1,x,y\n",
        'participant,name\nN1,"Kari Nordmann\n',
    ],
)
def test_no_message_holds_its_words(tmp_path: Path, text: str) -> None:
    put(tmp_path, "key.csv", text)
    problems = key(tmp_path)[1]
    assert problems
    assert not [d for d in problems if "Nordmann" in f"{d.message} {d.hint}"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Kari Nordmann", "said Kari Nordmann"),
        ("Kari Nordmann", "Nordmann, Kari. 2020"),
        ("Nordmann, Kari", "said Kari Nordmann"),
        ("NORDMANN", "said Nordmann"),
        ("Nordmann", "Nordmanns words"),
        ("O'Brien", "said O’Brien"),
        ("Skårdal", "said Ska\u030ardal"),
    ],
)
def test_a_name_is_found_as_lists_and_sentences_have_it(cell: str, text: str) -> None:
    entry = KeyEntry(cell, Location("private/key.csv", 2, 4))
    assert BASE is not None
    held = of_everyone(BASE, (), (entry,), ())
    assert any(True for name in held.names for _ in name.term.find(text))
