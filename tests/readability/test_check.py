"""The check over composed documents: whose limits hold, and how long it takes."""

import pytest

from report.check import check
from report.checks import readability
from report.config import settings
from report.model.audience import Audience, Limits, Readability, Variant
from report.model.document import Document
from report.model.study import Study
from report.readability.reading import read
from tests.docs.pages import ROOT

AUDIENCE = {
    "label": "A",
    "description": "B",
    "theme": "lay",
    "formats": ["html"],
    "attribution": "none",
}


def audience(**said: object) -> Audience:
    return Audience.model_validate(AUDIENCE | {"readability": said})


@pytest.mark.parametrize(
    ("language", "lix", "rix"),
    [("en", 20, 2), ("nb", 30, 2), ("no", 30, 2), ("pt-BR", 40, 3), ("pt", 40, 2), ("uk", 50, 2)],
)
def test_a_language_goes_before_any_and_a_form_of_it_before_both(
    language: str, lix: float, rix: float
) -> None:
    limits = {
        "any": {"lix": 50, "rix": 2},
        "en": {"lix": 20},
        "nb": {"lix": 30},
        "pt": {"lix": 40},
        "pt-BR": {"rix": 3},
    }
    found = readability.limits(audience(limits=limits), language)
    assert (found.lix, found.rix, found.sentence) == (lix, rix, None)


def test_without_limits_there_are_none() -> None:
    assert readability.limits(Audience.model_validate(AUDIENCE), "en") == Limits()
    assert Readability().over == "warning"


Of = tuple[Study, Variant, Document]
"""What the check is given."""
HARD = "Administrative communication complicates organisational responsibilities.\n\n"


def test_an_index_is_judged_from_a_hundred_words_on() -> None:
    few, enough = read(HARD * 19, "en"), read(HARD * 20, "en")
    assert (few.counts.words, enough.counts.words) == (95, 100)
    limits = Limits(lix=35, flesch=60)
    assert list(readability.over(few, limits)) == []
    assert list(readability.over(enough, limits)) == ["lix", "flesch"]


def test_an_index_is_judged_as_it_is_shown() -> None:
    reading = read(HARD * 20, "en")
    lix = round(reading.indices["lix"], 1)
    assert list(readability.over(reading, Limits(lix=lix))) == []
    assert list(readability.over(reading, Limits(lix=lix - 0.1))) == ["lix"]


@pytest.fixture(scope="module")
def example() -> list[Of]:
    checked = check(settings(ROOT, environment={}))
    assert checked.study
    return [
        (checked.study, variant, checked.documents[variant.name]) for variant in checked.composed
    ]


@pytest.mark.parametrize(("name", "most"), [("lay", 35), ("briefing", 45)])
def test_the_example_is_as_easy_as_it_should_be(example: list[Of], name: str, most: float) -> None:
    found = {
        variant.name: read(document.text, document.language).indices["lix"]
        for _, variant, document in example
        if variant.audience_name == name
    }
    assert set(found) == {f"{name}.en", f"{name}.nb", f"{name}.nn"}
    assert {n: lix for n, lix in found.items() if lix > most} == {}


def test_the_check_of_the_example_is_silent(example: list[Of]) -> None:
    assert [d for of in example for d in readability.check(*of)] == []
