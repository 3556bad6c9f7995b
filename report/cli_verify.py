"""The command that makes all documents anew and compares."""

import json
from pathlib import Path
from typing import Annotated

import typer

from report.cli_options import GOOD, PROBLEMS, AsJson, Jobs, Quiet, Study, Verbose, leave
from report.terminal import log, progress, tell


def verify(
    study: Study = Path(),
    output_dir: Annotated[
        Path | None,
        typer.Option(
            "--output-dir",
            metavar="DIR",
            help="The folder of the documents and their manifest.json. Left out: what _quarto.yml "
            "says, or _output in the study's folder.",
        ),
    ] = None,
    jobs: Jobs = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Make all documents anew and compare, bit by bit.

    Every document that manifest.json lists is made from the study, by the renderer that made it
    then, with the date that it bore. Where the bytes are not the same you are told why: the study,
    a program or a look has changed since, or somebody has edited the file. Nothing is written.

    Exit code 0 says that all is the same.
    """

    def run() -> int:
        from report.config import settings
        from report.verify import verify as verifies

        log(verbose=verbose)
        with progress(silent=quiet or as_json) as told:
            verified = verifies(settings(study, output_dir, jobs=jobs), told)
        if verified.diagnostics:
            outcome = "nothing can be compared before these are mended"
            tell(verified.diagnostics, as_json=as_json, quiet=True, outcome=outcome)
            return PROBLEMS
        if as_json:
            files = {
                name: {
                    "same": found.same,
                    "rebuilt": found.rebuilt,
                    "intact": found.intact,
                    "why": found.why,
                }
                for name, found in verified.files.items()
            }
            print(json.dumps(files, indent=2, ensure_ascii=False))
            return GOOD if verified.same else PROBLEMS
        width = max(map(len, verified.files), default=0)
        for name, found in verified.files.items():
            if not (quiet and found.same):
                print(f"{name:<{width}}  {'the same' if found.same else 'differs'}")
                for reason in found.why:
                    print(f"  {reason}")
        if not quiet:
            print(_counted([found.same for found in verified.files.values()]))
        return GOOD if verified.same else PROBLEMS

    leave(run, as_json=as_json)


def _counted(same: list[bool]) -> str:
    files = "1 file" if len(same) == 1 else f"{len(same)} files"
    if all(same):
        return f"{files}, made anew: the same, bit by bit."
    return f"{files}, made anew: {sum(same)} the same, {len(same) - sum(same)} not."
