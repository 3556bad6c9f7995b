"""The web pages that are looked at: of the example, in three scripts and two directions, of single
interviews, and of drafts."""

import shutil
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import polib

ROOT = Path(__file__).parents[2]
STUDIES = ROOT / "tests" / "studies"

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


def build(folder: Path) -> None:
    """Build each study's pages into a folder of its name."""
    studies = folder / "studies"
    _report(ROOT, folder / "example")
    languages = _laid_over("languages", studies)
    _report(languages, folder / "languages")
    _report(_laid_over("interviews", studies), folder / "interviews")
    shutil.copytree(languages, studies / "drafts")
    _leave_gaps(studies / "drafts")
    _report(studies / "drafts", folder / "drafts", "--draft", "--lang=ar", "--lang=sv")


def _report(study: Path, output: Path, *options: str) -> None:
    command = [sys.executable, "-m", "report", "build", "--to=html", f"--study={study}"]
    command += [f"--output-dir={output}", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _laid_over(name: str, studies: Path) -> Path:
    """The study in base/ with another laid over it, and fonts that have Arabic letters."""
    study = studies / name
    shutil.copytree(STUDIES / "base", study)
    shutil.copytree(STUDIES / name, study, dirs_exist_ok=True)
    fonts = study / "templates" / "theme" / "fonts"
    fonts.mkdir(parents=True)
    shutil.copy(Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf", fonts)
    return study


def _leave_gaps(study: Path) -> None:
    """Nothing in Swedish, two thirds in Arabic: of the study's words and of the templates'."""
    audiences = study / "data" / "audiences.yml"
    languages = audiences.read_text("utf-8")
    wanted, drafts = "[en, uk, ar]\n    formats: [html, pdf, docx]", "[en, sv, ar]"
    audiences.write_text(languages.replace(wanted, drafts), "utf-8")
    for folder in ("data", "templates"):
        catalogue = polib.pofile(str(study / folder / "locale" / "ar.po"))
        for entry in catalogue[::3]:
            entry.msgstr = ""
        catalogue.save()
