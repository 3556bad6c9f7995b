"""What a document tells of single participants is noted where a template takes it, not before."""

from report.compose.noted import note
from report.compose.tables import People
from report.compose.told import Told, noting_participant, noting_people
from report.model.records import Participant

COLUMNS = frozenset({"profession"})


def test_the_ids_of_a_row_tell_of_everybody_that_they_stand_for() -> None:
    told = Told()
    people = People(("M1–M3", "M7"), (("M1", "M2", "M3"), ("M7",)), 4, {}, {})
    ids = noting_people(told, COLUMNS, people).ids
    assert told.participants == set()
    note(ids[0])
    assert told.participants == {"M1", "M2", "M3"}
    note(ids)
    assert told.participants == {"M1", "M2", "M3", "M7"}


def test_a_value_that_is_counted_tells_its_column_and_who_is_alone_with_it() -> None:
    told = Told()
    values = {"Profession": [("nurse", 2), ("cook", 1)], "shift": [("night", 3)]}
    people = People((), (), 3, values, {("Profession", "cook"): "M3"})
    attributes = noting_people(told, COLUMNS, people).attributes
    note(attributes["shift"])
    assert told == Told()
    note(attributes["Profession"][0])
    assert told == Told({"profession"}, set())
    note(attributes["Profession"])
    assert told == Told({"profession"}, {"M3"})


def test_a_value_of_a_person_tells_of_that_person() -> None:
    told = Told()
    person = Participant("M1", "S1", "", 1, {"profession": "nurse", "shift": "night"})
    taken = noting_participant(told, COLUMNS, person)
    assert told == Told()
    note(taken.attributes["shift"])
    assert told == Told(set(), {"M1"})
    note(taken.attributes["profession"])
    assert told == Told({"profession"}, {"M1"})
