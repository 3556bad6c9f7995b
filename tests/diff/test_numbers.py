"""Numbers that differ: in digits, in words, in any script, several in a sentence."""

import pytest

from report.diff.change import Number
from report.diff.compare import compare
from report.diff.numbers import Changed, changed, tokens
from tests.diff.texts import table, text


@pytest.mark.parametrize(
    ("old", "new", "language", "found"),
    [
        ("We asked 48 people.", "We asked 47 people.", "en", [(48, 47)]),
        ("Forty-eight people.", "Forty-seven people.", "en", [(48, 47)]),
        ("Førtiåtte personer.", "Førtisju personer.", "nb", [(48, 47)]),
        ("Åtteogførti 48 personar", "Åtteogførti 47 personar", "nn", [(48, 47)]),
        ("سألنا ٤٨ شخصا", "سألنا ٤٧ شخصا", "ar", [(48, 47)]),
        ("сорок вісім осіб", "сорок сім осіб", "uk", [(48, 47)]),
        ("In 2019 348 people", "In 2019 347 people", "en", [(348, 347)]),
        ("1,048 people", "1,047 people", "en", [(1048, 1047)]),
        ("eleven groups, sixteen and 17", "eleven groups, fifteen and 18", "en",
         [(16, 15), (17, 18)]),
        ("one manager spoke", "two managers spoke", "en", [(1, 2)]),
    ],
)  # fmt: skip
def test_a_number_is_found_however_it_is_written(
    old: str, new: str, language: str, found: list[tuple[int, int]]
) -> None:
    assert [(n.old, n.new) for n in changed(old, new, [language])[0]] == found


def test_whether_anything_else_differs_is_told() -> None:
    assert changed("We asked 48 people.", "We asked 47 people.", ["en"])[1]
    assert not changed("We asked 48 people.", "They asked 47 people.", ["en"])[1]
    assert not changed("We asked people.", "They asked people.", ["en"])[1]


def test_a_number_that_is_part_of_a_name_is_none() -> None:
    assert changed("See FG10.", "See FG11.", ["en"]) == ((), False)


def test_the_pieces_are_the_whole_sentence() -> None:
    said = "In all, forty-eight people (PW12) took part: 1,048 times."
    assert "".join(token.text for token in tokens(said, ["en"])) == said


def test_a_number_in_words_and_in_digits_is_the_same() -> None:
    assert changed("48 people", "forty-eight people", ["en"]) == ((), False)


def test_every_place_of_a_number_is_told_with_what_it_counts() -> None:
    def state(n: int, said: str) -> str:
        figure = f'![Who.](lay.en_files/people){{#fig-people fig-alt="In all {n} people."}}'
        rows = table("| Group | Number |", f"| **Total** | **{n}** |")
        return f"# Methods\n\nIn all {said} took part. It rained.\n\n{rows}\n{figure}\n"

    old = text(state(48, "forty-eight"), participants=48, quotes=44)
    new = text(state(47, "forty-seven"), participants=47, quotes=44)
    difference = compare(old, new)
    assert {number for number, _ in difference.numbers} == {Number(48, 47, "participants")}
    places = [(place.section, place.within) for _, place in difference.numbers]
    assert places == [
        ("Methods", ""),
        ("Methods", "The caption: Total, Number"),
        ("Methods", "Who."),
    ]
    assert not [change for change in difference.changes if change.part == "text"]


def test_what_two_things_have_in_common_is_no_name() -> None:
    old = text("We asked 4.", nurses=4, patients=4)
    new = text("We asked 3.", nurses=3, patients=3)
    assert [number for number, _ in compare(old, new).numbers] == [Number(4, 3)]


def test_a_part_in_another_language_has_its_own_words() -> None:
    def state(n: str) -> str:
        return f'::: {{.translated-abstract lang="nb"}}\n# Kort\n\n{n} personer deltok.\n:::\n'

    found = compare(text(state("Førtiåtte")), text(state("Førtisju"))).numbers
    assert [Changed(number.old, number.new) for number, _ in found] == [Changed(48, 47)]
