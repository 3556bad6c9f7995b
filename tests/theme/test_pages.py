"""What has to fit on a page: words into columns, headings above them, pictures."""

import re
import zipfile
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from report.compose import drawing, figures
from tests.theme.test_crossref import FRONT, THEME, pandoc

FONTS = (THEME / "fonts",)
LONG = tuple(f"Representatives of organisation {number}" for number in range(12))
NAMES = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}

PARTICIPANTS = """\
| Session | Stakeholder | Held | Participants | Profession | Number |
|:--|:--|:--|:--|:--|--:|
| FG5 | Health professionals | digitally | HP1–HP5 | Music therapist (1), Psychiatric nurse | 5 |
"""
QUOTES = """\
| Sub-theme | Managers | Health professionals | Peer workers | All |
|:--|--:|--:|--:|--:|
| Building relationships with health professional colleagues | 0 | 2 | 5 | 7 |
"""


def word_file(text: str, theme: str, folder: Path) -> zipfile.ZipFile:
    pandoc(
        FRONT.replace("manuscript", theme) + text,
        "docx",
        "-o",
        "out.docx",
        f"--template={THEME / 'docx' / 'document.openxml'}",
        f"--reference-doc={THEME / 'docx' / f'{theme}.docx'}",
        "--metadata=our-word-styles",
        before=("crossref", "authors", "columns"),
        after=("docx/numbers", "docx/tables", "docx"),
        cwd=folder,
    )
    return zipfile.ZipFile(folder / "out.docx")


@pytest.mark.parametrize(("theme", "points"), [("manuscript", 9.7), ("review", 10.6)])
@pytest.mark.parametrize("table", [PARTICIPANTS, QUOTES], ids=["participants", "quotes"])
def test_words_columns_hold_their_longest_word(
    theme: str, points: float, table: str, tmp_path: Path
) -> None:
    with word_file(table, theme, tmp_path) as package:
        document = etree.fromstring(package.read("word/document.xml"))
    widths = [int(w) for w in document.xpath("//w:gridCol/@w:w", namespaces=NAMES)]
    heads = table.splitlines()[0].strip("| ").split(" | ")
    on_the_page = 16 / 2.54 * 72 / sum(widths)  # Word stretches the table to the page
    for head, width in zip(heads, widths, strict=True):
        with drawing.style(FONTS):
            longest = max(drawing.extent(word, points)[0] for word in head.split()) * 72
        # a wide font, and the margins of a cell
        assert width * on_the_page >= longest * 1.25 + 8, head


@pytest.mark.parametrize("theme", ["manuscript", "review", "briefing", "lay"])
def test_word_knows_which_fonts_may_step_in(theme: str, tmp_path: Path) -> None:
    with word_file("Text.\n", theme, tmp_path) as package:
        fonts = etree.fromstring(package.read("word/fontTable.xml"))
    names = fonts.xpath("//w:font/@w:name", namespaces=NAMES)
    others = fonts.xpath("//w:font/w:altName/@w:val", namespaces=NAMES)
    assert dict(zip(names, others, strict=True)) == {
        "Source Serif 4": "Cambria",
        "Source Sans 3": "Calibri",
    }


def test_tables_that_follow_each_other_stay_apart(tmp_path: Path) -> None:
    tables = "\n".join(f"| a | b |\n|---|---|\n| {number} | 2 |\n" for number in range(3))
    with word_file(tables, "manuscript", tmp_path) as package:
        body = etree.fromstring(package.read("word/document.xml"))[0]
    kinds = [etree.QName(part).localname for part in body]
    assert kinds[kinds.index("tbl") :][:5] == ["tbl", "p", "tbl", "p", "tbl"]


def test_a_picture_as_high_as_the_page_leaves_room_for_its_caption(tmp_path: Path) -> None:
    Image.new("RGB", (600, 1200)).save(tmp_path / "high.png", dpi=(100, 100))
    with word_file("![High.](high.png)\n", "manuscript", tmp_path) as package:
        document = package.read("word/document.xml").decode()
    extent = re.search(r'<wp:extent cx="\d+" cy="(\d+)"', document)
    assert extent
    assert int(extent[1]) / 914400 == pytest.approx(8.2, abs=0.01)


def shown(picture: drawing.Picture) -> tuple[float, float]:
    """Inches: the height of the SVG and of the PNG."""
    svg = re.search(rb'height="([\d.]+)pt"', picture.svg)
    png = Image.open(BytesIO(picture.png))
    assert svg
    return float(svg[1]) / 72, png.height / png.info["dpi"][1]


def test_forty_sub_themes_stay_on_the_page() -> None:
    rows = tuple(figures.Row(f"A sub-theme with a label of its own {n}" * 2) for n in range(48))
    for high in shown(figures.speakers(LONG, rows, FONTS)):
        assert high == pytest.approx(drawing.HEIGHT, abs=0.02)


def test_lanes_stay_on_the_page_and_grow_with_their_labels() -> None:
    def high(label: str, count: int) -> float:
        lanes = (figures.Lane(label, (figures.Mark(0.5, 3, 0),)),) * count
        return shown(figures.timeline(lanes, ("May", "June"), "", (("digitally", 0),), FONTS))[0]

    assert high("Phase 1: representatives of the organisations of relatives", 3) > high("Short", 3)
    assert high("Phase 1: representatives of the organisations of relatives", 30) <= 8.21


def test_each_person_who_took_part_has_a_symbol() -> None:
    groups = (("Managers", 17), ("Health professionals of the municipality", 1), ("Peers", 45))
    picture = figures.people(groups, "#0b4f55", FONTS)
    drawn = re.findall(r'<use [^>]*style="fill: #0b4f55"', picture.svg.decode())
    assert len(drawn) == 17 + 1 + 45
    assert (
        shown(picture)[0]
        < shown(figures.people((*groups, ("More", 300)), "#0b4f55", FONTS))[0]
        <= 8.21
    )


def test_a_line_of_people_is_as_high_as_its_label() -> None:
    def high(label: str) -> float:
        return shown(figures.people(((label, 2),) * 3, "#0b4f55", FONTS))[0]

    long = "Health care workers of a municipal out-patient clinic"
    assert high("Managers") == high("Health professionals")
    with drawing.style(FONTS):
        label = drawing.wrapped(long, 16)
        size = drawing.fitting(label, 1.3, "normal", 1.2 * drawing.SIZE)
        assert high(long) >= 3 * drawing.extent(label, size, weight="normal")[1]


@pytest.mark.parametrize("columns", [3, 5, 7, 12])
def test_headings_of_columns_keep_off_each_other(columns: int) -> None:
    with drawing.style(FONTS):
        room = 0.6 * drawing.WIDTH / columns
        heads, size, angle = figures._headings(LONG[:columns], room)
        assert all(drawing.extent(head, size, angle)[0] <= room for head in heads)


def test_jats_says_where_the_article_appeared_and_holds_nothing_empty() -> None:
    front = FRONT.replace("look: manuscript", """\
look: manuscript
abstract: One paragraph.
publication:
  journal: Journal of Tests
  doi: '10\\.1234/a_b'
  received: '2024-01-02'
  accepted: '2024-03-04'
  published: '2024-05-06'""")  # fmt: skip
    options = ("-s", f"--template={THEME / 'jats' / 'article.xml'}")
    jats = partial(pandoc, before=("crossref", "authors"), after=("jats",))
    xml = jats(front + "Text.\n", "jats_publishing", *options)
    article = etree.fromstring(xml.encode())
    assert article.findtext(".//journal-title") == "Journal of Tests"
    assert article.findtext(".//article-id[@pub-id-type='doi']") == "10.1234/a_b"
    assert article.findtext(".//abstract/p") == "One paragraph."
    dates = {
        date.get("date-type"): date.get("iso-8601-date")
        for date in article.iter("date", "pub-date")
    }
    assert dates == {"received": "2024-01-02", "accepted": "2024-03-04", "pub": "2024-05-06"}
    front_matter = article.find("front")
    empty = [e.tag for e in front_matter.iter() if not "".join(e.itertext()).strip()]
    assert empty == []
    bare = etree.fromstring(jats(FRONT + "Text.\n", "jats_publishing", *options).encode())
    assert bare.find(".//journal-meta") is None
    assert bare.find(".//history") is None
