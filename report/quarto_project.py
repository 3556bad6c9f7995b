"""The study as a Quarto project: composed documents for `quarto render` and `quarto preview`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from report.check import check
from report.config import Settings
from report.errors import ReportError, UsageError
from report.model.audience import SOURCE_FORMAT
from report.model.diagnostic import Diagnostic
from report.renderers.quarto_files import FOLDER, laid_out

_MARK: Final = ".gitignore"
_MARKED: Final = "# Made by report compose, and made anew by the next.\n*\n"
_NEW: Final = ".new"  # while it is written
_OURS: Final = {".qmd", ".typ"}
"""What report compose or a failed render leaves at the top of the folder."""


@dataclass(frozen=True)
class Written:
    """What was found, and the composed documents by name with their formats; none where an error
    was found."""

    diagnostics: tuple[Diagnostic, ...]
    documents: Mapping[str, Sequence[str]]
    failed: bool


def write(settings: Settings) -> Written:
    """Compose the documents of Quarto's active profiles, or all where none is an audience's, into
    the study's folder `composed`. A file that is as it should be is not touched.

    Raises UsageError for a profile that means nothing, and for a folder that is not ours;
    ReportError where a file cannot be written.
    """
    folder = settings.root / FOLDER
    if folder.exists() and any(folder.iterdir()) and not (folder / _MARK).is_file():
        message = f"the folder {FOLDER} is there already, and report did not make it"
        raise UsageError(message, "rename it: report compose puts the documents for Quarto there")
    checked = check(settings, _audiences(settings))
    if checked.failed:
        return Written(checked.diagnostics, {}, failed=True)
    documents: dict[str, list[str]] = {}
    for target in checked.targets:
        if target.format != SOURCE_FORMAT:
            documents.setdefault(target.variant.name, []).append(target.format)
    files: dict[str, bytes] = {f"{FOLDER}/{_MARK}": _MARKED.encode()}
    for name, forms in documents.items():
        own = settings.project.formats
        files |= laid_out(checked.documents[name], forms, settings.themes, own)
    try:
        _write(settings.root, files)
        _clear(folder, {settings.root / path for path in files})
    except OSError as error:
        file = Path(error.filename or folder).name.removesuffix(_NEW)
        why = error.strerror or str(error)
        hint = "close it in other programs, and see that the folder may be written to"
        raise ReportError(f"{FOLDER}/{file} cannot be written: {why}", hint) from error
    return Written(checked.diagnostics, documents, failed=False)


def _audiences(settings: Settings) -> list[str]:
    """The active profiles but those that are the study's own, by a file, and no audience's. What
    Quarto does not know it passes over, and with it what a reader was meant to get."""
    return [
        name
        for name in settings.profiles
        if any((folder / name / "audience.yml").is_file() for folder in settings.templates)
        or not any((settings.root / f"_quarto-{name}{end}").is_file() for end in (".yml", ".yaml"))
    ]


def _write(root: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        file = root / path
        if not file.is_file() or file.read_bytes() != content:
            file.parent.mkdir(parents=True, exist_ok=True)
            new = file.with_name(f"{file.name}{_NEW}")
            new.write_bytes(content)
            new.replace(file)


def _clear(folder: Path, kept: set[Path]) -> None:
    """Take away what an earlier call made: other documents, their files, and looks."""
    for file in sorted(folder.rglob("*"), reverse=True):
        inside = file.relative_to(folder).parts
        ours = file.suffix in _OURS if len(inside) == 1 else True
        if file.is_file() and ours and file not in kept:
            file.unlink()
        elif file.is_dir() and not any(file.iterdir()):
            file.rmdir()
