"""The whole example in a made-up language: accented, and 40 per cent longer. What is not in it was
not extracted, and what is too long for its place shows."""

import csv
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from lxml import html
from playwright.sync_api import Browser

from report.build import build
from report.config import example, settings
from report.model.diagnostic import Severity
from report.translate.extract import extract
from tests.built import once

from . import reading

CODE = "de"  # a language with words for its numbers and dates, and hyphens
ACCENTED = str.maketrans("aeiouyAEIOUYcnszCNSZ", "åéíöüýÅÉÍÖÜÝçñšžÇÑŠŽ")
KEPT = re.compile(
    r"(\{\{.*?\}\}|%\(\w+\)s|@[\w:.-]*\w|\]\([^)]*\)|\]\{[^}]*\}|\[\^\w+\])", re.DOTALL
)
NAMES = (
    "kristina bakke åkerblom jonathan quetzal tritter krbaa hvl orcid org https doi html pdf "
    "public management review covid abc"
)
SPOKEN = "žåüö"
"""What makes quotes longer, and no other text: the gate would find a run of it there."""
COUNTED = re.compile(r"counted\([^)]*\)")


def pseudo(text: str, more: str = "öüåž") -> str:
    """The text with accents, made longer by `more`; what is filled in stays."""
    parts = KEPT.split(text)
    said = "".join(part if n % 2 else part.translate(ACCENTED) for n, part in enumerate(parts))
    letters = len(re.findall(r"[^\W\d_]", "".join(parts[::2])))
    return f"{said}{f' {more}' * max(round(letters * 0.4 / 5), 1)}" if letters else text


def in_expressions(text: str) -> str:
    """The words that prose hands to an expression, translated as well."""
    text = re.sub(r'(term\(")([^"]+)', lambda f: f[1] + pseudo(f[2]), text)
    return COUNTED.sub(lambda f: f"counted{f[0].removeprefix('counted').translate(ACCENTED)}", text)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "pseudo", make) / "_output"


def make(folder: Path) -> None:
    shutil.copytree(example() / "data", folder / "data")
    wishes = folder / "data" / "audiences.yml"
    text = re.sub(r"abstract_languages: \[nb\]", f"languages: [{CODE}]", wishes.read_text("utf-8"))
    text = re.sub(r"languages: \[en, nb, nn\]", f"languages: [{CODE}]", text)
    text = text.replace("reviewer:\n", f"reviewer:\n    languages: [{CODE}]\n")
    wishes.write_text(text, "utf-8")
    assert not extract(settings(folder)).failed
    for path in (f"data/locale/{CODE}.po", f"templates/locale/{CODE}.po"):
        catalogue = polib.pofile(str(folder / path), encoding="utf-8")
        for entry in catalogue:
            fill(entry)
        catalogue.save()
    table = folder / "data" / "quote_translations.csv"
    with table.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["language"] == CODE]
    with (folder / "data" / "quotes.csv").open(encoding="utf-8", newline="") as file:
        quotes = {row["quote"]: row["text"] for row in csv.DictReader(file)}
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows({**row, "text": pseudo(quotes[row["quote"]], SPOKEN)} for row in rows)
    built = build(settings(folder))
    assert not built.failed, [str(d) for d in built.diagnostics if d.severity is Severity.ERROR]


def fill(entry: polib.POEntry) -> None:
    if entry.msgid_plural:
        entry.msgstr_plural = {0: pseudo(entry.msgid), 1: pseudo(entry.msgid_plural)}
    elif (entry.msgctxt or "").startswith("glossary.yml") and ".plain" not in entry.msgctxt:
        entry.msgstr = "; ".join(pseudo(form) for form in entry.msgid.split("; "))
    else:
        entry.msgstr = pseudo(in_expressions(entry.msgid))


def plain_words(file: Path) -> Iterator[str]:
    """Words without an accent, of those that are long enough to have had a letter that gets one."""
    page = html.fromstring(file.read_bytes())
    for element in page.xpath(
        "//style | //body//*[@lang='en'] | //*[@id='refs'] | //*[contains(@class, 'citation')]"
        " | //a[starts-with(@href, 'mailto') or contains(@href, '://')]"
    ):
        element.drop_tree()
    spoken = page.xpath("//@alt | //@aria-label | //@title")
    for word in re.findall(r"[^\W\d_]{3,}", f"{page.text_content()} {' '.join(spoken)}"):
        if word.translate(ACCENTED) != word and not set(word) & set("åéíöüýÅÉÍÖÜÝçñšžÇÑŠŽ"):
            yield word.casefold()


@pytest.mark.parametrize("name", ["journal", "briefing", "lay"])
def test_everything_was_extracted(made: Path, name: str) -> None:
    left = set(plain_words(made / f"{name}.{CODE}.html")) - set(NAMES.split())
    german = set((Path(__file__).parent / "german.txt").read_text("utf-8").split())
    numbers = re.compile(r"(?:ein|zwei|drei|vier|fünf|sech|sieb|acht|neun|zehn|elf|zwölf)\w*")
    fingerprint = re.compile(r"[a-f]+")
    shown = {w for w in left - german if not (numbers.match(w) or fingerprint.fullmatch(w))}
    assert shown == set()


@pytest.mark.poppler
@pytest.mark.parametrize("name", ["journal", "reviewer", "briefing", "lay"])
def test_nothing_runs_over_the_edge_of_a_page(made: Path, name: str) -> None:
    command = ["pdftotext", "-bbox", str(made / f"{name}.{CODE}.pdf"), "-"]
    tree = html.fromstring(subprocess.run(command, capture_output=True, check=True).stdout)
    for page in tree.xpath("//page"):
        width, height = float(page.get("width")), float(page.get("height"))
        for word in page.xpath(".//word"):
            inside = float(word.get("xmin")) >= 20 and float(word.get("xmax")) <= width - 20
            assert inside, (name, word.text)
            assert float(word.get("ymax")) <= height - 10, (name, word.text)


@pytest.mark.chromium
@pytest.mark.parametrize("name", ["journal", "briefing", "lay"])
def test_no_web_page_is_wider_than_a_telephone(made: Path, name: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 900})
    page.goto((made / f"{name}.{CODE}.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.close()


def test_the_pages_are_not_empty(made: Path) -> None:
    assert len(reading.pdf(made / f"journal.{CODE}.pdf")) > 60000
