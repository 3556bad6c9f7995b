"""A composed document as part of a Quarto project: its text with Quarto's options, and the looks
beside it. Rendering and `report compose` lay it out alike, so that both give the same."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import yaml

from report.model.brand import Brand
from report.model.document import Document
from report.renderers import typst_brand, word_model
from report.renderers.theme import Theme
from report.stylesheet import stylesheet

FOLDER: Final = "composed"
"""The folder of composed documents in a Quarto project."""
_THEME: Final = "theme"
"""The folder of looks in it."""
_BRAND: Final = f"{_THEME}/quarto/brand.css"

Formats = Mapping[str, Mapping[str, object]]
"""Options by Quarto's name of a format, as in _quarto.yml."""

_FORMATS: Final = {"html": "html", "pdf": "typst", "docx": "docx", "jats": "jats"}
_PARTS: Final = {
    "html": ("html/",),
    "pdf": ("typst/", "fonts/"),
    "docx": ("docx/",),
    "jats": ("jats/",),
}
"""The files of a theme that each format reads, beside the Lua filters and quarto/."""


def laid_out(
    document: Document, forms: Sequence[str], theme: Theme, own: Formats
) -> Mapping[str, bytes]:
    """The files of a Quarto project that the document needs in the formats `forms`, by their path
    from the project's folder.

    `own` is what the study's _quarto.yml says of formats: ours gives way to it.
    """
    files = {f"{_THEME}/{path}": content for path, content in part(theme, forms).files.items()}
    if document.brand:
        files |= dict(_of_brand(document.brand, forms))
    if look := files.get(f"{_THEME}/docx/{document.look}.docx"):
        files[_word_model(document)] = word_model.fitted(look, document)
    front = yaml.safe_load(document.front_matter) or {}
    formats: dict[str, object] = {}
    for form in forms:
        name = quarto_format(form, own)
        theirs = own.get(name, {}).keys()
        options = _MEANING[form](front) | _filters(form)
        if name == _FORMATS[form]:
            options |= _LOOK[form](document, set(theme.files))
        if theirs & _TITLE_BLOCK:
            options.pop("template-partials", None)
        if "reference-doc" in theirs:
            options.pop("our-word-styles", None)
        options = {k: v for k, v in options.items() if k in _ADDED_UP or k not in theirs}
        if form == "pdf" and "template-partials" not in options:
            options["include-in-header"] = [f"{_THEME}/quarto/pieces.typ"]
        formats[name] = options
    settings = {
        "engine": "markdown",  # nothing in it is code to be run
        "numbered-sections": front.get("number-sections", False),
        "format": formats,
    }
    head = yaml.safe_dump(settings, sort_keys=False, allow_unicode=True, width=1000)
    text = document.text.replace("---\n", f"---\n{head}", 1)
    files |= {**document.files, f"{document.name}.qmd": text.encode()}
    return {f"{FOLDER}/{path}": content for path, content in files.items()}


def quarto_format(form: str, own: Formats) -> str:
    """What a format of ours is to Quarto: html, or the format of an extension that the study's
    _quarto.yml names, such as acme-html."""
    plain = _FORMATS[form]
    if plain in own:
        return plain
    return next((name for name in own if name.endswith(f"-{plain}")), plain)


# What the words, their order and their numbers hang on, whatever the look.


def _html_meaning(front: Mapping[str, object]) -> dict[str, object]:
    return {
        "embed-resources": True,
        "default-image-extension": "svg",
        "date-format": f"[{front.get('date-text') or front.get('date')}]",  # as it stands
        "toc": "toc-title" in front,
        "toc-depth": 3,
        "format-links": False,
    }


def _pdf_meaning(front: Mapping[str, object]) -> dict[str, object]:
    numbering = {"section-numbering": "1.1"} if front.get("number-sections") else {}
    return {
        "citeproc": True,  # Typst would word citations in its own way
        "variant": "-smart",  # and so it would set dashes and quotation marks
        "default-image-extension": "svg",
        "font-paths": [f"{_THEME}/fonts"],  # for the pieces, whoever sets the page
        **numbering,
    }


def _docx_meaning(_front: Mapping[str, object]) -> dict[str, object]:
    return {"default-image-extension": "png"}


def _jats_meaning(_front: Mapping[str, object]) -> dict[str, object]:
    return {"default-image-extension": "png", "variant": "-element_citations"}


_MEANING: Final = {
    "html": _html_meaning,
    "pdf": _pdf_meaning,
    "docx": _docx_meaning,
    "jats": _jats_meaning,
}

_AFTER: Final = {
    "html": ("quotes", "direction", "logo", "quarto/page"),
    "pdf": ("quarto/restore", "authors", "columns", "quotes", "direction", "typst"),
    "docx": (
        *("quarto/restore", "authors", "columns", "quotes", "direction"),
        *("docx/numbers", "docx/tables", "docx"),
    ),
    "jats": ("quarto/restore", "authors", "quotes", "direction", "jats"),
}


def _filters(form: str) -> dict[str, object]:
    """Our Lua filters, by the stage of Quarto's own that they come at."""
    stages = {
        "pre-ast": ("quarto/shield",),
        "pre-quarto": (
            *(("reading",) if form in {"html", "pdf"} else ()),
            "pictures",
            "quarto/references",
        ),
        "post-render": _AFTER[form],
        "post-finalize": ("quarto/shield",),
    }
    return {
        "filters": [
            {"at": stage, "path": f"{_THEME}/{name}.lua"}
            for stage, names in stages.items()
            for name in names
        ]
    }


_ADDED_UP: Final = {"css", "filters", "font-paths"}
"""Lists of which Quarto takes the study's entries and ours."""

# Our looks, which those of an extension replace.

_TITLE_BLOCK: Final = {"title-block-banner", "title-block-style"}
"""Options of Quarto's that choose its own title block."""


def _html_look(document: Document, theme: set[str]) -> dict[str, object]:
    styles = ("html/pieces.css", "quarto/quarto.css", f"quarto/{document.look}.css")
    css = [f"{_THEME}/{style}" for style in styles if style in theme]
    return {
        # Quarto finds a study's _brand.yml by itself, and not every document may bear it
        **({"css": [*css, _BRAND]} if document.brand else {"css": css, "brand": False}),
        "template-partials": [f"{_THEME}/quarto/title-block.html"],
    }


def _pdf_look(_document: Document, _theme: set[str]) -> dict[str, object]:
    return {
        "brand": False,  # half of it would meet half of our look, which has what it needs
        "pdf-standard": "ua-1",
        "template-partials": [f"{_THEME}/quarto/page.typ", f"{_THEME}/typst/typst-show.typ"],
    }


def _docx_look(document: Document, _theme: set[str]) -> dict[str, object]:
    return {
        "template": f"{_THEME}/docx/document.openxml",
        "reference-doc": _word_model(document),
        "our-word-styles": True,
    }


def _word_model(document: Document) -> str:
    """Where the reference document lies that was fitted to the document."""
    return f"{_THEME}/docx/{document.name}.docx"


def _jats_look(_document: Document, _theme: set[str]) -> dict[str, object]:
    return {"template": f"{_THEME}/jats/article.xml"}


_LOOK: Final = {"html": _html_look, "pdf": _pdf_look, "docx": _docx_look, "jats": _jats_look}


def _of_brand(brand: Brand, forms: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """What a brand puts into the theme. Quarto's page has no dark scheme of ours."""
    if "html" in forms:
        yield _BRAND, stylesheet(brand, dark=False).encode()
    if "pdf" in forms:
        yield f"{_THEME}/typst/{typst_brand.FILE}", typst_brand.written(brand)
        for name, content in typst_brand.fonts(brand).items():
            yield f"{_THEME}/fonts/{name}", content


def part(theme: Theme, forms: Sequence[str]) -> Theme:
    """The files of a theme that these formats read."""
    return theme.part("quarto/", *(start for form in forms for start in _PARTS[form]))
