"""What real Quartos were heard to say, and what becomes of it."""

import pytest

from report.model.diagnostic import Severity
from report.model.document import Document
from report.renderers.quarto_messages import diagnostics, line, plain

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
        ("In file x.qmd\n(line 20, columns 6--11) Field", 14),
        ("In file x.qmd\n(lines 20--22, columns 6--11) Field", 14),
        ("(line 3, columns 1--2) in what report added", 0),
        ("no place", 0),
    ],
)
def test_the_line_of_an_error_is_that_before_ours_were_added(said: str, expected: int) -> None:
    assert line(said, added=6) == expected


def test_traces_of_quartos_own_code_are_left_out() -> None:
    said = "ERROR: broken\n\nStack trace:\n    at f (file:///q.js:1:2)\n    at async g\nMore.\n"
    assert plain(said) == "ERROR: broken\n\nMore.\n"
