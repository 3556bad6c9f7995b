"""_output/index.html: a page from which a person opens every document."""

from collections.abc import Iterable, Mapping, Sequence
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
    languages, a link for each format. Where each recipient gets a document, the section lists the
    recipients by the alphabet. `catalogues` are the templates', by language. It bears the study's
    brand where a document does."""
    language = study.file.language
    branded = any(variant.audience.brand for variant in variants)
    brand = study.brand if branded else None
    here = translator.of_study(study, language, catalogues)
    spoken = {variant.language for variant in variants}
    speaking = {code: translator.of_study(study, code, catalogues) for code in spoken}
    made: dict[str, list[tuple[str, Entry]]] = {}
    for file, entry in artifacts.items():
        made.setdefault(entry.document, []).append((file, entry))
    audiences = []
    for name, group in groupby(variants, key=lambda variant: variant.audience_name):
        mine = list(group)
        audience = localise.audience(name, mine[0].audience, mine[0].own, here)
        documents = [
            _document(study, variant, made[variant.name], here, speaking[variant.language])
            for variant in mine
            if variant.name in made
        ]
        if documents:
            audiences.append(
                {
                    "label": audience.label,
                    "description": audience.description,
                    "documents": [d for d in documents if not d["recipient"]],
                    "titles": _titles(d for d in documents if d["recipient"]),
                    "recipients": _recipients(documents, language),
                }
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
    made: Iterable[tuple[str, Entry]],
    here: Translator,
    its: Translator,
) -> dict[str, object]:
    name, code = variant.audience_name, variant.language
    order = [*FORMATS, "qmd"]
    mine = [(order.index(e.format), file, e) for file, e in made if e.format in order]
    title = localise.title(name, variant.audience, study.file, its)
    lang = study.file.language if title.is_source else code
    return {
        "title": title.text,
        "lang": lang,
        "dir": _direction(lang),
        "language": words.language_name(code, here.language),
        "own_language": words.language_name(code, code),
        "code": code,
        "recipient": variant.recipient.organisation if variant.recipient else "",
        "recipient_id": variant.recipient_id,
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


def _titles(documents: Iterable[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """A document for each title that they have."""
    return list({(d["title"], d["lang"]): d for d in documents}.values())


def _recipients(
    documents: Iterable[Mapping[str, object]], language: str
) -> list[dict[str, object]]:
    """Each recipient with their documents, by the alphabet of the language."""
    by_id: dict[str, list[Mapping[str, object]]] = {}
    for document in documents:
        if document["recipient"]:
            by_id.setdefault(str(document["recipient_id"]), []).append(document)
    found = [{"name": mine[0]["recipient"], "documents": mine} for mine in by_id.values()]
    return sorted(found, key=lambda one: languages.alphabetical(str(one["name"]), language))


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
