"""Insertions and deletions on a page: what is marked, that nothing is lost, that all can tell."""

import re
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser

from report.catalogues import of_templates
from report.compose.translator import Translator
from report.contrast import ratio
from report.redline import web
from report.redline.marking import marking
from tests.redline import untracked
from tests.redline.cases import CASES
from tests.redline.made import MARKING, RENDERER, THEME, document, made


def both(old: str, new: str) -> tuple[bytes, bytes, bytes]:
    before, after = made(old, "html"), made(new, "html")
    return before, after, web.redlined(before, after, MARKING)


def changes(old: str, new: str) -> list[str]:
    return untracked.changes(both(old, new)[2])


@pytest.mark.parametrize("case", CASES)
def test_accepted_it_is_the_new_page_refused_the_old(case: str) -> None:
    before, after, redline = both(*CASES[case])
    assert untracked.shown(untracked.accepted(redline)) == untracked.shown(after)
    assert untracked.shown(untracked.refused(redline)) == untracked.shown(before)
    assert untracked.lost_anchors(redline) == []
    assert redline == both(*CASES[case])[2]


def test_words_are_marked_and_no_paragraphs() -> None:
    found = changes("It has **48 people**, and goes on.", "It has **47 people**, and goes on.")
    assert found == ["-48", "+47"]


@pytest.mark.parametrize("case", ["link", "code", "formula"])
def test_what_is_one_thing_is_marked_as_one(case: str) -> None:
    (gone, come) = changes(*CASES[case])
    assert gone[1:] == {"link": "here", "code": "one two", "formula": "x2"}[case]
    assert come[1:] == {"link": "there", "code": "one three", "formula": "y3"}[case]


def test_a_row_that_went_is_a_row() -> None:
    _, _, redline = both(*CASES["row gone"])
    rows = html.document_fromstring(redline).findall(".//tr")
    assert [r.get("class") for r in rows] == [None, None, "change-deleted", None]


def test_a_table_whose_heads_reach_over_rows_is_replaced() -> None:
    table = (
        "| Who | What |\n|:--|:--|\n| Ada | one thing |\n|  | two things |\n|  | three things |\n"
    )
    _, _, redline = both(table, table.replace("|  | two things |\n", ""))
    bodies = html.document_fromstring(redline).findall(".//table/tbody")
    assert len(bodies) == 2
    for found in bodies:
        reach = int(found.find(".//th").get("rowspan") or 1)
        assert reach == len(found.findall("tr"))


def test_numbers_of_items_and_notes_are_those_of_the_new_page() -> None:
    _, _, redline = both(*CASES["item gone"])
    items = html.document_fromstring(redline).findall(".//ol/li")
    assert [item.get("class") for item in items] == [
        None,
        "change-deleted",
        None,
        "change-inserted",
    ]
    assert (
        "li.change-deleted { list-style: none; counter-increment: list-item 0; }" in MARKING.style
    )


def test_words_that_look_like_marks_are_words() -> None:
    hostile = r"It is \[old\]\{.deletion\}, \<del data-change='x'\>kept\</del\>."
    _, _, redline = both(hostile, f"{hostile} It goes on.")
    assert untracked.changes(redline) == ["+ It goes on."]
    assert b"&lt;del data-change=" in redline


def test_a_page_still_runs_nothing_and_fetches_nothing() -> None:
    _, _, redline = both(*CASES["word"])
    assert b"default-src 'none'" in redline
    assert b"<script" not in redline


def test_contents_are_those_of_the_new_page() -> None:
    front = "toc-title: 'Contents'\n"

    def page(body: str) -> bytes:
        return RENDERER.render(document(body, front=front), "html").content

    redline = web.redlined(page("# One\n\nIt is."), page("# Two\n\nIt is."), MARKING)
    (contents,) = html.document_fromstring(redline).findall(".//nav")
    assert [link.text_content() for link in contents.iter("a")] == ["1 Two"]
    assert not list(contents.iter("ins", "del"))


def test_a_picture_that_went_bears_the_name_that_it_had() -> None:
    """Captions are numbered on each page: another may have the number of this one now, or none."""
    one = '![Who came.](f/a.png){#fig-a fig-alt="Dots."}'
    two = '![Who left.](f/b.png){#fig-b fig-alt="Lines."}'

    def page(body: str, **pictures: bytes) -> bytes:
        assets = {f"f/{name}.png": content for name, content in pictures.items()}
        return RENDERER.render(document(body, assets=assets), "html").content

    redline = web.redlined(
        page(f"It is.\n\n{one}\n\nIt was.\n\n{two}", a=b"1", b=b"2"),
        page(f"It is.\n\nIt was.\n\n{two}", b=b"3"),
        MARKING,
    )
    gone = html.document_fromstring(redline).find_class("change-deleted")
    assert "deleted: Figure 2: Who left." in [element.get("aria-label") for element in gone]


def test_in_another_language_the_marks_are_said_in_it() -> None:
    catalogues, _ = of_templates([THEME.parent], "nn")
    said = marking([THEME], Translator("nn", "en", (), catalogues))
    assert (said.inserted, said.deleted, said.following) == (
        "sett inn:",
        "sletta:",
        "Neste endring",
    )


def test_colours_keep_a_contrast_of_seven() -> None:
    rules = dict.fromkeys(("ins", "del"))
    for scheme in MARKING.style.split("@media screen"):
        for tag in rules:
            ink = re.search(rf"{tag} \* {{ color: (#\w+)", scheme)
            ground = re.search(rf"^\s*{tag} {{ background: (#\w+)", scheme, re.MULTILINE)
            assert ink
            assert ground
            assert ratio(ink[1], ground[1]) >= 7


@pytest.mark.chromium
def test_a_change_is_told_without_colour_and_reached_by_keyboard(
    browser: Browser, tmp_path: Path
) -> None:
    _, _, redline = both(*CASES["section gone"])
    file = tmp_path / "a.html"
    file.write_bytes(redline)
    page = browser.new_page(color_scheme="dark")
    page.goto(file.as_uri())
    lines = page.evaluate(
        "[...document.querySelectorAll('ins, del')].map("
        "e => e.tagName + ' ' + getComputedStyle(e).textDecorationLine)"
    )
    assert set(lines) <= {"INS underline", "DEL line-through"}
    assert lines
    said = page.evaluate("getComputedStyle(document.querySelector('del'), '::before').content")
    assert "deleted:" in said
    links = page.locator("a.change-next")
    assert links.count() >= 2
    links.first.focus()
    assert links.first.evaluate("e => e.getBoundingClientRect().width") > 20
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "change-2"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()
