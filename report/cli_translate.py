"""The commands of `report translate`: arguments in, exit code out."""

from pathlib import Path
from typing import Annotated

import typer

from report.cli_options import GOOD, PROBLEMS, AsJson, Quiet, Study, leave
from report.terminal import tell

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Translate the study: catalogues for Poedit and Weblate, sheets for Word.

    Name a document's languages in data/audiences.yml first, as languages: [en, nb]. Then run
    report translate extract, translate data/locale/nb.po, and build.
    """,
)

Language = Annotated[
    str, typer.Option("--lang", metavar="CODE", help="The language to translate into: nb.")
]
Audience = Annotated[
    str | None,
    typer.Option(
        "--audience",
        metavar="NAME",
        help="Only what the documents for this audience show: lay, for example.",
    ),
]


@app.command()
def extract(study: Study = Path(), quiet: Quiet = False) -> None:
    """Write the catalogues, or bring them up to date.

    data/locale holds the study's own words, a file for each language; templates/locale the words
    of templates that have no translation yet; data/quote_translations.csv gets a row for each
    quote. What is translated stays. What was reworded is marked fuzzy, with its earlier wording
    beside it. What is out of use stays at the end of the file. Run it after each change of texts.
    """

    def run() -> int:
        from report.config import settings
        from report.translate.extract import extract as extracts

        done = extracts(settings(study))
        tell(done.diagnostics, as_json=False, quiet=quiet)
        if not done.failed and not quiet:
            print("\n".join(f"wrote {path}" for path in done.written) or "Nothing has changed.")
        return PROBLEMS if done.failed else GOOD

    leave(run)


@app.command()
def status(
    study: Study = Path(),
    fail_under: Annotated[
        float,
        typer.Option(
            "--fail-under",
            metavar="PERCENT",
            help="Exit with 1 where less than this share of an audience's words is translated.",
        ),
    ] = 0,
    as_json: AsJson = False,
) -> None:
    """Show how much is translated: by language and audience, and by catalogue.

    Fuzzy means translated once, but from other words. Only what is translated counts as done.
    """

    def run() -> int:
        from report.config import settings
        from report.translate.status import status as counts

        found = counts(settings(study))
        tell(found.diagnostics, as_json=False, quiet=False)
        if not found.diagnostics:
            print(found.as_json() if as_json else found.as_text(), end="")
        short = any(line.percent < fail_under for line in found.lines if not line.is_catalogue)
        return PROBLEMS if short or found.diagnostics else GOOD

    leave(run, as_json=as_json)


@app.command()
def sheet(
    lang: Language,
    audience: Audience = None,
    to: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="FORMAT",
            help="docx for Word, html for a browser, or po for Poedit.",
        ),
    ] = "docx",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", metavar="FILE", help="Where to write it. Left out: into this folder."
        ),
    ] = None,
    study: Study = Path(),
) -> None:
    """Write a sheet for reviewers: source, translation, comment, a row for each message.

    They write into the last two columns and send it back; report translate apply reads it. A
    sheet for one audience holds nothing that this audience may not see.
    """

    def run() -> int:
        from report.config import settings
        from report.translate.sheet import sheet as sheets

        made = sheets(settings(study), lang, audience, to, output)
        tell(made.diagnostics, as_json=False, quiet=False)
        if made.file:
            print(f"wrote {made.file}: {made.rows} rows")
        return GOOD if made.file else PROBLEMS

    leave(run)


@app.command()
def apply(
    file: Annotated[
        Path, typer.Argument(metavar="SHEET", help="The sheet as it came back: docx, html or po.")
    ],
    study: Study = Path(),
) -> None:
    """Read a sheet back into the catalogues.

    Only what was changed in the sheet is taken over. Where the source or the translation has
    changed meanwhile, nothing is overwritten: both are shown, and you decide. A row that was
    fuzzy and is right as it stands is confirmed by “ok” as its comment.
    """

    def run() -> int:
        from report.config import settings
        from report.translate.apply import apply as applies

        outcome = applies(settings(study), file)
        tell(outcome.diagnostics, as_json=False, quiet=False, outcome="other rows were taken over")
        print(f"{outcome.taken} translations and {outcome.comments} comments taken over.")
        return PROBLEMS if outcome.diagnostics else GOOD

    leave(run)
