"""BibTeX as Zotero, JabRef and people write it."""

import pytest

from report.model.diagnostic import Diagnostic
from report.model.reference import Reference
from report.sources import bibtex

ZOTERO = r"""
@comment{jabref-meta: databaseType:bibtex;}
@string{jmh = "Journal of " # mh}
@string{mh = {Mental Health}}

@article{akerblom2024,
	title = {Empowered {Service} users},
	author = {{\AA}kerblom, Kristina and M{\"u}ller, J{\o}rn},
	journal = jmh # " (Oslo)",
	year = 2024,
}
Text between entries is nothing.
@book{b,title="In quotation marks"}
"""


def parse(text: str) -> tuple[tuple[Reference, ...], list[Diagnostic]]:
    return bibtex.parse(text.encode(), "t.bib")


def test_zoteros_export() -> None:
    (article, book), problems = parse(ZOTERO)
    assert problems == []
    assert (article.key, article.kind, str(article.location)) == (
        *("akerblom2024", "article"),
        "t.bib:6:1",
    )
    assert article.fields["title"] == "Empowered {Service} users"
    assert article.fields["year"] == "2024"
    assert book.fields["title"] == "In quotation marks"


def test_accents_are_letters_so_that_blinding_knows_the_authors() -> None:
    (article, _), _ = parse(ZOTERO)
    assert "Åkerblom, Kristina and M" in article.fields["author"].replace("{", "").replace("}", "")
    assert "ü" in article.fields["author"]


def test_an_entry_brings_the_abbreviations_that_it_uses() -> None:
    (article, book), _ = parse(ZOTERO)
    assert article.fields["journal"] == "Journal of Mental Health (Oslo)"
    assert article.source.index("@string{mh") < article.source.index("@string{jmh")
    assert "@string" not in book.source


def test_abbreviations_that_go_round_in_circles_end() -> None:
    parse("@string{a = b}\n@string{b = a # a}\n@misc{x, title = a}\n")


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("@misc{a, title={x}}\n@misc{a, title={y}}\n", "duplicate-reference", 2),
        ("@misc{a, title={x\n@misc{b, title={y}}\n", "invalid-bibtex", 1),
        ("@misc{a, title={x}, title={y}}\n", "invalid-bibtex", 1),
        ("@misc{, title={x}}\n", "invalid-bibtex", 1),
        ("@misc{a b, title={x}}\n", "invalid-bibtex", 1),
    ],
)
def test_a_broken_entry_is_told_of(text: str, code: str, line: int) -> None:
    _, problems = parse(text)
    assert [(p.code, p.location.line) for p in problems] == [(code, line)]


def test_a_broken_entry_stays_citable() -> None:
    references, _ = parse("@misc{a, title={x\n@misc{b, title={y}}\n")
    assert [reference.key for reference in references] == ["a", "b"]


def test_no_text_is_told_of() -> None:
    _, problems = bibtex.parse(b"\x00\x01", "t.bib")
    assert [p.code for p in problems] == ["not-text"]
    assert bibtex.parse(b"", "t.bib") == ((), [])
