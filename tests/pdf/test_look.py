"""What eyes need: size, contrast, and text that is text."""

import pytest

from report.contrast import ratio
from tests.pdf.reading import Page

SMALLEST = {"briefing": 12.0, "lay": 14.0}
"""Points, in tables, captions and small print too."""
FURNITURE = 9.0
"""What runs along the foot of each page may be smaller."""
CONTRAST = {"briefing": 7.0, "lay": 7.0, "journal": 4.5, "reviewer": 4.5}
"""WCAG 2.2, 1.4.6 for the public and 1.4.3 for those who work with the text."""


@pytest.fixture
def audience(name: str) -> str:
    return name.partition("/")[2].partition(".")[0]


def test_text_stands_out_from_its_ground(drawn: list[Page], audience: str) -> None:
    texts = [text for page in drawn for text in page.texts]
    assert len(texts) > 20
    assert all(text.ground for text in texts)
    low = [
        (text.words, text.colour, ground)
        for text in texts
        for ground in text.ground
        if ratio(text.colour, ground) < CONTRAST[audience]
    ]
    assert low == []


def test_public_documents_have_large_print(drawn: list[Page], audience: str) -> None:
    least = SMALLEST.get(audience, 0.0)
    small = [
        (text.words, text.size)
        for page in drawn
        for text in page.texts
        if text.size < (min(FURNITURE, least) if text.is_artifact else least)
    ]
    assert small == []


def test_no_text_is_a_picture(drawn: list[Page]) -> None:
    assert [page.images for page in drawn] == [0] * len(drawn)


def test_all_that_is_drawn_is_tagged_or_said_to_be_furniture(drawn: list[Page]) -> None:
    assert [page.unmarked for page in drawn] == [0] * len(drawn)
    assert all(text.is_artifact == (text.mcid < 0) for page in drawn for text in page.texts)


def test_the_foot_of_each_page_is_furniture(drawn: list[Page]) -> None:
    pages = len(drawn)
    for number, page in enumerate(drawn, 1):
        furniture = " ".join(text.words for text in page.texts if text.is_artifact)
        assert {str(number), str(pages)} <= set(furniture.split())


def test_numbers_of_lines_are_furniture(drawn: list[Page], audience: str) -> None:
    numbers = [t for page in drawn for t in page.texts if t.is_artifact and t.words.isdigit()]
    if audience == "reviewer":
        assert len(numbers) > 20 * (len(drawn) - 1)
