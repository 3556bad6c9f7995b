"""The page that all documents are opened from."""

import shutil
from pathlib import Path

import pypdfium2
import pytest
from lxml import html
from playwright.sync_api import Browser

from report.check import check
from report.config import settings
from report.index import index
from report.manifest import Entry

STUDIES = Path(__file__).parents[1] / "studies"


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> html.HtmlElement:
    """The page of the small study in three languages, as if all but its JATS were made."""
    folder = tmp_path_factory.mktemp("index") / "study"
    shutil.copytree(STUDIES / "base", folder)
    shutil.copytree(STUDIES / "languages", folder, dirs_exist_ok=True)
    (folder / "data/locale/ar.po").unlink()  # nothing is translated into Arabic
    here = settings(folder)
    checked = check(here, draft=True)
    assert checked.study
    made = {
        target.name: Entry(
            target.variant.audience_name, target.variant.language, target.format, "builtin", {}, "",
            bytes=2_000_000, draft=target.variant.language == "ar",
        )
        for target in checked.targets
    }  # fmt: skip
    page = index(
        checked.study, checked.variants, made, "2024-09-02", here.themes, checked.catalogues
    )
    return html.fromstring(page.decode())


def test_there_is_a_section_for_each_audience_and_in_it_each_language(
    shown: html.HtmlElement,
) -> None:
    sections = {
        section.findtext(".//h2"): [a.get("hreflang") for a in section.iter("a")]
        for section in shown.iter("section")
    }
    assert sections == {
        "Manuscript": ["en", "en", "uk", "uk", "ar", "ar"],
        "Blinded manuscript": ["en", "en"],
        "Briefing": ["uk", "uk", "ar", "ar"],
        "Plain-language summary": ["en"] * 3 + ["uk"] * 3 + ["ar"] * 3,
    }


def test_a_document_bears_its_own_title_in_its_own_language(shown: html.HtmlElement) -> None:
    manuscript = next(shown.iter("section"))
    assert [(h.get("lang"), h.get("dir"), h.text) for h in manuscript.iter("h3")] == [
        ("en", "ltr", "Invented: what helps at night"),
        ("uk", "ltr", "Вигадане: що допомагає вночі"),
        ("en", "ltr", "Invented: what helps at night"),  # the draft, which has no title of its own
    ]


def test_a_link_is_heard_with_its_document_and_language(shown: html.HtmlElement) -> None:
    heard = [
        [said(shown, name) for name in link.get("aria-labelledby").split()]
        for link in shown.iter("a")
    ]
    first = ["HTML 2.0 MB", "Manuscript", "Invented: what helps at night", "English"]
    assert heard[0] == first
    assert len({tuple(words) for words in heard}) == len(heard)


@pytest.mark.chromium
def test_it_prints_with_margins(shown: html.HtmlElement, browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(html.tostring(shown, encoding="unicode"))
    sheet = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))[0]
    page.close()
    words = sheet.get_textpage()
    boxes = [words.get_charbox(at) for at in range(words.count_chars())]
    assert min(box[0] for box in boxes) >= 20 / 25.4 * 72  # points
    assert max(box[3] for box in boxes) <= sheet.get_height() - 20 / 25.4 * 72


def said(page: html.HtmlElement, name: str) -> str:
    return " ".join("".join(page.get_element_by_id(name).itertext()).split())
