"""What only composed documents show, each problem told once, however many recipients meet it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from report import disclosure
from report.checks import DOCUMENT_CHECKS, glyphs, untranslated
from report.clearance import Cleared
from report.compose.document import Composed
from report.model.audience import Variant
from report.model.diagnostic import Diagnostic, Location, Severity, excerpt
from report.model.study import Study
from report.model.withheld import Withheld


def of_documents(
    study: Study,
    composed: Mapping[Variant, Composed],
    cleared: Mapping[Variant, Cleared],
    held: Mapping[Variant, Withheld],
    themes: Sequence[Path],
    printed: Iterable[Variant],
    *,
    draft: bool,
) -> Iterator[Diagnostic]:
    """What is wrong with the documents, those that are `printed` as PDF among them, in the fonts of
    `themes`. What has no translation is an error, but for a `draft`.

    Of documents that are the same but for cells of their recipients' rows, the first is read whole;
    of the others, what shows these cells.
    """
    printed = set(printed)
    firsts: dict[tuple[str, str], Composed] = {}
    told: dict[str, set[object]] = {}
    for variant, result in composed.items():
        alike = firsts.get((variant.told, result.shape)) if variant.recipient else None
        found = [*result.diagnostics]
        if not draft:
            found += untranslated.of_messages(result.gaps)
            found += result.quote_gaps.values()
        if document := result.document:
            firsts.setdefault((variant.told, result.shape), result)
            for check in DOCUMENT_CHECKS if alike is None else ():
                found += check(study, variant, document)
            found += glyphs.check(
                study, variant, document, tuple(themes), printed=variant in printed
            )
            found += disclosure.in_texts(cleared[variant], result, held[variant], alike)
        known = told.setdefault(variant.told, set())
        yield from (problem for problem in found if _kind(problem, variant) not in known)
        known |= {_kind(problem, variant) for problem in found}


def _kind(problem: Diagnostic, variant: Variant) -> object:
    """What is the same for problems of several recipients that are one: a line is mended once, in
    whatever words each document shows it."""
    at = problem.location
    place = (problem.code, at.path.replace(variant.name, variant.told), at.line, at.column, at.cell)
    return place if at.line or at.cell else (*place, problem.message)


def of_what_is_unused(study: Study, composed: Mapping[Variant, Composed]) -> Iterator[Diagnostic]:
    """Texts that none of the documents uses, and pictures that none shows, where any could."""
    used = {name for result in composed.values() for name in result.prose}
    for name, prose in study.prose.items():
        if name not in used:
            yield Diagnostic(
                "unused-text",
                "no document uses this text",
                Location(prose.path, 1, 1),
                "mend its name, or delete it",
                Severity.WARNING,
            )
    if any(variant.audience.pictures for variant in composed):
        shown = {identifier for result in composed.values() for identifier in result.pictures}
        for picture in study.pictures:
            if picture.id not in shown:
                message = f"no document shows the picture {excerpt(picture.id)}"
                at = study.locate(picture, "picture")
                hint = f'put {{{{ picture("{excerpt(picture.id)}") }}}} into a text, or delete '
                hint += "the row"
                yield Diagnostic("unused-picture", message, at, hint, Severity.WARNING)
