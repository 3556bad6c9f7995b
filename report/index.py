"""_output/index.html: a page from which a person opens every document."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from report.compose import words
from report.manifest import Entry
from report.model.audience import FORMATS, Audience
from report.model.study import Study

_NAMES = {"html": "HTML", "pdf": "PDF", "docx": "Word", "jats": "JATS", "qmd": "Quarto"}


def index(
    study: Study,
    audiences: Mapping[str, Audience],
    artifacts: Mapping[str, Entry],
    date: str,
    themes: Sequence[Path],
) -> bytes:
    """The page, in the study's language; a card for each document, a link for each format."""
    environment = Environment(
        loader=FileSystemLoader([str(theme) for theme in themes]),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: message, lambda one, many, n: one if n == 1 else many, newstyle=True
    )
    language = study.file.language
    documents = [
        _document(name, audiences[name], code, artifacts, language)
        for name in audiences
        for code in audiences[name].languages or (language,)
    ]
    page = environment.get_template("html/index.html.j2").render(
        study=study.file,
        lang=language,
        documents=[document for document in documents if document["links"]],
        colophon=words.day(date, language),
    )
    return page.encode()


def _document(
    name: str, audience: Audience, code: str, artifacts: Mapping[str, Entry], language: str
) -> dict[str, object]:
    order = [*FORMATS, "qmd"]
    mine = [
        (order.index(entry.format), file, entry)
        for file, entry in artifacts.items()
        if (entry.audience, entry.language) == (name, code) and entry.format in order
    ]
    return {
        "title": audience.label,
        "description": audience.description,
        "language": words.language_name(code, language),
        "lang": code,
        "status": "",
        "links": [
            {"label": _NAMES[entry.format], "href": file, "size": _size(entry.bytes)}
            for _, file, entry in sorted(mine, key=lambda item: item[0])
        ],
    }


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(count // 1000, 1)} kB"  # noqa: PLR2004
