"""The command `report diff`: arguments in, exit code out."""

from pathlib import Path
from typing import Annotated

import typer

from report.cli_options import GOOD, PROBLEMS, AsJson, Audiences, Languages, Study, leave
from report.terminal import tell

app = typer.Typer()


def diff(
    revision: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[REVISION [REVISION]]",
            help="Git's name of a state of the study: a tag, a branch, a commit. One: from there "
            "to now. Two: from the first to the second. None: from the last build to now.",
            show_default=False,
        ),
    ] = None,
    audience: Audiences = None,
    lang: Languages = None,
    study: Study = Path(),
    as_json: AsJson = False,
) -> None:
    """Show what changed in the documents: numbers, quotes, tables, text, translations."""

    def run() -> int:
        from report.changes import compared
        from report.config import settings
        from report.diff.told import as_json as written
        from report.diff.told import as_text

        found = compared(settings(study), revision or (), audience or (), lang or ())
        if found.comparison is None:
            tell(found.diagnostics, as_json=as_json, quiet=True, outcome="nothing was compared")
            return PROBLEMS
        print((written if as_json else as_text)(found.comparison), end="")
        return GOOD

    leave(run, as_json=as_json)
