"""The files of the looks, as one value: what a renderer reads beside a document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Final

from report.errors import RenderError
from report.model.checksum import checksum
from report.renderers import typst_fonts
from report.scratch import lasting, told

_UNREAD: Final = {".j2", ".md"}
"""Endings of what lies in templates/theme and no renderer reads: pages of ours, licences."""

_folders: Final[dict[str, Path]] = {}
_laying_out: Final = Lock()


@dataclass(frozen=True)
class Theme:
    """Files by their path in templates/theme: html/base.css. `hashes` are their SHA-256."""

    files: Mapping[str, bytes]
    hashes: Mapping[str, str] = field(repr=False)

    @cached_property
    def hash(self) -> str:
        """That of other files is another."""
        listed = "".join(f"{path}\n{self.hashes[path]}\n" for path in sorted(self.files))
        return checksum(listed.encode())

    def part(self, *starts: str) -> "Theme":
        """The Lua filters beside all folders, and the files whose paths start so."""
        mine = [p for p in self.files if p.startswith(starts) or _is_shared(p)]
        return Theme({p: self.files[p] for p in mine}, {p: self.hashes[p] for p in mine})

    @property
    def folder(self) -> Path:
        """A folder of this process with the files; they are written at the first call.

        Raises RenderError where the disk refuses."""
        with _laying_out, told():
            if self.hash not in _folders:
                made = lasting()
                for path, content in self.files.items():
                    file = made / path
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_bytes(content)
                _folders[self.hash] = made
        return _folders[self.hash]


def _is_shared(path: str) -> bool:
    return "/" not in path and path.endswith(".lua")


def theme(folders: Sequence[Path]) -> Theme:
    """The files in `folders`, each from the first that has it, and the list of the fonts that a
    study adds; ours is the last. Raises RenderError where one cannot be read."""
    files: dict[str, bytes] = {}
    for folder in reversed(folders):
        for path in _paths(folder):
            try:
                files[path] = (folder / path).read_bytes()
            except OSError as error:
                message = f"templates/theme/{path} cannot be read: {error.strerror or error}"
                raise RenderError(message, "allow reading it, or take it away") from error
    files[f"typst/{typst_fonts.FILE}"] = typst_fonts.added(folders)
    hashes = {path: checksum(content) for path, content in files.items()}
    return Theme(files, hashes)


def _paths(folder: Path) -> list[str]:
    """The files in a folder of looks, without what other programs leave beside a file that they
    have open."""
    files = (file for file in folder.rglob("*") if file.suffix not in _UNREAD and file.is_file())
    paths = (file.relative_to(folder).as_posix() for file in files)
    return sorted(path for path in paths if not _is_beside(path))


def _is_beside(path: str) -> bool:
    """.base.css.swp, base.css~, ~$review.docx, .~lock.review.docx#, .DS_Store."""
    return path.endswith("~") or any(part.startswith((".", "~")) for part in path.split("/"))
