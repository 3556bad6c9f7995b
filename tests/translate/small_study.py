"""The small study with its lay summary and briefing in Norwegian too, to be changed and merged."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polib

from report.config import Settings, settings
from report.translate.extract import extract

BASE = Path(__file__).parents[1] / "studies" / "base"
FOUND = """\
# Light

A lamp helps. It is enough.

Nurses leave it on at night.

Patients ask for it by day on the {{ term("ward") }}.

# Talk

Somebody came and sat with us.

We heard it from {{ participants | count | words }} people.
"""
"""What the lay summary says was found."""
LIGHT, TALK = "text/lay/found.md § Light", "text/lay/found.md § Talk"
DATA = "data/locale/nb.po"


@dataclass(frozen=True)
class SmallStudy:
    """A study in a folder of its own."""

    folder: Path

    @property
    def settings(self) -> Settings:
        return settings(self.folder)

    def speak(self, audiences: Sequence[str], languages: Sequence[str]) -> None:
        """Say which audiences the study has, and in which languages."""
        spoken = ", ".join(languages)
        lines = [f"  {name}: {{languages: [{spoken}]}}" for name in audiences]
        self.write("audiences.yml", "\n".join(["audiences:", *lines, ""]))

    def write(self, path: str, text: str) -> None:
        """Write a file of the folder data."""
        file = self.folder / "data" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())

    def edit(self, path: str, old: str, new: str) -> None:
        """Change what stands once in a file of the folder data."""
        text = (self.folder / "data" / path).read_text("utf-8")
        assert text.count(old) == 1, (old, text)
        self.write(path, text.replace(old, new))

    def extract(self) -> tuple[str, ...]:
        """Run the command; the files that it wrote."""
        done = extract(self.settings)
        assert not done.failed, done.diagnostics
        return done.written

    def catalogue(self, path: str = DATA) -> polib.POFile:
        """A catalogue as it is now, to be looked at or changed and saved."""
        return polib.pofile(str(self.folder / path), wrapwidth=78)

    def translate(self, path: str = DATA) -> None:
        """Translate all that has no translation, in words that tell where they come from."""
        catalogue = self.catalogue(path)
        for entry in catalogue.untranslated_entries():
            fill(entry)
        catalogue.save()

    def entry(self, text: str, context: str = "", path: str = DATA) -> polib.POEntry:
        """The one message in use with that text, in that context if one is named."""
        found = [
            entry
            for entry in self.catalogue(path)
            if entry.msgid == text and not entry.obsolete and context in {"", entry.msgctxt}
        ]
        assert len(found) == 1, (text, found)
        return found[0]

    def obsolete(self, path: str = DATA) -> dict[str, str]:
        """The texts that are out of use, and their translations."""
        return {entry.msgid: entry.msgstr for entry in self.catalogue(path).obsolete_entries()}

    def bytes(self) -> dict[str, bytes]:
        """All files of the study."""
        return {
            file.relative_to(self.folder).as_posix(): file.read_bytes()
            for file in sorted(self.folder.rglob("*"))
            if file.is_file()
        }


def fill(entry: polib.POEntry) -> None:
    """Translate a message: “Lamps help.” in the section Light becomes “nb[Light] Lamps help.”."""
    if entry.msgid_plural:
        last = max(entry.msgstr_plural)
        for form in entry.msgstr_plural:
            entry.msgstr_plural[form] = said(entry.msgid if form < last else entry.msgid_plural)
    else:
        entry.msgstr = said(entry.msgid, entry.msgctxt or "")


def said(text: str, context: str = "") -> str:
    """The translation that `fill` gives; that of a term has its source as a form."""
    if context == "glossary.yml § ward":
        return f"avdeling; {text}"
    return f"nb({context.rpartition(' ')[2]}) {text}"


def new(folder: Path) -> SmallStudy:
    """A fresh study, extracted and translated."""
    shutil.copytree(BASE, folder)
    study = SmallStudy(folder)
    study.speak(["lay", "briefing"], ["en", "nb"])
    study.write("text/lay/found.md", FOUND)
    study.extract()
    study.translate()
    study.extract()
    return study
