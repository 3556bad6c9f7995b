"""The example study's documents, read as they came out."""

import csv
import hashlib
import json
import re
import subprocess
import zipfile
from pathlib import Path

import docx as python_docx
import pikepdf
import pytest
from lxml import etree, html
from playwright.sync_api import Browser

from . import reading

ROOT = Path(__file__).parents[2]
DOCUMENTS = [
    "briefing.en.html", "briefing.en.pdf",
    "briefing.nb.html", "briefing.nb.pdf", "briefing.nn.html", "briefing.nn.pdf",
    "journal.en.docx", "journal.en.html", "journal.en.jats.xml", "journal.en.pdf",
    "lay.en.html", "lay.en.pdf",
    "lay.nb.html", "lay.nb.pdf", "lay.nn.html", "lay.nn.pdf",
    "reviewer.en.docx", "reviewer.en.pdf",
]  # fmt: skip
READERS = {".pdf": reading.pdf, ".docx": reading.docx, ".html": reading.web, ".xml": reading.jats}


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_there_are_eighteen_documents_and_a_page_to_open_them_from(output: Path) -> None:
    made = {p.name for p in output.iterdir() if p.is_file()}
    assert made == {*DOCUMENTS, "manifest.json", "index.html", "ro-crate-metadata.json"}
    assert {p.name for p in (output / "journal.en_files").iterdir()} == {
        "speakers.png",
        "timeline.png",
    }
    page = (output / "index.html").read_text("utf-8")
    assert sorted(re.findall(r'href="([^"]+)"', page)) == DOCUMENTS


@pytest.mark.parametrize("name", [n for n in DOCUMENTS if n.startswith(("journal", "reviewer"))])
def test_the_manuscript_holds_every_quote_word_for_word(output: Path, name: str) -> None:
    text = reading.plain(READERS[Path(name).suffix](output / name))
    quotes = rows("quotes.csv")
    assert len(quotes) == 44
    assert [q["quote"] for q in quotes if reading.plain(q["text"]) not in text] == []


def test_the_participants_of_the_table_sum_to_those_of_the_study(output: Path) -> None:
    document = python_docx.Document(str(output / "journal.en.docx"))
    table = next(t for t in document.tables if "FG1" in t.cell(1, 0).text)
    counts = [int(row.cells[-1].text) for row in table.rows[1:]]
    assert sum(counts[:-1]) == counts[-1] == len(rows("participants.csv")) == 48
    assert len(counts) - 1 == 11


@pytest.mark.parametrize("name", [n for n in DOCUMENTS if n.endswith(".pdf")])
def test_pdfs_are_tagged_titled_and_say_that_they_are_pdf_ua(output: Path, name: str) -> None:
    with pikepdf.open(output / name) as pdf:
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"]
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == name.split(".")[1]
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        fonts = {
            str(font.BaseFont).rpartition("+")[2]
            for page in pdf.pages
            for font in page.Resources.get("/Font", {}).values()
        }
    assert all(name.startswith(("SourceSans3", "SourceSerif4")) for name in fonts), fonts


def test_nothing_in_the_blinded_manuscript_tells_who_wrote_it(output: Path) -> None:
    secrets = ["åkerblom", "akerblom", "tritter", "hvl.no", "0000-0002-0610-3794", "fo298954",
               "0000-0001-6258-4628", "western norway", "nord university", "aston",
               "2024.2397471", "foundation dam", "kristina bakke", "jonathan q"]  # fmt: skip
    for name in ("reviewer.en.docx", "reviewer.en.pdf"):
        for words in everything_in(output / name):
            lowered = words.casefold()
            assert [s for s in secrets if s in lowered] == [], name


def everything_in(file: Path) -> list[str]:
    """The text, and what lies behind it: metadata, names of parts, attributes."""
    if file.suffix == ".docx":
        with zipfile.ZipFile(file) as package:
            names = package.namelist()
            return [*names, *(package.read(n).decode("utf-8", "replace") for n in names)]
    with pikepdf.open(file) as pdf:
        objects = [str(o) for o in pdf.objects]
        streams = [
            o.read_bytes().decode("utf-8", "replace")
            for o in pdf.objects
            if isinstance(o, pikepdf.Stream) and o.get("/Type") == "/Metadata"
        ]
    return [reading.pdf(file), *objects, *streams]


def test_the_blinded_manuscript_cites_the_authors_own_works_without_a_name(output: Path) -> None:
    text = reading.pdf(output / "reviewer.en.pdf")
    assert "Author 2022" in text or "Author 2023" in text
    assert "Details omitted for blind review" in text.replace("\r\n", " ")


def test_lines_are_numbered_and_doubly_spaced_for_reviewers(output: Path) -> None:
    document = python_docx.Document(str(output / "reviewer.en.docx"))
    assert all(s._sectPr.find("{*}lnNumType") is not None for s in document.sections)
    assert document.styles["Normal"].paragraph_format.line_spacing == 2.0
    assert document.styles["Body Text"].paragraph_format.line_spacing is None
    assert reading.lines_numbered(output / "reviewer.en.pdf") > 500


def test_the_lay_summary_names_no_participant(output: Path) -> None:
    ids = {row["participant"] for row in rows("participants.csv")}
    for name in ("lay.en.html", "lay.en.pdf", "briefing.en.html", "briefing.en.pdf"):
        words = set(re.findall(r"\w+", READERS[Path(name).suffix](output / name)))
        assert words & ids == set(), name


def test_the_lay_summary_is_as_short_as_it_should_be(output: Path) -> None:
    words = re.findall(r"\w+", reading.pdf(output / "lay.en.pdf"))
    assert 400 <= len(words) <= 850


def test_the_briefing_has_two_to_four_pages(output: Path) -> None:
    with pikepdf.open(output / "briefing.en.pdf") as pdf:
        assert 2 <= len(pdf.pages) <= 4


def test_html_is_one_file_that_asks_for_nothing(output: Path) -> None:
    for name in [n for n in DOCUMENTS if n.endswith(".html")]:
        text = (output / name).read_text("utf-8")
        wanted = re.findall(r'(?:src|href)="([^"#][^"]*)"', text)
        assert [
            w for w in wanted if not w.startswith(("data:", "https://", "http://", "mailto:"))
        ] == []
        assert not re.search(r'<(script|iframe|link rel="stylesheet" href="http)', text)
        assert not re.search(r'src="http', text)


def test_jats_names_its_pictures_beside_it(output: Path) -> None:
    tree = etree.fromstring((output / "journal.en.jats.xml").read_bytes())
    link = "{http://www.w3.org/1999/xlink}href"
    pictures = [graphic.get(link) for graphic in tree.iter("graphic")]
    assert pictures
    assert all((output / picture).is_file() for picture in pictures)


def test_the_manifest_is_true(output: Path) -> None:
    manifest = json.loads((output / "manifest.json").read_text("utf-8"))
    for path, sha256 in manifest["inputs"].items():
        assert hashlib.sha256((ROOT / path).read_bytes()).hexdigest() == sha256
    assert sorted(manifest["artifacts"]) == DOCUMENTS
    for name, entry in manifest["artifacts"].items():
        content = (output / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"]
        assert len(content) == entry["bytes"]
    for made in manifest["artifacts"].values():
        assert {"report", "pandoc", "typst", "Python", "pikepdf"} <= made["tools"].keys()
    assert "data/study.yml" in manifest["inputs"]
    assert "data/quotes.csv" not in manifest["inputs"]  # a small table can be guessed by its hash
    assert manifest["diagnostics"] == []


def test_every_document_says_which_state_it_was_built_from(output: Path) -> None:
    states: dict[tuple[str, ...], set[str]] = {}
    for name in DOCUMENTS:
        text = READERS[Path(name).suffix](output / name)
        found = re.search(r"(?:State|Versjon)\s+([0-9a-f]{10}),\s+2\.?\s+[Ss]eptember\s+2024", text)
        assert found, name
        states.setdefault(tuple(name.split(".")[:2]), set()).add(found[1])
    assert all(len(state) == 1 for state in states.values())
    assert len(set.union(*states.values())) == len(states)


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", [n for n in DOCUMENTS if n.endswith(".docx")])
def test_word_files_open_in_libreoffice(output: Path, tmp_path: Path, name: str) -> None:
    command = ["soffice", "--headless", f"-env:UserInstallation={tmp_path.as_uri()}/profile",
               "--convert-to", "pdf", "--outdir", str(tmp_path), str(output / name)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    text = reading.plain(reading.pdf(tmp_path / name.replace(".docx", ".pdf")))
    assert [q["quote"] for q in rows("quotes.csv") if reading.plain(q["text"]) not in text] == []


@pytest.mark.poppler
def test_poppler_reads_the_same_quotes(output: Path) -> None:
    command = ["pdftotext", str(output / "journal.en.pdf"), "-"]
    pages = subprocess.run(command, check=True, capture_output=True).stdout.decode().split("\f")
    text = reading.plain(reading.running_text(pages))
    missing = [q["quote"] for q in rows("quotes.csv") if reading.plain(q["text"]) not in text]
    assert missing == []


@pytest.mark.chromium
@pytest.mark.parametrize("name", [n for n in DOCUMENTS if n.endswith(".html")])
def test_a_browser_shows_the_whole_page(
    output: Path, browser: Browser, tmp_path: Path, name: str
) -> None:
    """Printed by a browser that may not reach anything, a page is all there."""
    page = browser.new_page()
    page.goto((output / name).as_uri())
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    page.close()
    with pikepdf.open(tmp_path / "page.pdf") as pdf:
        fonts = {
            str(font.BaseFont).rpartition("+")[2]
            for page in pdf.pages
            for font in page.Resources.get("/Font", {}).values()
        }
    assert any(font.startswith("SourceSans3") for font in fonts)
    printed = reading.plain(reading.pdf(tmp_path / "page.pdf"))
    paragraphs = html.fromstring((output / name).read_bytes()).xpath("//main//p")
    assert len(paragraphs) > 15
    words = [paragraph.text_content() for paragraph in paragraphs]
    assert [said for said in words if reading.plain(said) not in printed] == []
