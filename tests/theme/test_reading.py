"""Which cells head a row, and what a web page's tables, abstract and works say of themselves."""

from lxml import html

from tests.theme.test_crossref import FRONT, THEME, pandoc

BLANKS = """\
| Theme | Part |
|---|---|
| One | a |
|     | b |
|     | c |
| Two | d |
"""


def page(text: str) -> html.HtmlElement:
    return html.document_fromstring(pandoc(FRONT + text, "html", after=("html/page",)))


def rows(text: str) -> list[list[tuple[str, str | None, str | None, str]]]:
    return [
        [(c.tag, c.get("scope"), c.get("rowspan"), c.text_content()) for c in row]
        for row in page(text).xpath("//tbody/tr")
    ]


def test_a_head_covers_the_blanks_below_it() -> None:
    assert rows(BLANKS) == [
        [("th", "row", "3", "One"), ("td", None, None, "a")],
        [("td", None, None, "b")],
        [("td", None, None, "c")],
        [("th", "row", None, "Two"), ("td", None, None, "d")],
    ]


def test_a_table_that_begins_with_a_blank_has_no_heads_of_rows() -> None:
    table = "| A | B |\n|---|---|\n|   | b |\n| c | d |\n"
    assert [[tag for tag, *_ in row] for row in rows(table)] == [["td", "td"], ["td", "td"]]


def test_blanks_stay_where_rows_have_no_heads() -> None:
    (first, *_, last) = rows(f"::: {{.no-row-head}}\n{BLANKS}:::\n")
    assert first == [("td", None, None, "One"), ("td", None, None, "a")]
    assert len(last) == 2


def test_tables_without_captions_are_told_apart() -> None:
    other = "| A | B |\n|---|---|\n| c | d |\n"
    nameless = "|   |   |\n|---|---|\n| e | f |\n"
    boxes = page(f"{BLANKS}\n{other}\n{BLANKS}\n{nameless}").xpath("//*[@role='region']")
    names = [box.get("aria-label") for box in boxes]
    assert names == ["Theme, Part", "A, B", "Theme, Part 2", "e, f"]
    assert [box.find("table").get("aria-label") for box in boxes] == names
    assert {box.get("tabindex") for box in boxes} == {"0"}


def test_a_quote_in_two_languages_has_no_need_to_scroll() -> None:
    quote = f"::: {{.quote .bilingual .no-row-head}}\n{BLANKS}\n[M1]{{.attribution}}\n:::\n"
    (table,) = page(quote).xpath("//table")
    assert table.get("aria-label") == "Theme, Part"
    assert table.xpath("ancestor::*[@tabindex]") == []


def test_a_work_says_its_language_where_it_is_another() -> None:
    works = """\
references:
- {id: same, type: book, title: Same, language: nb-NO}
- {id: other, type: book, title: Other, language: en-GB}
- {id: unknown, type: book, title: Unknown}
---

[@same; @other; @unknown]
"""
    text = FRONT.removesuffix("---\n\n") + works
    tree = html.document_fromstring(pandoc(text, "html", after=("html/page",)))
    spoken = {e.get("id"): e.get("lang") for e in tree.xpath("//*[@role='listitem']")}
    assert spoken == {"ref-same": None, "ref-other": "en-GB", "ref-unknown": None}


def test_an_abstract_is_a_paragraph() -> None:
    front = FRONT.removesuffix("---\n\n") + "abstract: Words.\n---\n\nText.\n"
    written = pandoc(front, "html", "--standalone", after=("html/page",))
    assert "<p>Words.</p>" in written


def test_names_and_keywords_end_no_attribute() -> None:
    hostile = """Ada \\"x\\" onload=1 <b> & \\*Lo\\*"""
    front = FRONT.replace("name: Ada Lo", f"name: {{literal: '{hostile}'}}")
    front = front.removesuffix("---\n\n") + f"keywords: ['{hostile}', plain]\n---\n\n"
    template = f"--template={THEME / 'html' / 'document.html'}"
    written = pandoc(front + "Text.\n", "html", "-s", template, after=("html/page",))
    metas = {
        meta.get("name"): meta.attrib for meta in html.document_fromstring(written).iter("meta")
    }
    said = 'Ada "x" onload=1 <b> & *Lo*'
    assert dict(metas["author"]) == {"name": "author", "content": said}
    assert dict(metas["keywords"]) == {"name": "keywords", "content": f"{said}, plain"}
