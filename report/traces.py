"""Where a participant's words and row still stand, among what was built."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from report import state
from report.clearance.withheld import of_participant
from report.config import Settings
from report.crate import CRATE
from report.diff import FOLDER as CHANGES
from report.gate import gate
from report.manifest import MANIFEST, Entry, artifacts_in, files_of
from report.model.audience import Audience
from report.model.consent import Withdrawal
from report.model.study import Study
from report.model.withheld import Withheld
from report.renderers.quarto_files import FOLDER as COMPOSED

_QUARTO: Final = ".quarto"
"""Quarto keeps the text of what it has rendered there."""


@dataclass(frozen=True)
class Traces:
    """What tells of a participant: the documents of the manifest, by name; all files that these
    consist of; their hashes; other files that were made of the same; and files in the output folder
    that no build made."""

    identifier: str
    partly: bool
    """Whether other audiences go on seeing the participant."""
    artifacts: frozenset[str]
    names: tuple[str, ...]
    hashes: frozenset[str]
    others: tuple[Path, ...]
    foreign: tuple[str, ...]

    def told(self, settings: Settings) -> tuple[str, ...]:
        """All that goes, as users know it: from the study's folder where it lies in it."""
        files = (*(settings.output / name for name in self.names), *self.others)
        return tuple(settings.told(file) for file in files)


def traces(
    settings: Settings,
    study: Study,
    audiences: Mapping[str, Audience],
    identifier: str,
    scope: Withdrawal,
) -> Traces:
    """What tells of the participant in the documents of the audiences that the withdrawal concerns.

    A document is believed to tell of them where the private state does not know better, or where
    the manifest cannot be read.
    """
    held = of_participant(study, identifier, audiences.values())
    known = state.read(settings.root).told
    every = artifacts_in(settings.output)
    gone: dict[str, Entry] = {}
    for name, entry in every.items():
        if scope.concerns(entry.audience):
            content = files_of(settings.output, name, entry)
            if identifier in known.get(entry.sha256, (identifier,)) or _holds(content, held):
                gone[name] = entry
    names = [n for name, entry in gone.items() for n in (name, *entry.files)]
    if (settings.output / MANIFEST).is_file() and not every:
        names += _by_name(settings.output, [n for n in audiences if scope.concerns(n)])
    stems = tuple(f"{entry.document}." for entry in gone.values())
    projects = (settings.project, *settings.project.profiles.values())
    outputs = [settings.root / project.output for project in projects if project.output]
    of_root = (settings.root / name for name in (COMPOSED, _QUARTO, CHANGES))
    made = (*of_root, *(o / COMPOSED for o in outputs))
    made = tuple(dict.fromkeys(folder.resolve() for folder in made))

    def concerns(file: Path) -> bool:
        """What is called as no document is may be of any audience."""
        starts = (part.partition(".")[0] for part in reversed(file.parts))
        name = next((start for start in starts if start in audiences), "")
        return not name or scope.concerns(name)

    def holds(file: Path) -> bool:
        return _holds({file.name: file.read_bytes()}, held)

    others = [
        file
        for folder in made
        for file in _files(folder)
        if concerns(file) and (file.name.startswith(stems) or holds(file))
    ]
    beside = (n for entry in every.values() for n in entry.files)
    ours = {MANIFEST, "index.html", CRATE, *names, *every, *beside}
    known_to_us = {settings.output / name for name in ours} | {*others}
    private = [settings.root / name for name in ("data", "private", "templates")]
    foreign = [
        settings.told(file)
        for folder in dict.fromkeys((settings.output, *outputs))
        if not settings.root.is_relative_to(folder)
        for file in _files(folder)
        if file not in known_to_us and not any(file.is_relative_to(p) for p in private)
        if holds(file)
    ]
    return Traces(
        identifier,
        bool(scope.audiences),
        frozenset(gone),
        tuple(names),
        frozenset(entry.sha256 for entry in gone.values()),
        tuple(others),
        tuple(foreign),
    )


def _by_name(output: Path, audiences: Iterable[str]) -> list[str]:
    """The files that are called as documents are, where no manifest tells which are some."""
    starts = tuple(f"{name}." for name in audiences)
    names = (file.relative_to(output).as_posix() for file in _files(output))
    return [name for name in names if name.startswith(starts)]


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


def _holds(files: Mapping[str, bytes], held: Withheld) -> bool:
    """Whether the files hold any of it, or nobody can say."""
    return bool(gate(files, held))
