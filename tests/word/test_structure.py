"""What a person who works in a Word document relies on, seen through python-docx."""

import re
import zipfile
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.text.paragraph import Paragraph
from lxml import etree

from tests.word.conftest import NAMES, style_of

pytestmark = pytest.mark.parametrize("name", NAMES)

# What is no look: a style, a list that begins anew, a direction, a language.
PARAGRAPH = {"pStyle", "numPr", "bidi"}
RUN = {"rStyle", "rtl", "lang"}
TABLE = {"tblStyle", "bidiVisual", "tblW", "tblLayout", "tblLook", "tblCaption", "tblDescription"}
ROW, CELL = {"cantSplit", "tblHeader"}, {"tcW"}
NUMBERED = ("journal", "reviewer")


@pytest.fixture
def document(file: Path) -> Document:
    return docx.Document(str(file))


def local(element: etree._Element) -> str:
    name: str = etree.QName(element).localname
    return name


def xml(file: Path, part: str) -> etree._Element:
    with zipfile.ZipFile(file) as package:
        return etree.fromstring(package.read(part))


def audience(name: str) -> str:
    return name.split("/")[1].split(".", maxsplit=1)[0]


def paragraphs(document: Document) -> list[Paragraph]:
    return [Paragraph(p, document._body) for p in document.element.body.iter(qn("w:p"))]


def headings(document: Document) -> list[Paragraph]:
    return [p for p in document.paragraphs if re.search(r"[Hh]eading \d$", style_of(p).name)]


def test_nothing_is_formatted_by_hand(file: Path) -> None:
    allowed = {"pPr": PARAGRAPH, "rPr": RUN, "tblPr": TABLE, "trPr": ROW, "tcPr": CELL}
    with zipfile.ZipFile(file) as package:
        parts = [n for n in package.namelist() if re.match(r"word/(document|foot|head)", n)]
        for part in parts:
            for element in etree.fromstring(package.read(part)).iter("{*}*"):
                known = allowed.get(local(element))
                if known is not None:
                    assert {local(child) for child in element} <= known, part


def test_every_style_that_is_used_is_there_and_named(document: Document) -> None:
    known = {style.style_id: style for style in document.styles}
    tags = (qn("w:pStyle"), qn("w:rStyle"), qn("w:tblStyle"))
    used = {style.get(qn("w:val")) for style in document.element.body.iter(*tags)}
    assert used <= set(known)
    assert all(style_of(p).name != "Normal" for p in paragraphs(document))
    look = ("Strong", "Emphasis", "Table Text", "List Bullet", "Caption")
    for wanted in look:  # pandoc would make an empty style of the name
        element = next(s for s in document.styles if s.name == wanted).element
        assert element.find(qn("w:rPr")) is not None or element.find(qn("w:pPr")) is not None


def test_titles_and_headings_make_a_navigation_pane(document: Document) -> None:
    assert [style_of(p).name for p in document.paragraphs].count("Title") == 1
    found = headings(document)
    assert found
    for heading in found:
        style = style_of(heading)
        while style.element.find(f".//{qn('w:outlineLvl')}") is None:
            style = style.base_style
        level = int(style.element.find(f".//{qn('w:outlineLvl')}").get(qn("w:val")))
        assert level == int(style_of(heading).name[-1]) - 1
    levels = [int(style_of(heading).name[-1]) for heading in found]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_headings_are_numbered_by_a_list(document: Document, name: str) -> None:
    found = headings(document)
    assert not [h.text for h in found if re.match(r"\d", h.text)]
    own = [h for h in found if not style_of(h).name.startswith("Unnumbered")]
    numbered = [style_of(h).element.find(f".//{qn('w:numId')}") is not None for h in own]
    assert set(numbered) == {audience(name) in NUMBERED}
    if audience(name) not in NUMBERED:
        assert own == found
        return
    assert any(style_of(h).name.startswith("Unnumbered") for h in found)
    number = style_of(own[0]).element.find(f".//{qn('w:numId')}").get(qn("w:val"))
    numbering = document.part.numbering_part.element
    listed = numbering.num_having_numId(int(number)).abstractNumId.val
    abstract = next(
        a for a in numbering.iter(qn("w:abstractNum"))
        if int(a.get(qn("w:abstractNumId"))) == listed
    )  # fmt: skip
    styles = [s.get(qn("w:val")) for s in abstract.iter(qn("w:pStyle"))]
    assert styles[:3] == ["Heading1", "Heading2", "Heading3"]
    texts = [t.get(qn("w:val")) for t in abstract.iter(qn("w:lvlText"))]
    assert texts[:3] == ["%1", "%1.%2", "%1.%2.%3"]


def test_captions_count_and_references_find_them(document: Document, name: str) -> None:
    body = document.element.body
    codes = [code.text.strip() for code in body.iter(qn("w:instrText"))]
    captions = [p for p in document.paragraphs if style_of(p).name == "Caption"]
    counted = [code for code in codes if code.startswith("SEQ ")]
    assert len(counted) == len(captions)
    widths = [int(extent.get("cx")) for extent in body.iter(qn("wp:extent"))]
    figures = [width for width in widths if width > Cm(3)]  # easy-read pictures are narrower
    assert len(captions) == len(document.tables) + len(figures)
    bookmarks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(bookmarks) == len(set(bookmarks))
    targets = [code.split()[1] for code in codes if code.startswith("REF ")]
    assert set(targets) <= set(bookmarks)
    if name == "example/journal.en":
        assert {"_Ref_tbl_1", "_Ref_fig_1"} <= set(targets)
    starts = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert sorted(starts) == sorted(mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkEnd")))
    kinds = [mark.get(qn("w:fldCharType")) for mark in body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"] * len(codes)


def test_tables_say_what_they_are(document: Document) -> None:
    for table in document.tables:
        properties = table._tbl.tblPr
        assert table.style is not None
        assert table.style.name == "Table"
        caption = properties.find(qn("w:tblCaption")).get(qn("w:val"))
        assert re.fullmatch(r"\S.* \d+", caption.replace("\xa0", " "))
        assert properties.find(qn("w:tblDescription")).get(qn("w:val"))
        look = properties.find(qn("w:tblLook"))
        assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")
        rows = [row._tr.trPr for row in table.rows]
        assert all(row.find(qn("w:cantSplit")) is not None for row in rows)
        assert [row.find(qn("w:tblHeader")) is not None for row in rows] == (
            [True] + [False] * (len(rows) - 1)
        )
        assert all(cell.text.strip() for cell in table.rows[0].cells)
        before = table._tbl.getprevious()
        while local(before) != "p":
            before = before.getprevious()
        assert style_of(Paragraph(before, document._body)).name == "Caption"
        for cell in table._tbl.iter(qn("w:tc")):
            assert cell.find(qn("w:p")) is not None  # Word refuses a cell without


def test_pictures_have_alternative_texts_and_flow_with_the_text(document: Document) -> None:
    body = document.element.body
    for picture in body.iter("{*}docPr"):
        assert len(picture.get("descr")) > 20
    assert not list(body.iter("{*}anchor", "{*}txbxContent", "{*}pict", "{*}framePr"))


def test_space_is_no_empty_paragraph(document: Document) -> None:
    for paragraph in document.element.body.findall(qn("w:p")):
        assert "".join(paragraph.itertext()).strip() or list(paragraph.iter(qn("w:drawing")))


def test_lists_are_lists(document: Document) -> None:
    numbering = document.part.numbering_part.element
    for paragraph in document.paragraphs:
        assert not re.match(r"[•–-]\s", paragraph.text)
        if style_of(paragraph).name.endswith((" List", "List Bullet")):
            number = int(style_of(paragraph).element.find(f".//{qn('w:numId')}").get(qn("w:val")))
            assert numbering.num_having_numId(number) is not None


def test_the_language_and_the_direction_are_told(document: Document, name: str) -> None:
    code = name.rpartition(".")[2]
    attribute = qn("w:bidi" if code == "ar" else "w:val")
    default = document.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:lang')}")
    assert default.get(attribute).split("-")[0] == code
    theme = document.settings.element.find(qn("w:themeFontLang"))
    assert theme.get(attribute).split("-")[0] == code
    assert document.core_properties.language == code
    section = document.sections[0]._sectPr
    assert (section.find(qn("w:bidi")) is not None) == (code == "ar")
    for paragraph in document.paragraphs if code == "ar" else ():
        assert paragraph._p.pPr is not None
        mirrored = paragraph._p.pPr.find(qn("w:bidi")) is not None
        assert mirrored == (style_of(paragraph).name != "Bibliography")  # works go their own way
    for table in document.tables:
        assert (table._tbl.tblPr.find(qn("w:bidiVisual")) is not None) == (code == "ar")
    if name == "example/journal.en":
        abstract = next(p for p in document.paragraphs if p.text.startswith("Hva skjer"))
        languages = {run.get(qn("w:val")) for run in abstract._p.iter(qn("w:lang"))}
        assert languages == {"nb"}


def test_properties_name_the_authors_only_where_readers_may_know(
    document: Document, name: str
) -> None:
    properties = document.core_properties
    title = next(p for p in document.paragraphs if style_of(p).name == "Title")
    assert properties.title == title.text
    assert bool(properties.author) == (audience(name) == "journal")


def test_pages_are_a4_and_count_themselves(file: Path, document: Document, name: str) -> None:
    (section,) = document.sections
    sides = (section.page_width, section.page_height)
    assert [round(side.cm, 1) for side in sides if side] == [21.0, 29.7]
    footer = etree.tostring(section.footer._element).decode()
    assert " PAGE " in footer
    assert " NUMPAGES " in footer
    assert (section._sectPr.find(qn("w:lnNumType")) is not None) == (audience(name) == "reviewer")
    assert not list(xml(file, "word/settings.xml").iter("{*}updateFields"))


# ISO/IEC 29500-1, 17: the order in which children may stand, as far as we and pandoc write them.
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr"
    " suppressLineNumbers pBdr shd tabs wordWrap bidi spacing ind contextualSpacing jc outlineLvl",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike color sz szCs u shd vertAlign rtl cs"
    " lang",
    "tblPr": "tblStyle bidiVisual tblW jc tblInd tblBorders tblLayout tblCellMar tblLook tblCaption"
    " tblDescription",
    "sectPr": "headerReference footerReference footnotePr pgSz pgMar lnNumType cols bidi docGrid",
    "lvl": "start numFmt pStyle suff lvlText lvlJc pPr rPr",
}


def test_parts_stand_in_the_order_that_word_asks_for(file: Path) -> None:
    with zipfile.ZipFile(file) as package:
        for part in package.namelist():
            if not part.startswith("word/") or not part.endswith(".xml"):
                continue
            for element in etree.fromstring(package.read(part)).iter(
                *(qn(f"w:{t}") for t in ORDERS)
            ):
                order = ORDERS[local(element)].split()
                places = [order.index(local(child)) for child in element]
                assert places == sorted(places), (part, etree.tostring(element))
