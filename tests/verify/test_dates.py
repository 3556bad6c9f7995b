"""SOURCE_DATE_EPOCH is the only clock: every date in every file follows it."""

import json
import re
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from lxml import etree

from report.build import build
from report.config import settings
from tests.build import reading

BASE = Path(__file__).parents[1] / "studies" / "base"
EPOCH = 1_000_000_000  # 9 September 2001, 01:46:40
DAY = "2001-09-09"
THIS_YEAR = str(datetime.now(UTC).year)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The manuscript of the small study in every format, as of another day than it says."""
    study = shutil.copytree(BASE, tmp_path_factory.mktemp("dates") / "study")
    here = settings(study, environment={"SOURCE_DATE_EPOCH": str(EPOCH)})
    assert not build(here, ["journal"], ["html", "pdf", "docx", "jats", "qmd"]).failed
    return study / "_output"


def test_the_pages_bear_it(output: Path) -> None:
    for name in ("journal.en.html", "index.html"):
        text = (output / name).read_text("utf-8")
        assert "9 September 2001" in reading.web(output / name) or DAY in text, name
    assert "2001" in (output / "journal.en.qmd").read_text("utf-8")


def test_the_metadata_of_a_pdf_bear_it(output: Path) -> None:
    with pikepdf.open(output / "journal.en.pdf") as pdf:
        info = {name: str(value) for name, value in pdf.docinfo.items() if "Date" in name}
        with pdf.open_metadata() as metadata:
            packet = {name: value for name, value in metadata.items() if "Date" in name}
    assert [value for value in info.values() if not value.startswith("D:20010909")] == []
    assert any("CreateDate" in name for name in packet)
    assert [value for value in packet.values() if not value.startswith(DAY)] == []


def test_the_properties_of_a_word_file_bear_it(output: Path) -> None:
    with zipfile.ZipFile(output / "journal.en.docx") as package:
        core = etree.fromstring(package.read("docProps/core.xml"))
        days = {part.date_time[:3] for part in package.infolist()}
        texts = [package.read(name) for name in package.namelist() if name.endswith(".xml")]
    dates = core.xpath("//*[local-name()='created' or local-name()='modified']/text()")
    assert [date[:10] for date in dates] == [DAY, DAY]
    assert days <= {(2001, 9, 9), (1980, 1, 1)}
    assert not any(f'date="{THIS_YEAR}'.encode() in text for text in texts)


def test_an_article_in_jats_bears_it(output: Path) -> None:
    article = etree.parse(output / "journal.en.jats.xml")
    assert "2001" in article.xpath("//front//year/text()")


def test_the_lists_bear_it(output: Path) -> None:
    manifest = json.loads((output / "manifest.json").read_text("utf-8"))
    assert (manifest["date"], manifest["source_date_epoch"]) == (DAY, EPOCH)
    graph = json.loads((output / "ro-crate-metadata.json").read_text("utf-8"))["@graph"]
    assert next(e for e in graph if e["@id"] == "./")["datePublished"] == DAY


def test_no_file_knows_when_it_was_made(output: Path) -> None:
    """What a file says of the day on which the test runs would be from the clock."""
    today = datetime.now(UTC).date()
    words = (today.isoformat(), today.strftime("%Y%m%d"), today.strftime("%-d %B %Y"))
    pattern = re.compile("|".join(map(re.escape, words)).encode())
    files = [file for file in output.rglob("*") if file.is_file()]
    assert len(files) > 8
    for file in files:
        assert not pattern.search(file.read_bytes()), file.name
        if file.suffix == ".docx":
            with zipfile.ZipFile(file) as package:
                assert not any(pattern.search(package.read(n)) for n in package.namelist())
