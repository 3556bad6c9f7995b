"""The pandoc of our dependency, and no other that the user or the machine may have."""

import json
import logging
import os
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from report.errors import RenderError
from report.process import MORE, ask, end_of, run

NEW: Final = (
    "build again; if that does not help, install it anew: pip install --force-reinstall "
    "pypandoc_binary"
)
"""What to do about a pandoc that is not what it should be."""
_TIMEOUT: Final = 300.0  # seconds; a manuscript takes one
_STAYS: Final = Path(__file__).with_name("pandoc.lua")
_TIMES: Final = 100  # Lua keeps all filters that it has run: 0.1 MB a document, and grows slow
_LOG: Final = logging.getLogger(__name__)
_VERSION: Final = re.compile(r"pandoc\S* (\d[\d.]*)")


@cache
def program() -> str:
    """Its path. Raises RenderError where it is missing."""
    package = find_spec("pypandoc")
    for folder in (package and package.submodule_search_locations) or ():
        file = Path(folder, "files", "pandoc.exe" if os.name == "nt" else "pandoc")
        if file.is_file():
            return str(file)
    raise RenderError("pandoc is missing", "pip install pypandoc_binary")


def convert(
    arguments: Sequence[str],
    content: bytes,
    *,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> tuple[bytes, str]:
    """What pandoc makes of the content with these arguments, and what it complains of. It works in
    `folder`, else in its own; the user's own pandoc files play no part.

    Raises RenderError where it fails or is missing.
    """
    at = folder or Path(program()).parent
    command = [program(), f"--data-dir={at}", *arguments, "--output=-"]
    return run(command, cwd=at, environment=environment or {}, timeout=_TIMEOUT, stdin=content)


def converted(
    arguments: Sequence[str], content: bytes, *, folder: Path, environment: Mapping[str, str]
) -> tuple[bytes, str]:
    """The same as `convert` for text, by a pandoc that stays for the next document: a briefing
    takes half of the time. Only arguments that pandoc.lua knows; the user's own pandoc files play
    no part.

    Raises RenderError where it fails or is missing.
    """
    text = content.decode().replace("\r", "").expandtabs(4)  # as the command line reads it
    question = {"arguments": arguments, "text": text, "folder": str(folder)}
    answer, said = ask(
        [program(), "lua", "-E", str(_STAYS), program()],
        json.dumps({**question, "environment": environment}).encode(),
        cwd=Path(program()).parent,
        environment={"PANDOC_REPL_HISTORY": os.devnull},  # else a file in the folder for scratch
        timeout=_TIMEOUT,
        times=_TIMES,
    )
    if not answer:
        return b"", said
    told = json.loads(answer)
    complaints = "\n".join([*([said] if said else []), *told["warnings"]])
    if "failed" in told:
        words = f"{complaints}\n{told['failed']}"
        _LOG.info("pandoc: %s", words.strip())
        raise RenderError(f"pandoc failed, and said:\n{end_of(words)}", MORE)
    for warning in told["warnings"]:
        _LOG.info("pandoc: %s", warning)
    return told["made"].encode(), complaints


@cache
def version() -> str:
    """Its version. Raises RenderError where it tells none."""
    here = Path(program()).parent
    out, _ = run([program(), "--version"], cwd=here, environment={}, timeout=_TIMEOUT)
    said = out.decode("utf-8", "replace")
    if found := _VERSION.match(said):
        return found[1]
    raise RenderError(f"pandoc says “{said[:40].strip()}” for its version", NEW)
