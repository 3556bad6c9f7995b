"""Words that others stand for: the same everywhere, and marked as what they are."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.clearance.masking import found, masked, originals, unmasked, worn
from report.model.records import Mask

MASKS = (
    Mask("Bergen", "place", "a town", 1),
    Mask("Bergen prison", "institution", "a prison", 2),
    Mask("my sister Kari", "name", "", 3),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I moved to Bergen", "I moved to [a town]"),
        ("In BERGEN, and bergen again", "In [a town], and [a town] again"),
        ("Bergenhus is no town of mine", "Bergenhus is no town of mine"),
        ("They sent me to Bergen\nprison", "They sent me to [a prison]"),
        ("I told my sister Kari that", "I told […] that"),
        ("Nothing", "Nothing"),
        ("Bergens streets, Bergen's rain", "[a town]s streets, [a town]'s rain"),
        ("_Bergen_", "_[a town]_"),
        ("They sent me to Ber\u00adgen pri\u200bson", "They sent me to [a prison]"),
    ],
)
def test_masked(text: str, expected: str) -> None:
    assert masked(text, MASKS)[0] == expected


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Große Gasse", "die GROSSE Gasse"),
        ("İzmir", "in izmir"),
        ("Izmir", "in İzmir"),
        ("istanbul", "in ıstanbul"),
        ("St. Mary's", "at St. Mary’s"),
        ("\u00c5lesund", "in A\u030alesund"),
        ("Nord-Odal", "in Nord\u2011Odal"),
        ("a b", "a\u00a0b"),
    ],
)
def test_however_it_is_written(words: str, said: str) -> None:
    text, _ = masked(said, (Mask(words, "place", "there", 1),))
    assert text.rpartition(" ")[2] == "[there]" or text == "[there]"


def test_words_that_overlap_are_one() -> None:
    masks = (Mask("Nord Clinic", "place", "a clinic", 1), Mask("Clinic Oslo", "place", "x", 2))
    assert masked("At Nord Clinic Oslo once", masks)[0] == "At [a clinic] once"


def test_only_what_was_replaced_is_told_as_replaced() -> None:
    text, replaced = masked("My [old] town is Bergen, my sister Kari said", MASKS)
    assert [text[start:end] for start, end in replaced] == ["[a town]"]
    assert unmasked(text, replaced) == "My [old] town is , […] said"


def test_originals_are_told_with_their_neighbours() -> None:
    said = "Then I moved to Bergen last year"
    assert [words for _, _, words in originals(said, found(said, MASKS))] == [
        "moved to Bergen",
        "Bergen last year",
    ]
    assert [words for _, _, words in originals("Bergen", found("Bergen", MASKS))] == ["Bergen"]


@pytest.mark.parametrize(
    "said", ["to B\u0308ergén-prison", "at Ber\u00adgen", "in ＢＥＲＧＥＮ’s rain", "İn Bergen"]
)
def test_many_texts_wear_what_each_of_them_wears(said: str) -> None:
    texts = ("Bergensk is no town", said, "", "nothing", "My sister’s house", "MY SISTER KARI")
    alone = {text: found(text, MASKS) for text in texts}
    assert worn(texts, MASKS) == {text: spans for text, spans in alone.items() if spans}
    assert said in worn(texts, MASKS)


WORDS = st.sampled_from(
    ["Bergen", "bergen", "prison", "I", "went", "my", "sister", "Kari", "-", "å"]
)


@given(st.lists(WORDS, max_size=12), st.sampled_from([" ", "  ", "\n", ", "]))
def test_no_original_is_left(said: list[str], between: str) -> None:
    text, replaced = masked(between.join(said), MASKS)
    assert not re.search(r"(?i)\bbergen\b|\bmy\s+sister\s+kari\b", text)
    for start, end in replaced:
        assert text[start] + text[end - 1] == "[]"


def test_a_letter_that_is_another_at_the_end_of_a_word_is_the_same() -> None:
    assert masked("στην ΠΆΡΟΣ", (Mask("Πάρος", "place", "ένα νησί", 1),))[0] == "στην [ένα νησί]"


def test_words_that_nobody_sees_mask_nothing() -> None:
    mask = Mask("\u200b", "place", "a town", 1)
    assert found("hello", (mask,)) == ()
    assert worn(("hello", "there"), (mask,)) == {}
