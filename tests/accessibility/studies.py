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
PAGES = [f"{study}/{name}" for study, names in DOCUMENTS.items() for name in (*names, "index")]
"""Every page, as study/document."""


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
