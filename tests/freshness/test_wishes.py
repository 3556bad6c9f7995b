"""Which documents there are: audiences, formats and languages that come and go, and drafts."""

import pytest

from tests.freshness.conftest import ALL, Study

PARTICIPANTS = "N1,FG1,North\nN2,FG1,South\nP1,FG2,North\nP2,FG2,South\n"
JOURNAL = frozenset(name for name in ALL if name.startswith("journal"))


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("data/quotes.csv", "I like the lamp", '"I like the lamp"'),
        ("data/participants.csv", PARTICIPANTS, PARTICIPANTS.replace("\n", ",\n")),
        ("data/codebook.yml", "  - id: night", "  # A remark.\n  - id: night"),
        ("data/study.yml", "# Invented for tests", "# Invented anew for tests"),
        ("data/glossary.yml", "terms:", "# A remark.\nterms:"),
        ("data/references.bib", "@article", "@comment{A remark}\n@article"),
        ("data/text/lay/why.md", "To sleep well.", "To sleep well.{%# why? %}"),
    ],
    ids=lambda value: value if value.startswith("data/") else "",
)
def test_what_no_document_uses_makes_none(built: Study, path: str, old: str, new: str) -> None:
    before = built.contents()
    built.edit(path, old, new)
    if old == PARTICIPANTS:
        built.edit(path, "ward\n", "ward,withdrawn\n")
    assert built.changed_by() == frozenset()
    after = built.contents()
    told = {"manifest.json", "ro-crate-metadata.json"}  # of what went in
    assert {n: c for n, c in after.items() if n not in told} == {
        n: c for n, c in before.items() if n not in told
    }


def test_a_participant_withdraws(built: Study) -> None:
    """P2 said Q3, which the findings ask for; N2 said nothing, but is counted in each document."""
    built.edit(
        "data/participants.csv", "participant,session,ward", "participant,session,ward,withdrawn"
    )
    for row in ("N1,FG1,North", "P1,FG2,North", "P2,FG2,South"):
        built.edit("data/participants.csv", row, f"{row},")
    built.edit("data/participants.csv", "N2,FG1,South", "N2,FG1,South,2024-04-01")
    # Only the briefing and the summary give no number of people in a table, but in their words.
    assert built.changed_by() == built.showing("three people") | JOURNAL | {
        "reviewer.en.pdf", "reviewer.en.docx",
    }  # fmt: skip
    assert "briefing.en.html" in built.showing("three people")


def test_formats_go_and_come(built: Study) -> None:
    full = built.contents()
    built.edit("data/audiences.yml", "journal: {}", "journal: {formats: [html]}")
    assert built.changed_by() == frozenset()
    gone = {name for name in full if name.startswith("journal.en.") and not name.endswith("html")}
    assert gone
    left = built.contents()
    assert not gone & left.keys()
    assert not any(name.startswith("journal.en_files/") for name in left), "JATS had them"
    built.edit("data/audiences.yml", "journal: {formats: [html]}", "journal: {}")
    assert built.changed_by() == JOURNAL - {"journal.en.html"}
    assert built.contents() == full


def test_an_audience_goes(built: Study) -> None:
    built.edit("data/audiences.yml", "journal: {}", "journal: {}\n  lay: {used: false}")
    assert built.changed_by() == frozenset()
    assert not any(name.startswith("lay") for name in built.contents())
    assert "lay.en.html" not in (built.output / "index.html").read_text("utf-8")


def test_languages_and_drafts(built: Study) -> None:
    built.edit("data/audiences.yml", "journal: {}", "lay: {languages: [en, nb], formats: [html]}")
    assert built.changed_by(draft=True) == {"lay.nb.html"}
    assert built.changed_by(draft=True) == frozenset()
    built.edit("data/audiences.yml", "[en, nb]", "[en]")
    assert built.changed_by() == frozenset()
    assert "lay.nb.html" not in built.contents()
