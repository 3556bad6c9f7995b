"""The path from a study to its composed documents, and all that can be wrong on it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from report import catalogues, disclosure, languages
from report.audiences import audiences, variants
from report.checks import (
    AUDIENCE_CHECKS,
    DOCUMENT_CHECKS,
    STUDY_CHECKS,
    glyphs,
    translations,
    untranslated,
)
from report.clearance import Cleared, cleared, of_everyone, withheld
from report.compose.document import Composed, compose
from report.config import Settings, epoch_of
from report.errors import UsageError
from report.fonts import coverage
from report.load import load
from report.load.key import key
from report.model.audience import ENDINGS, FORMATS, SOURCE_FORMAT, Audience, Variant, Waiver
from report.model.catalogue import Catalogue
from report.model.diagnostic import (
    Diagnostic,
    Location,
    Severity,
    did_you_mean,
    excerpt,
    in_order,
)
from report.model.document import Document
from report.model.key import Key
from report.model.study import Study
from report.model.withheld import Withheld
from report.sources import po


@dataclass(frozen=True, slots=True)
class Target:
    """One file to be made."""

    variant: Variant
    format: str

    @property
    def name(self) -> str:
        """The artifact's file name: journal.en.pdf."""
        return f"{self.variant.name}.{ENDINGS[self.format]}"


Arrival = Callable[[Sequence[Target], Document], None]
"""Called with a document that was composed, and the targets that are to be made of it."""


@dataclass(frozen=True)
class Checked:
    """Everything short of rendering: the study, its targets, their documents and what is wrong."""

    study: Study | None
    audiences: Mapping[str, Audience]
    targets: Sequence[Target]
    documents: Mapping[str, Document]
    inputs: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]
    epoch: int
    variants: Sequence[Variant] = ()
    """All that the study wants, made this time or not."""
    composed: Mapping[Variant, Composed] = field(default_factory=dict)
    """What came of each variant that was composed."""
    catalogues: Mapping[str, Sequence[Catalogue]] = field(default_factory=dict)
    """The templates' translations, by language."""
    withheld: Mapping[Variant, Withheld] = field(default_factory=dict)
    """What the documents of each variant may not hold."""
    cleared: Mapping[Variant, Cleared] = field(default_factory=dict)
    """The study as the readers of each variant may see it."""
    of_everyone: Withheld = field(default_factory=Withheld)
    """What no file may hold that is for nobody in particular."""

    @property
    def failed(self) -> bool:
        """Whether an error stands in the way of documents."""
        return any(d.severity is Severity.ERROR for d in self.diagnostics)


def check(
    settings: Settings,
    names: Sequence[str] = (),
    formats: Sequence[str] = (),
    spoken: Sequence[str] = (),
    arrived: Arrival = lambda *_: None,
    *,
    draft: bool = False,
    as_if: Mapping[str, str] | None = None,
) -> Checked:
    """Load the study, compose the documents of `names` in the languages `spoken` (all, where none
    is named) and check everything that needs no rendering. What has no translation is an error, but
    for a `draft`. `as_if` says what the column “withdrawn” is taken to hold, by participant.
    `arrived` is called with each document before it is checked.

    Raises UsageError for an audience, a format or a language that is not there.
    """
    loaded = load(settings.root)
    problems = [*settings.diagnostics, *loaded.diagnostics]
    known, troubles = (
        audiences(settings.templates, loaded.audiences, loaded.locate_key)
        if loaded.audiences
        else ({}, [])
    )
    problems += troubles
    _known_formats(formats)
    if known:
        _known_audiences(names, known, formats)
    study = loaded.study
    if study is None:
        return Checked(None, known, (), {}, loaded.inputs, in_order(problems), 0)
    study = _as_if(study, as_if or {})
    for study_check in STUDY_CHECKS:
        problems += study_check(study)
    for audience_check in AUDIENCE_CHECKS:
        problems += audience_check(study, known)
    secret, troubles = key(settings.root)
    problems += troubles
    epoch = settings.epoch if settings.epoch is not None else epoch_of(study.file.date)
    everyone = variants(known, loaded.audiences, study) if loaded.audiences else []
    _known_languages(spoken, everyone)
    targets = _targets(everyone, names, formats, spoken)
    translated, troubles = _catalogues(settings, study, _variants(targets))
    problems += troubles
    checked = Checked(
        study,
        known,
        targets,
        documents={},
        inputs=loaded.inputs,
        diagnostics=in_order(problems),
        epoch=epoch,
        variants=everyone,
        catalogues=translated,
    )
    if any(_hides_more(problem) for problem in problems):
        return checked
    return _composed(settings, study, checked, secret, arrived, draft=draft)


def composed_besides(settings: Settings, checked: Checked) -> Mapping[str, Document]:
    """The documents of the variants that were not asked for, unchecked, by their names; without
    those that cannot be composed now."""
    left = [v for v, clear in checked.cleared.items() if clear.study.participants]
    if not checked.study:
        return {}
    translated, _ = _catalogues(settings, checked.study, left)
    made = {
        variant.name: _compose(settings, checked.cleared[variant], checked.epoch, translated)
        for variant in left
        if variant not in checked.composed
    }
    return {name: result.document for name, result in made.items() if result.document}


def _composed(
    settings: Settings,
    study: Study,
    checked: Checked,
    secret: Key,
    arrived: Arrival,
    *,
    draft: bool,
) -> Checked:
    """The same with the documents, and with what is wrong with them."""
    waived = [w for audience in checked.audiences.values() for w in audience.waivers]
    clear = _cleared(study, checked.variants, waived)
    held = _withheld(clear, secret, settings.machine)
    for_nobody = of_everyone(study, checked.audiences.values(), secret, settings.machine)
    problems = [*checked.diagnostics, *disclosure.of_nobody(clear.values())]
    problems += disclosure.of_counts(clear.values())
    composed: dict[Variant, Composed] = {}
    for variant in _variants(checked.targets):
        if clear[variant].study.participants:
            made = _compose(settings, clear[variant], checked.epoch, checked.catalogues)
            composed[variant] = made
            if made.document:
                mine = [target for target in checked.targets if target.variant == variant]
                arrived(mine, made.document)
    documents: dict[str, Document] = {}
    whole = set(composed) == set(checked.variants)
    problems += disclosure.in_cells(checked.audiences, composed, clear, whole=whole)
    for variant, result in composed.items():
        problems += result.diagnostics
        if not draft:
            problems += untranslated.of_messages(result.gaps)
            problems += result.quote_gaps.values()
        if result.document:
            documents[variant.name] = result.document
            problems += _check_document(settings, study, variant, result.document, checked.targets)
            problems += disclosure.in_texts(clear[variant], result, held[variant])
    if whole and len(documents) == len(composed):
        problems += _unused(study, composed.values())
        if any(variant.audience.pictures for variant in composed):
            problems += _unused_pictures(study, composed.values())
    return replace(
        checked,
        documents=documents,
        diagnostics=in_order(problems),
        composed=composed,
        withheld=held,
        cleared=clear,
        of_everyone=for_nobody,
    )


def _cleared(
    study: Study, everyone: Iterable[Variant], waived: Sequence[Waiver]
) -> dict[Variant, Cleared]:
    """What each variant's readers may see, worked out once for an audience."""
    of_audience: dict[str, Cleared] = {}
    found: dict[Variant, Cleared] = {}
    for variant in everyone:
        name = variant.audience_name
        if name not in of_audience:
            of_audience[name] = cleared(study, variant, waived)
        found[variant] = replace(of_audience[name], variant=variant)
    return found


def _withheld(
    clear: Mapping[Variant, Cleared], secret: Key, paths: Sequence[str]
) -> dict[Variant, Withheld]:
    """What the documents of each variant may not hold, worked out once for an audience."""
    of_audience: dict[str, Withheld] = {}
    for variant, mine in clear.items():
        if variant.audience_name not in of_audience:
            of_audience[variant.audience_name] = withheld(mine, secret, paths)
    return {variant: of_audience[variant.audience_name] for variant in clear}


def _as_if(study: Study, withdrawn: Mapping[str, str]) -> Study:
    people = study.participants
    told = (replace(p, withdrawn=withdrawn.get(p.id, p.withdrawn)) for p in people)
    return replace(study, participants=tuple(told))


def _hides_more(problem: Diagnostic) -> bool:
    """Whether documents cannot be composed for it: what is wrong with a translation is told, and
    the words are there all the same."""
    return problem.severity is Severity.ERROR and not po.is_of_a_translation(problem)


def _compose(
    settings: Settings,
    clear: Cleared,
    epoch: int,
    translated: Mapping[str, Sequence[Catalogue]],
) -> Composed:
    fonts = tuple(theme / "fonts" for theme in reversed(settings.themes))
    return compose(clear, settings.templates, fonts, epoch, translated)


def _catalogues(
    settings: Settings, study: Study, made: Iterable[Variant]
) -> tuple[dict[str, Sequence[Catalogue]], list[Diagnostic]]:
    """The templates' translations into each language that the variants need, and what is wrong
    with them."""
    spoken = {code for v in made for code in (v.language, *v.audience.abstract_languages)}
    found: dict[str, Sequence[Catalogue]] = {}
    problems: list[Diagnostic] = []
    for code in sorted({*spoken, study.file.language}):
        if languages.SOURCE not in languages.general(code):
            found[code], troubles = catalogues.of_templates(settings.templates, code)
            problems += troubles
    read = {catalogue.path: catalogue for those in found.values() for catalogue in those}
    for catalogue in read.values():
        problems += translations.of_templates(catalogue)
    return found, problems


def _check_document(
    settings: Settings,
    study: Study,
    variant: Variant,
    document: Document,
    targets: Iterable[Target],
) -> Iterable[Diagnostic]:
    for document_check in DOCUMENT_CHECKS:
        yield from document_check(study, variant, document)
    figures = any(path.endswith(".svg") for path in document.assets)
    if figures or Target(variant, "pdf") in targets:
        yield from glyphs.check(study, variant, document, coverage(settings.themes))


def _unused(study: Study, composed: Iterable[Composed]) -> Iterable[Diagnostic]:
    used = {name for result in composed for name in result.prose}
    for name, prose in study.prose.items():
        if name not in used:
            yield Diagnostic(
                "unused-text",
                "no document uses this text",
                Location(prose.path, 1, 1),
                "mend its name, or delete it",
                Severity.WARNING,
            )


def _unused_pictures(study: Study, composed: Iterable[Composed]) -> Iterable[Diagnostic]:
    used = {identifier for result in composed for identifier in result.pictures}
    for picture in study.pictures:
        if picture.id not in used:
            message = f"no document shows the picture {excerpt(picture.id)}"
            at = study.locate(picture, "picture")
            hint = f'put {{{{ picture("{excerpt(picture.id)}") }}}} into a text, or delete the row'
            yield Diagnostic("unused-picture", message, at, hint, Severity.WARNING)


def _known_formats(formats: Iterable[str]) -> None:
    for form in formats:
        if form not in ENDINGS:
            raise UsageError(f"there is no format “{form}”", did_you_mean(form, ENDINGS))


def _known_audiences(
    names: Iterable[str], known: Mapping[str, Audience], formats: Iterable[str]
) -> None:
    for name in names:
        if name not in known:
            raise UsageError(f"there is no audience “{name}”", did_you_mean(name, known))
        for form in formats:
            if form != SOURCE_FORMAT and form not in known[name].formats:
                raise UsageError(
                    f"{name} does not come as {form}, only as {', '.join(known[name].formats)}",
                    f"to change that, set “formats:” for {name} in data/audiences.yml",
                )


def _known_languages(spoken: Iterable[str], everyone: Iterable[Variant]) -> None:
    known = {variant.language for variant in everyone}
    for code in spoken:
        if code not in known:
            hint = "to change that, set “languages:” for an audience in data/audiences.yml"
            near = did_you_mean(code, known)
            raise UsageError(f"no document comes in the language “{code}”", f"{near}; {hint}")


def _targets(
    everyone: Iterable[Variant],
    names: Sequence[str],
    formats: Sequence[str],
    spoken: Sequence[str],
) -> list[Target]:
    return [
        Target(variant, form)
        for variant in everyone
        if not names or variant.audience_name in names
        if not spoken or variant.language in spoken
        for form in (*FORMATS, SOURCE_FORMAT)
        if (form in formats if formats else form != SOURCE_FORMAT)
        if form == SOURCE_FORMAT or form in variant.audience.formats
    ]


def _variants(targets: Iterable[Target]) -> list[Variant]:
    return list(dict.fromkeys(target.variant for target in targets))
