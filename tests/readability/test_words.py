"""What a word is, which are long, and how many syllables an English one has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.readability.syllables import syllables
from report.readability.words import is_long, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("peer-worker co-production", ["peer-worker", "co-production"]),
        ("the managers' own; it’s so", ["the", "managers", "own", "it’s", "so"]),
        ("f.eks. kl. 14.30", ["f.eks", "kl", "14.30"]),
        ("2021–2022 – 3,5 %", ["2021–2022", "3,5"]),
        ("12\u00a0000 or 12 000", ["12\u00a0000", "or", "12", "000"]),
        ("and/or word—word", ["and", "or", "word", "word"]),
        ("see https://x.org/a?b=c or ola@x.no", ["see", "or"]),
        ("as @tbl-themes and @voorberg2015 show", ["as", "and", "show"]),
        ("e\u0301te\u0301 Їжак з'їв", ["e\u0301te\u0301", "Їжак", "з'їв"]),
        ("– … “ ” ( ) § % & +", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("word", "long"),
    [
        ("tjenes", False),
        ("tjenest", True),
        ("worker's", True),
        ("12345678", False),
        ("co-opts", False),
        ("e-helse-x", True),
        ("ærespør", True),
    ],
)
def test_more_than_six_letters_are_long(word: str, long: bool) -> None:  # noqa: FBT001
    assert is_long(word) == long


@given(st.text(max_size=60), st.text(max_size=60))
def test_texts_side_by_side_have_the_words_of_both(one: str, other: str) -> None:
    if "@" not in one + other and "www" not in one + other and "://" not in one + other:
        assert words(f"{one} | {other}") == words(one) + words(other)


BY_HAND = """
    a 1 the 1 like 1 whole 1 asked 1 needed 2 tables 2 table 2 boxes 2 changes 2 likes 1 little 2
    handled 2 called 1 user 2 users 2 being 2 doing 2 idea 3 area 3 real 1 reality 4 science 2
    experience 4 co-production 4 knowledge 2 colleagues 2 people 2 because 2 every 2 everyone 3
    something 2 somewhere 2 statement 2 hopeful 2 safely 2 interest 2 business 2 didn't 2 can't 1
    aren't 1 it's 1 nurse's 2 patient 2 patients 2 social 2 initiate 4 negotiated 5 previous 3
    obvious 3 union 2 opinion 3 behaviour 3 museum 3 quiet 2 client 2 usual 3 fluid 2 employee 3
    employer 3 employed 2 beyond 2 year 1 young 1 eye 1 rhythm 1 activism 4 systematically 5
    organisation 5 recommendation 5 responsibility 6 create 2 great 1 heard 1 early 2 easier 3
    happiest 3 studied 2 studies 2 identified 4 employment 3 before 2 therefore 2 style 1
    catalogue 3 hundred 2 themselves 2 homes 1 uses 2 useful 2 careful 2 years 1 voice 1 place 1
    places 2 plea 1
"""
PAIRS = list(zip(BY_HAND.split()[::2], map(int, BY_HAND.split()[1::2]), strict=True))


@pytest.mark.parametrize(("word", "count"), PAIRS)
def test_syllables_of_a_word(word: str, count: int) -> None:
    assert syllables(word) == count
    assert syllables(word.capitalize()) == count


@pytest.mark.parametrize("word", ["WHO", "48", "2021–2022", "9.30", "x", "нет"])
def test_figures_and_letters_have_one(word: str) -> None:
    assert syllables(word) == 1


@given(st.text(min_size=1, max_size=20))
def test_any_word_has_one_at_least(word: str) -> None:
    assert syllables(word) >= 1
