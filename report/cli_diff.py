"""The commands that tell what changed: arguments in, exit code out."""

import json
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from report.cli_options import (
    GOOD,
    PROBLEMS,
    AsJson,
    Audiences,
    Languages,
    Output,
    Renderer,
    Study,
    leave,
)
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
            "above the text, which is marked; docx, a Word file with tracked changes. Can be given "
            "several times, or as a list with commas.",
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


def explain(
    target: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TARGET",
            help="A file (journal.en.pdf), a document (journal.en) or an audience (journal). Left "
            "out: all.",
            show_default=False,
        ),
    ] = None,
    study: Study = Path(),
    output_dir: Output = None,
    renderer: Renderer = None,
    as_json: AsJson = False,
) -> None:
    """Show why documents are up to date or not.

    Below each that a build would make anew stand the reasons: the row, key or text that changed,
    and the part of the document that shows it; looks and programs that are others; a file that is
    missing, or was changed by hand.
    """

    def run() -> int:
        from report.config import settings
        from report.explain import explain as explains

        found = explains(settings(study, output_dir, renderer), target or ())
        if found.diagnostics:
            outcome = "nothing can be said of the documents before these are mended"
            tell(found.diagnostics, as_json=as_json, quiet=True, outcome=outcome)
            return PROBLEMS
        if as_json:
            told = [
                {"document": each.name, "status": each.how, "reasons": each.reasons}
                for each in found.documents
            ]
            print(json.dumps(told, indent=2, ensure_ascii=False))
            return GOOD
        for (how, reasons), same in groupby(found.documents, lambda d: (d.how, d.reasons)):
            print(f"{', '.join(each.name for each in same)}: {how}")
            for reason in reasons:
                print(f"  {reason}")
        return GOOD

    leave(run, as_json=as_json)
