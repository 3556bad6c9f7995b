"""What a finished file was made from, so that it is made again only where that differs."""

import hashlib
import platform
import zlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from report import __version__
from report.model.document import Document
from report.model.drawing import identity
from report.model.ingredients import Ingredients
from report.renderers import Renderer

_DRAWING: Final = ("matplotlib", "numpy", "pillow", "typst")
"""What draws the pictures of a document."""
_FINISHING: Final = ("lxml", "pikepdf", "python-docx")
"""What finishes files beside the programs that a renderer names."""


def of_source(document: Document) -> Ingredients:
    """What the document itself is made from, as it is handed out for Quarto."""
    others = {"report": _ourselves(), **_versions(_DRAWING), **_machine()}
    return Ingredients(_of_document(document), others)


def of_rendered(document: Document, form: str, renderer: Renderer) -> Ingredients:
    """What the document is made from in a format. Raises RenderError where the renderer is
    missing."""
    others = {
        "format": form,
        "report": _ourselves(),
        **renderer.versions(),
        **_versions((*_DRAWING, *_FINISHING)),
        **_machine(),
    }
    others |= renderer.only_for(document, form).reads()
    return Ingredients(_of_document(document), others)


def _of_document(document: Document) -> dict[str, str]:
    said = {
        "name": document.name,
        "audience": document.audience,
        "text": _sha256(document.text.encode()),
        "language": document.language,
        "look": document.look,
        "date": str(document.epoch),
        "draft notice": document.draft_notice,
        "brand": document.brand.state if document.brand else "",
    }
    return said | {path: identity(asset) for path, asset in document.assets.items()}


@cache
def _versions(packages: tuple[str, ...]) -> dict[str, str]:
    return {name: version(name) for name in packages}


@cache
def _machine() -> dict[str, str]:
    """What packs Word files and writes pictures."""
    return {"Python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION}


@cache
def _ourselves() -> str:
    """Our version, and a hash of our own modules: a checkout changes without its version."""
    folder = Path(__file__).parent
    state = hashlib.sha256()
    for file in sorted(folder.rglob("*.py")):
        state.update(file.relative_to(folder).as_posix().encode() + file.read_bytes())
    return f"{__version__} ({state.hexdigest()[:12]})"


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
