"""`report translate extract`: catalogues that hold what the documents need, with what there was."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from report import catalogues, languages
from report.check import Checked, check
from report.config import Settings, templates
from report.model.catalogue import Domain
from report.model.diagnostic import Diagnostic, Severity
from report.model.study import Study
from report.sources import encoding, po
from report.sources.csv import delimiter_of
from report.sources.file import read
from report.translate import messages
from report.translate.files import CatalogueFile, makes_templates, write
from report.translate.merge import merge

QUOTES = "data/quote_translations.csv"
_COLUMNS = ("quote", "language", "text", "translator", "date", "reviewer", "hash")


@dataclass(frozen=True)
class Extracted:
    """What was found wrong with the study, and the files that were written."""

    diagnostics: tuple[Diagnostic, ...]
    written: tuple[str, ...]
    failed: bool


def extract(settings: Settings) -> Extracted:
    """Write or merge the catalogues of every language that a document needs one in, and add a row
    for each quote that waits for a translation.

    A study with an error outside its catalogues is left alone. Raises ReportError where a file
    cannot be read or written.
    """
    checked = composed(settings)
    study = checked.study
    errors = blocking(checked)
    if study is None or errors:
        return Extracted(errors, (), failed=True)
    written: list[str] = []
    for language in messages.spoken(checked):
        for domain in Domain:
            wanted = _wanted(settings, checked, language, domain)
            file = CatalogueFile(domain, language, settings.root)
            if not wanted and not (settings.root / file.path).is_file():
                continue
            merged = merge(file.read(project(study), study.file.date), wanted)
            if file.write(merged):
                written.append(file.path)
    if _add_quotes(settings, study, checked):
        written.append(QUOTES)
    return Extracted((), tuple(written), failed=False)


_NEVER: Final = {"leak", "not-blinded", "withheld-quote"}
"""What no catalogue and no sheet may carry on."""


def composed(settings: Settings) -> Checked:
    """The study with all of its documents composed, whatever is not translated yet."""
    return check(settings, draft=True)


def blocking(checked: Checked) -> tuple[Diagnostic, ...]:
    """The errors that hide what documents need: all but those of translations and fonts; and what
    may not be shown, wherever it stands."""
    return tuple(
        problem
        for problem in checked.diagnostics
        if problem.severity is Severity.ERROR
        and (problem.code in _NEVER or not po.is_of_a_translation(problem))
        and problem.code != "missing-glyph"
    )


def project(study: Study) -> str:
    """What the header of a catalogue calls the study: its title does not change it."""
    return f"{study.file.authors[0].family}, {study.file.date[:4]}"


def _wanted(
    settings: Settings, checked: Checked, language: str, domain: Domain
) -> Sequence[messages.Wanted]:
    study = checked.study
    if study is None:
        return []
    if domain is Domain.STUDY:
        return messages.shown(checked, language, domain) if language != study.file.language else []
    if languages.SOURCE in languages.general(language):
        return []
    ours = makes_templates(settings)
    variants = [
        v
        for v in checked.composed
        if ours or language in (v.language, *v.audience.abstract_languages)
    ]
    wanted = messages.of_templates(settings.templates, variants, everything=ours)
    if ours:
        return wanted
    held = {
        key
        for catalogue in catalogues.of_templates((templates(),), language)[0]
        for key, translation in catalogue.translations.items()
        if translation.done
    }
    return [want for want in wanted if want.message.key not in held]


def _add_quotes(settings: Settings, study: Study, checked: Checked) -> bool:
    """A row for each quote that a document shows and that has none in its language."""
    file = settings.root / QUOTES
    if (settings.root / QUOTES.replace(".csv", ".xlsx")).exists():
        return False
    known = set(study.translation_of)
    asked = {
        (quote, language)
        for result in checked.composed.values()
        for quote, language in result.quotes
        if language not in {study.file.language, study.quote_by_id[quote].language}
    }
    missing = [
        (quote.id, language)
        for language in sorted({language for _, language in asked})
        for quote in study.quotes
        if (quote.id, language) in asked - known
    ]
    if not missing:
        return False
    content, _ = read(file, QUOTES) if file.exists() else (b"", [])
    text = encoding.decode(content or b"").removeprefix("\ufeff")
    delimiter = delimiter_of(text)
    header = next(csv.reader(io.StringIO(text), delimiter=delimiter), list(_COLUMNS))
    rows = io.StringIO()
    writer = csv.DictWriter(
        rows, header, delimiter=delimiter, lineterminator="\n", extrasaction="ignore"
    )
    if not text.strip():
        writer.writeheader()
    elif not text.endswith("\n"):
        rows.write("\n")
    for quote, language in missing:
        values = {"quote": quote, "language": language, "hash": study.quote_by_id[quote].hash}
        writer.writerow(dict.fromkeys(header, "") | values)
    return write(file, _as_utf8(content or b"", text) + rows.getvalue().encode(), QUOTES)


def _as_utf8(content: bytes, text: str) -> bytes:
    """The file as it is, so that rows can follow; anew where it is in another encoding."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return text.encode("utf-8-sig")
    return content
