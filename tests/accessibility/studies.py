"""The web pages that are looked at: of the example, in three scripts and two directions, of single
interviews, and of drafts."""

import tempfile
from pathlib import Path

import polib

from tests.built import in_three_scripts, report

DOCUMENTS = {
    "example": (
        "journal.en", "briefing.en", "briefing.nb", "briefing.nn", "lay.en", "lay.nb", "lay.nn",
    ),
    "languages": (
        "journal.en", "journal.uk", "journal.ar", "briefing.uk", "briefing.ar",
        "lay.en", "lay.uk", "lay.ar",
    ),
    "interviews": ("journal.en", "briefing.en", "lay.en"),
    "drafts": ("journal.ar", "briefing.ar", "lay.ar", "lay.sv"),
}  # fmt: skip
CHANGED = ("journal.en", "briefing.ar")
"""Pages of what changed in a document."""
PAGES = [
    *(f"{study}/{name}" for study, names in DOCUMENTS.items() for name in (*names, "index")),
    *(f"changes/{name}" for name in CHANGED),
]
"""Every page, as study/document."""


def changes(folder: Path) -> None:
    """Build a study, change of it what can be changed, and write what changed."""
    with tempfile.TemporaryDirectory() as scratch:
        study = in_three_scripts(Path(scratch, "study"))
        report("build", "--study", study, "--to=qmd")
        for name, old, new in (
            ("quotes.csv", "I like the lamp", "I like this lamp"),
            ("participants.csv", "P2,FG2,South\n", "P2,FG2,South\nP3,FG2,South\n"),
            ("text/background.md", "Little is known.", "Not much is known. Nights are long."),
        ):
            file = study / "data" / name
            text = file.read_text("utf-8")
            assert old in text, name
            file.write_text(text.replace(old, new), "utf-8")
        report("diff", "--study", study, "--to=html", "--output-dir", folder)
    for name in CHANGED:
        (folder / f"{name}.changes.html").rename(folder / f"{name}.html")


def drafts(folder: Path) -> None:
    """Build a study with gaps: nothing in Swedish, two thirds in Arabic, of the study's words and
    of the templates'."""
    with tempfile.TemporaryDirectory() as scratch:
        study = in_three_scripts(Path(scratch, "study"))
        audiences = study / "data" / "audiences.yml"
        languages = audiences.read_text("utf-8")
        wanted, drafts = "[en, uk, ar]\n    formats: [html, pdf, docx]", "[en, sv, ar]"
        assert wanted in languages
        audiences.write_text(languages.replace(wanted, drafts), "utf-8")
        for part in ("data", "templates"):
            catalogue = polib.pofile(str(study / part / "locale" / "ar.po"))
            for entry in catalogue[::3]:
                entry.msgstr = ""
            catalogue.save()
        options = ("--to=html", "--draft", "--lang=ar", "--lang=sv")
        report("build", "--study", study, "--output-dir", folder, *options)
