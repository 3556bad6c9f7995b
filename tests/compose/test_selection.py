import pytest

from report.compose.problem import ProseError
from report.compose.selection import selections
from report.config import example
from report.load import load
from report.model.records import Participant

STUDY = load(example()).study
assert STUDY
OF = selections(
    STUDY, STUDY, lambda _: None, lambda person: person, lambda quote: quote, limited=False
)


def test_where_narrows_and_counts() -> None:
    managers = OF["participants"].where(stakeholder="managers")
    assert 0 < len(managers) < len(OF["participants"])
    assert {p.session for p in managers} == {
        s.id for s in OF["sessions"].where(stakeholder="managers")
    }
    assert len(managers.where(session="FG1")) == sum(p.session == "FG1" for p in managers)


def test_every_stakeholder_together_is_everybody() -> None:
    assert STUDY
    parts = [OF["quotes"].where(stakeholder=s.id) for s in STUDY.file.stakeholders]
    assert sum(map(len, parts)) == len(OF["quotes"])


@pytest.mark.parametrize(
    ("wanted", "code", "needle"),
    [
        ({"stakeholder": "manager"}, "unknown-value", "manager"),
        ({"stakehodler": "managers"}, "unknown-name", "stakehodler"),
    ],
)
def test_what_nothing_has_is_an_error(wanted: dict[str, str], code: str, needle: str) -> None:
    with pytest.raises(ProseError) as caught:
        OF["participants"].where(**wanted)
    assert (caught.value.code, caught.value.needle) == (code, needle)
    assert caught.value.hint.startswith("did you mean ")


def test_a_value_that_others_have_is_no_error() -> None:
    none = OF["participants"].where(stakeholder="managers", session="FG1")
    assert len(none.where(stakeholder="peer-workers")) == 0


def test_records_are_given_out_by_the_loop_alone() -> None:
    assert STUDY
    taken: list[str] = []

    def take(person: Participant) -> Participant:
        taken.append(person.id)
        return person

    of = selections(STUDY, STUDY, lambda _: None, take, lambda quote: quote, limited=False)
    people = of["participants"].where(session="FG1")
    assert not [name for name in vars(people) if "record" in name and not name.startswith("_")]
    assert taken == []
    assert [person.id for person in people] == taken
