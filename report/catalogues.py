"""The templates' own translations: those of a study's templates, then ours."""

from collections.abc import Sequence
from pathlib import Path

from report import languages
from report.model.catalogue import Catalogue
from report.model.diagnostic import Diagnostic
from report.sources import po
from report.sources.file import read

FOLDER = "locale"


def of_templates(
    folders: Sequence[Path], language: str
) -> tuple[tuple[Catalogue, ...], list[Diagnostic]]:
    """The catalogues of the language, or of a more general one, in the folders of templates: what
    an earlier one translates goes before what a later one does."""
    found: list[Catalogue] = []
    problems: list[Diagnostic] = []
    for code in languages.general(language):
        for folder in folders:
            file, path = folder / FOLDER / f"{code}.po", f"templates/{FOLDER}/{code}.po"
            if folder != folders[0]:  # ours, where the study has templates too
                path = f"qualreport/{path}"
            if not file.is_file():
                continue
            content, trouble = read(file, path)
            problems += trouble
            if content is not None:
                catalogue, trouble = po.parse(content, path, code)
                problems += trouble
                found += [catalogue] if catalogue else []
    return tuple(found), problems
