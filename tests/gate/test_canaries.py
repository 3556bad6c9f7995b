"""The gate finds what it is for, in every place of every kind of file; and nothing where there is
nothing."""

import pytest

from tests.gate.plants import PLANTS
from tests.gate.secrets import CANARIES, CLEAN, found

RULES = {
    "words": "withdrawn: words of quote Q17",
    "whole": "withdrawn: quote Q18",
    "mark": "ids: the id of participant 12",
    "range": "ids: the id of participant 12",
    "name": "blinding: name 1",
    "folder": "machine: a folder",
}


def test_there_are_enough() -> None:
    assert len(PLANTS) * len(CANARIES) >= 200
    assert RULES.keys() == CANARIES.keys()


@pytest.mark.parametrize("place", PLANTS)
@pytest.mark.parametrize("rule", CANARIES)
def test_a_canary_is_found(place: str, rule: str) -> None:
    told = found(*PLANTS[place](CANARIES[rule]))
    assert any(d.code == "leak" and d.message.startswith(RULES[rule]) for d in told), told


@pytest.mark.parametrize("place", PLANTS)
def test_nothing_is_found_where_nothing_is(place: str) -> None:
    assert found(*PLANTS[place](CLEAN)) == ()
