"""The commands that make documents, and tell how these are."""

import json
from pathlib import Path
from typing import Annotated

import typer

from report.cli_options import (
    GOOD,
    PROBLEMS,
    AsJson,
    Audiences,
    Cluster,
    Formats,
    Jobs,
    Languages,
    Output,
    Quiet,
    Recipients,
    Renderer,
    Study,
    Verbose,
    leave,
)
from report.model.diagnostic import Severity
from report.terminal import log, progress, tell


def build(
    audience: Audiences = None,
    to: Formats = None,
    lang: Languages = None,
    recipient: Recipients = None,
    study: Study = Path(),
    output_dir: Output = None,
    renderer: Renderer = None,
    draft: Annotated[
        bool,
        typer.Option(
            "--draft",
            help="Make documents that are not translated in full too. They say so on every page, "
            "and show what is missing in its own language, marked.",
        ),
    ] = False,
    force: Annotated[
        bool,
        typer.Option("--force", help="Make every document anew, also those that are up to date."),
    ] = False,
    jobs: Jobs = None,
    executor: Cluster = "",
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Check the study and make its documents.

    Without options: every document, for every audience, in every format. Open _output/index.html
    to read them. A document that is up to date is left as it is: see report status.

    Where anything is wrong, nothing is made, and the last good documents stay. Each error names
    the file and the line, and says what to do.
    """

    def run() -> int:
        from report import build as builds
        from report.config import settings

        log(verbose=verbose)
        here = settings(study, output_dir, renderer, jobs=jobs, executor=executor)
        with progress(silent=quiet or as_json) as told:
            built = builds.build(
                here,
                audience or (),
                to or (),
                told,
                spoken=lang or (),
                recipients=recipient or (),
                draft=draft,
                force=force,
            )
        tell(
            [d for d in built.diagnostics if d.severity is not Severity.NOTE],
            as_json=as_json,
            quiet=quiet,
            artifacts=built.artifacts,
            fresh=built.fresh,
        )
        if not built.failed and not quiet and not as_json:
            inside = output_dir is None and here.output.is_relative_to(here.root)
            where = study / here.output.relative_to(here.root) if inside else here.output
            print(f"{_counted(len(built.artifacts), len(built.fresh))} Open {where / 'index.html'}")
        return PROBLEMS if built.failed else GOOD

    leave(run, as_json=as_json)


def _counted(made: int, fresh: int) -> str:
    documents = "1 document" if (made or fresh) == 1 else f"{made or fresh} documents"
    if not made:
        return f"Nothing to do: {documents} up to date."
    return f"{documents} made." if not fresh else f"{documents} made, {fresh} were up to date."


def status(
    study: Study = Path(),
    output_dir: Output = None,
    renderer: Renderer = None,
    as_json: AsJson = False,
) -> None:
    """Show which documents are up to date.

    A line for each document: up to date, or why a build would make it anew. report explain tells
    more of one.
    """

    def run() -> int:
        from report.config import settings
        from report.status import status as statuses

        found = statuses(settings(study, output_dir, renderer))
        if found.diagnostics:
            outcome = "nothing can be said of the documents before these are mended"
            tell(found.diagnostics, as_json=as_json, quiet=True, outcome=outcome)
            return PROBLEMS
        if as_json:
            print(json.dumps(found.documents, indent=2, ensure_ascii=False))
            return GOOD
        width = max(map(len, found.documents), default=0)
        for name, how in found.documents.items():
            print(f"{name:<{width}}  {how}")
        return GOOD

    leave(run, as_json=as_json)
