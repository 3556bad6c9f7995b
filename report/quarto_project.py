"""The study as a Quarto project: composed documents for `quarto render` and `quarto preview`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from report.check import check
from report.config import Settings
from report.errors import ReportError, UsageError
from report.model.audience import SOURCE_FORMAT
from report.model.diagnostic import Diagnostic, did_you_mean
from report.renderers.quarto_files import FOLDER, laid_out
from report.renderers.theme import theme
from report.sources.file import write as write_whole

_IGNORED: Final = ".gitignore"
_MADE: Final = ".made"
"""Lists the files that we wrote, so that no other is ever taken away."""


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
    if folder.exists() and not (folder / _MADE).is_file() and not _is_empty(folder):
        message = f"the folder {FOLDER} is there already, and report did not make it"
        raise UsageError(message, "rename it: report compose puts the documents for Quarto there")
    checked = check(settings, _audiences(settings))
    if checked.failed:
        return Written(checked.diagnostics, {}, failed=True)
    documents: dict[str, list[str]] = {}
    for target in checked.targets:
        if target.format != SOURCE_FORMAT:
            documents.setdefault(target.variant.name, []).append(target.format)
    files: dict[str, bytes] = {f"{FOLDER}/{_IGNORED}": b"*\n"}
    own = settings.project.formats_in(settings.profiles)
    looks = theme(settings.themes)
    for name, forms in documents.items():
        files |= laid_out(checked.documents[name], forms, looks, own)
    made = settings.root / FOLDER / _MADE
    try:
        before = made.read_text("utf-8").splitlines() if made.is_file() else []
        # Listed before they are there, lest a stop in between leaves what nobody knows.
        write_whole(made, _listed({*before, *files}))
        for path, content in files.items():
            write_whole(settings.root / path, content)
        _clear(folder, {settings.root / path for path in {*before} - files.keys()})
        write_whole(made, _listed(files))
    except OSError as error:
        told = settings.told(Path(error.filename or folder))
        hint = "close it in other programs, and see that the folder may be written to"
        message = f"{told} cannot be written: {error.strerror or error}"
        raise ReportError(message, hint) from error
    return Written(checked.diagnostics, documents, failed=False)


def _audiences(settings: Settings) -> list[str]:
    """The active profiles that are audiences. What Quarto does not know it passes over, and with
    it what a reader was meant to get; so any other must have a file of its own."""
    known = {file.parent.name for t in settings.templates for file in t.glob("*/audience.yml")}
    for name in settings.profiles:
        if name not in known and name not in settings.project.profiles:
            near = did_you_mean(name, known)
            raise UsageError(
                f"there is no audience “{name}” for the profile of that name",
                f"{near} (a profile of your own has its file: _quarto-{name}.yml)".strip(),
            )
    return [name for name in settings.profiles if name in known]


def _listed(paths: Iterable[str]) -> bytes:
    return "".join(f"{path}\n" for path in sorted(paths)).encode()


def _clear(folder: Path, gone: set[Path]) -> None:
    """Take away what an earlier call made and this one does not: documents, with what Typst left
    of them, figures, looks; then the folders that are empty. Nothing outside the folder."""
    inside = {f for f in gone if f.is_relative_to(folder) and ".." not in f.parts}
    for file in inside:
        file.unlink(missing_ok=True)
        if file.suffix == ".qmd":
            file.with_suffix(".typ").unlink(missing_ok=True)
    for inner in sorted({file.parent for file in inside}, reverse=True):
        while inner != folder and inner.is_dir() and _is_empty(inner):
            inner.rmdir()
            inner = inner.parent  # noqa: PLW2901  # up to the first that is not empty


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())
