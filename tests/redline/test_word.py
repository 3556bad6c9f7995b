"""Tracked changes in Word documents, one kind of change a case."""

import io
import re
from datetime import UTC, datetime

import docx
import pytest
from lxml import etree

from report.redline import word
from report.renderers.word_parts import parts_of
from tests.redline import tracked
from tests.redline.cases import CASES
from tests.redline.made import EPOCH, RENDERER, document, made
from tests.redline.tracked import W


def both(old: str, new: str) -> tuple[bytes, bytes, bytes]:
    before, after = made(old, "docx"), made(new, "docx")
    return before, after, word.redlined(before, after, epoch=EPOCH)


def is_true(before: bytes, after: bytes, redline: bytes) -> None:
    assert tracked.shown(tracked.accepted(redline)) == tracked.shown(after)
    assert tracked.shown(tracked.refused(redline)) == tracked.shown(before)


def root(content: bytes) -> etree._Element:
    return etree.fromstring(parts_of(content)["word/document.xml"])


def words(content: bytes, tag: str) -> list[str]:
    return [
        "".join(t.text or "" for t in mark.iter(f"{W}t", f"{W}delText"))
        for mark in root(content).iter(f"{W}{tag}")
        if len(mark)
    ]


@pytest.mark.parametrize("case", CASES)
def test_accepted_it_is_the_new_document_refused_the_old(case: str) -> None:
    before, after, redline = both(*CASES[case])
    assert tracked.shown(before) != tracked.shown(after)
    is_true(before, after, redline)
    assert redline == word.redlined(before, after, epoch=EPOCH)
    docx.Document(io.BytesIO(redline))  # it opens


def test_words_are_marked_and_no_paragraphs() -> None:
    _, _, redline = both("It has 48 people, and goes on.", "It has 47 people, and goes on.")
    assert words(redline, "ins") == ["47"]
    assert words(redline, "del") == ["48"]


def test_changes_bear_a_name_and_the_day_of_the_document() -> None:
    _, _, redline = both("It is one thing.", "It is another thing.")
    marks = list(root(redline).iter(f"{W}ins", f"{W}del"))
    assert {mark.get(f"{W}author") for mark in marks} == {word.AUTHOR}
    day = datetime.fromtimestamp(EPOCH, UTC)
    assert {mark.get(f"{W}date") for mark in marks} == {day.strftime("%Y-%m-%dT%H:%M:%SZ")}
    ids = [mark.get(f"{W}id") for mark in marks]
    assert len(set(ids)) == len(ids)


def test_a_row_is_marked_as_a_row() -> None:
    _, _, redline = both(*CASES["row gone"])
    rows = list(root(redline).iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}del") is not None for row in rows] == [False, False, True, False]


def test_a_link_or_a_field_is_changed_as_a_whole() -> None:
    _, _, redline = both(*CASES["link"])
    assert words(redline, "del") == ["here"]
    assert words(redline, "ins") == ["there"]
    for link in root(redline).iter(f"{W}hyperlink"):
        assert not list(link.iterancestors(f"{W}ins", f"{W}del"))  # the standard forbids it


def test_what_went_has_its_own_words_for_text_and_fields() -> None:
    """Word will not open a deletion with w:t in it."""
    for case in CASES.values():
        _, _, redline = both(*case)
        for gone in root(redline).iter(f"{W}del"):
            assert not list(gone.iter(f"{W}t", f"{W}instrText"))
        for came in root(redline).iter(f"{W}ins"):
            assert not list(came.iter(f"{W}delText", f"{W}delInstrText"))


def test_no_id_is_there_twice_and_none_leads_nowhere() -> None:
    for case in CASES.values():
        _, _, redline = both(*case)
        parts = parts_of(redline)
        marks = [n.get(f"{W}id") for n in root(redline).iter(f"{W}bookmarkStart")]
        names = [n.get(f"{W}name") for n in root(redline).iter(f"{W}bookmarkStart")]
        ends = [n.get(f"{W}id") for n in root(redline).iter(f"{W}bookmarkEnd")]
        assert len(set(marks)) == len(marks)
        assert len(set(names)) == len(names)
        assert sorted(marks) == sorted(ends)
        for name in ("document", "footnotes"):
            listed = parts.get(f"word/_rels/{name}.xml.rels", b"<x/>")
            known = {one.get("Id") for one in etree.fromstring(listed)}
            text = parts[f"word/{name}.xml"].decode()
            assert set(re.findall(r'r:(?:id|embed)="(.*?)"', text)) <= known
        for one in etree.fromstring(parts["word/_rels/document.xml.rels"]):
            if one.get("TargetMode") != "External":
                assert f"word/{one.get('Target')}" in parts
        notes = {n.get(f"{W}id") for n in etree.fromstring(parts["word/footnotes.xml"])}
        used = {n.get(f"{W}id") for n in root(redline).iter(f"{W}footnoteReference")}
        assert used <= notes


def test_words_that_look_like_marks_are_words() -> None:
    hostile = (
        r"It is \[old\]\{.deletion\} and \<del\>kept\</del\> and \[x\]\{.insertion author=\"me\"\}."
    )
    before, after, redline = both(hostile, f"{hostile} It goes on.")
    is_true(before, after, redline)
    assert words(redline, "ins") == [" It goes on."]
    assert words(redline, "del") == []


def test_front_matter_is_marked() -> None:
    def file(title: str, more: str) -> bytes:
        front = (
            f"subtitle: 'Of {more}'\nabstract: 'It tells of {more} and of trust.'\n"
            f"keywords: ['{more}', 'trust']\nauthor:\n  - name: {{literal: 'Ada {more}'}}\n"
        )
        return RENDERER.render(document("It is here.", title=title, front=front), "docx").content

    before, after = file("A study of trust", "people"), file("A study of doubt", "others")
    redline = word.redlined(before, after, epoch=EPOCH)
    is_true(before, after, redline)
    assert "doubt" in words(redline, "ins")
    assert "trust" in words(redline, "del")


def test_a_citation_changes_the_works_cited_too() -> None:
    works = "".join(
        f"@book{{{key}, author = {{{key.title()}, Ann}}, title = {{Of {key}}}, year = {{20{n}}}}}\n"
        for n, key in enumerate(("trust", "doubt", "hope"), start=10)
    )
    front = "bibliography: refs.bib\nlink-citations: true\n"

    def file(body: str) -> bytes:
        made_of = document(body, front=front, assets={"refs.bib": works.encode()})
        return RENDERER.render(made_of, "docx").content

    before = file("It was said [@trust]. It is so [@hope].")
    after = file("It was said [@trust; @doubt]. It is so.")
    redline = word.redlined(before, after, epoch=EPOCH)
    is_true(before, after, redline)
    assert any("Doubt, Ann" in said for said in words(redline, "ins"))
    assert any("Hope, Ann" in said for said in words(redline, "del"))


def test_a_picture_that_changed_is_there_twice() -> None:
    def file(content: bytes) -> bytes:
        import matplotlib.pyplot as plt

        drawn = io.BytesIO()
        figure = plt.figure(figsize=(1, 1))
        figure.text(0, 0, content.decode())
        figure.savefig(drawn, format="png")
        plt.close(figure)
        assets = {"f/one.png": drawn.getvalue()}
        body = 'It is in @fig-one.\n\n![Who.](f/one){#fig-one fig-alt="Dots."}'
        return RENDERER.render(document(body, assets=assets), "docx").content

    before, after = file(b"a"), file(b"b")
    redline = word.redlined(before, after, epoch=EPOCH)
    is_true(before, after, redline)
    media = [name for name in parts_of(redline) if name.startswith("word/media/")]
    assert len(media) == 2
    assert words(redline, "ins") == words(redline, "del") == [""]


@pytest.mark.parametrize("look", ["manuscript", "review", "briefing", "lay"])
def test_in_every_look(look: str) -> None:
    def file(words: str) -> bytes:
        body = (
            f"::: {{.key-messages}}\n# In short\n\n- It is {words}.\n- It was told.\n:::\n\n"
            f"# What was found\n\nIt is [{words}]{{.term}}.\n\n"
            f"::: {{.pull-quote}}\n> It is {words}\n>\n> [A nurse]{{.attribution}}\n:::\n"
        )
        return RENDERER.render(document(body, look=look), "docx").content

    before, after = file("one thing"), file("another thing")
    redline = word.redlined(before, after, epoch=EPOCH)
    is_true(before, after, redline)
    assert words(redline, "ins") == ["another"] * 3


def test_from_right_to_left() -> None:
    def file(body: str) -> bytes:
        return RENDERER.render(document(body, language="ar"), "docx").content

    before, after = file("ذهب إلى البيت.\n\nثم عاد."), file("ذهب إلى العمل.\n\nجاء آخر.\n\nثم عاد.")
    redline = word.redlined(before, after, epoch=EPOCH)
    is_true(before, after, redline)
    assert words(redline, "del") == ["البيت"]
    assert all(p.find(f"{W}pPr/{W}bidi") is not None for p in root(redline).iter(f"{W}p"))
