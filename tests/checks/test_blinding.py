"""What tells reviewers who the authors are, however it is written."""

from dataclasses import replace
from pathlib import Path

import pytest

from report.checks import blinding
from report.load import load
from report.model.audience import Audience, Blinding, Variant
from report.model.document import Document
from report.model.study import Prose, Study
from report.model.study_file import Author, Funding

BASE = Path(__file__).parents[1] / "studies" / "base"
AUDIENCE = Audience(
    label="Blinded",
    description="Blinded.",
    theme="review",
    formats=("pdf",),
    attribution="id",
    blinding=Blinding(author="Author", title="Omitted", phrases=("our previous", "I have shown")),
)


@pytest.fixture(scope="module")
def study() -> Study:
    loaded = load(BASE).study
    assert loaded is not None
    authors = (
        Author(
            given="Kristina Bakke",
            family="Åkerblom",
            email="ada@hvl.no",
            affiliations=(
                "Western University, Bergen, Norway",
                "Department of Nights, Nord University, Namsos, Norway",
            ),
        ),
        Author(given="Jo", family="Young"),
        Author(given="Bo", family="Sørensen"),
    )
    funding = (
        Funding(funder="Foundation Dam", grant="2020/FO298954"),
        Funding(funder="WHO"),
    )
    file = loaded.file.model_copy(update={"authors": authors, "funding": funding})
    return replace(loaded, file=file)


def told(study: Study, composed: str, prose: str | None = None) -> list[str]:
    texts = {"x": Prose("x", "data/text/x.md", composed if prose is None else prose)}
    document = Document("reviewer.en", "reviewer", composed, "en", "review", 0, {})
    found = blinding.check(
        replace(study, prose=texts), Variant("reviewer", AUDIENCE, "en"), document
    )
    return [f"{d.location}: {d.message.partition('says ')[2]}" for d in found]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Åkerblom", "Åkerblom"),
        ("ÅKERBLOM’s", "Åkerblom"),
        ("Akerblom", "Åkerblom"),
        ("A\u030akerblom", "Åkerblom"),
        ("_Åkerblom_", "Åkerblom"),
        ("YOUNG", "Young"),
        ("Sorensen", "Sørensen"),
        ("www.HVL.no", "hvl.no"),
        ("2020/fo298954", "2020/FO298954"),
        ("grant FO298954", "FO298954"),
        ("the foundation dam", "Foundation Dam"),
        ("the WHO", "WHO"),
        ("WESTERN UNIVERSITY", "Western University"),
        ("Western University, Bergen", "Western University, Bergen"),
        ("Nord\nUniversity", "Nord University"),
        ("kristina bakke akerblom", "Kristina Bakke Åkerblom"),
        ("Åkerbloms view", "Åkerblom"),
        ("what Kristina saw", "Kristina"),
        ("what Bakke saw", "Bakke"),
    ],
)
def test_it_is_found_in_any_case_and_without_accents(study: Study, text: str, words: str) -> None:
    assert any(line.endswith(f"“{words}”") for line in told(study, f"See {text}."))


@pytest.mark.parametrize(
    "text",
    [
        "The young ones are younger.",
        "Youngster, Åkerblomst, åkerblom",
        "In 2020 we went to Bergen in Norway.",
        "Who asked?",
        "a western view of a university",
        "Our previous study [@doe2020] and @sec-x.",
    ],
)
def test_ordinary_words_are_let_pass(study: Study, text: str) -> None:
    assert told(study, text) == []


def test_words_about_a_work_of_ones_own(study: Study) -> None:
    far = "x" * 101
    composed = "As I have shown\n[@blinded-1; @doe2020]. Our previous " + far
    prose = f"I have shown {far} [@doe2020].\n\nAs I have shown\n"
    prose += f"[@me2019; @doe2020]. Our previous {far}"
    assert told(study, composed, prose) == [
        "data/text/x.md:4:22: “our previous” where it cites the authors",
        "data/text/x.md:3:4: “I have shown” where it cites the authors",
    ]


def test_the_file_that_says_it_is_named(study: Study) -> None:
    quote = replace(study.quotes[1], text="Sørensen helped")
    found = told(replace(study, quotes=(study.quotes[0], quote)), "Sørensen helped", "Nothing.")
    assert found == ["data/quotes.csv:3:13: “Sørensen”"]
    assert told(study, "By Sørensen", "Nothing.") == [
        "templates/reviewer/document.qmd.j2: “Sørensen”"
    ]
