"""_output/index.html: a page from which a person opens every document."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from markupsafe import Markup

from report import languages
from report.compose import environment, localise, words
from report.compose.translator import Translator
from report.manifest import Entry
from report.model.audience import FORMATS, Variant
from report.model.brand import Logo
from report.model.catalogue import Catalogue
from report.model.study import Study
from report.stylesheet import data_uri, stylesheet

_KINDS = {"svg": "svg+xml", "png": "png"}
_NAMES = {"html": "HTML", "pdf": "PDF", "docx": "Word", "jats": "JATS", "qmd": "Quarto"}


def index(
    study: Study,
    variants: Sequence[Variant],
    artifacts: Mapping[str, Entry],
    date: str,
    themes: Sequence[Path],
    catalogues: Sequence[Catalogue],
) -> bytes:
    """The page, in the study's language; a card for each document, a link for each format.
    `catalogues` are the templates' in that language. It bears the study's brand where a document
    does."""
    language = study.file.language
    branded = any(variant.audience.brand for variant in variants)
    brand = study.brand if branded else None
    translator = Translator(language, language, (), catalogues)
    documents = [_document(variant, artifacts, translator) for variant in variants]
    page = (
        environment.pages(themes, translator)
        .get_template("html/index.html.j2")
        .render(
            study=study.file,
            lang=language,
            dir="rtl" if languages.is_right_to_left(language) else "",
            documents=[document for document in documents if document["links"]],
            colophon=words.day(date, language),
            style=Markup(stylesheet(brand)) if brand else "",  # noqa: S704  # it escapes names
            organisation=brand.name if brand else "",
            logos=_logos(brand.logo) if brand and brand.logo else [],
        )
    )
    return page.encode()


def _document(
    variant: Variant, artifacts: Mapping[str, Entry], translator: Translator
) -> dict[str, object]:
    name, code = variant.audience_name, variant.language
    audience = localise.audience(name, variant.audience, variant.own, translator)
    order = [*FORMATS, "qmd"]
    mine = [
        (order.index(entry.format), file, entry)
        for file, entry in artifacts.items()
        if (entry.audience, entry.language) == (name, code) and entry.format in order
    ]
    draft = any(entry.draft for _, _, entry in mine)
    return {
        "title": audience.label,
        "description": audience.description,
        "language": words.language_name(code, translator.language),
        "own_language": words.language_name(code, code),
        "lang": code,
        "dir": "rtl" if languages.is_right_to_left(code) else "ltr",
        "draft": draft,
        "links": [
            {"label": _NAMES[entry.format], "href": file, "size": _size(entry.bytes)}
            for _, file, entry in sorted(mine, key=lambda item: item[0])
        ],
    }


def _logos(logo: Logo) -> list[dict[str, str]]:
    """The logo for light grounds, and that for dark ones where there is one."""
    return [
        {"address": data_uri(f"image/{_KINDS[one.ending]}", one.content), "alt": one.alt}
        for one in (logo, logo.dark)
        if one
    ]


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(count // 1000, 1)} kB"  # noqa: PLR2004
