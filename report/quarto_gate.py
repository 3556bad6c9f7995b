"""What quarto render made, through the gate."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from report.check import check
from report.config import Settings
from report.errors import ReportError, UsageError
from report.gate import gate
from report.model.diagnostic import Diagnostic, Location
from report.model.withheld import Withheld
from report.renderers.quarto_files import FOLDER as COMPOSED

_LISTS: Final = ("search.json", "sitemap.xml", "listings.json")
"""What a website of Quarto's tells of its pages."""


def gated(settings: Settings) -> list[Diagnostic]:
    """What stands in the documents that Quarto has rendered and may not. A document with any of
    that is deleted, with the files beside it; so are all of them where the study is not in order.

    Raises UsageError where it is not Quarto that calls.
    """
    if settings.rendered is None:
        raise UsageError(
            "there is nothing that Quarto has just rendered",
            "quarto render calls this by itself: see post-render in _quarto.yml",
        )
    checked = check(settings)
    made = [file for file in settings.rendered if file.is_file()]
    if checked.failed:
        for file in made:
            _remove(file)
        return [*checked.diagnostics, *(_not_in_order(settings, file) for file in made)]
    held = {variant.name: rules for variant, rules in checked.withheld.items()}
    found: list[Diagnostic] = []
    for file in dict.fromkeys((*made, *_around(settings))):
        # A page of the study's own, or a search index, is nobody's: what everybody may know.
        name = next((n for n in held if _is_of(file, n)), "")
        leaks = list(_leaks(settings, file, held.get(name, checked.of_everyone)))
        if leaks:
            _remove(file)
        found += leaks
    return found


def _is_of(file: Path, name: str) -> bool:
    """Whether the file is a document of that name, or lies beside one."""
    return any(part.startswith((f"{name}.", f"{name}_files")) for part in file.parts)


def _around(settings: Settings) -> Iterator[Path]:
    """What earlier renderings left of our documents, and what searches and lists all pages. Other
    files there are the study's own."""
    for project in (settings.project, *settings.project.profiles.values()):
        folder = settings.root / project.output
        if project.output and folder.is_dir():
            yield from (folder / name for name in _LISTS if (folder / name).is_file())
            if (folder / COMPOSED).resolve() != (settings.root / COMPOSED).resolve():
                yield from sorted(f for f in (folder / COMPOSED).rglob("*") if f.is_file())


def _remove(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
        if _beside(file).is_dir():
            shutil.rmtree(_beside(file))
    except OSError as error:
        message = f"{file.name} may not be handed out, and cannot be removed: {error.strerror}"
        raise ReportError(message, "close it in other programs, and delete it yourself") from error


def _not_in_order(settings: Settings, file: Path) -> Diagnostic:
    message = "it was removed, since the study is not in order"
    at = Location(settings.told(file))
    return Diagnostic("not-in-order", message, at, "mend what is told above, and render again")


def _leaks(settings: Settings, file: Path, rules: Withheld) -> Iterator[Diagnostic]:
    for leak in gate({settings.told(file): file.read_bytes()}, rules):
        yield replace(leak, hint="it was removed; mend the study, and render again")


def _beside(file: Path) -> Path:
    """Where Quarto puts what a page needs."""
    return file.with_name(f"{file.stem}_files")
