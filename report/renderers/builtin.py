"""Rendering by pandoc and Typst as their wheels bring them: the same on every machine."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from report import pandoc
from report.config import Settings
from report.errors import RenderError
from report.model.document import Artifact, Document
from report.renderers import typst_brand, word_model
from report.renderers.pdf_tags import mended
from report.renderers.theme import Theme, theme
from report.renderers.typst_messages import refusal
from report.scratch import scratch
from report.stylesheet import stylesheet

if TYPE_CHECKING:
    import typst

_NEW_TYPST: Final = (
    "build again; if that does not help, install it anew: pip install --force-reinstall typst"
)

_CITES: Final = re.compile(r"(?<!\w\\)@(?!(?:tbl|fig|sec)-\w)|&(?:#|commat)")
"""What may cite a work, and more than that: not the @ of an address, which is escaped between two
words, nor what refers to the document's own tables, figures and sections."""

# Markdown without what only one format would show. Quarto's own input, apart from that.
_READER: Final = "markdown-raw_html-raw_tex-raw_attribute"


@dataclass(frozen=True)
class Builtin:
    """pandoc and Typst with the looks in `theme`."""

    theme: Theme

    def versions(self) -> Mapping[str, str]:
        """The versions of pandoc and Typst."""
        return {"pandoc": pandoc.version(), "typst": _typst_version()}

    def reads(self) -> Mapping[str, str]:
        """The hashes of the files that it reads beside a document, by their names."""
        return {f"templates/theme/{path}": sha for path, sha in self.theme.hashes.items()}

    def only_for(self, _document: Document, form: str) -> "Builtin":
        """The same with what the format needs."""
        return replace(self, theme=self.theme.part(*_PARTS[form]))

    def render(self, document: Document, form: str) -> Artifact:
        """The document as html, pdf, docx or jats."""
        with scratch() as folder:
            for path, content in document.files.items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(content)
            return _FORMATS[form](document, folder, self.theme)


def renderer(settings: Settings) -> Builtin:
    """The renderer with the looks of a study."""
    return Builtin(theme(settings.themes))


_PARTS: Final = {
    "html": ("html/",),
    "pdf": ("typst/", "fonts/"),
    "docx": ("docx/",),
    "jats": ("jats/",),
}
"""Where in a theme each format's files lie."""


def _html(document: Document, folder: Path, theme: Theme) -> Artifact:
    styles = [_file(theme, f"html/{name}.css") for name in ("base", "pieces", document.look)]
    if document.brand:
        styles.append(folder / "brand.css")
        styles[-1].write_text(stylesheet(document.brand), "utf-8")
    arguments = [
        "--to=html5",
        "--standalone",
        "--embed-resources",
        "--default-image-extension=svg",
        f"--template={_file(theme, 'html/document.html')}",
        *(f"--css={style}" for style in styles),
        "--toc",
        "--toc-depth=3",
        "--wrap=none",
        *_filters(theme, "reading.lua", "pictures.lua", "crossref.lua"),
        *_citeproc(document),
        *_filters(theme, "quotes.lua", "direction.lua", "logo.lua", "html/page.lua"),
    ]
    return Artifact(_convert(document, folder, arguments))


def _pdf(document: Document, folder: Path, theme: Theme) -> Artifact:
    import typst

    arguments = [
        "--to=typst-smart",
        "--standalone",
        "--default-image-extension=svg",
        "--wrap=none",
        f"--template={_file(theme, 'typst/document.typ')}",
        *_filters(
            theme, "reading.lua", "pictures.lua", "crossref.lua", "authors.lua", "columns.lua"
        ),
        *_citeproc(document),
        *_filters(theme, "quotes.lua", "direction.lua", "typst.lua"),
    ]
    for path, source in theme.files.items():
        if path.startswith("typst/") and path.endswith(".typ"):
            (folder / Path(path).name).write_bytes(source)
    fonts = _fonts(theme.folder)
    if document.brand:
        (folder / typst_brand.FILE).write_bytes(typst_brand.written(document.brand))
        (folder / "fonts").mkdir()
        for name, content in typst_brand.fonts(document.brand).items():
            (folder / "fonts" / name).write_bytes(content)
        fonts = _read_fonts([folder, theme.folder])
    main = folder / "main.typ"
    main.write_bytes(_convert(document, folder, arguments, stays=True))
    try:
        content, warnings = typst.compile_with_warnings(
            str(main),
            root=str(folder),
            format="pdf",
            font_paths=fonts,
            pdf_standards=["ua-1", "a-2a"],  # for all readers, and for archives
            timestamp=document.epoch,
        )
    except typst.TypstError as error:
        raise refusal(error.diagnostic, document, main.read_text("utf-8")) from error
    except RuntimeError as error:
        raise RenderError(f"{document.name}.pdf: Typst failed: {error}", _NEW_TYPST) from error
    if warnings:  # a font that is not there leaves blanks, and is only warned of
        said = "; ".join(str(warning) for warning in warnings)
        raise RenderError(f"{document.name}.pdf: Typst complained: {said}")
    if not content.startswith(b"%PDF-"):
        message = f"{document.name}.pdf: Typst ended well, but what it made is no PDF"
        raise RenderError(message, _NEW_TYPST)
    return Artifact(mended(content))


def _docx(document: Document, folder: Path, theme: Theme) -> Artifact:
    look = _file(theme, f"docx/{document.look}.docx")
    reference = folder / look.name
    reference.write_bytes(word_model.fitted(look.read_bytes(), document))
    arguments = [
        "--to=docx",
        "--default-image-extension=png",
        f"--template={_file(theme, 'docx/document.openxml')}",
        f"--reference-doc={reference}",
        "--metadata=our-word-styles",
        *_filters(
            theme, "reading.lua", "pictures.lua", "crossref.lua", "authors.lua", "columns.lua"
        ),
        *_citeproc(document),
        *_filters(theme, "quotes.lua", "direction.lua"),
        *_filters(theme, "docx/numbers.lua", "docx/tables.lua", "docx.lua"),
    ]
    return Artifact(_convert(document, folder, arguments))


def _jats(document: Document, folder: Path, theme: Theme) -> Artifact:
    arguments = [
        "--to=jats_publishing",
        "--default-image-extension=png",
        f"--template={_file(theme, 'jats/article.xml')}",
        *_filters(theme, "reading.lua", "pictures.lua", "crossref.lua", "authors.lua"),
        *_citeproc(document),
        *_filters(theme, "quotes.lua", "direction.lua", "jats.lua"),
    ]
    return Artifact(_convert(document, folder, arguments), document.pictures)


_FORMATS: Final[Mapping[str, Callable[[Document, Path, Theme], Artifact]]] = {
    "html": _html,
    "pdf": _pdf,
    "docx": _docx,
    "jats": _jats,
}


_BEGINNINGS: Final = {"html5": b"<", "docx": b"PK", "jats_publishing": b"<"}
"""What files begin with, by pandoc's names of formats."""


def _convert(
    document: Document, folder: Path, arguments: Sequence[str], *, stays: bool = False
) -> bytes:
    """What pandoc makes of the document's text; the user's own pandoc files play no part. One that
    stays can do what Typst needs, and that faster."""
    convert = pandoc.converted if stays else pandoc.convert
    out, complaints = convert(
        [f"--from={_READER}", *arguments],
        document.text.encode(),
        folder=folder,
        environment={"SOURCE_DATE_EPOCH": str(document.epoch)},
    )
    if complaints.strip():  # pandoc goes on without a picture or a work that it cannot find
        raise RenderError(f"{document.name}: pandoc complained: {complaints.strip()}")
    form = arguments[0].removeprefix("--to=")
    if not out.strip() or not out.lstrip().startswith(_BEGINNINGS.get(form, b"")):
        message = f"{document.name}: pandoc ended well, but what it made is no {form}"
        raise RenderError(message, pandoc.NEW)
    return out


def _file(theme: Theme, name: str) -> Path:
    if name not in theme.files:
        hint = "“theme:” in audience.yml names a look that is there: manuscript, review, briefing, "
        raise RenderError(f"there is no templates/theme/{name}", f"{hint}lay")
    return theme.folder / name


def _citeproc(document: Document) -> list[str]:
    """It reads its style even where nothing is cited, and takes as long as half of the filters."""
    return ["--citeproc"] if _CITES.search(document.text) else []


def _filters(theme: Theme, *names: str) -> list[str]:
    return [f"--lua-filter={_file(theme, name)}" for name in names]


@cache
def _typst_version() -> str:
    return version("typst")


@cache
def _fonts(folder: Path) -> "typst.Fonts":
    return _read_fonts([folder])


def _read_fonts(folders: Sequence[Path]) -> "typst.Fonts":
    """Our fonts and the study's own, no other: a PDF looks the same everywhere."""
    import typst

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(place / "fonts") for place in folders if (place / "fonts").is_dir()],
    )
