"""What quarto render made, through the gate."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from report.check import check
from report.clearance.withheld import of_everyone
from report.config import Settings
from report.errors import UsageError
from report.gate import gate
from report.load.key import key
from report.model.diagnostic import Diagnostic, Location
from report.model.withheld import Withheld


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
        return [*checked.diagnostics, *(_not_in_order(settings.root, file) for file in made)]
    secret, _ = key(settings.root)
    held = {variant.name: rules for variant, rules in checked.withheld.items()}
    anyone = of_everyone(list(checked.cleared.values()), secret, settings.machine)
    found: list[Diagnostic] = []
    for file in made:
        # A page of the study's own is nobody's: it may tell what everybody may know.
        rules = next((held[n] for n in held if file.name.startswith(f"{n}.")), anyone)
        leaks = list(_leaks(settings.root, file, rules))
        if leaks:
            _remove(file)
        found += leaks
    return found


def _remove(file: Path) -> None:
    file.unlink(missing_ok=True)
    shutil.rmtree(_beside(file), ignore_errors=True)


def _not_in_order(root: Path, file: Path) -> Diagnostic:
    message = "it was removed, since the study is not in order"
    at = Location(_told(root, file))
    return Diagnostic("not-in-order", message, at, "mend what is told above, and render again")


def _leaks(root: Path, file: Path, rules: Withheld) -> Iterator[Diagnostic]:
    inner = (f for f in sorted(_beside(file).rglob("*")) if f.is_file())
    files = {_told(root, f): f.read_bytes() for f in (file, *inner)}
    for leak in gate(files, rules):
        yield replace(leak, hint="it was removed; mend the study, and render again")


def _told(root: Path, file: Path) -> str:
    return (file.relative_to(root) if file.is_relative_to(root) else file).as_posix()


def _beside(file: Path) -> Path:
    """Where Quarto puts what a page needs."""
    return file.with_name(f"{file.stem}_files")
