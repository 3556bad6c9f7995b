"""Explanations of terms as each format shows them: in brackets, in the margin, in a list."""

import re
import shutil
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pypdfium2
import pytest
from lxml import etree, html
from playwright.sync_api import Browser

from report.check import check
from report.config import settings
from report.renderers.builtin import renderer

BASE = Path(__file__).parents[1] / "studies" / "base"
GLOSSARY = """\
terms:
  - id: ward
    words: {en: {term: ward, forms: [wards], plain: "a part of a *hospital*"}}
  - id: a_b.c
    words: {en: {term: night nurse, forms: [night nurses], plain: "someone who is awake"}}
"""
WHY = "**On wards** there are night nurses. They like the wards.\n\n- A ward.\n- A night nurse.\n"
MEANT = (
    "On wards (a part of a *hospital*) there are night nurses (someone who is awake). "
    "They like the wards."
)
PLAIN = "On wards there are night nurses. They like the wards."
Made = Callable[[str, str], bytes]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The lay summary of a small study, with its terms explained in that way, in that format."""
    files: dict[tuple[str, str], bytes] = {}

    def render(way: str, form: str) -> bytes:
        if (way, form) not in files:
            folder = tmp_path_factory.mktemp("glossary") / "study"
            shutil.copytree(BASE, folder)
            data = folder / "data"
            said = f"{{glossary: {way}, formats: [html, pdf, docx, jats]}}"
            (data / "audiences.yml").write_text(f"audiences:\n  lay: {said}\n", "utf-8")
            (data / "glossary.yml").write_text(GLOSSARY, "utf-8")
            (data / "text" / "lay" / "why.md").write_text(WHY, "utf-8")
            (data / "text" / "lay" / "found.md").write_text("A lamp helps.", "utf-8")
            told = settings(folder)
            checked = check(told, ["lay"])
            assert not checked.failed, checked.diagnostics
            files[way, form] = renderer(told).render(checked.documents["lay.en"], form).content
        return files[way, form]

    return render


def words(text: str) -> str:
    return " ".join(text.split())


def page(content: bytes) -> Any:
    return html.fromstring(content)


def paragraph(content: bytes) -> Any:
    return page(content).xpath("//main//p[contains(., 'On wards')]")[0]


def pdf_words(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as document:
        return words(" ".join(p.get_textpage().get_text_range() for p in document))


def paragraphs(content: bytes) -> list[str]:
    return [words(p.text) for p in docx.Document(BytesIO(content)).paragraphs]


@pytest.mark.parametrize("way", ["brackets", "margin"])
def test_a_web_page_is_read_in_order(way: str, made: Made) -> None:
    assert words(paragraph(made(way, "html")).text_content()) == MEANT
    items = page(made(way, "html")).xpath("//main//li")
    assert [words(item.text_content()) for item in items] == ["A ward.", "A night nurse."]


def test_a_margin_of_a_web_page_names_the_term(made: Made) -> None:
    notes = paragraph(made("margin", "html")).xpath(".//span[@class='term-note']")
    assert [note.get("data-term") for note in notes] == ["ward", "night nurse"]
    assert all(len(note.xpath("./span[@class='bracket']")) == 2 for note in notes)
    # the space before an explanation leaves with it
    assert all(not (note.getprevious().tail or "") for note in notes[1:])


def test_a_list_on_a_web_page_is_led_to(made: Made) -> None:
    tree = page(made("list", "html"))
    assert words(paragraph(made("list", "html")).text_content()) == PLAIN
    for link in paragraph(made("list", "html")).xpath(".//a"):
        (entry,) = tree.xpath("//*[@id=$id]", id=link.get("href")[1:])
        assert entry.getparent().tag == "dt"
    assert [
        words(e.text_content()) for e in tree.xpath("//*[contains(@class,'glossary')]//dt")
    ] == [
        "night nurse",
        "ward",
    ]
    (heading,) = tree.xpath("//*[contains(@class,'glossary')]//h2")
    assert heading.text_content() == "Words explained"


@pytest.mark.parametrize("way", ["brackets", "margin"])
def test_word_has_brackets(way: str, made: Made) -> None:
    assert MEANT in paragraphs(made(way, "docx"))
    with zipfile.ZipFile(BytesIO(made(way, "docx"))) as package:
        tree = etree.fromstring(package.read("word/document.xml"))
    terms = tree.xpath("//w:r[w:rPr/w:rStyle/@w:val='Term']", namespaces=tree.nsmap)
    assert "".join("".join(run.itertext()) for run in terms) == "wardsnight nurses"


def test_a_list_in_word_is_led_to(made: Made) -> None:
    said = paragraphs(made("list", "docx"))
    assert PLAIN in said
    at = said.index("Words explained")
    assert said[at + 1 : at + 5] == [
        *("night nurse", "someone who is awake"),
        *("ward", "a part of a *hospital*"),
    ]
    with zipfile.ZipFile(BytesIO(made("list", "docx"))) as package:
        tree = etree.fromstring(package.read("word/document.xml"))
    marks = set(tree.xpath("//w:bookmarkStart/@w:name", namespaces=tree.nsmap))
    links = tree.xpath("//w:hyperlink/@w:anchor", namespaces=tree.nsmap)
    assert len(links) == 2
    assert set(links) <= marks


def test_a_pdf_has_brackets(made: Made) -> None:
    assert MEANT in pdf_words(made("brackets", "pdf"))


def test_a_pdf_explains_below_the_run_of_paragraphs_and_lists(made: Made) -> None:
    below = "ward: a part of a *hospital* night nurse: someone who is awake"
    assert f"{PLAIN} • A ward. • A night nurse. {below}" in pdf_words(made("margin", "pdf"))
    assert re.search(r"\(\s*(a part|someone)", pdf_words(made("margin", "pdf"))) is None


def test_explanations_in_a_pdf_are_paragraphs_in_reading_order(made: Made) -> None:
    with pikepdf.open(BytesIO(made("margin", "pdf"))) as pdf:
        tags = list(tagged(pdf.Root.StructTreeRoot))
    # the list ends, and its two explanations stand before the next heading
    last = max(at for at, tag in enumerate(tags) if tag == "LBody")
    after = [tag for tag in tags[last:] if tag in {"P", "H1", "H2"}]
    assert after[:3] == ["P", "P", "H1"]


def tagged(node: Any) -> Any:
    """The tags below a node of the structure tree, in their order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield str(kid.S)[1:]
            yield from tagged(kid)


def test_a_list_in_a_pdf_is_led_to(made: Made) -> None:
    text = pdf_words(made("list", "pdf"))
    assert PLAIN in text
    listed = r"Words explained night nurse someone who is awake .*ward a part of a \*hospital\*"
    assert re.search(listed, text)
    with pikepdf.open(BytesIO(made("list", "pdf"))) as pdf:
        notes = [note for p in pdf.pages for note in p.get("/Annots", [])]
        inside = [note for note in notes if "/Dest" in note or "/D" in note.get("/A", {})]
        assert len(inside) == 2
        tags = list(tagged(pdf.Root.StructTreeRoot))
    assert tags.count("L") == 2
    assert tags.count("Link") >= 2


@pytest.mark.parametrize("way", ["brackets", "margin"])
def test_jats_has_brackets(way: str, made: Made) -> None:
    tree = etree.fromstring(made(way, "jats"))
    assert MEANT in {words("".join(p.itertext())) for p in tree.iter("p")}
    assert tree.xpath("//named-content/@content-type") == ["term", "term"]


def test_a_list_in_jats_is_led_to(made: Made) -> None:
    tree = etree.fromstring(made("list", "jats"))
    ids = set(tree.xpath("//@id"))
    assert len(tree.xpath("//def-list/def-item")) == 2
    assert set(tree.xpath("//xref/@rid")) == {"term-ward", "term-a_b.c"}
    assert set(tree.xpath("//xref/@rid")) <= ids


@pytest.mark.chromium
@pytest.mark.parametrize("width", [320, 1280])
def test_explanations_in_a_margin_do_not_meet(
    width: int, made: Made, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(made("margin", "html"))
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(file.as_uri())
    boxes = page.evaluate(MEASURED)
    page.close()
    assert boxes["page"] <= width, "the page scrolls sideways"
    first, second = boxes["notes"]
    if width > 1200:
        assert first["left"] >= boxes["text"]["right"]
        assert first["bottom"] <= second["top"]
        assert max(first["right"], second["right"]) <= width
    else:
        assert first["left"] < boxes["text"]["right"]


MEASURED = """() => {
  const box = (element) => element.getBoundingClientRect().toJSON();
  const notes = [...document.querySelectorAll(".term-note")];
  return {page: document.documentElement.scrollWidth, notes: notes.map(box),
    text: box(notes[0].closest("p"))};
}"""
"""Where Chromium puts the explanations and their paragraph, in pixels."""
