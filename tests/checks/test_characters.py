"""Characters that no document can show, found fast."""

from dataclasses import replace
from pathlib import Path

import pytest

from report.checks import characters
from report.load import load
from report.model.study import Prose, Study

BASE = Path(__file__).parents[1] / "studies" / "base"


@pytest.fixture(scope="module")
def study() -> Study:
    loaded = load(BASE).study
    assert loaded is not None
    return loaded


def told(study: Study) -> list[str]:
    return [f"{d.location}: {d.message}" for d in characters.check(study)]


def test_a_good_study_has_none(study: Study) -> None:
    assert told(study) == []


def test_every_place_that_people_write_in_is_searched(study: Study) -> None:
    bad = replace(
        study,
        sessions=(replace(study.sessions[0], mode="\x01"),),
        participants=(replace(study.participants[0], attributes={"ward": "No\ufffdth"}),),
        quotes=(replace(study.quotes[0], text="a\x02b\x02", source="\ufdd0"),),
        prose={"x": Prose("x", "data/text/x.md", "æ\nøå\x7f\x7f")},
    )
    assert told(bad) == [
        (
            "data/sessions.csv:2:24: the control character U+0001 stands in the mode "
            "of FG1, character 1"
        ),
        ("data/participants.csv:2:8: a letter was lost (�) in the ward of N1, character 3"),
        (
            "data/quotes.csv:2:13: the control character U+0002 stands in the text "
            "of Q1, character 2, and 1 more of it"
        ),
        (
            "data/quotes.csv:2:1: the control character U+FDD0 stands in the source "
            "of Q1, character 1"
        ),
        ("data/text/x.md:2:3: the control character U+007F stands here, and 1 more of it"),
    ]


@pytest.mark.parametrize("character", "\t\n \u00a0\u200d\u2028\ue000🙂é\u0085")
def test_what_can_be_shown_is_let_pass(study: Study, character: str) -> None:
    quote = replace(study.quotes[0], text=f"a{character}b")
    assert told(replace(study, quotes=(quote,))) == []
