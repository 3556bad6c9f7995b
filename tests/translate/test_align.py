"""What became of what, in a section: by neighbours, never across what stayed."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.translate.align import renamed, reworded

TEXTS = ["a b c d", "a b c e", "a b f g", "h i", "h j", "k", "l m n", "l m o"]
sequences = st.lists(st.sampled_from(TEXTS), max_size=7, unique=True)
sections = st.dictionaries(st.sampled_from("ABCDE"), sequences.filter(bool), max_size=4)


@given(sequences, sequences)
def test_pairs_go_forward_and_take_nothing_twice(old: list[str], new: list[str]) -> None:
    pairs = list(reworded(old, new))
    assert pairs == sorted(pairs)
    for side in (0, 1):
        numbers = [pair[side] for pair in pairs]
        assert numbers == sorted(set(numbers))
    for i, j in pairs:
        assert old[i] not in new
        assert new[j] not in old


@given(sequences)
def test_nothing_became_of_what_stayed(texts: list[str]) -> None:
    assert list(reworded(texts, texts)) == []
    assert list(reworded(texts, texts[::-1])) == []
    assert list(reworded(texts, [])) == []
    assert list(reworded([], texts)) == []


@given(sequences, st.data())
def test_one_reworded_text_is_found_again(texts: list[str], data: st.DataObject) -> None:
    if texts:
        at = data.draw(st.integers(0, len(texts) - 1))
        assert list(reworded(texts, [*texts[:at], "quite other", *texts[at + 1 :]])) == [(at, at)]


@given(sequences, st.data())
def test_an_inserted_text_came_of_none(texts: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(texts)))
    assert list(reworded(texts, [*texts[:at], "a b c x", *texts[at:]])) == []


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ("a b c|x", "a b d|x", [(0, 0)]),
        ("x|a b c|y", "x|q|a b d|y", [(1, 2)]),
        ("x|a b c|y", "x|a b d|q|y", [(1, 1)]),
        ("x|a b c|y", "x|q|r|y", []),
        ("x|a b c|y", "x|y|a b d", []),
        ("a b c|a b d", "a b x|a b d", [(0, 0)]),
        ("a b c|e f g", "e f h|a b d", [(0, 1)]),
        ("a b c|e f g", "a b d|e f h", [(0, 0), (1, 1)]),
    ],
)
def test_who_became_whom(old: str, new: str, pairs: list[tuple[int, int]]) -> None:
    assert list(reworded(old.split("|"), new.split("|"))) == pairs


@given(sections, sections)
def test_a_section_was_one_section(
    old: Mapping[str, Sequence[str]], new: Mapping[str, Sequence[str]]
) -> None:
    names = renamed(old, new)
    assert names.keys() <= new.keys()
    assert set(names.values()) <= old.keys()
    assert len(set(names.values())) == len(names)
    for name, once in names.items():
        if name != once:
            assert name not in old
            assert once not in new
            shared = len(set(old[once]) & set(new[name]))
            assert shared * 2 >= max(len(old[once]), len(new[name]))
    assert all(names[name] == name for name in old.keys() & new.keys())


def test_sections_without_texts_in_common_are_not_the_same() -> None:
    assert renamed({"A": ["x"]}, {"B": ["y"]}) == {}
    assert renamed({"A": ["x", "y"]}, {"B": ["x", "z"]}) == {"B": "A"}
    assert renamed({"A": ["x", "y", "z"]}, {"B": ["x"]}) == {}
