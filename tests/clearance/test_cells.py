"""What few participants share is found, and suppressed so that no total gives it back."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from report.clearance.cells import cells, small, suppressed, waiver_of
from report.load import load
from report.model.audience import Waiver
from report.model.records import Participant
from report.model.study import Study

BASE = load(Path(__file__).parents[1] / "studies" / "base").study
LEAST = 3


def study(*people: tuple[str, str]) -> Study:
    """A study of people with a stakeholder and a ward."""
    assert BASE is not None
    file = BASE.file.model_copy(update={"identifying": None})
    rows = tuple(
        Participant(f"P{n}", "FG1", stakeholder, n, {"ward": ward})
        for n, (stakeholder, ward) in enumerate(people)
    )
    return replace(BASE, file=file, participants=rows)


def waiver(**cell: str) -> Waiver:
    return Waiver(cell=cell, reason="known", who="us", date="2024")


def shown(of: Study) -> list[str]:
    return [person.attributes["ward"] for person in of.participants]


def test_a_cell_is_small_where_fewer_share_it() -> None:
    found = small(study(*[("nurses", "North")] * 3, ("nurses", "South")), ("ward",), LEAST)
    assert [cell.values for cell in found] == [(("ward", "South"),)]


def test_columns_together_make_smaller_cells() -> None:
    people = study(*[("nurses", "North")] * 3, *[("patients", "South")] * 3, ("patients", "North"))
    assert small(people, ("ward",), LEAST) == []
    (found,) = small(people, ("ward", "stakeholder"), LEAST)
    assert found.participants == ("P6",)


def test_a_value_that_is_not_known_is_no_cell() -> None:
    assert cells(study(("nurses", ""), ("nurses", "North")), ("ward",))[0].values == (
        ("ward", "North"),
    )


def test_a_waiver_is_for_one_cell() -> None:
    (cell,) = small(study(("nurses", "North")), ("ward",), LEAST)
    assert waiver_of(cell, [waiver(ward="North")])
    assert waiver_of(cell, [waiver(ward="any")])
    assert waiver_of(cell, [waiver(ward="South")]) is None
    assert waiver_of(cell, [waiver(ward="North", stakeholder="nurses")]) is None


def test_one_small_cell_takes_the_next_with_it() -> None:
    """Else the number of all, less those who are shown, would give it back."""
    people = [("nurses", "North")] * 5 + [("nurses", "South")] * 4 + [("nurses", "West")]
    left = suppressed(study(*people), LEAST, [])
    assert shown(left.study) == ["North"] * 5 + [""] * 5
    assert left.count == 5


def test_a_waived_cell_stays() -> None:
    people = [("nurses", "North")] * 5 + [("nurses", "South")] * 4 + [("nurses", "West")]
    left = suppressed(study(*people), LEAST, [waiver(ward="West")])
    assert shown(left.study) == [ward for _, ward in people]


def test_what_is_left_alone_among_known_cells_is_told() -> None:
    people = [("nurses", "South")] * 2 + [("nurses", "West")]
    left = suppressed(study(*people), LEAST, [waiver(ward="South")])
    assert [cell.values for cell in left.in_vain] == [(("ward", "West"),)]


PEOPLE = st.lists(
    st.tuples(st.sampled_from(["nurses", "patients"]), st.sampled_from(["A", "B", "C", "D", ""])),
    min_size=1,
    max_size=40,
)


@given(PEOPLE, st.integers(2, 6))
def test_nothing_that_is_left_can_be_told_apart(people: list[tuple[str, str]], least: int) -> None:
    before = study(*people)
    left = suppressed(before, least, [])
    assert small(left.study, ("ward",), least) == []
    pairs = [*zip(before.participants, left.study.participants, strict=True)]
    gone = [p for p, now in pairs if p != now]
    assert left.count == len(gone)
    for group in (["nurses"], ["patients"], ["nurses", "patients"]):
        hidden = [p.attributes["ward"] for p in gone if p.stakeholder in group]
        kept = [now for p, now in pairs if p.stakeholder in group and now.attributes["ward"]]
        if hidden and kept:  # the group's size, less those who are shown, is the sum of several
            assert len(hidden) >= least
            assert len(set(hidden)) > 1
