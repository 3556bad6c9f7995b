"""The versions of what makes files beside a renderer's programs: other ones make other bytes."""

import hashlib
import platform
import zlib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from report import __version__
from report.errors import RenderError

_DRAWING: Final = ("matplotlib", "numpy", "pillow", "typst")
"""What draws the pictures of a document."""
_FINISHING: Final = ("lxml", "pikepdf", "python-docx")
"""What finishes files that programs have made."""


@cache
def programs_of_source() -> Mapping[str, str]:
    """What makes a composed document, with the version of each: ourselves, what draws pictures."""
    machine = {"Python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION}
    return {"report": ourselves(), **{name: version(name) for name in _DRAWING}, **machine}


@cache
def software() -> Mapping[str, str]:
    """What makes a rendered document, but for the renderer's own programs."""
    return {**programs_of_source(), **{name: version(name) for name in _FINISHING}}


def programs(tools: Mapping[str, str]) -> dict[str, str]:
    """What makes a rendered document, with the version of each; `tools` are the renderer's own."""
    return {**software(), **tools}


@cache
def ourselves() -> str:
    """Our version, and a hash of our own modules: a checkout changes without its version."""
    folder = Path(__file__).parent
    state = hashlib.sha256()
    for file in sorted((*folder.rglob("*.py"), *folder.rglob("*.lua"))):
        state.update(file.relative_to(folder).as_posix().encode() + file.read_bytes())
    return f"{__version__} ({state.hexdigest()[:12]})"


def require(asked: Mapping[str, str], here: Mapping[str, str]) -> None:
    """Raises RenderError where this machine has other versions `here` than are `asked` for: it
    would make other bytes."""
    other = [name for name in {**asked, **here} if asked.get(name) != here.get(name)]
    if other:
        told = " and ".join(f"{name} {here.get(name, 'missing')}" for name in other)
        ours = " and ".join(f"{name} {asked.get(name, 'missing')}" for name in other)
        raise RenderError(
            f"the machine {platform.node()}, which is to render, has {told}; this one has {ours}",
            "install the same versions on both: see report doctor",
        )
