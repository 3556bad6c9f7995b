"""The page of what changed in a document."""

import re
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import html

from report.changed_files import known, write
from report.changes import Compared, compared
from report.config import settings
from report.diff import FOLDER
from report.errors import UsageError
from report.gate import gate
from report.model.withheld import Withheld, Words
from report.withdraw import withdraw
from tests.changes.studies import SAID, built, edit, study_in


@pytest.fixture
def study(tmp_path: Path) -> Path:
    root = study_in(tmp_path)
    built(root)
    return root


def written(study: Path, found: Compared, *, everything: bool = True) -> tuple[str, ...]:
    done = write(settings(study), found, ["html"], study / FOLDER, everything=everything)
    assert done.diagnostics == ()
    return done.files


def summary(study: Path, name: str) -> str:
    tree = html.fromstring((study / FOLDER / f"{name}.changes.html").read_bytes())
    (found,) = tree.find_class("what-changed")
    return " ".join(found.text_content().split())


def test_a_page_has_what_changed_above_its_text(study: Path) -> None:
    edit(study, "data/quotes.csv", SAID, "a large lamp helps")
    edit(study, "data/participants.csv", "P2,FG2,South\n", "P2,FG2,South\nP3,FG2,South\n")
    files = written(study, compared(settings(study)))
    assert files == tuple(
        f"{name}.en.changes.html" for name in ("briefing", "journal", "lay", "reviewer")
    )
    text = summary(study, "journal.en")
    assert "Since the last build." in text
    assert "participants: 4 → 5" in text
    tree = html.fromstring((study / FOLDER / "journal.en.changes.html").read_bytes())
    assert [e.text for e in tree.xpath("//section//del") if e.text == "small"]
    assert [e.text for e in tree.xpath("//section//ins") if e.text == "large"]
    assert "lamp" not in summary(study, "lay.en")  # which does not show the quote
    page = (study / FOLDER / "journal.en.changes.html").read_text("utf-8")
    assert page.count("<main") == 1
    assert page.index("what-changed") < page.index("Nights are long")


def test_nothing_of_who_withdrew_is_on_any_page(study: Path) -> None:
    withdraw(settings(study), "N1")
    edit(study, "data/text/findings/light.md", '{{ quote("Q1") }}', "Nobody else said it.")
    found = compared(settings(study))
    for name in written(study, found):
        content = (study / FOLDER / name).read_bytes()
        pair = next(p for p in found.pairs if name.startswith(p.name))
        assert not gate({name: content}, pair.held)
        assert SAID.encode() not in content
    assert "[withdrawn]" in summary(study, "journal.en")


def test_a_page_that_holds_what_it_may_not_is_not_written_nor_any_other(study: Path) -> None:
    edit(study, "data/participants.csv", "P2,FG2,South\n", "P2,FG2,South\nP3,FG2,South\n")
    found = compared(settings(study))
    held = Withheld(words=(Words("consent", "quote Q9", "What helps by day."),))
    pairs = tuple(replace(p, held=held) if p.name == "lay.en" else p for p in found.pairs)
    done = write(
        settings(study), replace(found, pairs=pairs), ["html"], study / FOLDER, everything=True
    )
    assert [d.code for d in done.diagnostics] == ["leak"]
    assert done.files == ()
    assert not list((study / FOLDER).glob("*.html"))


def test_pages_of_what_did_not_change_go(study: Path) -> None:
    edit(study, "data/quotes.csv", SAID, "a large lamp helps")
    written(study, compared(settings(study)))
    for name in ("mine.html", "journal.en.changes.pdf"):
        (study / FOLDER / name).write_text("x")
    built(study)
    edit(study, "data/text/lay/why.md", "To sleep", "In order to sleep")
    some = compared(settings(study), names=["lay"])
    written(study, some, everything=False)
    assert (study / FOLDER / "journal.en.changes.html").is_file()
    written(study, compared(settings(study)))
    assert {f.name for f in (study / FOLDER).iterdir()} == {
        "lay.en.changes.html", "mine.html", "journal.en.changes.pdf",
    }  # fmt: skip


def test_below_it_the_text_is_marked_and_word_tracks_the_changes(study: Path) -> None:
    edit(study, "data/text/background.md", "Little is known.", "Not much is known.")
    found = compared(settings(study))
    done = write(settings(study), found, ["html", "docx"], study / FOLDER, everything=True)
    assert done.files == tuple(
        f"{name}.en.changes.{form}" for name in ("journal", "reviewer") for form in ("docx", "html")
    )
    tree = html.fromstring((study / FOLDER / "journal.en.changes.html").read_bytes())
    text = tree.xpath("//*[contains(@class, 'text')]")[0]
    assert [e.text_content() for e in text.xpath(".//del")][:1] == ["Little"]
    with ZipFile(study / FOLDER / "journal.en.changes.docx") as word:
        content = word.read("word/document.xml").decode()
    assert "<w:del " in content
    assert "<w:ins " in content


def test_a_word_file_never_tracks_the_words_of_who_withdrew(study: Path) -> None:
    withdraw(settings(study), "N1")
    edit(study, "data/text/findings/light.md", '{{ quote("Q1") }}', "Nobody else said it.")
    found = compared(settings(study))
    done = write(settings(study), found, ["docx"], study / FOLDER, everything=True)
    assert "journal.en.changes.docx" in done.files
    with ZipFile(study / FOLDER / "journal.en.changes.docx") as word:
        everything = "".join(word.read(name).decode("utf-8", "replace") for name in word.namelist())
    assert "[withdrawn]" in everything
    assert "lamp by the window" not in everything
    assert not re.search(r"\bN1\b", everything)


def test_words_of_a_study_do_nothing_on_the_page(study: Path) -> None:
    edit(study, "data/quotes.csv", SAID, "<script>alert(1)</script> & </section> {{ 7*7 }}")
    written(study, compared(settings(study)))
    page = (study / FOLDER / "journal.en.changes.html").read_bytes()
    tree = html.fromstring(page)
    assert not tree.xpath("//script")
    assert "<script>alert(1)</script> & </section> {{ 7*7 }}" in summary(study, "journal.en")


def test_a_withdrawal_removes_the_pages_that_hold_them(study: Path) -> None:
    edit(study, "data/text/findings/light.md", '{{ quote("Q1") }}', 'Hear: {{ quote("Q1") }}.')
    built(study, "html", "qmd", audiences=("journal",))
    edit(study, "data/quotes.csv", SAID, f"{SAID} and longer")
    written(study, compared(settings(study)))
    assert (study / FOLDER / "journal.en.changes.html").is_file()
    done = withdraw(settings(study), "N1")
    assert f"{FOLDER}/journal.en.changes.html" in done.removed
    assert not (study / FOLDER / "journal.en.changes.html").exists()


def test_formats_may_be_listed_with_commas() -> None:
    assert known(["html,html", "html"]) == ("html",)
    assert known(["html,docx"]) == ("html", "docx")
    with pytest.raises(UsageError, match="changes are not shown as “pdf”"):
        known(["html,pdf"])
