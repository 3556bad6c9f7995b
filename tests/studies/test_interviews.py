"""A study unlike the example, single interviews, through the same code and templates."""

import csv
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build import reading
from tests.built import Built

STUDY = Path(__file__).parent / "interviews"
READERS: dict[str, Callable[[Path], str]] = {
    ".pdf": reading.pdf,
    ".docx": reading.docx,
    ".html": reading.web,
    ".xml": reading.jats,
}
DOCUMENTS = {
    "journal.en.html", "journal.en.pdf", "journal.en.docx", "journal.en.jats.xml",
    "reviewer.en.pdf", "reviewer.en.docx",
    "briefing.en.html", "briefing.en.pdf",
    "lay.en.html", "lay.en.pdf",
}  # fmt: skip
MANUSCRIPTS = sorted(name for name in DOCUMENTS if name.startswith(("journal", "reviewer")))


def build(study: Path, output: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "report", "build", "--study", str(study)]
    command += ["--output-dir", str(output), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def output(built: Built) -> Path:
    """Every document of the study."""
    return built("interviews")


@pytest.fixture(scope="module")
def texts(composed_texts: Built) -> Path:
    """The composed text of each."""
    return composed_texts("interviews")


def rows(name: str, study: Path = STUDY) -> list[dict[str, str]]:
    with (study / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def composed(texts: Path, name: str) -> str:
    """The text with its line breaks undone: a generated sentence stands on a line of its own."""
    return " ".join((texts / f"{name}.en.qmd").read_text("utf-8").split())


def test_every_audience_has_its_documents_and_nothing_is_amiss(output: Path) -> None:
    manifest = json.loads((output / "manifest.json").read_text("utf-8"))
    assert manifest["diagnostics"] == []
    made = {path.name for path in output.iterdir() if path.suffix in READERS}
    assert made - {"index.html"} == DOCUMENTS


def test_numbers_are_those_of_the_tables(texts: Path) -> None:
    assert len(rows("participants.csv")) == len(rows("sessions.csv")) == 12
    assert len(rows("quotes.csv")) == 18
    journal = composed(texts, "journal")
    assert "Twelve people in paid work or just out of it were interviewed" in journal
    assert "In all, twelve people were interviewed." in journal
    assert "Twelve interviews were held in English between February 2023 and" in journal
    assert "The three who had been diagnosed for less than two years" in journal
    assert "two themes with four sub-themes" in journal
    assert "Eighteen quotes are shown." in journal
    held = [row["mode"] for row in rows("sessions.csv")]
    assert [held.count(mode) for mode in ("digital", "telephone", "in-person")] == [5, 4, 3]
    assert "Five were held digitally because of long distances. Four took place by tel" in journal
    assert "five did so on screen, four by telephone and three" in composed(texts, "briefing")
    assert "talked with 12 people" in composed(texts, "lay")


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_no_words_of_another_kind_of_study(output: Path, name: str) -> None:
    text = READERS[Path(name).suffix](output / name)
    # The title of a work in the list of references may name what it likes.
    own = text.replace("\u00a0", " ").split("Tong, Allison", 1)[0].casefold()
    assert "focus group" not in " ".join(own.split())
    assert "co-researcher" not in own
    assert "funded by" not in own


@pytest.mark.parametrize("name", MANUSCRIPTS)
def test_a_manuscript_holds_every_quote_word_for_word(output: Path, name: str) -> None:
    text = reading.plain(READERS[Path(name).suffix](output / name))
    quotes = rows("quotes.csv")
    assert [q["quote"] for q in quotes if reading.plain(q["text"]) not in text] == []


def test_the_table_of_participants_has_a_row_a_person(texts: Path) -> None:
    journal = (texts / "journal.en.qmd").read_text("utf-8")
    assert "| Participant | Age | Time since diagnosis | Region | Interviewed |" in journal
    for row, session in zip(rows("participants.csv"), rows("sessions.csv"), strict=True):
        words = {"digital": "digitally", "telephone": "by telephone", "in-person": "in person"}
        cells = (row["participant"], row["age"], row["diagnosed"], row["region"])
        assert f"| {' | '.join(cells)} | {words[session['mode']]} |" in journal
    assert "**Total**" not in journal


def test_a_speaker_is_named_by_the_id_where_all_are_of_one_kind(texts: Path) -> None:
    assert "You can't see a wrist that is on fire” (P2)" in composed(texts, "journal")
    assert "(a person with rheumatoid arthritis)" in composed(texts, "briefing")


def test_a_quote_under_two_codes_counts_under_both_of_their_sub_themes(texts: Path) -> None:
    journal = composed(texts, "journal")
    for label, quotes, people in (
        ("Choosing whom to tell", 5, 5),
        ("Finding words that others can use", 5, 5),
        ("Making small changes", 5, 4),
        ("Paying for keeping up", 5, 4),
    ):
        assert f"| {label} | {quotes} | {people} |" in journal


def test_a_quote_in_another_language_is_marked_as_such(output: Path) -> None:
    page = (output / "journal.en.html").read_text("utf-8")
    assert '<span lang="nb">Det er ikke det at jeg er trøtt. Jeg er tom</span>' in page


def test_the_blinded_manuscript_names_no_author(output: Path) -> None:
    for name in ("reviewer.en.pdf", "reviewer.en.docx"):
        text = READERS[Path(name).suffix](output / name)
        for word in ("Oppdiktet", "Madeup", "Invented University", "example.org", "INV-2022"):
            assert word not in text


def test_several_stakeholders_interviewed_one_by_one(tmp_path: Path) -> None:
    study = tmp_path / "study"
    shutil.copytree(STUDY, study)
    replace(study / "data" / "study.yml", "stakeholders:\n", "stakeholders:\n" + MANAGERS)
    for row in ("I11", "I12"):
        table = study / "data" / "sessions.csv"
        replace(table, f"{row},interview,employees", f"{row},interview,managers")
    done = build(study, tmp_path / "out", "--to", "qmd")
    assert done.returncode == 0, done.stderr
    journal = composed(tmp_path / "out", "journal")
    everyone = "In all, twelve people were interviewed: two managers and ten people with rheuma"
    assert everyone in journal
    assert "| P12 | Managers | 50–59 | 2 to 5 years | Coast | by telephone |" in journal
    assert "on fire” (P2, person with rheumatoid arthritis)" in journal
    assert "| Sub-theme | Managers | People with rheumatoid arthritis | All |" in journal


def test_interviews_known_to_the_month_stand_beside_each_other(tmp_path: Path) -> None:
    study = tmp_path / "study"
    shutil.copytree(STUDY, study)
    table = study / "data" / "sessions.csv"
    for row in rows("sessions.csv", study):
        replace(table, row["date"], "2023-09")
    done = build(study, tmp_path / "out", "--audience", "journal", "--to", "html")
    assert done.returncode == 0, done.stderr


MANAGERS = "  - {id: managers, label: Managers, one: manager, many: managers}\n"


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text or new in text
    file.write_text(text.replace(old, new), "utf-8")
