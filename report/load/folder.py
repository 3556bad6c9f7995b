"""The files of a study's folder: each read once and noted, told of where it cannot be read."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from report.model.checksum import checksum
from report.model.diagnostic import Diagnostic, Location
from report.sources.file import read


@dataclass
class Folder:
    """What has been found so far, and what was read: by path, the SHA-256 of each file."""

    root: Path
    problems: list[Diagnostic] = field(default_factory=list)
    inputs: dict[str, str] = field(default_factory=dict)
    _states: dict[Path, tuple[int, ...]] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        """Where the study's files lie."""
        return self.root / "data"

    def path(self, file: Path) -> str:
        """The file as users are told of it: from the study's folder, with forward slashes."""
        path = file.relative_to(self.root).as_posix()
        return path.encode("utf-8", errors="replace").decode()

    def read(self, file: Path) -> bytes | None:
        """What the file holds; none, with a diagnostic, where it cannot be read."""
        self._states[file] = _state(file)
        content, problems = read(file, self.path(file))
        self.problems += problems
        if content is not None:
            self.inputs[self.path(file)] = checksum(content)
        return content

    def changed(self) -> str:
        """A file that was written since it was read, as users are told of it; none: nothing."""
        now = (file for file, before in self._states.items() if _state(file) != before)
        return next(map(self.path, now), "")

    def missing(self, file: Path, message: str, hint: str) -> None:
        """Tell that a file is not there, and of one beside it that could be meant."""
        others = (p for p in sorted(self.data.iterdir()) if p.stem.casefold() == file.stem)
        if meant := next((p.name for p in others if p.suffix not in {".md", file.suffix}), ""):
            hint = f"{meant} is here: save it as {file.name}"
        at = Location(self.path(file))
        self.problems.append(Diagnostic("missing-file", message, at, hint))


def _state(file: Path) -> tuple[int, ...]:
    """What is another after the file was written, or put in another's place; whatever the clock."""
    try:
        status = file.stat()
    except OSError:
        return ()
    return (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)


def there(file: Path) -> bool:
    """Whether something has that name, be it a folder or a link that leads nowhere."""
    return os.path.lexists(file)
