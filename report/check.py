"""The path from a study to its composed documents, and all that can be wrong on it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from report import catalogues, disclosure, examination, languages
from report.audiences import audiences, variants
from report.checks import AUDIENCE_CHECKS, STUDY_CHECKS, translations
from report.checks import recipients as recipients_checks
from report.clearance import Cleared, cleared, of_everyone, withheld
from report.compose.document import Composed, Shared, compose
from report.config import Settings, epoch_of
from report.errors import UsageError
from report.load import load
from report.load.key import key
from report.model.audience import ENDINGS, FORMATS, SOURCE_FORMAT, Audience, Variant, Waiver
from report.model.catalogue import Catalogue
from report.model.diagnostic import (
    Diagnostic,
    Severity,
    did_you_mean,
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
    secret: Key = ()
    """The names of the study's key."""
    machine: Sequence[str] = ()
    """The folders of this machine."""

    @property
    def failed(self) -> bool:
        """Whether an error stands in the way of documents."""
        return any(d.severity is Severity.ERROR for d in self.diagnostics)

    @cached_property
    def of_everyone(self) -> Withheld:
        """What no file may hold that is for nobody in particular."""
        if self.study is None:
            return Withheld()
        return of_everyone(self.study, self.audiences.values(), self.secret, self.machine)


def check(
    settings: Settings,
    names: Sequence[str] = (),
    formats: Sequence[str] = (),
    spoken: Sequence[str] = (),
    arrived: Arrival = lambda *_: None,
    *,
    recipients: Sequence[str] = (),
    draft: bool = False,
    as_if: Mapping[str, str] | None = None,
) -> Checked:
    """Load the study, compose the documents of `names` in the languages `spoken` (all, where none
    is named), or only those for the `recipients` of these ids, and check everything that needs no
    rendering. What has no translation is an error, but for a `draft`. `as_if` says what the column
    “withdrawn” is taken to hold, by participant. `arrived` is called with each document before it
    is checked.

    Raises UsageError for an audience, a format, a language or a recipient that is not there.
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
    _known_recipients(recipients, everyone)
    targets = _targets(everyone, names, formats, spoken, recipients)
    if recipients and everyone and not targets:
        message = f"no document of these is for {' or '.join(recipients)}"
        hint = "“each: recipients” under an audience in data/audiences.yml makes some; the column "
        hint += "“language” in data/recipients.csv may leave out languages"
        raise UsageError(message, hint)
    translated, troubles = _catalogues(settings, study, _by_variant(targets))
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
        secret=secret,
        machine=settings.machine,
    )
    if any(_hides_more(problem) for problem in problems):
        return checked
    return _composed(settings, study, checked, arrived, draft=draft)


def composed_besides(settings: Settings, checked: Checked) -> Mapping[str, Document]:
    """The documents of the variants that were not asked for, unchecked, by their names; without
    those that cannot be composed now."""
    left = [v for v, clear in checked.cleared.items() if clear.study.participants]
    if not checked.study:
        return {}
    translated, _ = _catalogues(settings, checked.study, left)
    shared: Shared = {}
    made = {
        variant.name: _compose(
            settings, checked.cleared[variant], checked.epoch, translated, shared
        )
        for variant in left
        if variant not in checked.composed
    }
    return {name: result.document for name, result in made.items() if result.document}


def _composed(
    settings: Settings,
    study: Study,
    checked: Checked,
    arrived: Arrival,
    *,
    draft: bool,
) -> Checked:
    """The same with the documents, and with what is wrong with them."""
    waived = [w for audience in checked.audiences.values() for w in audience.waivers]
    clear = _cleared(study, checked.variants, waived)
    held = _withheld(clear, checked.secret, checked.machine)
    problems = [*checked.diagnostics, *disclosure.of_nobody(clear.values())]
    problems += disclosure.of_counts(clear.values())
    shared: Shared = {}
    composed: dict[Variant, Composed] = {}
    for variant, mine in _by_variant(checked.targets).items():
        if clear[variant].study.participants:
            made = _compose(settings, clear[variant], checked.epoch, checked.catalogues, shared)
            composed[variant] = made
            if made.document:
                arrived(mine, made.document)
    whole = set(composed) == set(checked.variants)
    problems += disclosure.in_cells(checked.audiences, composed, clear, whole=whole)
    printed = {target.variant for target in checked.targets if target.format == "pdf"}
    problems += examination.of_documents(
        study, composed, clear, held, settings.themes, printed, draft=draft
    )
    addressed = {name for v, result in composed.items() if v.recipient for name in result.prose}
    problems += recipients_checks.check_texts(study, addressed)
    documents = {v.name: result.document for v, result in composed.items() if result.document}
    if whole and len(documents) == len(composed):
        problems += examination.of_what_is_unused(study, composed)
    return replace(
        checked,
        documents=documents,
        diagnostics=in_order(problems),
        composed=composed,
        withheld=held,
        cleared=clear,
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
    return {v: replace(of_audience[v.audience_name], reader=v.recipient_id) for v in clear}


def _as_if(study: Study, withdrawn: Mapping[str, str]) -> Study:
    if not withdrawn:
        return study
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
    shared: Shared,
) -> Composed:
    fonts = tuple(theme / "fonts" for theme in reversed(settings.themes))
    return compose(clear, settings.templates, fonts, epoch, translated, shared)


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


def _known_recipients(recipients: Iterable[str], everyone: Iterable[Variant]) -> None:
    known = {variant.recipient_id for variant in everyone if variant.recipient}
    for identifier in recipients:
        if identifier not in known:
            hint = did_you_mean(identifier, known) or "data/recipients.csv has their ids"
            raise UsageError(f"there is no recipient “{identifier}”", hint)


def _targets(
    everyone: Iterable[Variant],
    names: Sequence[str],
    formats: Sequence[str],
    spoken: Sequence[str],
    recipients: Sequence[str],
) -> list[Target]:
    return [
        Target(variant, form)
        for variant in everyone
        if not names or variant.audience_name in names
        if not spoken or variant.language in spoken
        if not recipients or variant.recipient_id in recipients
        for form in (*FORMATS, SOURCE_FORMAT)
        if (form in formats if formats else form != SOURCE_FORMAT)
        if form == SOURCE_FORMAT or form in variant.audience.formats
    ]


def _by_variant(targets: Iterable[Target]) -> dict[Variant, list[Target]]:
    found: dict[Variant, list[Target]] = {}
    for target in targets:
        found.setdefault(target.variant, []).append(target)
    return found
