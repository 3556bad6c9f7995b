"""What a page says of itself: landmarks, headings, tables, pictures, languages."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from lxml.html import HtmlElement
from playwright.sync_api import Page

from report import languages

from .studies import DOCUMENTS, PAGES

TEXTS = [name for name in PAGES if not name.endswith("index")]
HEADINGS = "//h1 | //h2 | //h3 | //h4 | //h5 | //h6"
FINISHED = [name for name in TEXTS if not name.startswith("drafts/")]


def read(pages: Path, name: str) -> HtmlElement:
    return html.fromstring((pages / f"{name}.html").read_bytes())


def audience_of(name: str) -> str:
    return name.partition("/")[2].partition(".")[0]


def said(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_every_page_is_looked_at(pages: Path) -> None:
    files = [file for study in (*DOCUMENTS, "changes") for file in (pages / study).glob("*.html")]
    files = [file for file in files if not file.name.endswith(".changes.html")]
    built = {file.relative_to(pages).as_posix() for file in files}
    assert built == {f"{name}.html" for name in PAGES}
    assert {name.partition(".")[0] for name in DOCUMENTS["example"]} == {
        "journal", "briefing", "lay"
    }  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_the_page_has_a_title_a_language_and_a_direction(name: str, pages: Path) -> None:
    tree = read(pages, name)
    assert said(tree.find("head/title"))
    code = name.rpartition(".")[2] if name in TEXTS else "en"
    assert tree.get("lang") == code
    assert tree.get("dir", "ltr") == ("rtl" if languages.is_right_to_left(code) else "ltr")


@pytest.mark.parametrize("name", PAGES)
def test_headings_make_an_outline(name: str, pages: Path) -> None:
    tree = read(pages, name)
    headings = tree.xpath(HEADINGS)
    levels = [int(heading.tag[1]) for heading in headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []
    assert [heading for heading in headings if not said(heading)] == []


@pytest.mark.parametrize("name", PAGES)
def test_landmarks_are_there_once_and_hold_everything(name: str, pages: Path) -> None:
    tree = read(pages, name)
    body = tree.find("body")
    assert [child.tag for child in body if child.get("class") != "skip"] == [
        "header", "main", "footer"
    ]  # fmt: skip
    assert (body[0].get("class") == "skip") == (name in TEXTS)
    assert len(tree.xpath("//main")) == 1
    contents = tree.xpath("//nav")
    assert len(contents) == ("/journal." in name)
    for nav in contents:
        assert said(tree.get_element_by_id(nav.get("aria-labelledby")))


@pytest.mark.parametrize("name", PAGES)
def test_what_is_pointed_to_is_there_once(name: str, pages: Path) -> None:
    tree = read(pages, name)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = {link.removeprefix("#") for link in tree.xpath("//a/@href") if link.startswith("#")}
    labels = {i for names in tree.xpath("//@aria-labelledby") for i in names.split()}
    assert (links | labels) - set(ids) == set()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_runs_and_nothing_is_fetched(name: str, pages: Path) -> None:
    tree = read(pages, name)
    assert tree.xpath("//script | //iframe | //object | //embed | //form") == []
    assert [a for a in tree.xpath("//@*") if a.attrname.startswith("on")] == []
    assert [link for link in tree.xpath("//@href") if link.startswith("javascript:")] == []
    assert [source for source in tree.xpath("//@src") if not source.startswith("data:")] == []


@pytest.mark.parametrize("name", TEXTS)
def test_pictures_are_told_in_words(name: str, pages: Path) -> None:
    tree = read(pages, name)
    assert [p for p in tree.xpath("//img") if not p.get("alt", "").strip()] == []
    figures = tree.xpath("//figure")
    told = [figure.xpath(".//img")[0].get("alt") for figure in figures]
    assert [alt for alt in told if len(alt.split()) < 5] == []
    assert [alt for alt, figure in zip(told, figures, strict=True) if alt == said(figure)] == []
    assert tree.xpath("//svg") == []
    assert len(figures) == {"journal": 2, "briefing": 1, "lay": 0}[audience_of(name)]


def heads(table: HtmlElement) -> Iterator[tuple[HtmlElement, set[str]]]:
    """Each cell of the body with the heads that are read with it: those above it, by `scope=col`,
    and those of its row, by `scope=row`, which may span several rows."""
    columns = table.xpath("./thead/tr/th")
    assert [cell.get("scope") for cell in columns] == ["col"] * len(columns)
    spanning: dict[int, tuple[int, HtmlElement]] = {}
    for number, row in enumerate(table.xpath("./tbody/tr")):
        cells = list(row)
        until, head = spanning.get(0, (0, None))
        here = [head] if number < until else []
        start = len(here)
        for place, cell in enumerate(cells, start):
            if cell.tag == "th":
                assert cell.get("scope") == "row"
                here.append(cell)
                spanning[place] = (number + int(cell.get("rowspan", 1)), cell)
        for place, cell in enumerate(cells, start):
            if cell.tag == "td":
                yield cell, {said(head) for head in [columns[place], *here]}
        assert start + len(cells) == len(columns)


@pytest.mark.parametrize("name", TEXTS)
def test_tables_have_captions_and_heads(name: str, pages: Path) -> None:
    tree = read(pages, name)
    tables = tree.xpath("//table")
    for table in tables:
        captions = table.xpath("./caption")
        assert [bool(said(caption)) for caption in captions] == [True] or table.get("aria-label")
        cells = list(heads(table))
        rows = {cell.getparent() for cell, _ in cells}
        assert len(rows) == len(table.xpath("./tbody/tr"))
        bilingual = bool(table.xpath("ancestor::*[contains(@class, 'bilingual')]"))
        for cell, known in cells:
            assert "" not in known
            assert len(known) == (1 if bilingual else 2), said(cell)
    assert [said(cell) for cell in tree.xpath("//th") if not said(cell)] == []
    if "/journal." in name:
        in_text = tree.xpath("//table[not(ancestor::*[contains(@class, 'what-changed')])]")
        assert len(in_text) == 3


@pytest.mark.parametrize("name", ["example/journal.en"])
def test_a_theme_is_the_head_of_all_its_sub_themes(name: str, pages: Path) -> None:
    tree = read(pages, name)
    (table,) = tree.xpath("//table[@id='tbl-themes']")
    known = {said(cell): heads for cell, heads in heads(table)}
    assert known["Exercising agency"] == {"Sub-themes", "The fluidity of the PW position"}
    assert [cell.get("rowspan") for cell in table.xpath(".//tbody//th")] == ["3", "3", "3"]


@pytest.mark.parametrize("name", [f"{study}/index" for study in DOCUMENTS])
def test_each_heading_and_link_of_the_index_has_its_own_name(name: str, pages: Path) -> None:
    tree = read(pages, name)
    documents = [said(heading) for heading in tree.xpath("//main//h2")]
    assert len(documents) == len(set(documents))
    links = tree.xpath("//main//a")
    names = [
        " ".join(said(tree.get_element_by_id(i)) for i in link.get("aria-labelledby").split())
        for link in links
    ]
    assert len(names) == len(set(names)) >= 3
    assert all(name.startswith(said(link)) for name, link in zip(names, links, strict=True))


LATIN = re.compile(r"\b(?![0-9a-f]{10}\b)[a-z]{3,}", re.ASCII)
"""A word, and not the fingerprint of a document."""
OTHER = re.compile(r"[\u0400-\u04ff]{3,}|[\u0600-\u06ff]{3,}")
UNWORDED = ("author", "name", "affiliation", "organisation")
"""Classes of what is the same in every language."""


def in_another_script(tree: HtmlElement, script: re.Pattern[str]) -> list[str]:
    """Words in a script that is not of the language that the page says they are in."""
    found = []
    for element in tree.xpath("//body//*"):
        for text in [element.text, *(child.tail for child in element)]:
            spoken = element.xpath("ancestor-or-self::*[@lang][1]")[0].get("lang")
            ours = spoken == tree.get("lang")
            named = element.xpath("ancestor-or-self::a[@href] | ancestor-or-self::code")
            kind = set((element.get("class") or "").split()) & set(UNWORDED)
            works = element.xpath("ancestor-or-self::*[@id='refs']")
            state = re.sub(r"\b[0-9a-f]{10}\b", "", text or "")  # that a document was built from
            if ours and not named and not kind and not works and script.search(state):
                found.append(text)
    return found


@pytest.mark.parametrize("name", [name for name in FINISHED if name.endswith((".uk", ".ar"))])
def test_words_in_latin_letters_say_their_language(name: str, pages: Path) -> None:
    tree = read(pages, name)
    assert in_another_script(tree, LATIN) == []


@pytest.mark.parametrize("name", [name for name in PAGES if not name.endswith((".uk", ".ar"))])
def test_words_in_other_letters_say_their_language(name: str, pages: Path) -> None:
    tree = read(pages, name)
    assert in_another_script(tree, OTHER) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_language_is_one(name: str, pages: Path) -> None:
    tree = read(pages, name)
    assert [code for code in tree.xpath("//@lang") if not languages.is_language(code)] == []


@pytest.mark.parametrize(
    ("name", "words", "code"),
    [
        ("example/journal.en", "Hva skjer med samproduksjonen", "nb"),
        ("example/journal.en", "Tid for handling", "nb-NO"),
        ("example/briefing.nb", "Empowered service users", "en"),
        ("example/lay.nn", "Empowered service users", "en"),
        ("languages/lay.uk", "left the lamp on", "en"),
        ("languages/lay.ar", "left the lamp on", "en"),
        ("drafts/lay.sv", "lamp", "en"),
        ("example/index", "norsk bokmål", "nb"),
        ("languages/index", "українська", "uk"),
    ],
)
def test_parts_in_another_language_say_so(name: str, words: str, code: str, pages: Path) -> None:
    tree = read(pages, name)
    element = next(
        e for e in tree.xpath("//main//*[text()]") if any(words in t for t in e.xpath("text()"))
    )
    assert element.xpath("ancestor-or-self::*[@lang][1]")[0].get("lang") == code


def in_order(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The nodes of an accessibility tree as they are read."""
    by_id = {node["nodeId"]: node for node in nodes}
    waiting = [nodes[0]]
    while waiting:
        node = waiting.pop()
        waiting += (by_id[child] for child in reversed(node["childIds"]) if child in by_id)
        if not node["ignored"]:
            yield node


def is_text(node: dict[str, Any]) -> bool:
    return bool(node["role"]["value"] == "StaticText")


@pytest.mark.chromium
@pytest.mark.parametrize("name", TEXTS)
def test_a_screen_reader_is_given_the_page_in_its_order(
    name: str, pages: Path, opened: Callable[..., Page]
) -> None:
    tree = read(pages, name)
    for bracket in tree.find_class("bracket"):  # beside the text an explanation needs none
        bracket.drop_tree()
    page = opened(name)
    session = page.context.new_cdp_session(page)
    nodes = list(in_order(session.send("Accessibility.getFullAXTree")["nodes"]))

    def named(*roles: str) -> list[str]:
        return [
            " ".join(str(n["name"]["value"]).split()) for n in nodes if n["role"]["value"] in roles
        ]

    def count(path: str) -> int:
        return len(tree.xpath(path))

    assert named("heading") == [said(h) for h in tree.xpath(HEADINGS)]
    assert [len(named(role)) for role in ("banner", "main", "contentinfo")] == [1, 1, 1]
    links = ("link", "doc-biblioref", "doc-noteref", "doc-backlink")
    assert len(named(*links)) == count("//a[@href]")
    assert "" not in named(*links, "image", "region", "navigation", "table")
    regions = count("//*[@role='region'] | //section[@aria-labelledby]")
    assert len(set(named("region"))) == len(named("region")) == regions
    assert len(named("image")) == count("//img")
    assert len(named("table")) == count("//table")
    assert len(named("columnheader")) == count("//th[@scope='col']")
    assert len(named("rowheader")) == count("//th[@scope='row']")
    assert len(named("blockquote")) == count("//blockquote")
    assert page.locator("img").evaluate_all("all => all.every((i) => i.naturalWidth > 0)")
    heard = "".join("".join(str(n["name"]["value"]).split()) for n in nodes if is_text(n))
    for bracket in tree.xpath("//*[@class='bracket']"):
        bracket.text = ""  # on a wide screen, what they hold stands in the margin
    for change in tree.xpath("//*[@data-change]"):  # said before its words, and not shown
        change.text = f"{change.get('data-change')}{change.text or ''}"
    at = 0
    for paragraph in tree.xpath("//body//p"):
        at = heard.index("".join(said(paragraph).split()), at)
