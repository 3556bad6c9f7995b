"""`report translate sheet`: a review sheet, for Word, a browser or Poedit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import polib
import yaml
from jinja2 import Environment

from report import languages
from report.check import Checked
from report.compose import environment
from report.compose.translator import Translator
from report.compose.words import language_name
from report.config import Settings
from report.errors import UsageError
from report.gate import gate
from report.model.diagnostic import Diagnostic, did_you_mean
from report.translate.extract import blocking, composed
from report.translate.files import write
from report.translate.merge import READERS, new
from report.translate.rows import Row, rows
from report.translate.word import docx

FORMATS: Final = ("docx", "html", "po")
ROW: Final = "Row: "
"""What stands before a row's id in a .po file."""


@dataclass(frozen=True)
class Sheet:
    """The file that was written and how many rows it has; or why there is none."""

    file: Path | None
    rows: int
    diagnostics: tuple[Diagnostic, ...] = ()


def sheet(
    settings: Settings, language: str, audience: str | None, form: str, output: Path | None
) -> Sheet:
    """Write the sheet of what documents show in the language; with `audience`, its documents alone.

    Raises UsageError for a format, an audience or a language that is not there, ReportError where
    the file cannot be written.
    """
    if form not in FORMATS:
        raise UsageError(f"a sheet has no format “{form}”", did_you_mean(form, FORMATS))
    checked = composed(settings)
    study, errors = checked.study, blocking(checked)
    if study is None or errors:
        return Sheet(None, 0, errors)
    if audience is not None and audience not in checked.audiences:
        hint = did_you_mean(audience, checked.audiences)
        raise UsageError(f"there is no audience “{audience}”", hint)
    found = rows(settings, checked, language, audience)
    if not found:
        hint = "name the language in data/audiences.yml, then run report translate extract"
        raise UsageError(f"there is nothing to translate into “{language}” yet", hint)
    name = ".".join(part for part in ("translation", audience, language, form) if part)
    file = output or Path(name)
    own = (settings.root / "data", settings.root / "templates")
    if file.suffix != f".{form}" or any(file.resolve().is_relative_to(folder) for folder in own):
        raise UsageError(
            f"a sheet cannot be written to {file}",
            f"name a file that ends in .{form}, outside the study's data and templates",
        )
    translator = Translator(language, study.file.language, (), checked.catalogues.get(language, ()))
    title = f"{study.file.title} · {language_name(language, language)}"
    pages = environment.pages(settings.themes, translator)
    words = yaml.safe_load(pages.get_template("translate/words.yml.j2").render())
    words["title"] = title
    made = [row for row, _ in found]
    match form:
        case "po":
            content = _po(new(language, "translation", study.file.date), found, audience)
        case "html":
            content = _html(pages, words, made, translator, file.name)
        case _:
            content = docx(words, made, (study.file.language, language))
    leaks = _leaks(checked, audience, f"sheet.{form}", content)
    if leaks:
        return Sheet(None, 0, leaks)
    write(file, content, str(file))
    return Sheet(file, len(found))


def _leaks(
    checked: Checked, audience: str | None, name: str, content: bytes
) -> tuple[Diagnostic, ...]:
    """What stands in the sheet and may not: earlier wordings and comments come along too. A sheet
    of all documents may hold what any of them shows, and names of the key never."""
    mine = [variant for variant in checked.withheld if variant.audience_name == audience]
    if mine:
        return gate({name: content}, replace(checked.withheld[mine[0]], reader=""))
    return gate({name: content}, replace(checked.of_everyone, words=(), marks=()))


def _html(
    pages: Environment,
    words: Mapping[str, Any],
    found: Sequence[Row],
    translator: Translator,
    file: str,
) -> bytes:
    language = translator.language
    page = pages.get_template("translate/sheet.html.j2").render(
        language=language,
        dir="rtl" if languages.is_right_to_left(language) else "",
        file=file,
        rows=[
            {
                "id": row.id,
                "place": f"{'≈ ' if row.fuzzy else ''}{row.place}",
                "was": row.was,
                "source": row.source,
                "text": row.text,
                "fuzzy": row.fuzzy,
                "source_language": translator.source_of(row.domain),
            }
            for row in found
        ],
        **words,
    )
    return page.encode()


def _po(
    catalogue: polib.POFile, found: Sequence[tuple[Row, polib.POEntry]], audience: str | None
) -> bytes:
    """A catalogue of these messages alone, each with the ids of its rows; for one audience without
    what was said of them to others."""
    ids: dict[int, list[str]] = {}
    for row, entry in found:
        ids.setdefault(id(entry), []).append(row.id)
        if len(ids[id(entry)]) == 1:
            catalogue.append(entry)
    for entry in catalogue:
        lines = [line for line in entry.comment.split("\n") if line]
        if audience:
            if f"{READERS}{audience}" not in lines:
                entry.tcomment = ""
            lines = [line for line in lines if not line.startswith(READERS)]
        entry.comment = "\n".join([*lines, *(f"{ROW}{name}" for name in ids[id(entry)])])
    return f"{catalogue}\n".encode()
