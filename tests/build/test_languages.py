"""A small study in English, Ukrainian and Arabic: three scripts, two directions, many plurals."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pikepdf
import polib
import pytest
from lxml import etree, html

from report.compose import words
from tests.built import STUDIES, Built, in_three_scripts

from . import reading

OVERLAY = STUDIES / "languages"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
AUDIENCES = {"journal": "html pdf", "briefing": "html pdf", "lay": "html pdf docx"}
TRANSLATED = [
    f"{audience}.{code}.{form}"
    for audience, forms in AUDIENCES.items()
    for code in ("uk", "ar")
    for form in forms.split()
]
READERS = {".pdf": reading.pdf, ".docx": reading.docx, ".html": reading.web}
PLURALS = {"uk": 3, "ar": 6}


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return in_three_scripts(tmp_path_factory.mktemp("languages") / "study")


@pytest.fixture(scope="module")
def documents(built: Built) -> Path:
    """The study's documents."""
    return built("languages")


def report(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "report", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def page(documents: Path, name: str) -> html.HtmlElement:
    return html.fromstring((documents / f"{name}.html").read_bytes())


def text(file: Path) -> str:
    """The words in one line. PDFs say where a word was broken, or may be."""
    said = READERS[file.suffix](file).replace("\ufffe", "").replace("\u00ad", "")
    return " ".join(said.split())


def sentences(study: Path) -> list[str]:
    """What the study says in plain English: the parts around expressions and Markdown's marks.
    A name is the same in all languages."""
    files = [f for f in sorted((study / "data" / "text").rglob("*.md")) if f.stem != "made-by"]
    parts = [
        " ".join(part.split()).strip(" .:")
        for file in files
        for part in re.split(r"\{\{.*?\}\}|\[@.*?\]|\*\*|^- |\n\n", file.read_text("utf-8"))
    ]
    return [part for part in parts if " " in part]


def test_the_catalogues_are_up_to_date(study: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(study, tmp_path / "study")
    done = report("translate", "extract", "--study", copy)
    assert (done.returncode, done.stdout) == (0, "Nothing has changed.\n"), done.stderr


@pytest.mark.parametrize("code", PLURALS)
def test_each_plural_form_is_there(code: str) -> None:
    catalogue = polib.pofile(str(OVERLAY / "templates" / "locale" / f"{code}.po"))
    counting = [entry for entry in catalogue.translated_entries() if entry.msgid_plural]
    assert len(counting) >= 7
    assert {len(entry.msgstr_plural) for entry in counting} == {PLURALS[code]}


@pytest.mark.parametrize("name", [n for n in TRANSLATED if n.endswith(".html")])
def test_a_page_says_its_language_and_direction(documents: Path, name: str) -> None:
    root = page(documents, name.removesuffix(".html"))
    code = name.split(".")[1]
    assert root.get("lang") == code
    assert root.get("dir") == ("rtl" if code == "ar" else None)


@pytest.mark.parametrize("name", TRANSLATED)
def test_no_english_sentence_is_left(study: Path, documents: Path, name: str) -> None:
    known = sentences(study)
    english = text(documents / "lay.en.html")
    assert len([said for said in known if said in english]) >= 6
    shown = text(documents / name)
    assert [said for said in known if said in shown] == []
    assert "[en" not in shown


@pytest.mark.parametrize(("code", "direction"), [("uk", None), ("ar", "ltr")])
def test_a_passage_in_english_says_that_it_is(
    documents: Path, code: str, direction: str | None
) -> None:
    (passage,) = page(documents, f"lay.{code}").xpath("//*[@lang='en']")
    assert re.search(r"Somebody said .Sleep well. and left the lamp on", passage.text_content())
    assert passage.get("dir") == direction


def test_quotation_marks_inside_a_quote_are_those_of_the_language(documents: Path) -> None:
    assert "Хтось сказав: «Добраніч» – і залишив" in text(documents / "lay.uk.html")
    assert "قال لي أحدهم «نومًا هنيئًا» وترك" in text(documents / "lay.ar.html")


@pytest.mark.parametrize("name", [n for n in TRANSLATED if n.endswith(".pdf")])
def test_a_pdf_says_its_language(documents: Path, name: str) -> None:
    with pikepdf.open(documents / name) as pdf:
        assert str(pdf.Root.Lang) == name.split(".")[1]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("lay.uk.pdf", "На наші запитання відповіли чотири людини."),
        ("lay.uk.pdf", "Лампа допомагає у відділенні (частина лікарні):"),
        ("journal.uk.pdf", "Загалом участь узяли чотири учасники (два сеанси фокус-групи)"),
        ("journal.ar.html", "شارك في الدراسة أربعة أشخاص (لقاءان لمجموعتي تركيز)"),
        ("lay.ar.html", "أجاب عن أسئلتنا أربعة أشخاص."),
        ("lay.ar.docx", "أجاب عن أسئلتنا أربعة أشخاص."),
    ],
)
def test_sentences_are_whole_and_count_in_the_right_form(
    documents: Path, name: str, said: str
) -> None:
    assert said in text(documents / name)


def test_arabic_letters_of_a_pdf_are_those_of_the_added_font(documents: Path) -> None:
    with pikepdf.open(documents / "lay.ar.pdf") as pdf:
        fonts = {
            str(font.BaseFont).rpartition("+")[2]
            for page in pdf.pages
            for font in page.Resources.get("/Font", {}).values()
        }
    assert {"DejaVuSans", "DejaVuSans-Bold"} <= fonts


def test_a_word_file_in_arabic_runs_from_right_to_left(documents: Path) -> None:
    with zipfile.ZipFile(documents / "lay.ar.docx") as package:
        body = etree.fromstring(package.read("word/document.xml"))
        styles = etree.fromstring(package.read("word/styles.xml"))
    paragraphs = list(body.iter(f"{W}p"))
    assert len(paragraphs) > 20
    assert [p for p in paragraphs if p.find(f"{W}pPr/{W}bidi") is None] == []
    arabic = [run for run in body.iter(f"{W}r") if re.search("[ء-ي]", "".join(run.itertext()))]
    assert len(arabic) > 20
    assert [run for run in arabic if run.find(f"{W}rPr/{W}rtl") is None] == []
    (english,) = [run for run in body.iter(f"{W}r") if "Sleep well" in "".join(run.itertext())]
    assert english.find(f"{W}rPr/{W}rtl") is None
    assert english.find(f"{W}rPr/{W}lang").get(f"{W}val") == "en"
    assert styles.find(f".//{W}rPrDefault//{W}lang").get(f"{W}bidi") == "ar"


def test_a_word_file_in_ukrainian_says_so(documents: Path) -> None:
    with zipfile.ZipFile(documents / "lay.uk.docx") as package:
        body = etree.fromstring(package.read("word/document.xml"))
        styles = etree.fromstring(package.read("word/styles.xml"))
    assert list(body.iter(f"{W}bidi")) == []
    assert styles.find(f".//{W}rPrDefault//{W}lang").get(f"{W}val") == "uk"


@pytest.mark.parametrize("code", PLURALS)
def test_all_that_is_shown_is_translated(study: Path, code: str) -> None:
    done = report("translate", "status", "--study", study, "--json")
    assert done.returncode == 0, done.stderr
    found = {
        line["of"]: (line["percent"], line["fuzzy"], line["missing"])
        for line in json.loads(done.stdout)["status"]
        if line["language"] == code
    }
    shown = [f"{audience}{kind}" for audience in AUDIENCES for kind in ("", ": quotes")]
    assert {of: found[of] for of in shown} == dict.fromkeys(shown, (100.0, 0, 0))


@pytest.mark.parametrize(
    ("code", "forms", "expected"),
    [
        (
            "ar",
            ("صفرًا", "شخص", "شخصان", "أشخاص", "شخصًا", "مئةً"),
            {
                0: "صفرًا",
                1: "شخص",
                2: "شخصان",
                3: "أشخاص",
                11: "شخصًا",
                100: "مئةً",
                103: "أشخاص",
            },
        ),
        (
            "uk",
            ("людина", "людини", "людей"),
            {0: "людей", 1: "людина", 2: "людини", 5: "людей", 11: "людей", 21: "людина"},
        ),
    ],
)
def test_the_form_goes_by_the_rules_of_the_language(
    code: str, forms: tuple[str, ...], expected: dict[int, str]
) -> None:
    said = {n: words.counted(n, forms, code).rpartition(" ")[2] for n in expected}
    assert said == expected
