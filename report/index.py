"""_output/index.html: a page from which a person opens every document."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from markupsafe import Markup

from report import languages
from report.compose import environment, localise, translator, words
from report.compose.translator import Translator
from report.manifest import Entry
from report.model.audience import FORMATS, Variant
from report.model.brand import Logo
from report.model.catalogue import Catalogue
from report.model.study import Study
from report.stylesheet import data_uri, stylesheet

_KINDS: Final = {"svg": "svg+xml", "png": "png"}
_NAMES: Final = {"html": "HTML", "pdf": "PDF", "docx": "Word", "jats": "JATS", "qmd": "Quarto"}
_FONTS: Final = {"400": "SourceSans3-Regular", "600": "SourceSans3-Semibold"}


def index(
    study: Study,
    variants: Sequence[Variant],
    artifacts: Mapping[str, Entry],
    date: str,
    themes: Sequence[Path],
    catalogues: Mapping[str, Sequence[Catalogue]],
) -> bytes:
    """The page, in the study's language; a section for each audience, a document for each of its
    languages, a link for each format. `catalogues` are the templates', by language. It bears the
    study's brand where a document does."""
    language = study.file.language
    branded = any(variant.audience.brand for variant in variants)
    brand = study.brand if branded else None
    here = translator.of_study(study, language, catalogues)
    audiences = []
    for name, group in groupby(variants, key=lambda variant: variant.audience_name):
        mine = list(group)
        audience = localise.audience(name, mine[0].audience, mine[0].own, here)
        there = (translator.of_study(study, variant.language, catalogues) for variant in mine)
        documents = [
            _document(study, variant, artifacts, here, its)
            for variant, its in zip(mine, there, strict=True)
        ]
        if shown := [document for document in documents if document["links"]]:
            audiences.append(
                {"label": audience.label, "description": audience.description, "documents": shown}
            )
    page = (
        environment.pages(themes, here)
        .get_template("html/index.html.j2")
        .render(
            study=study.file,
            lang=language,
            dir="rtl" if languages.is_right_to_left(language) else "",
            fonts={weight: _font(themes, name) for weight, name in _FONTS.items()},
            audiences=audiences,
            colophon=words.day(date, language),
            style=Markup(stylesheet(brand)) if brand else "",  # noqa: S704  # it escapes names
            organisation=brand.name if brand else "",
            logos=_logos(brand.logo) if brand and brand.logo else [],
        )
    )
    return page.encode()


def _document(
    study: Study,
    variant: Variant,
    artifacts: Mapping[str, Entry],
    here: Translator,
    its: Translator,
) -> dict[str, object]:
    name, code = variant.audience_name, variant.language
    order = [*FORMATS, "qmd"]
    mine = [
        (order.index(entry.format), file, entry)
        for file, entry in artifacts.items()
        if (entry.audience, entry.language) == (name, code) and entry.format in order
    ]
    title = localise.title(name, variant.audience, study.file, its)
    lang = study.file.language if title.is_source else code
    return {
        "title": title.text,
        "lang": lang,
        "dir": _direction(lang),
        "language": words.language_name(code, here.language),
        "own_language": words.language_name(code, code),
        "code": code,
        "own_dir": _direction(code),
        "draft": any(entry.draft for _, _, entry in mine),
        "links": [
            {
                "label": _NAMES[entry.format],
                "href": file,
                "size": _size(entry.bytes),
                "stale": entry.stale,
            }
            for _, file, entry in sorted(mine, key=lambda item: item[0])
        ],
    }


def _direction(code: str) -> str:
    return "rtl" if languages.is_right_to_left(code) else "ltr"


def _font(themes: Sequence[Path], name: str) -> str:
    files = (theme / "html" / "fonts" / f"{name}.woff2" for theme in themes)
    return data_uri("font/woff2", next(file for file in files if file.is_file()).read_bytes())


def _logos(logo: Logo) -> list[dict[str, str]]:
    """The logo for light grounds, and that for dark ones where there is one."""
    return [
        {"address": data_uri(f"image/{_KINDS[one.ending]}", one.content), "alt": one.alt}
        for one in (logo, logo.dark)
        if one
    ]


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(count // 1000, 1)} kB"  # noqa: PLR2004
