"""What a finished file was made from, so that it is made again only where that differs."""

import hashlib
import platform
import zlib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from report import __version__
from report.model.document import Document
from report.model.ingredients import Ingredients
from report.renderers import Renderer

_PACKAGES: Final = ("lxml", "pikepdf", "python-docx")
"""What finishes files beside the programs that a renderer names."""


def of_source(document: Document) -> Ingredients:
    """What the document itself is made from, as it is handed out for Quarto."""
    return Ingredients(_of_document(document), programs_of_source())


def of_rendered(
    document: Document, form: str, renderer: Renderer, tools: Mapping[str, str]
) -> Ingredients:
    """What the document is made from in a format; `tools` are the versions of the renderer's
    programs."""
    others = {"format": form, **programs(tools)}
    others |= renderer.only_for(document, form).reads()
    return Ingredients(_of_document(document), others)


def programs_of_source() -> dict[str, str]:
    """What makes a composed document, with its version."""
    return {"report": _ourselves()}


def programs(tools: Mapping[str, str]) -> dict[str, str]:
    """What makes a rendered document, with the version of each: ourselves, `tools`, packages."""
    packages = {name: version(name) for name in _PACKAGES}
    return {**programs_of_source(), **tools, **packages, **_machine()}


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
    return said | {path: _sha256(content) for path, content in document.assets.items()}


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
