"""A build of some documents marks those that it left behind, until they are made too."""

import json
import re

from report.build import build
from report.config import settings
from tests.freshness.conftest import Study, clean

EARLIER = "from earlier data"
FINDING = ("data/text/findings/talk.md", "{{", "It was dark.\n\n{{")
"""A change that the manuscript and the blinded one show, and no other document."""


def marked(study: Study) -> tuple[set[str], set[str], set[str]]:
    """The documents from earlier data: as the manifest, the status and index.html have them."""
    entries = json.loads((study.output / "manifest.json").read_bytes())["artifacts"]
    status = {name for name, how in study.status().items() if how == EARLIER}
    page = (study.output / "index.html").read_text("utf-8")
    items = re.findall(r'<a [^>]*href="([^"]+)".*?</a>(.*?)</li>', page, re.DOTALL)
    return (
        {name for name, entry in entries.items() if entry["stale"]},
        status,
        {name for name, after in items if "earlier" in after},
    )


def test_what_is_left_behind_is_marked_until_it_is_made(built: Study) -> None:
    built.edit(*FINDING)
    left = {"journal.en.html", "journal.en.docx", "journal.en.jats.xml", "reviewer.en.docx"}
    assert built.changed_by(to=("pdf",)) == {"journal.en.pdf", "reviewer.en.pdf"}
    assert marked(built) == (left, left, left)
    assert built.changed_by(to=("docx",)) == {"journal.en.docx", "reviewer.en.docx"}
    left = {"journal.en.html", "journal.en.jats.xml"}
    assert marked(built) == (left, left, left)
    assert built.changed_by() == left
    assert marked(built) == (set(), set(), set())
    assert built.contents() == clean(built, built.root.parent / "clean")


def test_documents_that_the_change_does_not_reach_are_not_marked(built: Study) -> None:
    built.edit(*FINDING)
    built.rendered()
    built.build("lay")
    assert built.rendered() == frozenset()
    stale, status, _ = marked(built)
    assert stale == status == {n for n in built.status() if n.startswith(("journal", "reviewer"))}


def test_a_mark_goes_where_the_change_is_taken_back(built: Study) -> None:
    before = built.contents()
    built.edit(*FINDING)
    built.build("lay")
    path, old, new = FINDING
    built.edit(path, new, old)
    built.build("lay")
    assert marked(built) == (set(), set(), set())
    assert built.contents() == before


def test_documents_that_cannot_be_composed_now_are_from_earlier_data(built: Study) -> None:
    """An error in the briefing's text stops no build of the summary, and is no reason to call the
    briefing up to date."""
    built.edit("data/text/briefing/done.md", "We asked", '{{ quote("Q9") }} We asked')
    built.edit("data/text/lay/why.md", "To sleep", "So to sleep")
    before = built.files()
    built.rendered()
    built.build("lay")
    assert built.rendered() == {"lay.en.html", "lay.en.pdf"}
    entries = json.loads((built.output / "manifest.json").read_bytes())["artifacts"]
    assert {n for n, e in entries.items() if e["stale"]} == {"briefing.en.html", "briefing.en.pdf"}
    assert built.files()["briefing.en.pdf"] == before["briefing.en.pdf"]
    whole = build(settings(built.root, environment={}))
    assert whole.failed
    assert built.files()["briefing.en.pdf"] == before["briefing.en.pdf"]


def test_a_document_that_is_gone_is_listed_no_more(built: Study) -> None:
    """Or the page of documents would have a link that leads nowhere."""
    (built.output / "lay.en.pdf").unlink()
    built.build("briefing")
    assert "lay.en.pdf" not in (built.output / "index.html").read_text("utf-8")
    assert built.status()["lay.en.pdf"] == "not made yet"
    built.rendered()
    built.build()
    assert built.rendered() == {"lay.en.pdf"}


def test_sources_for_quarto(built: Study) -> None:
    """They stay, as new as all else, and are not made unasked."""
    built.build("lay", to=("qmd",))
    assert built.rendered() == frozenset()
    text = (built.output / "lay.en.qmd").read_text("utf-8")
    built.edit("data/text/lay/why.md", "To sleep", "So to sleep")
    assert built.build("lay", to=("html",)).artifacts == ("lay.en.html",)
    assert (built.output / "lay.en.qmd").read_text("utf-8") == text
    left = {"lay.en.qmd", "lay.en.pdf"}
    assert marked(built) == (left, left, left)
    built.build()
    assert "So to sleep" in (built.output / "lay.en.qmd").read_text("utf-8")
    assert marked(built)[0] == set()
    assert not (built.output / "journal.en.qmd").exists()
    (built.output / "lay.en.qmd").write_text("spoilt", "utf-8")
    built.build()
    assert "So to sleep" in (built.output / "lay.en.qmd").read_text("utf-8")
