"""What changed since the last build, and between two revisions of git."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import matplotlib as mpl
import pytest

from report.changes import Compared, compared
from report.config import settings
from report.diff.change import Kind, Part
from report.diff.told import as_json, as_text
from report.errors import ReportError, UsageError
from report.model.drawing import identity
from report.scratch import sweep
from report.withdraw import withdraw
from tests.changes.studies import SAID, built, committed, edit, git, study_in

ROOT = Path(__file__).parents[2]


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return study_in(tmp_path)


def found(study: Path, *revisions: str) -> Compared:
    done = compared(settings(study), revisions)
    assert done.comparison is not None, [str(d) for d in done.diagnostics]
    return done


def told(study: Path, *revisions: str) -> str:
    comparison = found(study, *revisions).comparison
    assert comparison is not None
    return as_text(comparison)


def changes(study: Path, part: Part, *revisions: str) -> set[tuple[str, Kind, str, str]]:
    comparison = found(study, *revisions).comparison
    assert comparison is not None
    return {
        (d.document, c.kind, c.old, c.new)
        for d in comparison.differences
        for c in d.changes
        if c.part is part
    }


def test_a_study_that_did_not_change_does_not_differ(study: Path) -> None:
    built(study)
    comparison = found(study).comparison
    assert comparison is not None
    assert not comparison
    assert len(comparison.differences) == 4
    assert told(study).startswith("Nothing has changed from the last build to now.")


def test_a_reworded_quote_is_told_in_every_document_that_shows_it(study: Path) -> None:
    built(study)
    edit(study, "data/quotes.csv", SAID, "a large lamp helps")
    assert changes(study, Part.QUOTE) == {
        (name, Kind.REWORDED, SAID, "a large lamp helps") for name in ("journal.en", "reviewer.en")
    }
    assert changes(study, Part.TEXT) == set()
    assert told(study).count(SAID) == 1  # for both documents


def test_edited_prose_is_told(study: Path) -> None:
    built(study)
    edit(study, "data/text/background.md", "Little is known.", "Not much is known.")
    assert {change[0] for change in changes(study, Part.TEXT)} == {"journal.en", "reviewer.en"}


def test_another_code_changes_the_cells_of_the_table(study: Path) -> None:
    built(study)
    edit(study, "data/quotes.csv", "Q2,P1,light", "Q2,P1,talk")
    comparison = found(study).comparison
    assert comparison is not None
    cells = {
        (c.row, c.column, c.old, c.new)
        for d in comparison.differences
        if d.document == "journal.en"
        for c in d.changes
        if c.part is Part.TABLE
    }
    assert len(cells) == 4
    assert {(old, new) for *_, old, new in cells} == {("1", "0"), ("2", "1"), ("1", "2")}


def test_more_participants_are_told_by_every_number(study: Path) -> None:
    built(study)
    edit(study, "data/participants.csv", "P2,FG2,South\n", "P2,FG2,South\nP3,FG2,South\n")
    text = told(study)
    numbers = text.partition("participants: 4 → 5")[2].partition("\n\n")[0]
    assert "We asked five people." in numbers
    assert {d for d in ("journal.en", "briefing.en", "lay.en") if d in numbers} == {
        "journal.en", "briefing.en", "lay.en",
    }  # fmt: skip


def test_the_json_says_the_same(study: Path) -> None:
    built(study)
    edit(study, "data/quotes.csv", SAID, "a large lamp helps")
    comparison = found(study).comparison
    assert comparison is not None
    data = json.loads(as_json(comparison))
    journal = next(d for d in data["documents"] if d["document"] == "journal.en")
    assert journal["changes"] == [
        {
            "part": "quote",
            "kind": "reworded",
            "name": "Q1",
            "old": SAID,
            "new": "a large lamp helps",
            "language": "en",
        }
    ]


def test_documents_that_came_and_went_are_told(study: Path) -> None:
    built(study)
    edit(study, "data/audiences.yml", "journal: {}", "reviewer: {used: false}")
    comparison = found(study).comparison
    assert comparison is not None
    assert comparison.went == ("reviewer.en",)
    built(study)
    edit(study, "data/audiences.yml", "reviewer: {used: false}", "journal: {}")
    comparison = found(study).comparison
    assert comparison is not None
    assert comparison.came == ("reviewer.en",)


def test_a_partial_build_leaves_the_others_as_they_were(study: Path) -> None:
    built(study)
    edit(study, "data/quotes.csv", SAID, "a large lamp helps")
    built(study, audiences=("journal",))
    assert changes(study, Part.QUOTE) == {
        ("reviewer.en", Kind.REWORDED, SAID, "a large lamp helps")
    }


def test_files_of_one_document_that_came_of_different_texts_come_apart(study: Path) -> None:
    built(study, "qmd", "html", audiences=("journal",))
    edit(study, "data/quotes.csv", SAID, "a large lamp helps")
    built(study, "html", audiences=("journal",))
    comparison = found(study).comparison
    assert comparison is not None
    assert {d.document: bool(d) for d in comparison.differences} == {
        "journal.en.qmd": True, "journal.en.html": False,
    }  # fmt: skip


def test_without_a_build_there_is_nothing_to_compare_with(study: Path) -> None:
    with pytest.raises(ReportError, match="nothing to compare with"):
        compared(settings(study))


def test_errors_of_today_are_told_and_nothing_is_compared(study: Path) -> None:
    built(study)
    edit(study, "data/quotes.csv", "Q1,N1", "Q1,N9")
    done = compared(settings(study))
    assert done.comparison is None
    assert done.diagnostics


def withdrawn(study: Path) -> None:
    """N1 withdraws, and the text that asks for the quote is mended."""
    withdraw(settings(study), "N1")
    edit(study, "data/text/findings/light.md", '{{ quote("Q1") }}', "Nobody else said it.")


def test_who_withdrew_is_in_no_part_of_it(study: Path) -> None:
    built(study)
    withdrawn(study)
    comparison = found(study).comparison
    assert comparison is not None
    everything = as_text(comparison) + as_json(comparison)
    assert "participants: 4 → 3" in everything
    assert "[withdrawn]" in everything
    for trace in (SAID, "lamp by the window", "N1", "N1–N2"):
        assert trace not in everything
    kinds = {change[1] for change in changes(study, Part.QUOTE)}
    assert kinds == {Kind.WITHDRAWN}


def test_words_that_were_reworded_before_the_withdrawal_are_hidden_too(study: Path) -> None:
    committed(study, "v1")
    edit(study, "data/quotes.csv", SAID, "something else altogether was said here by me")
    withdrawn(study)
    everything = told(study, "v1")
    assert SAID not in everything
    assert "window" not in everything
    assert "[withdrawn]" in everything


def test_whoever_is_in_no_table_any_more_is_hidden(study: Path) -> None:
    committed(study, "v1")
    edit(study, "data/participants.csv", "N1,FG1,North\n", "")
    edit(study, "data/quotes.csv", f'Q1,N1,light,"{SAID}"\n', "")
    edit(study, "data/text/findings/light.md", '{{ quote("Q1") }}', "Nobody said it.")
    assert "window" not in told(study, "v1")


def test_two_revisions_hide_who_withdrew_after_both(study: Path) -> None:
    committed(study, "v1")
    edit(study, "data/quotes.csv", SAID, "a large lamp by the window helps me at night as well")
    committed(study, "v2")
    assert "large lamp" in told(study, "v1", "v2")
    withdrawn(study)
    everything = told(study, "v1", "v2")
    assert "lamp by" not in everything


def test_a_revision_is_compared_with_now(study: Path) -> None:
    committed(study, "v1.0")
    edit(study, "data/quotes.csv", SAID, "a large lamp helps")
    assert changes(study, Part.QUOTE, "v1.0") == {
        (name, Kind.REWORDED, SAID, "a large lamp helps") for name in ("journal.en", "reviewer.en")
    }
    committed(study, "v1.1")
    assert changes(study, Part.QUOTE, "v1.0", "v1.1") == changes(study, Part.QUOTE, "v1.0")
    assert told(study, "v1.1").startswith("Nothing has changed from v1.1 to now.")


def test_a_study_in_a_folder_of_a_repository_is_found(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    study = study_in(tmp_path)
    (tmp_path / "other.txt").write_text("x")
    committed(study, "v1")
    edit(study, "data/quotes.csv", SAID, "a large lamp helps")
    assert len(changes(study, Part.QUOTE, "v1")) == 2


def test_data_that_git_does_not_export_are_read_all_the_same(study: Path) -> None:
    (study / ".gitattributes").write_text("data export-ignore\n")
    committed(study, "v1")
    assert told(study, "v1").startswith("Nothing has changed")


def test_a_revision_whose_study_has_errors_says_which(study: Path) -> None:
    edit(study, "data/quotes.csv", "Q1,N1", "Q1,N9")
    committed(study, "v1")
    edit(study, "data/quotes.csv", "Q1,N9", "Q1,N1")
    with pytest.raises(ReportError, match=r"as it was at v1: data/quotes.csv:2:\d+: error"):
        compared(settings(study), ["v1"])


def test_what_a_killed_command_left_of_a_revision_is_swept(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed(study, "v1")
    place = tmp_path / "scratch"
    place.mkdir()
    code = "import os, pathlib, sys; from report.revision import at_revision; "
    code += "at_revision(pathlib.Path(sys.argv[1]), 'v1'); os._exit(9)"
    environment = {**os.environ, "TMPDIR": str(place)}
    subprocess.run([sys.executable, "-c", code, str(study)], env=environment, check=False)
    assert [file.name for file in place.rglob("quotes.csv")] == ["quotes.csv"]
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    sweep()
    assert [*place.iterdir()] == []


def test_figures_of_a_revision_are_drawn_with_the_fonts_of_the_study(study: Path) -> None:
    fonts = study / "templates" / "theme" / "fonts"
    fonts.mkdir(parents=True)
    shutil.copy(Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf", fonts)
    edit(study, "data/study.yml", "label: Nurses", "label: Nurses ♞")
    committed(study, "v1")
    pair = next(p for p in found(study, "v1").pairs if p.name == "briefing.en")
    path = next(path for path in pair.before.assets if path.endswith("people.svg"))
    assert pair.before.files[path] == pair.after.files[path]


def test_an_earlier_figure_that_tells_of_who_withdrew_is_not_shown(study: Path) -> None:
    """In its file words are outlines, which no gate can read."""
    edit(study, "data/codebook.yml", "label: Light", "label: Light of N1")
    committed(study, "v1")
    edit(study, "data/codebook.yml", "label: Light of N1", "label: Light")
    figures = [
        path
        for pair in found(study, "v1").pairs
        for path in pair.before.assets
        if identity(pair.before.assets[path]) != identity(pair.after.assets[path])
    ]
    assert {path.rpartition("/")[2] for path in figures} == {"speakers.svg", "speakers.png"}
    withdrawn(study)
    pairs = {pair.name: pair for pair in found(study, "v1").pairs}
    for path in figures:
        pair = pairs[path.partition("_files")[0]]
        assert identity(pair.before.assets[path]) == identity(pair.after.assets[path])


def test_a_revision_without_a_study_says_so(study: Path) -> None:
    git(study, "init", "-q", "-b", "main")
    git(study, "commit", "-q", "--allow-empty", "-m", "empty")
    git(study, "tag", "v0")
    with pytest.raises(UsageError, match="no study at v0"):
        compared(settings(study), ["v0"])


@pytest.mark.parametrize("name", ["v9", "--help", "-v", "HEAD:data", "a b"])
def test_no_revision_of_that_name_is_told(study: Path, name: str) -> None:
    committed(study, "v1")
    with pytest.raises(UsageError, match="git knows no revision"):
        compared(settings(study), [name])


def test_a_study_in_no_repository_is_told(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(study.parent))
    with pytest.raises(ReportError, match="in no git repository"):
        compared(settings(study), ["v1"])


def test_without_git_that_is_told(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(study))
    with pytest.raises(ReportError, match="git does not run"):
        compared(settings(study), ["v1"])


def test_what_has_to_be_translated_anew_is_told_with_its_place(tmp_path: Path) -> None:
    """The example's plain-language summary, of which a text and a quote are reworded."""
    study = tmp_path / "study"
    shutil.copytree(ROOT / "data", study / "data")
    built(study, audiences=("lay",))
    edit(study, "data/text/lay/why.md", "Some have a peer", "Several have a peer")
    edit(study, "data/quotes.csv", "it is very unclear what", "it is quite unclear what")
    comparison = compared(settings(study), names=["lay"]).comparison
    assert comparison is not None
    stale = {
        (d.language, c.kind, c.name, c.section.partition(":")[0], c.new)
        for d in comparison.differences
        for c in d.changes
        if c.part is Part.TRANSLATION
    }
    assert {language for language, *_ in stale} == {"nb", "nn"}
    quotes = {each for each in stale if each[2]}
    assert {(kind, path) for _, kind, _, path, _ in quotes} == {
        (Kind.STALE, "data/quote_translations.csv")
    }
    messages = {each for each in stale if not each[2]}
    assert {(language, path) for language, _, _, path, _ in messages} == {
        (code, f"data/locale/{code}.po") for code in ("nb", "nn")
    }
    assert all("Several have" in new for *_, new in messages)
    text = as_text(comparison)
    assert "Translations to be renewed" in text
