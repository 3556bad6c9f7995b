"""Why documents are up to date or not."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from report import fingerprint, state
from report.config import settings, templates
from report.errors import UsageError
from report.explain import Explained, explain
from report.freshness import Freshness
from report.withdraw import withdraw
from tests.changes.studies import SAID, built, edit, study_in


@pytest.fixture
def study(tmp_path: Path) -> Path:
    root = study_in(tmp_path)
    built(root)
    return root


def told(study: Path, *wanted: str) -> dict[str, Explained]:
    found = explain(settings(study), wanted)
    assert found.diagnostics == ()
    return {each.name: each for each in found.documents}


def reasons(study: Path) -> dict[str, tuple[str, ...]]:
    """Those of the Quarto sources, which are quick to make."""
    return {name.removesuffix(".qmd"): each.reasons for name, each in _sources(study).items()}


def _sources(study: Path) -> dict[str, Explained]:
    names = ("journal", "reviewer", "briefing", "lay")
    return told(study, *(f"{name}.en.qmd" for name in names))


def test_nothing_is_said_of_what_is_up_to_date(study: Path) -> None:
    assert set(reasons(study).values()) == {()}
    assert {each.how for each in _sources(study).values()} == {Freshness.FRESH}


def test_a_reworded_quote_is_told_to_those_that_show_it(study: Path) -> None:
    edit(study, "data/quotes.csv", SAID, "a large lamp helps")
    why = ("data/quotes.csv: Q1 changed its text; used in Findings",)
    assert reasons(study) == {
        "journal.en": why, "reviewer.en": why, "briefing.en": (), "lay.en": (),
    }  # fmt: skip


def test_only_what_a_document_shows_is_a_cause(study: Path) -> None:
    """A row, a comment and a text that are changed and that no document shows otherwise."""
    edit(study, "data/quotes.csv", SAID, "a large lamp helps")
    edit(study, "data/text/background.md", "Little", "{%# a note to myself %}\nLittle")
    edit(study, "data/text/lay/why.md", "To sleep", "In order to sleep")
    found = reasons(study)
    assert found["journal.en"] == ("data/quotes.csv: Q1 changed its text; used in Findings",)
    assert len(found["lay.en"]) == 1
    assert found["lay.en"][0].startswith("data/text/lay/why.md: its text changed; used in ")
    assert found["briefing.en"] == ()


def test_a_new_session_and_those_in_it_are_told_together(study: Path) -> None:
    edit(study, "data/sessions.csv", "FG2,", "FG3,focus-group,patients,in-person,2023-04-01\nFG2,")
    edit(study, "data/participants.csv", "P2,FG2,South\n", "P2,FG2,South\nP3,FG3,South\n")
    found = "\n".join(reasons(study)["journal.en"])
    assert "data/participants.csv: P3 is new" in found
    assert "data/sessions.csv: FG3 is new" in found


def test_a_key_of_a_yaml_file_is_named(study: Path) -> None:
    label = next(
        line for line in (study / "data" / "codebook.yml").read_text("utf-8").splitlines()
        if "label:" in line
    )  # fmt: skip
    edit(study, "data/codebook.yml", label, f"{label.rstrip()} anew")
    found = reasons(study)["journal.en"]
    assert len(found) == 1
    assert found[0].startswith("data/codebook.yml: “themes.")


def test_who_withdrew_is_a_cause_and_not_named(study: Path) -> None:
    withdraw(settings(study), "N2")
    found = {name: each.reasons for name, each in told(study).items()}
    assert found["lay.en.qmd"][0].startswith("data/participants.csv: a participant withdrew; used")
    assert "N2" not in str(found)
    built(study)
    withdraw(settings(study), "P2", ["lay"])
    edit(study, "data/text/lay/why.md", "To sleep", "In order to sleep")
    found = {name: each.reasons for name, each in told(study).items()}
    assert "a participant withdrew" not in str(found)
    assert "P2 withdrew" in str(found["lay.en.qmd"])


def test_a_template_of_the_study_is_told(study: Path) -> None:
    mine = study / "templates" / "partials" / "quote.md.j2"
    mine.parent.mkdir(parents=True)
    shutil.copy(templates() / "partials" / "quote.md.j2", mine)
    mine.write_text(mine.read_text("utf-8").replace("{{ words }}", "{{ words }}!"), "utf-8")
    found = reasons(study)
    assert found["journal.en"] == ("templates/partials/quote.md.j2: it changed",)
    assert found["lay.en"] == ()


def test_looks_and_programs_are_told_by_name(study: Path) -> None:
    built(study, "html", audiences=("lay",))
    remembered = state.read(study)
    made = remembered.made["lay.en.html"]
    version = made.others["pandoc"]
    earlier = replace(made, others={**made.others, "pandoc": "3.0"})
    changed = {**remembered.made, "lay.en.html": earlier}
    state.write(study, replace(remembered, made=changed))
    manifest = study / "_output" / "manifest.json"
    listed = manifest.read_text("utf-8")
    at = listed.index('"fingerprint": "', listed.index('"lay.en.html"')) + len('"fingerprint": "')
    manifest.write_text(listed[:at] + "x" + listed[at + 1 :], "utf-8")
    found = told(study, "lay.en.html")["lay.en.html"]
    assert found.how is Freshness.AGED
    assert found.reasons == (f"pandoc 3.0 → {version}",)


def test_a_file_that_is_missing_or_changed_by_hand_is_told(study: Path) -> None:
    (study / "_output" / "lay.en.qmd").unlink()
    (study / "_output" / "briefing.en.qmd").write_text("x")
    found = reasons(study)
    assert found["lay.en"] == ("_output/lay.en.qmd is missing",)
    assert found["briefing.en"] == ("_output/briefing.en.qmd was changed by hand",)


def test_a_link_in_the_place_of_a_file_is_told(study: Path) -> None:
    """What it leads to may be anybody's, whatever stands in it now."""
    file = study / "_output" / "lay.en.qmd"
    file.symlink_to(file.rename(study / "mine.qmd"))
    assert reasons(study)["lay.en"] == ("_output/lay.en.qmd was changed by hand",)


def test_where_nothing_is_remembered_that_is_said(study: Path) -> None:
    shutil.rmtree(study / ".report")
    edit(study, "data/quotes.csv", SAID, "a large lamp helps")
    assert reasons(study)["journal.en"] == (
        "its text, a picture or its date is another; from what it was made is not known",
    )


def test_that_nobody_knows_which_program_is_another_is_said(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(study / ".report")
    monkeypatch.setattr(fingerprint, "programs_of_source", lambda: {"report": "another"})
    assert set(reasons(study).values()) == {
        ("its look or a program is another; which one is not known",)
    }


def test_documents_are_named_by_file_name_or_audience(study: Path) -> None:
    assert {*told(study, "lay")} >= {"lay.en.html", "lay.en.pdf"}
    assert {*told(study, "lay.en")} == {*told(study, "lay")}
    assert {*told(study, "lay.en.pdf")} == {"lay.en.pdf"}
    with pytest.raises(UsageError, match="no document “lai”"):
        explain(settings(study), ["lai"])
