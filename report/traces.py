"""Where a participant's words and row still stand, among what was built."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from report import state
from report.clearance.withheld import of_participant
from report.config import Settings
from report.gate import gate
from report.manifest import MANIFEST, artifacts_in
from report.model.consent import Withdrawal
from report.model.study import Study
from report.model.withheld import Withheld
from report.renderers.quarto_files import FOLDER as COMPOSED

_QUARTO: Final = ".quarto"
"""Quarto keeps the text of what it has rendered there."""


@dataclass(frozen=True)
class Traces:
    """The documents of the manifest that tell of the participant, by name; all files that these
    consist of; their hashes; other files that were made of the same; and files in the output folder
    that no build made."""

    artifacts: frozenset[str]
    names: tuple[str, ...]
    hashes: frozenset[str]
    others: tuple[Path, ...]
    foreign: tuple[str, ...]

    def told(self, settings: Settings) -> tuple[str, ...]:
        """All that goes, as users know it: from the study's folder where it lies in it."""
        files = (*(settings.output / name for name in self.names), *self.others)
        return tuple(_told(settings.root, file) for file in files)


def traces(settings: Settings, study: Study, identifier: str, scope: Withdrawal) -> Traces:
    """What tells of the participant in the documents of the audiences that the withdrawal concerns.

    A document is believed to tell of them where the private state does not know better.
    """
    held = of_participant(study, identifier)
    known = state.read(settings.root).told
    every = artifacts_in(settings.output)
    gone = {}
    for name, entry in every.items():
        if scope.concerns(entry.audience):
            files = {n: settings.output / n for n in (name, *entry.files)}
            content = {n: file.read_bytes() for n, file in files.items() if file.is_file()}
            if identifier in known.get(entry.sha256, (identifier,)) or _leaks(content, held):
                gone[name] = entry
    ours = {MANIFEST, "index.html", *every, *(n for entry in every.values() for n in entry.files)}

    def holding(folder: Path) -> Iterator[Path]:
        for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if file.is_file() and _leaks({file.name: file.read_bytes()}, held):
                yield file

    made = [settings.root / COMPOSED, settings.root / _QUARTO]
    if settings.project.output:
        made.append(settings.root / settings.project.output)
    found = [file for folder in made for file in holding(folder)]
    others = [file for file in found if scope.concerns(file.name.partition(".")[0])]
    foreign = [
        _told(settings.root, file)
        for file in holding(settings.output)
        if file.relative_to(settings.output).as_posix() not in ours and file not in others
    ]
    return Traces(
        frozenset(gone),
        tuple(n for name, entry in gone.items() for n in (name, *entry.files)),
        frozenset(entry.sha256 for entry in gone.values()),
        tuple(dict.fromkeys(others)),
        tuple(foreign),
    )


def _leaks(files: Mapping[str, bytes], held: Withheld) -> bool:
    return any(found.code == "leak" for found in gate(files, held))


def _told(root: Path, file: Path) -> str:
    return (file.relative_to(root) if file.is_relative_to(root) else file).as_posix()
