"""What is kept in .report of what the documents were built from."""

import json
import re
from pathlib import Path

import pytest

from report import snapshot
from report.changes import compared
from report.config import settings
from report.diff.records import read, without, written
from report.manifest import artifacts_in
from report.withdraw import withdraw
from tests.changes.studies import SAID, built, edit, study_in


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return study_in(tmp_path)


def kept(study: Path) -> dict[str, bytes]:
    folder = study / ".report"
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def holding(study: Path, pattern: str) -> list[str]:
    """The files of .report that have this."""
    return [n for n, c in kept(study).items() if re.search(pattern, c.decode(errors="replace"))]


def test_a_build_in_which_nothing_changed_writes_nothing(study: Path) -> None:
    built(study)
    folder = study / ".report"
    before = {file: file.stat().st_mtime_ns for file in folder.rglob("*")}
    built(study)
    assert {file: file.stat().st_mtime_ns for file in folder.rglob("*")} == before


def test_what_no_document_came_of_any_more_goes(study: Path) -> None:
    built(study)
    first = kept(study)
    edit(study, "data/quotes.csv", SAID, "a large lamp helps")
    built(study)
    second = kept(study)
    assert len(first) == len(second)
    assert holding(study, SAID) == []
    same = {name for name in first if name.startswith("composed/")} & second.keys()
    assert len(same) == 2  # of the documents that do not show it


def test_a_document_that_was_changed_by_hand_was_built_from_the_same(study: Path) -> None:
    built(study)
    (study / "_output" / "lay.en.qmd").write_text("x")
    known, unknown = snapshot.read(study, artifacts_in(study / "_output"))
    assert unknown == ()
    assert {name for before in known for name in before.files} == artifacts_in(
        study / "_output"
    ).keys()


LISTS = '{"snapshots": 1, "files": {"a": {"sha256": "", "text": ["x"], "study": "", "assets": []}}}'


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", "{}", '{"snapshots": 1, "files": {"a": {}}}', LISTS, "[" * 100_000]
)
def test_a_damaged_table_is_no_error(study: Path, damage: str) -> None:
    built(study)
    (study / ".report" / "snapshots.json").write_text(damage)
    known, unknown = snapshot.read(study, artifacts_in(study / "_output"))
    assert known == ()
    assert set(unknown) == artifacts_in(study / "_output").keys()
    built(study)
    assert compared(settings(study)).comparison is not None


@pytest.mark.parametrize("folder", ["composed", "studies", "assets"])
@pytest.mark.parametrize("damage", ["missing", "{", '{"text": 1}', '{"records": 1}'])
def test_damaged_or_missing_files_are_no_error(study: Path, folder: str, damage: str) -> None:
    built(study)
    for file in (study / ".report" / folder).iterdir():
        if damage == "missing":
            file.unlink()
        else:
            file.write_text(damage)
    known, unknown = snapshot.read(study, artifacts_in(study / "_output"))
    assert (known == ()) == (folder != "assets")
    assert bool(unknown) == (folder != "assets")


@pytest.mark.parametrize("folder", ["composed", "studies"])
@pytest.mark.parametrize("damage", ["missing", "{", '{"text": 1}', '{"records": 1}'])
def test_the_next_build_mends_them(study: Path, folder: str, damage: str) -> None:
    built(study)
    before = kept(study)
    file, *_ = (study / ".report" / folder).iterdir()
    if damage == "missing":
        file.unlink()
    else:
        file.write_text(damage)
    built(study)
    assert kept(study) == before


def test_records_are_read_as_they_were_written(study: Path) -> None:
    built(study)
    file = next((study / ".report" / "studies").iterdir())
    records = read(file.read_bytes())
    assert records is not None
    assert written(records) == file.read_bytes()
    rest = without(records, {"N1"})
    assert "N1" not in rest.tables["participants"].rows
    assert "Q1" not in rest.tables["quotes"].rows
    assert rest.tables["quotes"].rows.keys() == {"Q2", "Q3"}


@pytest.mark.parametrize("form", ["qmd", "html"])
def test_a_withdrawal_leaves_no_trace(study: Path, form: str) -> None:
    built(study, form)
    assert holding(study, SAID)
    assert holding(study, r"\bN1\b")
    withdraw(settings(study), "N1")
    assert holding(study, SAID) == []
    assert holding(study, "lamp by the window") == []
    assert holding(study, r"\bN1\b") == []
    known, _ = snapshot.read(study, artifacts_in(study / "_output"))
    names = {before.text.name for before in known}
    assert names == {f"{name}.en" for name in ("journal", "briefing", "lay")} | (
        {"reviewer.en"} if form == "qmd" else set()
    )
    assert any("\\[withdrawn\\]" in before.text.markdown for before in known)


def test_what_was_said_in_other_words_before_goes_too(study: Path) -> None:
    built(study)
    edit(study, "data/quotes.csv", SAID, "something else altogether was said here by me")
    withdraw(settings(study), "N1")
    assert holding(study, "lamp by the window") == []


def test_a_withdrawal_from_one_audience_cleans_its_documents_alone(study: Path) -> None:
    built(study)
    withdraw(settings(study), "N1", ["journal"])
    folder = study / ".report" / "composed"
    texts = {json.loads(f.read_bytes())["name"]: f.read_text("utf-8") for f in folder.iterdir()}
    assert SAID not in texts["journal.en"]
    assert not re.search(r"\bN1\b", texts["journal.en"])
    assert SAID in texts["reviewer.en"]


@pytest.mark.parametrize("cell", ["2024-05-01", "2024-05-01 briefing"])
def test_a_withdrawal_that_was_written_by_hand_leaves_no_trace(study: Path, cell: str) -> None:
    """The next build is one of another document, which leaves this one as it is."""
    table = (study / "data" / "participants.csv").read_text("utf-8")
    before = table.replace("ward\n", "ward,withdrawn\n").replace("North\n", "North,\n")
    (study / "data" / "participants.csv").write_text(before.replace("South\n", "South,\n"), "utf-8")
    built(study, audiences=("briefing", "lay"))
    assert holding(study, SAID)
    edit(study, "data/participants.csv", "N1,FG1,North,", f"N1,FG1,North,{cell}")
    edit(study, "data/text/findings/light.md", '{{ quote("Q1") }}', "They spoke of light.")
    before_it = kept(study)
    built(study, audiences=("lay",))
    if "briefing" in cell:
        assert holding(study, SAID), "others go on seeing it"
    else:
        assert holding(study, SAID) == []
        assert holding(study, r"\bN1\b") == []
    figures = {name for name in before_it if name.startswith("figures/")}
    assert figures
    assert not figures & kept(study).keys()


def test_what_cannot_be_cleaned_goes(study: Path) -> None:
    """A text of which a part is left after all that can be taken out is not kept."""
    edit(study, "data/text/background.md", "Little is known.", f"{SAID[:30]}")
    built(study)
    for file in (study / ".report" / "composed").iterdir():
        data = json.loads(file.read_bytes())
        data["prose"].append(SAID)
        file.write_text(json.dumps(data), "utf-8")
    withdraw(settings(study), "N1")
    assert holding(study, "lamp by the window helps me") == []


def test_a_table_of_people_without_ids_tells_of_nobody(study: Path) -> None:
    """One person a session: who withdrew had a row of their own in the briefing."""
    edit(study, "data/participants.csv", "N2,FG1,South\n", "")
    edit(study, "data/participants.csv", "P2,FG2,South\n", "")
    edit(study, "data/participants.csv", "N1,FG1,North", "N1,FG1,Attic")
    edit(study, "data/quotes.csv", "Q3,P2,talk,Somebody came and sat with me", "Q3,P1,talk,Yes")
    edit(study, "data/text/briefing/done.md", "We asked", '{{ table("participants") }}\n\nWe asked')
    edit(study, "data/audiences.yml", "journal: {}", "briefing: {smallest_cell: 1}")
    built(study, audiences=("briefing",))
    assert holding(study, "Attic")
    withdraw(settings(study), "N1")
    assert holding(study, "Attic") == []


def test_a_build_after_a_withdrawal_remembers_nothing_of_it(study: Path) -> None:
    built(study)
    withdraw(settings(study), "N1")
    edit(study, "data/text/findings/light.md", '{{ quote("Q1") }}', "Nobody else said it.")
    built(study)
    assert holding(study, SAID) == []
    assert holding(study, r"\bN1\b") == []
