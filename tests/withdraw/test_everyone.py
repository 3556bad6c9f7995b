"""Each of the example's participants withdraws in turn, on a copy of the built study."""

import csv
import re
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from report.build import build
from report.check import Checked, check
from report.compose.words import words
from report.config import settings
from report.withdraw import withdraw
from tests.build import reading
from tests.built import once, report

ROOT = Path(__file__).parents[2]
READERS = {
    ".html": reading.web, ".pdf": reading.pdf, ".docx": reading.docx, ".xml": reading.jats,
}  # fmt: skip
RUN = 6
"""So many words in a row are a participant's."""


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PARTICIPANTS = [row["participant"] for row in rows("participants.csv")]
QUOTES = rows("quotes.csv")
TRANSLATIONS = rows("quote_translations.csv")


def said_by(participant: str) -> list[str]:
    mine = {row["quote"]: row["text"] for row in QUOTES if row["participant"] == participant}
    return [*mine.values(), *(row["text"] for row in TRANSLATIONS if row["quote"] in mine)]


def letters(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).replace("\N{SOFT HYPHEN}", "")
    return re.sub(r"[\W_]+", "", folded).casefold()


def runs(text: str) -> Iterator[str]:
    """Six words in a row, without what stands between them; a shorter text whole."""
    said = re.findall(r"[\w’'-]+", text)
    for start in range(max(len(said) - RUN + 1, 1)):
        yield letters("".join(said[start : start + RUN]))


def held(study: Path) -> dict[str, str]:
    """The letters of every file that a reader or a successor could open, by its name."""
    files = [f for name in ("_output", ".report") for f in (study / name).rglob("*")]
    return {
        file.name: letters(READERS.get(file.suffix, _text)(file))
        for file in files
        if file.is_file() and file.suffix != ".png"
    }


def _text(file: Path) -> str:
    return file.read_text("utf-8")


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(study: Path) -> None:
        shutil.copytree(ROOT / "data", study / "data")
        shutil.copy(ROOT / "_quarto.yml", study)
        report("build", "--study", study)

    return once(tmp_path_factory, "withdraw", make)


@pytest.fixture
def study(whole: Path, tmp_path: Path) -> Path:
    return shutil.copytree(whole, tmp_path / "study")


def test_the_built_study_holds_words_at_all(whole: Path) -> None:
    files = held(whole)
    quoted = {row["participant"] for row in QUOTES}
    for participant in quoted:
        mine = [run for text in said_by(participant) for run in runs(text)]
        assert any(run in text for text in files.values() for run in mine), participant


@pytest.mark.parametrize("participant", PARTICIPANTS)
def test_nothing_of_a_participant_stays(study: Path, participant: str) -> None:
    table = study / "data" / "participants.csv"
    before = table.read_bytes()
    done = withdraw(settings(study), participant)

    mine = {run for text in said_by(participant) for run in runs(text)}
    for name, text in held(study).items():
        assert not [run for run in mine if run in text], name
    for file in (study / ".report").rglob("*.json"):
        assert not re.search(rf"\b{participant}\b", file.read_text("utf-8")), file.name
    left = {file.name for file in (study / "_output").iterdir()}
    assert not [name for name in left if name.startswith(("journal", "reviewer"))]  # their row
    assert f'"{participant}"' not in (study / ".report" / "state.json").read_text("utf-8")
    old, new = before.splitlines(), table.read_bytes().splitlines()
    changed = [line for was, line in zip(old, new, strict=True) if was != line]
    assert len(changed) == 1
    assert changed[0].startswith(f"{participant},".encode())

    asked = [d for d in done.diagnostics if d.code == "withheld-quote"]
    texts = {d.location for d in asked if d.location.path.endswith(".md")}
    assert texts == set(calls(study, participant))
    translated = {d.location.path for d in asked if d.location.path.endswith(".po")}
    assert translated == set(catalogues(study, participant))
    take_out(study, {(at.path, at.line) for at in texts})
    mended = check(settings(study))
    assert not mended.failed, [str(d) for d in mended.diagnostics]
    agree(mended, participant, mine)


@pytest.mark.parametrize("participant", ["PW12", "HP10"])
def test_once_mended_all_documents_are_built_again(study: Path, participant: str) -> None:
    done = withdraw(settings(study), participant)
    assert build(settings(study)).failed
    asked = [d.location for d in done.diagnostics if d.code == "withheld-quote"]
    take_out(study, {(at.path, at.line) for at in asked if at.path.endswith(".md")})
    assert not build(settings(study)).failed
    mine = {run for text in said_by(participant) for run in runs(text)}
    files = held(study)
    assert len([name for name in files if name.startswith(("journal", "lay"))]) >= 10
    for name, text in files.items():
        assert not [run for run in mine if run in text], name
    journal = reading.pdf(study / "_output" / "journal.en.pdf")
    assert "forty-seven people took part" in " ".join(journal.split())
    assert not re.search(rf"\b{participant}\b", journal)


def calls(study: Path, participant: str) -> Iterator[object]:
    """Where texts call for the participant's quotes."""
    from report.model.diagnostic import Location

    ids = [row["quote"] for row in QUOTES if row["participant"] == participant]
    for file in (study / "data" / "text").rglob("*.md"):
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            for found in re.finditer(r'quote\("(\w+)"\)', line):
                if found[1] in ids:
                    path = file.relative_to(study).as_posix()
                    yield Location(path, number, found.start(1) + 1)


def catalogues(study: Path, participant: str) -> Iterator[str]:
    """The translations in which they do."""
    ids = [row["quote"] for row in QUOTES if row["participant"] == participant]
    for file in (study / "data" / "locale").glob("*.po"):
        if any(f'quote(\\"{quote}\\")' in file.read_text("utf-8") for quote in ids):
            yield file.relative_to(study).as_posix()


def take_out(study: Path, lines: set[tuple[str, int]]) -> None:
    for path in {path for path, _ in lines}:
        file = study / path
        kept = file.read_text("utf-8").splitlines()
        for number in sorted((n for p, n in lines if p == path), reverse=True):
            kept[number - 1] = ""
        file.write_text("\n".join(kept) + "\n", "utf-8")


def agree(checked: Checked, participant: str, mine: set[str]) -> None:
    """All documents count the same people and quotes, and none of them shows the one."""
    people, quotes = len(PARTICIPANTS) - 1, [q for q in QUOTES if q["participant"] != participant]
    assert len(checked.documents) == 8
    for name, document in checked.documents.items():
        language = name.partition(".")[2]
        numbers = {str(people + 1), words(people + 1, language)}
        said = set(re.findall(r"\w[\w-]*", document.text.replace("\u00ad", "")))
        assert not numbers & said, name
        assert {str(people), words(people, language)} & said, name
        assert participant not in said, name
        text = letters(document.text)
        assert not [run for run in mine if run in text], name
    journal = checked.documents["journal.en"].text
    table = journal[journal.index("{#tbl-quotes}") : journal.index("The number of quotes")]
    counted = [
        int(row.rsplit("|", 2)[1]) for row in table.splitlines() if re.search(r"\d \|$", row)
    ]
    assert sum(counted) == sum(row["codes"].count(";") + 1 for row in quotes)
