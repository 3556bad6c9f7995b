"""Which parts of two texts are the same part."""

import pytest

from report.redline.alignment import Bead, Unit, aligned, words_of


def units(*texts: str, look: str = "") -> list[Unit]:
    return [Unit(text, words_of(text), "paragraph", look) for text in texts]


A = "people trust a place where they are heard"
B = "nobody else would ask this of them again"
C = "the meeting was held in another town"


@pytest.mark.parametrize(
    ("old", "new", "beads"),
    [
        ((A, B), (A, B), [((0,), (0,)), ((1,), (1,))]),
        ((A, B), (B,), [((0,), ()), ((1,), (0,))]),
        ((B,), (A, B), [((), (0,)), ((0,), (1,))]),
        ((A,), (f"{A} today",), [((0,), (0,))]),
        ((A,), (B,), [((0,), ()), ((), (0,))]),
        ((f"{A}. {B}",), (A, B), [((0,), (0, 1))]),
        ((A, B), (f"{A}. {B}",), [((0, 1), (0,))]),
        ((A, B, C), (C, A, B), [((), (0,)), ((0,), (1,)), ((1,), (2,)), ((2,), ())]),
        ((f"{A} now",), (C, f"{A} then"), [((), (0,)), ((0,), (1,))]),
        ((), (), []),
    ],
)
def test_parts_are_found_again(
    old: tuple[str, ...], new: tuple[str, ...], beads: list[tuple[tuple[int, ...], ...]]
) -> None:
    found = aligned(units(*old), units(*new), joined=True)
    assert found == [Bead(*bead) for bead in beads]


def test_a_heading_is_no_paragraph_unless_nearly_all_words_are_the_same() -> None:
    reworded = f"{A} or so it seems to us"
    assert len(aligned(units(A), units(reworded))) == 1
    assert len(aligned(units(A, look="Heading"), units(reworded))) == 2
    assert len(aligned(units(A, look="Heading"), units(A.replace("a ", "the ")))) == 1


def test_a_new_paragraph_is_no_half_of_the_one_before() -> None:
    found = aligned(units(f"{A}. {B}"), units(f"{A}. {B}!", f"{C} where they are"), joined=True)
    assert found == [Bead((0,), (0,)), Bead((), (1,))]


def test_parts_are_split_only_where_that_is_asked_for() -> None:
    assert Bead((0,), (0, 1)) not in aligned(units(f"{A}. {B}"), units(A, B))


def test_each_row_of_a_long_table_is_another_state_of_itself() -> None:
    def rows(word: str) -> list[Unit]:
        texts = [f"row {n} of {word} with number{n} and id{n}" for n in range(1500)]
        return [Unit(text, words_of(text), "row") for text in texts]

    found = aligned(rows("then"), rows("now"))
    assert found == [Bead((n,), (n,)) for n in range(1500)]
