"""Where sentences end, and where a full stop ends none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.readability.abbreviations import BEFORE_NUMBER, GOES_ON
from report.readability.sentences import sentences

WHOLE = [
    ("en", "Dr. Hill came."),
    ("en", "It was written by K. B. Åkerblom and J. Q. Tritter."),
    ("en", "They ate fruit, e.g. apples, i.e. no cake."),
    ("en", "See Fig. 3 and pp. 14–16."),
    ("en", "It costs 3.50 a day."),
    ("en", "“Why?” she asked."),
    ("en", "“We do it.” was all she said."),
    ("en", "And so … it went on."),
    ("en", "The U.S. Army paid."),
    ("en", "It was at 9 a.m. on Monday."),
    ("en", "1. First of all"),
    ("nb", "Møtet er 3. mai."),
    ("nb", "Den 17. Mai er en festdag."),
    ("nb", "De bor i 2. etasje."),
    ("nb", "Det gjelder f.eks. Oslo og bl.a. Bergen."),
    ("nb", "Se kap. 3 og nr. 5."),
    ("nb", "Dr. Berg og prof. Dahl kom."),
    ("nb", "Det var kl. 14.30 i går."),
    ("nb", "«Hvorfor?» spurte hun."),
    ("no", "Det gjelder f.eks. Oslo."),
    ("nn", "Det gjeld t.d. Førde og m.a. Voss."),
    ("nn", "Ho kom 1. januar."),
    ("nn", "Han bur i 3. høgda."),
    ("uk", "Це речення без кінця"),
    ("en", "A heading without a full stop"),
]
PARTED = [
    ("en", ["It was cold.", "48 people came."]),
    ("en", ["So did I.", "Then we left."]),
    ("en", ["It was in the U.S.", "This is known."]),
    ("en", ["No.", "It was not."]),
    ("en", ["“We do it.”", "Then they left."]),
    ("en", ["Really?!", "Yes!", "No …", "Perhaps."]),
    ("en", ["They met (once.)", "Then they left."]),
    ("en", ["It ended in 2021.", "After that it was quiet."]),
    ("en", ["They had tea, cake etc.", "Then they left."]),
    ("en", ["So says @alford2014.", "@osborne2016 agrees."]),
    ("nb", ["Det var i 2021.", "Så ble det stille."]),
    ("nb", ["De snakket om mat, hus osv.", "Det var fint."]),
    ("nb", ["«Det går bra.»", "Det sa hun."]),
    ("nb", ["Hun heter Å.", "Det er kort."]),
    ("nb", ["Hva skjer?", "Ingen vet det."]),
    ("nn", ["Kvifor?", "Det veit eg ikkje."]),
    ("nn", ["Det var i 2022.", "Då var det slutt."]),
    ("uk", ["Це добре.", "Так!"]),
    ("ar", ["هل هذا جيد؟", "نعم."]),
]


def split(text: str, language: str) -> list[str]:
    return [sentence.text for sentence in sentences(text, language)]


@pytest.mark.parametrize(("language", "text"), WHOLE)
def test_a_full_stop_inside_ends_no_sentence(language: str, text: str) -> None:
    assert split(text, language) == [text]


@pytest.mark.parametrize(("language", "parts"), PARTED)
def test_a_sentence_ends(language: str, parts: list[str]) -> None:
    assert split(" ".join(parts), language) == parts


KNOWN = {
    code: [text for language, text in WHOLE if language == code and text[-1] in ".?!»"]
    for code in ("en", "nb", "nn")
}


@given(st.data(), st.sampled_from(sorted(KNOWN)))
def test_a_text_of_known_sentences_is_split_into_them(data: st.DataObject, code: str) -> None:
    parts = data.draw(st.lists(st.sampled_from(KNOWN[code]), min_size=1, max_size=6))
    gap = data.draw(st.sampled_from([" ", "  ", "\n", "\u00a0 "]))
    assert split(gap.join(parts), code) == parts


@given(st.text(max_size=80), st.sampled_from(["en", "nb", "nn", "no", "uk", "zh-Hant"]))
def test_no_character_is_lost_and_each_starts_where_it_says(text: str, code: str) -> None:
    found = list(sentences(text, code))
    assert "".join("".join(s.text.split()) for s in found) == "".join(text.split())
    assert all(text.startswith(s.text, s.start) for s in found)


@given(st.text(max_size=60), st.text(max_size=60))
def test_more_text_has_no_fewer_sentences(one: str, more: str) -> None:
    """Of a paragraph that ends for certain."""
    first = [*split(f"{one}!", "en")]
    assert len(split(f"{one}! X {more}", "en")) >= len(first)


def test_no_word_is_both_before_any_word_and_before_numbers() -> None:
    for code, words in GOES_ON.items():
        assert not words & BEFORE_NUMBER[code]
        assert all(word == word.casefold() and not word.endswith(".") for word in words)
