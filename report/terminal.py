"""What a command tells: diagnostics, as text or JSON, and how far it is."""

import json
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from report.model.diagnostic import Diagnostic, Severity

_NAMED: Final = 2  # documents; a terminal has 80 columns


def tell(
    diagnostics: Sequence[Diagnostic],
    *,
    as_json: bool,
    quiet: bool,
    artifacts: Sequence[str] = (),
    fresh: Sequence[str] = (),
    outcome: str = "nothing was made",
) -> None:
    """Diagnostics, the files that were made, and those that were `fresh` before: to people, or as
    JSON to other programs.
    `outcome` says what came of it where there are errors."""
    if as_json:
        print(
            json.dumps(
                {
                    "diagnostics": [_plain(d) for d in diagnostics],
                    "artifacts": list(artifacts),
                    "fresh": list(fresh),
                },
                indent=2,
                ensure_ascii=False,
            )
        )
        return
    for diagnostic in diagnostics:
        if quiet and diagnostic.severity is not Severity.ERROR:
            continue
        print(diagnostic, file=sys.stderr)
        if diagnostic.hint:
            print(f"  {diagnostic.hint}", file=sys.stderr)
    errors = sum(d.severity is Severity.ERROR for d in diagnostics)
    if errors:
        count = "1 error" if errors == 1 else f"{errors} errors"
        print(f"{count}; {outcome}.", file=sys.stderr)


@contextmanager
def progress(*, silent: bool) -> Iterator[Callable[[str, Sequence[str], int, int], None]]:
    """A bar with what is running on a terminal, a line a document elsewhere."""
    if silent:
        yield lambda *_: None
    elif sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=None)
            yield lambda _, running, done, total: bar.update(
                task, description=_named(running), completed=done, total=total
            )
    else:
        yield _line


def _named(running: Sequence[str]) -> str:
    """The first documents that are being made, and how many more."""
    more = f" and {len(running) - _NAMED} more" if len(running) > _NAMED else ""
    return ", ".join(running[:_NAMED]) + more


def _line(name: str, _running: Sequence[str], done: int, total: int) -> None:
    if name:
        print(f"{done}/{total} {name}", flush=True)


def _plain(diagnostic: Diagnostic) -> dict[str, object]:
    at = diagnostic.location
    return {
        "severity": str(diagnostic.severity),
        "code": diagnostic.code,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "path": at.path,
        "line": at.line,
        "column": at.column,
        "cell": at.cell,
    }


def log(*, verbose: bool) -> None:
    """With `verbose`, what programs complain of is shown as it comes."""
    if verbose:
        logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
