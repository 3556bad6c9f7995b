"""What the commands share: options, exit codes, and how each of them ends."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from report.errors import RenderError, ReportError, UsageError

GOOD, PROBLEMS, USAGE, RENDERER = 0, 1, 2, 3
"""Exit codes: all well; problems in the study; wrong usage; a renderer failed."""

Study = Annotated[
    Path,
    typer.Option("--study", metavar="DIR", help="The study's folder: the one that holds data."),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output-dir",
        metavar="DIR",
        help="Where the documents go. Left out: what _quarto.yml says, or _output in the study's "
        "folder.",
    ),
]
Audiences = Annotated[
    list[str] | None,
    typer.Option(
        "--audience",
        metavar="NAME",
        help="Only the documents for this audience: journal, for example. Can be given several "
        "times.",
    ),
]
Formats = Annotated[
    list[str] | None,
    typer.Option(
        "--to",
        metavar="FORMAT",
        help="Only this format: html, pdf, docx, jats, or qmd for the Quarto source. "
        "Can be given several times.",
    ),
]
Languages = Annotated[
    list[str] | None,
    typer.Option(
        "--lang",
        metavar="CODE",
        help="Only the documents in this language: nb, for example. Can be given several times.",
    ),
]
Recipients = Annotated[
    list[str] | None,
    typer.Option(
        "--recipient",
        metavar="ID",
        help="Only the documents for this recipient, by the id in recipients.csv. Can be given "
        "several times.",
    ),
]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print the outcome as JSON, for other programs.")
]
Renderer = Annotated[
    str | None,
    typer.Option(
        "--renderer",
        metavar="NAME",
        help="What makes the files: builtin (pandoc and Typst, installed with report) or quarto. "
        "Left out: what _quarto.yml says.",
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        metavar="N",
        min=1,
        help="How many documents are made at a time. Left out: as many as the machine has cores.",
    ),
]
Cluster = Annotated[
    str,
    typer.Option(
        "--executor",
        metavar="ADDRESS",
        help="The Dask cluster whose workers make the documents: dask://HOST:PORT. Left out: this "
        "machine makes them.",
        show_default=False,
    ),
]
Verbose = Annotated[
    bool, typer.Option("--verbose", help="Show what the renderer's programs say as they run.")
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print errors only.")]


def leave(run: Callable[[], int], *, as_json: bool = False) -> None:
    """Run a command and leave with its code; what made going on impossible is told, not traced."""
    try:
        code = run()
        sys.stdout.flush()
    except ReportError as error:
        code = _failed(error, as_json=as_json)
    except BrokenPipeError:  # whoever read what we print has gone: report build | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = PROBLEMS
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        message = f"the system refuses: {where}{error.strerror or error}"
        hint = "see that the disk is not full, and that files and folders are there and not locked"
        # As text, for it may be the output for programs that could not be written.
        code = _failed(ReportError(message, hint), as_json=False)
    except KeyboardInterrupt:
        print("Stopped. The last good documents are still there.", file=sys.stderr)
        code = 130
    raise typer.Exit(code)


def _failed(error: ReportError, *, as_json: bool) -> int:
    """Tell of it, and give the exit code."""
    if as_json:
        failure = {"message": error.message, "hint": error.hint}
        print(json.dumps({"error": failure}, indent=2, ensure_ascii=False))
    else:
        print(f"error: {error.message}", file=sys.stderr)
        if error.hint:
            print(f"  {error.hint}", file=sys.stderr)
    return _code(error)


def _code(error: ReportError) -> int:
    match error:
        case UsageError():
            return USAGE
        case RenderError():
            return RENDERER
        case _:
            return PROBLEMS
