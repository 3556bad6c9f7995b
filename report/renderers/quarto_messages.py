"""What Quarto says while it renders, as diagnostics at places of the composed document."""

import re
from collections.abc import Iterator
from typing import Final

from report.model.diagnostic import Diagnostic, Location, Severity
from report.model.document import Document

_COLOURS: Final = re.compile(r"\x1b\[[0-9;]*m")
# Quarto's own, its filters' and pandoc's.
_WARNING: Final = re.compile(
    r"^(?:WARN:|WARNING:|warning:|WARNING \([^)\n]*\)|\[WARNING\])\s+(.*)", re.MULTILINE
)
# Of JavaScript and Lua, and the settings that pandoc is called with.
_NOISE: Final = re.compile(
    r"^Stack trace:\n|^ +at .*\n?|^stack traceback:\n(?:[ \t].*\n?)*"
    r"|^(?:pandoc|metadata) ?\n(?:  .*\n|[ \t]*\n)*",
    re.MULTILINE,
)
_IDLE: Final = (
    "PDF standard validation requested but verapdf",  # of the machine
    "The following string was found in the document:",  # pandoc tells of a div left open
)
"""Warnings that say nothing of the document."""

_CROSSREF: Final = re.compile(r"Unable to resolve crossref @(\S+)")
_CITATION: Final = re.compile(r"[Cc]itation (\S+) not found")
_AWAY: Final = re.compile(r"Could not fetch resource ['\"]?(https?://[^\s'\"]+?):?(?:[\s'\"]|$)")
_FILE: Final = re.compile(
    r"Could not (?:fetch resource|find image) ['\"]?(.+?)['\"]?"
    r"(?:: replacing .*|: \w+Exception.*)?$"
)
_FONTS: Final = (
    "a theme or a style sheet named in _quarto.yml wants it; “Your institution's look” in "
    "docs/quarto.md says how to do without"
)

_PANDOCS_LINE: Final = re.compile(r"at line (\d+) column (\d+)")
_PLACE: Final = re.compile(r"In file (\S+)\s+\(lines? (\d+)(?:--\d+)?, columns? (\d+)")


def plain(said: str) -> str:
    """The same without colours, traces of code and the settings that pandoc is called with."""
    return _NOISE.sub("", _COLOURS.sub("", said))


def diagnostics(said: str, document: Document) -> Iterator[Diagnostic]:
    """The warnings in what Quarto said, as diagnostics; what the document then lacks is an error.

    Places are those of the document's own text, called by its name with .qmd.
    """
    for found in _WARNING.finditer(plain(said)):
        if not found[1].startswith(_IDLE):
            yield _diagnostic(found[1].strip(), document)


def place(said: str, document: Document, added: int) -> Location | None:
    """Where Quarto says that something is wrong: in the document's own text, of which `added` lines
    are not, or in the study's _quarto.yml; none where it names no such place."""
    found = _PLACE.search(said)
    if not found:
        return None
    file = found[1].rpartition("/")[2]
    if file.startswith("_quarto"):
        return Location(file, int(found[2]), int(found[3]))
    line = int(found[2]) - added
    ours = file == _file(document) and line > 0
    return Location(file, line, int(found[3])) if ours else None


def _diagnostic(message: str, document: Document) -> Diagnostic:
    for pattern, code, what, hint in (
        (_CROSSREF, "unknown-crossref", "Quarto found no @{} to refer to", "mend the name"),
        (_CITATION, "unknown-citation", "Quarto found no work @{}", "mend the key"),
        (_AWAY, "from-the-network", "Quarto did not get {} from the network", _FONTS),
        (_FILE, "missing-picture", "Quarto found no file {}", "mend its path"),
    ):
        if found := pattern.search(message):
            at = Location("_quarto.yml") if pattern is _AWAY else _first(found[1], document)
            return Diagnostic(code, f"{document.name}: {what.format(found[1])}", at, hint)
    at = Location(_file(document))
    if found := _PANDOCS_LINE.search(message):
        # pandoc is given the text with one line for the front matter
        front = document.front_matter.count("\n") + 2
        at = Location(_file(document), int(found[1]) + front - 1, int(found[2]))
        message = re.sub(f" {_PANDOCS_LINE.pattern}", "", message)
    message = f"{document.name}: Quarto warns: {message}"
    hint = "the document was made; see whether it is as you meant it"
    return Diagnostic("quarto-warning", message, at, hint, Severity.WARNING)


def _first(words: str, document: Document) -> Location:
    """The first place in the document's text that says so."""
    found = re.search(rf"{re.escape(words)}(?![\w-])", document.text)
    line = document.text.count("\n", 0, found.start()) + 1 if found else 0
    return Location(_file(document), line, min(line, 1))


def _file(document: Document) -> str:
    return f"{document.name}.qmd"
