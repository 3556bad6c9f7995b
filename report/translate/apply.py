"""`report translate apply`: what reviewers wrote into a sheet, taken over into the catalogues."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

from report.checks import translations
from report.config import Settings
from report.model.diagnostic import Diagnostic, Severity, excerpt
from report.translate import messages
from report.translate.extract import blocking, composed
from report.translate.returned import Returned, returned
from report.translate.rows import catalogues, rows_of, state


@dataclass(frozen=True)
class Applied:
    """How many translations and comments were taken over, and what was not."""

    taken: int
    comments: int
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class _Place:
    """One form of an entry of a catalogue."""

    entry: polib.POEntry
    form: int

    @property
    def text(self) -> str:
        entry = self.entry
        return entry.msgstr_plural[self.form] if entry.msgid_plural else entry.msgstr

    def fill(self, text: str) -> None:
        if self.entry.msgid_plural:
            self.entry.msgstr_plural[self.form] = text
        else:
            self.entry.msgstr = text

    def comment(self, said: str) -> bool:
        """Keep a reviewer's comment beside those that are there; whether it was new."""
        kept = _on_one_line(self.entry.tcomment)
        new = _on_one_line(said)
        if not new or new in kept:
            return False
        if new.startswith(kept):  # it was added to
            self.entry.tcomment = said
        else:
            self.entry.tcomment = f"{self.entry.tcomment}\n{said}"
        return True

    def confirm(self) -> None:
        """Take the mark “fuzzy” away."""
        self.entry.flags = [flag for flag in self.entry.flags if flag != "fuzzy"]
        self.entry.previous_msgid = self.entry.previous_msgctxt = None
        self.entry.previous_msgid_plural = None


def apply(settings: Settings, file: Path) -> Applied:
    """Take over each row that the reviewer changed and nobody else since; tell of the others.

    Raises UsageError for a file that is no sheet, ReportError where one cannot be read or written.
    """
    brought = returned(file)
    checked = composed(settings)
    if checked.study is None or blocking(checked):
        return Applied(0, 0, blocking(checked))
    files = [
        found
        for language in messages.spoken(checked)
        for found in catalogues(settings, checked, language)
    ]
    places = {
        row.id.partition("-")[0]: _Place(entry, row.form)
        for catalogue_file, catalogue in files
        for entry in catalogue
        if not entry.obsolete
        for row in rows_of(entry, catalogue_file)
    }
    problems: list[Diagnostic] = []
    taken = comments = 0
    for row in brought:
        place = places.get(row.message)
        wrong = list(_wrong(row, place))
        problems += wrong
        if place is None:
            continue
        comments += place.comment(row.comment)
        if wrong:
            continue
        if row.is_changed and state(row.text) != state(place.text):
            place.fill(row.text)
            place.confirm()
            taken += 1
        elif row.confirmed and place.entry.fuzzy and state(row.text) == state(place.text):
            place.confirm()
            taken += 1
    for catalogue_file, catalogue in files:
        catalogue_file.write(catalogue)
    return Applied(taken, comments, tuple(problems))


def _wrong(row: Returned, place: _Place | None) -> Iterator[Diagnostic]:
    """Why a row cannot be taken over, if it says anything new."""
    if not row.message:
        message = f"this row's first cell is not as it was written; it says: “{excerpt(row.text)}”"
        hint = "copy what it says into a new sheet, or into the catalogue"
        yield Diagnostic("translation-conflict", message, row.location, hint)
        return
    if place is None:
        if row.is_changed or row.comment:
            said = excerpt(row.text if row.is_changed else row.comment)
            message = f"the source has changed since the sheet was made; the row says: “{said}”"
            hint = "make a new sheet, and copy what still fits"
            yield Diagnostic("translation-conflict", message, row.location, hint)
        return
    if not row.is_changed:
        return
    if state(place.text) not in {row.state, state(row.text)}:
        message = f"the translation has changed since: “{excerpt(place.text)}”; "
        message += f"the row says: “{excerpt(row.text)}”"
        hint = "decide between the two, and write it into the catalogue"
        yield Diagnostic("translation-conflict", message, row.location, hint)
        return
    entry = place.entry
    if (entry.msgctxt or "").startswith(translations.TEXTS):
        found = translations.compare(entry.msgid, row.text, row.location)
    elif not entry.msgctxt:
        one = bool(entry.msgid_plural) and place.form == 0
        source = (entry.msgid, entry.msgid_plural)
        found = translations.parameters(source, row.text, row.location, may_say_one=one)
    else:
        found = iter(())
    yield from (problem for problem in found if problem.severity is Severity.ERROR)


def _on_one_line(text: str) -> str:
    """Without the breaks that a .po file puts into long comments."""
    return " ".join(text.split())
