"""What real Quartos were heard to say, and what becomes of it."""

import pytest

from report.model.diagnostic import Severity
from report.model.document import Document
from report.renderers.quarto_messages import diagnostics, place, plain

SAID = """\
\x1b[1mpandoc \x1b[22m
  to: html
\x1b[1mmetadata\x1b[22m
[WARNING] Div at line 4 column 1 unclosed at line 9 column 1, closing implicitly.
\x1b[33mWARNING (/opt/quarto/share/filters/main.lua:14920) Unable to resolve crossref @tbl-none
\x1b[39m[WARNING] Citeproc: citation nobody2020 not found
[WARNING] Could not fetch resource away.png: replacing image with description
WARN: PDF standard validation requested but verapdf is not installed.
Install with: quarto install verapdf
\x1b[33mWARN: A thing that we do not know\x1b[39m

Output created: x.html
"""


def test_each_kind_of_warning_is_heard(document: Document) -> None:
    found = list(diagnostics(SAID, document))
    assert [(d.code, d.severity) for d in found] == [
        ("quarto-warning", Severity.WARNING),
        ("unknown-crossref", Severity.ERROR),
        ("unknown-citation", Severity.ERROR),
        ("missing-picture", Severity.ERROR),
        ("quarto-warning", Severity.WARNING),
    ]
    assert found[0].message == "lay.en: Quarto warns: Div unclosed, closing implicitly."
    assert found[2].message == "lay.en: Quarto found no work @nobody2020"
    assert found[3].message == "lay.en: Quarto found no file away.png"
    assert found[4].message == "lay.en: Quarto warns: A thing that we do not know"
    assert all("\x1b" not in d.message for d in found)


def test_a_line_of_pandocs_is_one_of_the_document(document: Document) -> None:
    first, *_ = diagnostics(SAID, document)
    # pandoc's line 4 is the third of the body: one line stands for the front matter
    body = document.text.split("\n---\n", 1)[1].splitlines()
    assert document.text.splitlines()[first.location.line - 1] == body[2]


def test_silence_is_no_warning(document: Document) -> None:
    assert list(diagnostics("pandoc\n  to: html\n\nOutput created: x.html\n", document)) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("In file composed/lay.en.qmd\n(line 20, columns 6--11) Field", ("lay.en.qmd", 14)),
        ("In file lay.en.qmd\n(lines 20--22, columns 6--11) Field", ("lay.en.qmd", 14)),
        ("In file lay.en.qmd\n(line 3, columns 1--2) in what report added", None),
        ("In file _quarto.yml\n(line 9, columns 8--12) Field toc", ("_quarto.yml", 9)),
        ("In file _quarto-lay.yml\n(line 9, columns 8--12) Field", ("_quarto-lay.yml", 9)),
        ("In file other.yml\n(line 20, columns 1--2)", None),
        ("(line 20, columns 1--2) of no file", None),
        ("no place", None),
    ],
)
def test_the_place_of_an_error(
    said: str, expected: tuple[str, int] | None, document: Document
) -> None:
    at = place(said, document, added=6)
    assert (at and (at.path, at.line)) == expected


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Could not fetch resource my pic.png: replacing image with description", "my pic.png"),
        ("Could not fetch resource C:\\x\\a.png: replacing image with description", "C:\\x\\a.png"),
        ("Could not find image 'a.png'", "a.png"),
        (
            "Could not fetch resource https://x.y/css2?f=A&b: HttpException {",
            "https://x.y/css2?f=A&b",
        ),
    ],
)
def test_a_file_is_named_whole(said: str, name: str, document: Document) -> None:
    (found,) = diagnostics(f"[WARNING] {said}\n", document)
    assert name in found.message
    assert ": replacing" not in found.message


def test_a_name_is_not_found_in_a_longer_one() -> None:
    text = "---\ntitle: x\n---\n\n@tbl-ab and\n\n@tbl-a.\n"
    document = Document("lay.en", "lay", text, "en", "lay", 0)
    (found,) = diagnostics("WARNING (/m.lua:1) Unable to resolve crossref @tbl-a\n", document)
    assert found.location.line == 7


def test_traces_of_quartos_own_code_are_left_out() -> None:
    said = "ERROR: broken\n\nStack trace:\n    at f (file:///q.js:1:2)\n    at async g\nMore.\n"
    assert plain(said) == "ERROR: broken\n\nMore.\n"
