"""Another word processor opens the documents, counts anew, and keeps what makes them workable."""

import re
import subprocess
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from tests.build import reading
from tests.word.conftest import ENGLISH, style_of

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.parametrize(
        "name", [*(f"example/{name}" for name in ENGLISH), "example/lay.nn", "languages/journal.ar"]
    ),
]


def converted(file: Path, to: str, folder: Path) -> Path:
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", to, "--outdir", folder, file],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    return folder / f"{file.stem}.{to}"


def said(file: Path) -> list[str]:
    """The paragraphs outside of tables as they were stored, results of fields too."""
    return [
        re.sub(r"\s+", " ", p.text).strip()
        for p in docx.Document(str(file)).paragraphs
        if not style_of(p).name.startswith("Bibliography")
    ]


def numbers(file: Path) -> list[str]:
    """What the headings' list must come to, counted by hand."""
    counts, found = [0] * 6, []
    for p in docx.Document(str(file)).paragraphs:
        match = re.fullmatch(r"Heading (\d)", style_of(p).name)
        if match and style_of(p).element.find(f".//{qn('w:numId')}") is not None:
            level = int(match[1])
            counts[level - 1 :] = [counts[level - 1] + 1] + [0] * (6 - level)
            found.append(".".join(map(str, counts[:level])) + " " + p.text)
    return found


def test_counted_anew_the_pages_say_what_was_stored(file: Path, name: str, tmp_path: Path) -> None:
    pages = reading.plain(reading.pdf(converted(file, "pdf", tmp_path)))
    if name.endswith(".ar"):  # letters of a page are stored in the order that they are drawn
        assert len(pages) > 500
        return
    for heading in numbers(file):
        assert reading.plain(heading) in pages
    for paragraph in docx.Document(str(file)).paragraphs:
        if list(paragraph._p.iter(qn("w:instrText"))):  # a caption, or a text that refers to one
            assert reading.plain(paragraph.text) in pages


def test_there_and_back_structure_is_kept(file: Path, tmp_path: Path) -> None:
    odt = converted(file, "odt", tmp_path)
    again = converted(odt, "docx", tmp_path)
    assert said(again) == said(file)
    before, after = docx.Document(str(file)), docx.Document(str(again))

    def styles(document: docx.document.Document, prefix: str) -> list[str]:
        return [p.text for p in document.paragraphs if style_of(p).name.startswith(prefix)]

    for prefix in ("Heading", "Unnumbered Heading", "Title"):
        assert styles(after, prefix) == styles(before, prefix)
    captions = [p.text for p in before.paragraphs if style_of(p).name == "Caption"]
    assert len(captions) == sum("SEQ" in c.text for c in after.element.body.iter(qn("w:instrText")))
    for one, other in zip(before.tables, after.tables, strict=True):
        assert [[c.text for c in r.cells] for r in one.rows] == [
            [c.text for c in r.cells] for r in other.rows
        ]
        row = other.rows[0]._tr.trPr
        assert row is not None
        assert row.find(qn("w:tblHeader")) is not None
