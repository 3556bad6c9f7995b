"""The example study's Norwegian documents: nothing English left, every figure the same."""

import re
from collections import Counter
from pathlib import Path

import polib
import pytest
from lxml import html

from . import reading

ROOT = Path(__file__).parents[2]
NORWEGIAN = [f"{name}.{code}" for name in ("briefing", "lay") for code in ("nb", "nn")]
ENGLISH = set((Path(__file__).parent / "english.txt").read_text("utf-8").split())
"""Words that are English and not Norwegian."""


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W\d_]+", text.casefold()))


def in_norwegian(file: Path) -> str:
    """What is not marked as a passage in English: words, alternative texts, labels for ears."""
    page = html.fromstring(file.read_bytes())
    for element in page.xpath("//style | //body//*[@lang='en'] | //a[contains(@href, '://')]"):
        element.drop_tree()
    spoken = page.xpath("//@alt | //@aria-label | //@title")
    return f"{page.text_content()} {' '.join(spoken)}"


@pytest.mark.parametrize("name", NORWEGIAN)
def test_no_english_word_is_left_in_a_norwegian_document(output: Path, name: str) -> None:
    left = words(in_norwegian(output / f"{name}.html")).keys() & ENGLISH
    assert left == set()


@pytest.mark.parametrize("name", NORWEGIAN)
def test_no_word_of_the_english_document_is_left_but_those_that_a_translator_wrote(
    output: Path, name: str
) -> None:
    audience, _, code = name.partition(".")
    said = {"Kristina", "Bakke", "Åkerblom", "Jonathan", "Quetzal", "Tritter", "krbaa", "hvl", "no"}
    for file in (ROOT / "data" / "locale", ROOT / "templates" / "locale"):
        for entry in polib.pofile(str(file / f"{code}.po"), encoding="utf-8"):
            said |= set(re.findall(r"[^\W\d_]+", entry.msgstr))
            said |= {w for s in entry.msgstr_plural.values() for w in re.findall(r"[^\W\d_]+", s)}
    said |= set(re.findall(r"[^\W\d_]+", (ROOT / "data/quote_translations.csv").read_text("utf-8")))
    months = {"mai", "juni", "september", "norsk", "engelsk", "fem"}
    known = {word.casefold() for word in said} | months
    english = words(in_norwegian(output / f"{audience}.en.html"))
    here = words(in_norwegian(output / f"{name}.html"))
    fingerprint = re.compile(r"[a-f]{1,6}")
    assert {
        w for w in here.keys() & english.keys() - known if not fingerprint.fullmatch(w)
    } == set()


@pytest.mark.parametrize("audience", ["briefing", "lay"])
def test_every_figure_is_the_same_in_all_languages(output: Path, audience: str) -> None:
    figures = {}
    for code in ("en", "nb", "nn"):
        page = html.fromstring((output / f"{audience}.{code}.html").read_bytes())
        for element in page.xpath("//style | //*[contains(@class, 'colophon')] | //footer"):
            element.drop_tree()
        figures[code] = Counter(re.findall(r"\d+", page.text_content()))
    assert figures["en"]["48"] >= 1
    assert figures["nb"] == figures["en"]
    assert figures["nn"] == figures["en"]


@pytest.mark.parametrize("name", NORWEGIAN)
def test_web_page_and_pdf_say_the_same(output: Path, name: str) -> None:
    page = words(reading.web(output / f"{name}.html"))
    printed = words(reading.pdf(output / f"{name}.pdf").replace("\ufffe", "").replace("\u00ad", ""))
    rare = {word for word in page if len(word) > 3} - printed.keys()
    assert len(rare) <= len(page) * 0.03, rare


@pytest.mark.parametrize("name", NORWEGIAN)
def test_the_document_says_once_that_its_quotes_are_translated_back(
    output: Path, name: str
) -> None:
    told = {"nb": "oversatt tilbake", "nn": "omsette tilbake"}[name[-2:]]
    assert " ".join(reading.web(output / f"{name}.html").split()).count(told) == 1


@pytest.mark.parametrize("name", NORWEGIAN)
def test_quotation_marks_are_norwegian_also_inside_quotes(output: Path, name: str) -> None:
    text = in_norwegian(output / f"{name}.html")
    assert not set('“”„"') & set(text)
    assert text.count("«") == text.count("»")


@pytest.mark.parametrize("name", NORWEGIAN)
def test_the_briefing_stays_a_briefing(output: Path, name: str) -> None:
    import pypdfium2

    with pypdfium2.PdfDocument(output / f"{name}.pdf") as document:
        assert len(document) <= {"briefing": 4, "lay": 6}[name.partition(".")[0]]


def test_the_manuscript_has_an_abstract_in_norwegian_too(output: Path) -> None:
    page = html.fromstring((output / "journal.en.html").read_bytes())
    (abstract,) = page.xpath("//section[contains(@class, ' translated-abstract')]")
    assert abstract.get("lang") == "nb"
    assert "Førtiåtte" in abstract.text_content()
    assert 'trans-abstract xml:lang="nb"' in (output / "journal.en.jats.xml").read_text("utf-8")
