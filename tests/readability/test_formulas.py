"""The formulas, against values worked out on paper, and which way each goes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.readability.formulas import Counts, flesch, flesch_kincaid, lix, rix


def test_the_formulas_on_paper() -> None:
    """A hundred words in five sentences, twenty of them long, 150 syllables."""
    counts = Counts(5, 100, 20, 150)
    assert lix(counts) == pytest.approx(20 + 20)
    assert rix(counts) == pytest.approx(4)
    assert flesch(counts) == pytest.approx(206.835 - 20.3 - 126.9)
    assert flesch_kincaid(counts) == pytest.approx(7.8 + 17.7 - 15.59)


COUNTS = st.builds(
    lambda sentences, more, long, heard: Counts(
        sentences, sentences + more, min(long, sentences + more), sentences + more + heard
    ),
    st.integers(1, 50),
    st.integers(0, 500),
    st.integers(0, 300),
    st.integers(0, 900),
)


@given(COUNTS)
def test_a_long_word_more_in_the_place_of_a_short_one_is_harder(counts: Counts) -> None:
    if counts.long_words < counts.words:
        harder = counts + Counts(0, 0, 1, 0)
        assert lix(harder) > lix(counts)
        assert rix(harder) > rix(counts)


@given(COUNTS)
def test_a_syllable_more_is_harder(counts: Counts) -> None:
    harder = counts + Counts(0, 0, 0, 1)
    assert flesch(harder) < flesch(counts)
    assert flesch_kincaid(harder) > flesch_kincaid(counts)


@given(COUNTS)
def test_a_sentence_cut_in_two_is_easier(counts: Counts) -> None:
    easier = counts + Counts(1, 0, 0, 0)
    assert lix(easier) < lix(counts)
    assert rix(easier) <= rix(counts)
    assert flesch(easier) > flesch(counts)
    assert flesch_kincaid(easier) < flesch_kincaid(counts)


def test_no_text_has_no_index() -> None:
    for formula in (lix, rix, flesch, flesch_kincaid):
        with pytest.raises(ZeroDivisionError):
            formula(Counts())
