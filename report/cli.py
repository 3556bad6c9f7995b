"""Arguments in, exit code out."""

import gc
import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from report import __version__, cli_build, cli_diff, cli_translate, cli_verify, stopping
from report.cli_options import (
    GOOD,
    PROBLEMS,
    RENDERER,
    AsJson,
    Audiences,
    Languages,
    Output,
    Quiet,
    Study,
    leave,
)
from report.model.diagnostic import Severity
from report.terminal import tell

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="""Papers, briefings and plain-language summaries from the data of one qualitative study.

    Go to the study's folder first, or name it with --study. Each command says more with --help.
    """,
    epilog="Exit codes: 0 all well, 1 problems in the study, 2 wrong usage, 3 a renderer failed, "
    "130 stopped with Ctrl-C.",
)

app.add_typer(cli_translate.app, name="translate")
app.command()(cli_build.build)
app.command()(cli_build.status)
app.command()(cli_diff.explain)
app.command()(cli_diff.diff)
app.command()(cli_verify.verify)


@app.command()
def check(
    lang: Languages = None,
    study: Study = Path(),
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Check the study without making documents.

    Each problem names the file and the line, and says what to do. Mend them and check again: a
    file that could not be read may hide problems further on. A warning stops no build.
    """

    def run() -> int:
        from report import publish
        from report.check import check as checks
        from report.config import settings

        here = settings(study)
        with suppress(publish.BusyError):  # then nothing was killed
            publish.recover(here.output)  # what a killed build left half-way
        checked = checks(here, spoken=lang or ())
        # Notes would stand in front of what has to be mended.
        noted = [
            d for d in checked.diagnostics if not (checked.failed and d.severity is Severity.NOTE)
        ]
        tell(noted, as_json=as_json, quiet=quiet)
        if all(d.severity is Severity.NOTE for d in checked.diagnostics) and not (quiet or as_json):
            print("No problems.")
        return PROBLEMS if checked.failed else GOOD

    leave(run, as_json=as_json)


@app.command()
def readability(
    audience: Audiences = None,
    lang: Languages = None,
    study: Study = Path(),
    as_json: AsJson = False,
) -> None:
    """Show how hard the documents are to read.

    A line for each document: words, sentences, LIX, RIX, for English Flesch and Flesch-Kincaid,
    and what goes with them; below it the limits that its audience sets. Then the longest sentences,
    each with its file and line. Quotes are counted apart, and what is not translated yet is not
    counted.
    """

    def run() -> int:
        from report.config import settings
        from report.readability_table import table

        made = table(settings(study), audience or (), lang or ())
        if made.diagnostics:
            tell(made.diagnostics, as_json=as_json, quiet=True, outcome="nothing was measured")
            return PROBLEMS
        print(made.as_json() if as_json else made.as_text(), end="")
        return GOOD

    leave(run, as_json=as_json)


@app.command()
def withdraw(
    participant: Annotated[
        str, typer.Argument(metavar="ID", help="The participant, as the table calls them: PW12.")
    ],
    audience: Annotated[
        list[str] | None,
        typer.Option(
            "--audience",
            metavar="NAME",
            help="Withdraw from this audience only. Can be given several times. Left out: from "
            "everything.",
        ),
    ] = None,
    study: Study = Path(),
    output_dir: Output = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be done, and touch nothing.")
    ] = False,
) -> None:
    """Take a participant out who has withdrawn.

    The date goes into the column “withdrawn” of the table of participants; nothing else in that
    file changes. Every document that holds their words or their row is removed at once, and what
    report remembers of them too. Keep the row: the id must never be another person's.

    Texts that still ask for their words are listed. Until these are mended nothing is built.
    History kept by git, and copies that were handed out, keep what they had.
    """

    def run() -> int:
        from report.config import settings
        from report.withdraw import withdraw as withdraws

        done = withdraws(settings(study, output_dir), participant, audience or (), dry_run=dry_run)
        would = "would be " if dry_run else ""
        what = "stands here already" if done.already else f"{would or 'is '}written here"
        print(f"{done.recorded}: “{done.written}” {what}.")
        for name in done.removed:
            print(f"{would}removed: {name}")
        for name in done.foreign:
            print(f"left alone, since no build made it: {name}. Delete it yourself.")
        if done.counting:
            print(f"These may count them still, until you build again: {', '.join(done.counting)}")
        outcome = "nothing is built before these are mended"
        tell(done.diagnostics, as_json=False, quiet=True, outcome=outcome)
        print("Git's history and copies that were handed out keep what they had.")
        return GOOD

    leave(run)


@app.command()
def gate(study: Study = Path()) -> None:
    """Read what Quarto has rendered, and remove what may not be handed out.

    quarto render calls this by itself when it is done. A document that holds anything which its
    audience may not see is deleted, and named with the place and the rule.
    """

    def run() -> int:
        from report.config import settings
        from report.quarto_gate import gated

        here = settings(study)
        found = gated(here) if here.rendered != () else []  # a preview begins with nothing
        tell(found, as_json=False, quiet=True, outcome="the documents named here were removed")
        return PROBLEMS if found else GOOD

    leave(run)


@app.command()
def compose(study: Study = Path(), quiet: Quiet = False) -> None:
    """Compose the documents for Quarto, without making files of them.

    quarto render and quarto preview call this by themselves. The documents go into the folder
    composed: those of the audience that QUARTO_PROFILE names, or of all. Do not edit them there:
    each call makes them anew from data and templates.
    """

    def run() -> int:
        from report.config import settings
        from report.quarto_project import write

        written = write(settings(study))
        tell(written.diagnostics, as_json=False, quiet=quiet)
        if not quiet:
            for name, forms in written.documents.items():
                print(f"composed {name} ({', '.join(forms)})")
        return PROBLEMS if written.failed else GOOD

    leave(run)


@app.command()
def schema(study: Study = Path()) -> None:
    """Write the JSON Schemas of the study's YAML files to data/schema.

    With them an editor such as VS Code or Positron completes keys and marks mistakes while you
    type. report init has written them already: run this after an update of report.
    """

    def run() -> int:
        from report.new import write_schemas

        for file in write_schemas(study):
            print(file)
        return GOOD

    leave(run)


@app.command()
def init(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder to make. It must be new or empty.")
    ],
    example: Annotated[
        bool, typer.Option("--example", help="Copy the example study instead, to try things out.")
    ] = False,
) -> None:
    """Start a new study in a new folder.

    Its files are short and say what belongs in them. It builds as it is: report build --study DIR
    """

    def run() -> int:
        from report.new import new_study

        new_study(folder, example_study=example)
        print(f"A new study is in {folder}. Next: report build --study {folder}")
        return GOOD

    leave(run)


@app.command()
def doctor() -> None:
    """Show what is installed, what is missing and how to get it.

    Add what it prints when you report a fault.
    """

    def run() -> int:
        from report.config import settings
        from report.doctor import findings

        lines, well = findings(settings(Path()))
        print("\n".join(lines))
        return GOOD if well else RENDERER

    leave(run)


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    if version:
        print(f"report {__version__}")
        raise typer.Exit(GOOD)


def main() -> None:
    """The command `report`."""
    # Tables and syntax trees are many objects and hardly a cycle: to look for one takes a tenth of
    # a run at Python's own threshold.
    gc.set_threshold(500_000)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Windows' own encoding has no “ ”
            stream.reconfigure(encoding="utf-8", errors="replace")
    stopping.listen()
    app(prog_name="report")
