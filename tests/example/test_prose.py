"""The example study's prose: numbers computed, quotes and works where they belong."""

import re
from collections import Counter
from pathlib import Path

import pytest

from report.load import load
from report.model.citations import citations

ROOT = Path(__file__).parents[2]
TEXTS = sorted((ROOT / "data" / "text").rglob("*.md"))

NUMBER = (
    r"\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|"
    r"(?:twenty|thirty|forty|fifty)(?:-\w+)?|dozens?|half|third|quarter|per cent"
)
COUNTED = re.compile(
    rf"\b(?:{NUMBER})\b(?:\W+\w+){{0,2}}?\W+"
    r"(?:participants?|managers?|(?:health )?professionals?|peer workers?|people|persons?|"
    r"groups?|focus groups?|sessions?|quotes?|themes?|sub-themes?|codes?|stakeholders?|"
    r"co-researchers?|researchers?|men|women|nurses?|social workers?|psychologists?|cities|phases?|"
    r"steps?|months?|years?|works?)\b",
    re.IGNORECASE,
)
EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)


@pytest.mark.parametrize("file", TEXTS, ids=lambda f: f.relative_to(ROOT / "data/text").as_posix())
def test_no_count_is_typed(file: Path) -> None:
    text = EXPRESSION.sub("§", file.read_text("utf-8"))
    text = re.sub(r"@[\w-]+", "", text).replace("COVID-19", "")
    assert COUNTED.findall(text) == []
    assert re.findall(r"\d+", text) == []


def test_a_typed_count_would_be_found() -> None:
    assert COUNTED.search("We met seventeen managers")
    assert COUNTED.search("in 11 focus groups")
    assert COUNTED.search("three of the four peer-worker groups")
    assert not COUNTED.search("two sides that now talk more. Managers")


def test_every_quote_stands_in_the_findings_of_its_sub_theme_once() -> None:
    study = load(ROOT).study
    assert study is not None
    used: Counter[str] = Counter()
    for sub_theme in study.sub_themes:
        text = study.prose[f"findings/{sub_theme.id}"].text
        here = re.findall(r'quote\("(Q\d+)"\)', text)
        used.update(here)
        for identifier in here:
            assert sub_theme in study.sub_themes_of(study.quote_by_id[identifier].codes)
    assert used == {quote.id: 1 for quote in study.quotes}


def test_the_manuscript_is_as_long_as_a_paper_and_cites_every_work() -> None:
    study = load(ROOT).study
    assert study is not None
    texts = [
        prose.text
        for name, prose in study.prose.items()
        if not name.startswith(("briefing/", "lay/"))
    ]
    words = re.findall(r"\w+", EXPRESSION.sub("", " ".join(texts)))
    assert len(words) >= 4500
    cited = {citation.key for text in texts for citation in citations(text)}
    listed = {reference.key for reference in study.references}
    assert cited == listed
    assert len(listed) == 53


def test_the_study_has_the_numbers_that_it_was_published_with() -> None:
    study = load(ROOT).study
    assert study is not None
    assert (len(study.sessions), len(study.participants), len(study.quotes)) == (11, 48, 44)
    assert (len(study.codebook.themes), len(study.sub_themes)) == (3, 9)
