import re

from hypothesis import given
from hypothesis import strategies as st

from report.compose.tables import by_stakeholder, closed_up
from report.config import example
from report.load import load
from report.model.order import natural

IDS = st.lists(st.from_regex(r"(M|HP)[1-9][0-9]?", fullmatch=True), unique=True, max_size=30)


@given(IDS.map(lambda ids: sorted(ids, key=natural)))
def test_closed_up_runs_open_again(ids: list[str]) -> None:
    closed = closed_up(ids)
    assert [one for run, _ in closed for one in opened(run)] == ids
    assert all(list(whom) == opened(run) for run, whom in closed)


@given(IDS.map(lambda ids: sorted(ids, key=natural)))
def test_what_is_closed_up_is_three_or_more(ids: list[str]) -> None:
    assert all(len(whom) > 2 for run, whom in closed_up(ids) if "–" in run)


def opened(run: str) -> list[str]:
    first, _, last = run.partition("–")
    letters, start = re.fullmatch(r"(\D+)(\d+)", first).groups()  # type: ignore[union-attr]
    end = int(last.removeprefix(letters)) if last else int(start)
    return [f"{letters}{n}" for n in range(int(start), end + 1)]


def test_closed_up() -> None:
    assert closed_up(["M1", "M2", "M3", "M7", "M8", "HP9"]) == [
        ("M1–M3", ["M1", "M2", "M3"]),
        ("M7", ("M7",)),
        ("M8", ("M8",)),
        ("HP9", ("HP9",)),
    ]
    assert closed_up([]) == []


def test_who_is_alone_with_a_value_is_known() -> None:
    study = load(example()).study
    assert study
    for row in by_stakeholder(study):
        single = {
            (name, v) for name, values in row.people.attributes.items() for v, n in values if n == 1
        }
        assert row.people.alone.keys() == single
        for (name, value), who in row.people.alone.items():
            assert study.participant_by_id[who].attributes[name] == value
    assert any(row.people.alone for row in by_stakeholder(study))
