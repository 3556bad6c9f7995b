"""The tags of every PDF: what Typst writes, and what it lets through."""

import re
import shutil
from collections.abc import Callable
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from tests.build.reading import plain
from tests.built import STUDIES, Built, report
from tests.pdf import composed as source
from tests.pdf.conftest import DOCUMENTS, NAMES
from tests.pdf.tags import Tagged, read

STANDARD = {
    *("Document", "Part", "Sect", "Div", "BlockQuote", "Caption", "P", "Span", "Link", "Figure"),
    *("H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Note", "Reference", "Code"),
    *("Table", "THead", "TBody", "TR", "TH", "TD"),
}
"""Of ISO 32000-1, 14.8.4: those that our documents may need."""


def is_same(one: str, other: str) -> bool:
    """Whether two texts have the same letters. Typst gives the Arabic letters around some vowel
    signs twice, or turned round."""
    one, other = plain(one), plain(other)
    if not re.search("[ء-ي]", one):
        return one == other
    return SequenceMatcher(None, sorted(one), sorted(other), autojunk=False).ratio() > 0.9


def test_a_pdf_says_its_language_its_title_and_its_standards(tagged: Tagged, name: str) -> None:
    assert tagged.language == name.rpartition(".")[2]
    assert tagged.is_marked
    assert tagged.shows_title
    (title,) = tagged.document.all("Title")
    assert is_same(tagged.metadata["title"], title.text)
    assert tagged.metadata["pdfuaid:part"] == "1"
    assert (tagged.metadata["pdfaid:part"], tagged.metadata["pdfaid:conformance"]) == ("2", "A")


def test_every_tag_is_known_or_stands_for_one_that_is(tagged: Tagged) -> None:
    used = {element.tag for element in tagged.document.walk()}
    assert {tagged.standard.get(tag, tag) for tag in used} <= STANDARD


def test_headings_leave_no_level_out_and_are_the_bookmarks(tagged: Tagged, composed: Path) -> None:
    headings = list(tagged.document.all(*(f"H{level}" for level in range(1, 7))))
    levels = [int(heading.tag[1]) for heading in headings]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [level for level, _ in tagged.outline] == levels
    for (_, title), heading in zip(tagged.outline, headings, strict=True):
        assert is_same(title, heading.text)
    written = source.read(composed).headings
    above = len(headings) - len(written)  # the title block of a manuscript heads its abstract
    for (level, text), heading in zip(written, headings[above:], strict=True):
        assert heading.tag == f"H{level}"
        assert is_same(text, heading.text)


def test_tables_have_heads(tagged: Tagged, composed: Path) -> None:
    tables = list(tagged.document.all("Table"))
    headed = source.read(composed).headed
    assert len(tables) == len(headed)
    for table, is_headed in zip(tables, headed, strict=True):
        parts = [element.tag for element in table.elements]
        assert parts in (["THead", "TBody"], ["Caption", "THead", "TBody"])
        head, body = table.elements[-2:]
        assert all(cell.tag == "TH" for row in head.elements for cell in row.elements)
        assert all(cell.attributes["Scope"] == "/Column" for cell in head.all("TH"))
        assert all(cell.text.strip() for cell in table.all("TH"))
        heads = list(body.all("TH"))
        assert all(cell.attributes["Scope"] == "/Row" for cell in heads)
        assert bool(heads) == is_headed
        if is_headed:
            spans = [int(cell.attributes.get("RowSpan", 1)) for cell in heads]
            assert sum(spans) == len(body.elements)


def test_cells_fill_each_row_and_name_their_heads(tagged: Tagged) -> None:
    for table in tagged.document.all("Table"):
        known = {cell.properties["ID"]: cell for cell in table.all("TH")}
        rows = list(table.all("TR"))
        width = len(rows[0].elements)
        left = 0
        for row in rows:
            assert {cell.tag for cell in row.elements} <= {"TH", "TD"}
            assert len(row.elements) + (left > 0) == width
            left = max(left - 1, 0)
            for cell in row.elements:
                left = max(left, int(cell.attributes.get("RowSpan", 1)) - 1)
                heads = [known[name] for name in cell.attributes.get("Headers", [])]
                scopes = [head.attributes["Scope"] for head in heads]
                if cell.tag == "TD":
                    assert scopes[0] == "/Column"
                    assert scopes[1:] in ([], ["/Row"])


def test_what_has_a_caption_holds_or_neighbours_it(tagged: Tagged) -> None:
    captions = list(tagged.document.all("Caption"))
    held = [e for e in tagged.document.walk() if "Caption" in [c.tag for c in e.elements]]
    assert len(held) == len(captions)
    for element in held:
        tags = [child.tag for child in element.elements]
        assert element.tag == "Table" or tags == ["Caption", "Figure"]


def test_lists_are_lists(tagged: Tagged, composed: Path) -> None:
    lists = list(tagged.document.all("L"))
    assert len(lists) == source.read(composed).lists
    for element in lists:
        assert {item.tag for item in element.elements} == {"LI"}
        for item in element.elements:
            assert [part.tag for part in item.elements] == ["Lbl", "LBody"]
            assert item.elements[1].text.strip()


def test_quotes_are_quotes(tagged: Tagged, composed: Path) -> None:
    quotes = list(tagged.document.all("BlockQuote"))
    assert len(quotes) == source.read(composed).quotes
    assert all({part.tag for part in quote.elements} == {"P"} for quote in quotes)


def test_figures_say_what_they_show(tagged: Tagged, composed: Path) -> None:
    figures = list(tagged.document.all("Figure"))
    alts = source.read(composed).alts
    assert all(alts)
    found = [" ".join(figure.properties["Alt"].split()) for figure in figures]
    assert found == [" ".join(alt.split()) for alt in alts]
    drawn = sorted(composed.parent.glob(f"{composed.stem}_files/*.svg"))
    assert len(drawn) == len(figures)
    said = set(re.findall(r"\w+", " ".join(found)))
    if tagged.language == "ar":  # drawn letters have the forms that they take in a word
        return
    for file in drawn:  # matplotlib notes what it draws as outlines
        shown = set(re.findall(r"\w+", " ".join(re.findall("<!-- (.*?) -->", file.read_text()))))
        assert shown <= said, file.name


def test_links_have_words_and_an_alternative(tagged: Tagged, file: Path) -> None:
    links = list(tagged.document.all("Link"))
    notes = [note for link in links for note in link.links]
    assert all(link.text.strip() and link.links for link in links)
    assert all(note.kind == "/Link" and note.contents.strip() for note in notes)
    assert not any(note.contents.startswith("Email ") for note in notes)
    with pikepdf.open(file) as pdf:
        assert sum(len(page.get("/Annots", [])) for page in pdf.pages) == len(notes)
        assert all(page.Tabs == "/S" for page in pdf.pages if "/Annots" in page)


def test_passages_in_another_language_say_so(tagged: Tagged, composed: Path) -> None:
    spoken: dict[str, str] = {}
    for language, words in tagged.document.spoken(tagged.language):
        spoken[language] = spoken.get(language, "") + words
    foreign = source.read(composed).languages
    for language, words in foreign:
        assert plain(words) in plain(spoken[language])
    assert set(spoken) - {tagged.language} == {language for language, _ in foreign}


@pytest.mark.parametrize("study", DOCUMENTS)
def test_every_pdf_is_read(study: str, built: Built) -> None:
    assert {file.stem for file in built(study).glob("*.pdf")} == set(DOCUMENTS[study])


def test_some_document_has_a_passage_in_another_language(texts: Callable[[str], Path]) -> None:
    """And a list, a quote, a figure, a table: or what is said here of all would be said of none."""
    composed = [source.read(texts(name)) for name in NAMES]
    for part in ("languages", "lists", "quotes", "alts", "headed"):
        assert any(getattr(document, part) for document in composed), part
    assert any(not all(document.headed) for document in composed)


def test_every_font_is_there_and_says_what_its_glyphs_stand_for(file: Path) -> None:
    with pikepdf.open(file) as pdf:
        fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary)]
        fonts = [font for font in fonts if font.get("/Type") == "/Font"]
        assert fonts
        for font in fonts:
            if font.Subtype == "/Type0":
                assert b"beginbf" in font.ToUnicode.read_bytes()
            else:
                assert {"/FontFile2", "/FontFile3"} & font.FontDescriptor.keys()


@pytest.fixture
def noted(tmp_path: Path) -> Tagged:
    """A manuscript with a footnote."""
    study = Path(shutil.copytree(STUDIES / "base", tmp_path / "study"))
    text = study / "data" / "text" / "introduction.md"
    text.write_text("Nights are long[^1].\n\n[^1]: In winter, above all.\n", "utf-8")
    report("build", "--study", study, "--audience", "journal", "--to", "pdf")
    return read(study / "_output" / "journal.en.pdf")


def test_a_footnote_is_a_note_where_it_is_called(noted: Tagged) -> None:
    (note,) = noted.document.all("Note")
    assert "In winter, above all." in note.text
    text = plain(noted.document.text)
    assert text.index("nightsarelong") < text.index("inwinteraboveall") < text.index("2background")
