"""Texts whose sentences, words, long words and syllables were counted by hand.

In a file, `counted` has a sentence a line and a word a gap; * is behind a long word, · between
syllables, _ for a space inside a number. `total` and `indices` were added up and worked out from
these lines, not by the program.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

from report.readability.formulas import Counts
from report.readability.reading import read
from report.readability.syllables import syllables
from report.readability.words import is_long, words

FILES = sorted((Path(__file__).parent / "texts").glob("*.yml"))
LINES = [
    (file.stem, number)
    for file in FILES
    for number, _ in enumerate(yaml.safe_load(file.read_text("utf-8"))["counted"].splitlines())
]


def of(name: str) -> dict[str, Any]:
    said: dict[str, Any] = yaml.safe_load(
        (Path(__file__).parent / "texts" / f"{name}.yml").read_text("utf-8")
    )
    return said


def by_hand(line: str) -> list[str]:
    """The words as they were counted, with their marks."""
    return line.split()


def bare(word: str) -> str:
    return word.replace("·", "").removesuffix("*").replace("_", "\u00a0")


def heard(word: str) -> int:
    """A dot or a hyphen parts syllables."""
    return 1 + word.count("·") + word.count("-")


def counts(line: str, language: str) -> Counts:
    marked = by_hand(line)
    long = sum(word.endswith("*") for word in marked)
    return Counts(1, len(marked), long, sum(map(heard, marked)) if language == "en" else 0)


def total(said: dict[str, Any]) -> Counts:
    added = said["total"]
    return Counts(added["sentences"], added["words"], added["long"], added.get("syllables", 0))


def test_there_are_four_texts_in_each_language() -> None:
    names = [f"{code}-{n}" for code in ("en", "nb", "nn") for n in (1, 2, 3, 4)]
    assert [file.stem for file in FILES] == names


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_hand_counts_add_up(file: Path) -> None:
    said = of(file.stem)
    lines = (counts(line, said["language"]) for line in said["counted"].splitlines())
    assert sum(lines, Counts()) == total(said)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_text_has_the_sentences_and_words_that_were_counted(file: Path) -> None:
    said = of(file.stem)
    found = [words(sentence.text) for sentence in read(said["text"], said["language"]).sentences]
    assert found == [
        [bare(word) for word in by_hand(line)] for line in said["counted"].splitlines()
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_text_has_the_totals_that_were_added_up(file: Path) -> None:
    said = of(file.stem)
    found = read(said["text"], said["language"])
    assert found.counts == total(said)
    assert found.quoted == said.get("quoted", 0)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_text_has_the_indices_that_were_worked_out(file: Path) -> None:
    said = of(file.stem)
    found = read(said["text"], said["language"]).indices
    assert found == pytest.approx(said["indices"], abs=0.006)


@pytest.mark.parametrize(("name", "number"), LINES)
def test_a_word_is_long_and_has_the_syllables_that_were_counted(name: str, number: int) -> None:
    said = of(name)
    for word in by_hand(said["counted"].splitlines()[number]):
        assert is_long(bare(word)) == word.endswith("*"), word
        if said["language"] == "en":
            assert syllables(bare(word)) == heard(word), word
