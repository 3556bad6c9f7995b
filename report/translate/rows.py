"""The rows of a review sheet: a message each, told by what it is and by what it said then."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import polib

from report.check import Checked
from report.config import Settings
from report.model.catalogue import Domain
from report.translate import messages
from report.translate.extract import project
from report.translate.files import CatalogueFile

FUZZY: Final = "~"
"""Ends the id of a row that was fuzzy."""


@dataclass(frozen=True)
class Row:
    """A message in a language, or one plural form of it. `id` changes with these and, behind the
    hyphen, with the translation: what comes back is compared with what went out."""

    message: str
    form: int
    source: str
    text: str
    was: str
    fuzzy: bool
    place: str
    domain: Domain

    @property
    def id(self) -> str:
        fuzzy = FUZZY if self.fuzzy else ""
        return f"{self.message}.{self.form}-{state(self.text)}{fuzzy}"


def state(text: str) -> str:
    """What tells one translation of a message from another."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:6]


def rows_of(entry: polib.POEntry, file: CatalogueFile) -> Iterator[Row]:
    """The rows of a catalogue's entry: one, or one for each plural form."""
    key = "\x00".join((file.language, file.domain, entry.msgctxt or "", entry.msgid))
    told = hashlib.sha256(key.encode()).hexdigest()[:10]
    place = entry.msgctxt or (entry.occurrences[0][0] if entry.occurrences else "")
    texts = dict(entry.msgstr_plural) if entry.msgid_plural else {0: entry.msgstr}
    for form, text in sorted(texts.items()):
        source = entry.msgid_plural if form else entry.msgid
        yield Row(
            told, form, source, text, entry.previous_msgid or "", entry.fuzzy, place, file.domain
        )


def catalogues(
    settings: Settings, checked: Checked, language: str
) -> Iterator[tuple[CatalogueFile, polib.POFile]]:
    """The catalogues of the language that the study has itself."""
    study = checked.study
    if study is None:
        return
    for domain in Domain:
        file = CatalogueFile(domain, language, settings.root)
        if (settings.root / file.path).is_file():
            yield file, file.read(project(study), study.file.date)


def rows(
    settings: Settings, checked: Checked, language: str, audience: str | None
) -> Sequence[tuple[Row, polib.POEntry]]:
    """What the documents show in the language, in their order; with `audience`, its documents."""
    entries = {
        (file.domain, entry.msgctxt or "", entry.msgid): (entry, file)
        for file, catalogue in catalogues(settings, checked, language)
        for entry in catalogue
        if not entry.obsolete
    }
    wanted = [w for domain in Domain for w in messages.shown(checked, language, domain, audience)]
    return [
        (row, entry)
        for want in wanted
        if (found := entries.get((want.message.domain, *want.message.key)))
        for entry, file in (found,)
        for row in rows_of(entry, file)
    ]
