"""Why each document is up to date or not, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from report import __version__, snapshot, state
from report.causes import Cause, causes
from report.check import Target, check
from report.config import Settings
from report.diff.records import records_of
from report.errors import UsageError
from report.freshness import Freshness, freshness, ingredients, sha256_of
from report.manifest import Entry, artifacts_in
from report.model.audience import SOURCE_FORMAT
from report.model.diagnostic import Diagnostic, did_you_mean
from report.model.ingredients import Ingredients
from report.renderers import RENDERERS
from report.snapshot import Before


@dataclass(frozen=True)
class Explained:
    """A document in a format: how it is, and why, a reason each."""

    name: str
    how: Freshness
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Explanation:
    """Each document that was asked for; or the errors that stand before any."""

    diagnostics: tuple[Diagnostic, ...]
    documents: tuple[Explained, ...] = ()


def explain(settings: Settings, wanted: Sequence[str] = ()) -> Explanation:
    """How each document is and why: those of `wanted`, which names files (journal.en.pdf),
    documents (journal.en) or audiences (journal); or all.

    Raises UsageError where there is no such document, RenderError where the renderer is missing.
    """
    checked = check(settings, draft=True)
    if checked.failed or checked.study is None:
        return Explanation(checked.diagnostics)
    there = artifacts_in(settings.output)
    sources = [Target(variant, SOURCE_FORMAT) for variant in checked.variants]
    every = [*checked.targets, *(source for source in sources if source.name in there)]
    targets = _targets(every, wanted)
    renderer = RENDERERS[settings.renderer](settings)
    documents = checked.documents
    now = {t: ingredients(documents[t.variant.name], t.format, renderer) for t in targets}
    made = state.read(settings.root).made
    known = {name: b for b in snapshot.read(settings.root, there)[0] for name in b.files}
    found: dict[tuple[str, int], tuple[Cause, ...]] = {}
    files = snapshot.files(settings, checked)
    records = records_of(checked.study, checked.audiences, files, __version__)
    told = []
    for target, each in now.items():
        entry, before = there.get(target.name), known.get(target.name)
        how = freshness(entry, each, settings.output, target.name)
        data: tuple[Cause, ...] = ()
        if before and entry and entry.composed != each.composed:
            key = (target.variant.name, id(before))
            if key not in found:
                found[key] = causes(settings, checked, target.variant, before, records)
            data = found[key]
        reasons = _reasons(settings, target, entry, made.get(target.name), each, data, before)
        told.append(Explained(target.name, how, tuple(reasons)))
    gone = () if wanted else there.keys() - {target.name for target in every}
    told += (Explained(name, Freshness.UNWANTED) for name in sorted(gone))
    return Explanation((), tuple(told))


def _targets(every: Sequence[Target], wanted: Sequence[str]) -> list[Target]:
    names: dict[str, list[Target]] = {}
    for target in every:
        for name in (target.name, target.variant.name, target.variant.audience_name):
            names.setdefault(name, []).append(target)
    for name in wanted:
        if name not in names:
            hint = did_you_mean(name, names) or "report status lists them"
            raise UsageError(f"there is no document “{name}”", hint)
    asked = {target for name in wanted for target in names[name]}
    return [target for target in every if not wanted or target in asked]


def _reasons(
    settings: Settings,
    target: Target,
    entry: Entry | None,
    made: Ingredients | None,
    now: Ingredients,
    data: Sequence[Cause],
    before: Before | None,
) -> Iterator[str]:
    """Why a build would make it anew; nothing where it would not."""
    if entry is None:
        return
    yield from _of_files(settings, {target.name: entry.sha256, **entry.files})
    if entry.composed != now.composed:
        yield from map(str, data)
        if before is None:
            yield "its text, a picture or its date is another; from what it was made is not known"
    if entry.fingerprint != now.fingerprint:
        if made:
            yield from _of_others(made.others, now.others)
        elif entry.composed == now.composed:
            yield "its look or a program is another; which one is not known"


def _of_files(settings: Settings, files: Mapping[str, str]) -> Iterator[str]:
    for name, sha in files.items():
        file = settings.output / name
        if not file.is_file():
            yield f"{settings.told(file)} is missing"
        elif sha256_of(file) != sha:
            yield f"{settings.told(file)} was changed by hand"


def _of_others(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """Looks and programs that are others."""
    for name in sorted({*before, *now}):
        was, own = before.get(name), now.get(name)
        if was == own:
            continue
        if "/" in name:
            yield f"{name} {'is new' if was is None else 'is gone' if own is None else 'changed'}"
        else:
            yield f"{name} {was or 'none'} → {own or 'none'}"
