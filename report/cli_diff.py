"""The command `report diff`: arguments in, exit code out."""

from pathlib import Path
from typing import Annotated

import typer

from report.cli_options import GOOD, PROBLEMS, AsJson, Audiences, Languages, Study, leave
from report.terminal import tell


def diff(
    revision: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="REVISION",
            help="What git calls a state of the study: a tag, a branch, a commit. Of two, the "
            "earlier comes first.",
            show_default=False,
        ),
    ] = None,
    audience: Audiences = None,
    lang: Languages = None,
    to: Annotated[
        list[str] | None,
        typer.Option(
            "--to",
            metavar="FORMAT",
            help="Write a file for each document that changed: html, a page with what changed "
            "above the text. Can be given several times, or as a list with commas.",
        ),
    ] = None,
    study: Study = Path(),
    output_dir: Annotated[
        Path | None,
        typer.Option(
            "--output-dir",
            metavar="DIR",
            help="Where these files go. Left out: _changes in the study's folder.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what changed in the documents.

    Without a revision: since the documents in the output folder were built. With one: since then.
    With two: from the first to the second. Revisions are read with git, and composed as report
    composes today.

    Numbers come first, each with every place where it appears; then quotes, tables cell by cell,
    figures, sentences, works cited, and translations to be renewed. What may not be shown any more
    stands as [withdrawn] or [withheld].
    """

    def run() -> int:
        from report import changed_files
        from report.changes import compared
        from report.config import settings
        from report.diff import FOLDER
        from report.diff.told import as_json as written
        from report.diff.told import as_text
        from report.errors import UsageError

        forms = changed_files.known(to or ())
        here = settings(study)
        asked = tuple(revision or ())
        if asked[2:]:
            raise UsageError(
                f"two revisions can be compared, not {len(asked)}",
                "name the earlier one, then the later one: report diff v1.0 v1.1",
            )
        found = compared(here, asked, audience or (), lang or ())
        if found.comparison is None:
            tell(found.diagnostics, as_json=as_json, quiet=True, outcome="nothing was compared")
            return PROBLEMS
        if forms:
            folder = output_dir.resolve() if output_dir else here.root / FOLDER
            everything = not audience and not lang
            made = changed_files.write(here, found, forms, folder, everything=everything)
            if made.diagnostics:
                tell(made.diagnostics, as_json=as_json, quiet=True, outcome="nothing was written")
                return PROBLEMS
        print((written if as_json else as_text)(found.comparison), end="")
        if forms and not as_json:
            print()
            for name in made.files:
                print(f"written: {here.told(folder / name)}")
        return GOOD

    leave(run, as_json=as_json)
