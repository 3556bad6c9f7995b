"""The rule of folders: no file's place on the machine that made the documents is told."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from report.gate.finding import Finding
from report.gate.stream import Stream, clean, folded

_SLASHES: Final = re.compile(r"[/\\]+")
_MESSAGE: Final = "machine: a folder of this computer is named here"


@dataclass(frozen=True)
class FoldersRule:
    """Made once for all files."""

    folders: tuple[re.Pattern[str], ...]

    def find(self, at: Stream) -> Iterator[Finding]:
        """The passages in which a folder is named."""
        forms = tuple(_forms(at.folded)) if self.folders else ()
        for pattern in self.folders:
            if any(pattern.search(form) for form in forms):
                for passage in at.passages:
                    if any(pattern.search(form) for form in _forms(folded(clean(passage.text)))):
                        yield Finding(_MESSAGE, passage)


def folders_rule(folders: Iterable[str]) -> FoldersRule:
    """The rule for these folders. The root of a disk is none."""
    found = [name for folder in folders if "/" in (name := _plain(folded(folder)).rstrip("/"))]
    return FoldersRule(
        tuple(re.compile(rf"{re.escape(name)}(?<!\w{re.escape(name)})(?!\w)") for name in found)
    )


def _forms(text: str) -> Iterator[str]:
    """As it is, and joined over lines' ends with and without a hyphen."""
    plain = _plain(text)
    yield plain
    if "\n" in plain:
        lines = [line.strip() for line in plain.split("\n")]
        yield "".join(lines)
        yield "".join(line.removesuffix("-") for line in lines)


def _plain(text: str) -> str:
    """With single slashes, whatever system wrote it, and in a link's or program's spelling."""
    if "%" in text:
        text = folded(unquote(text))
    return _SLASHES.sub("/", text) if "\\" in text or "//" in text else text
