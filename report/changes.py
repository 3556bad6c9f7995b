"""What changed in the documents since they were built, or between two revisions of the study."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from report import __version__, snapshot
from report.check import Checked, check
from report.clearance import cleared, withheld
from report.config import Settings
from report.config import settings as settings_of
from report.diff.compare import compare
from report.diff.records import of_earlier, records_of, withdrawn
from report.diff.summary import Comparison
from report.diff.text import Text, text_of
from report.diff.withdrawn import joined, without
from report.errors import ReportError
from report.manifest import artifacts_in
from report.model.audience import Variant
from report.model.consent import withdrawal
from report.model.diagnostic import Diagnostic, Severity
from report.model.study import Study
from report.model.withheld import Withheld
from report.revision import at_revision
from report.snapshot import Before

LAST_BUILD = "the last build"
NOW = "now"


@dataclass(frozen=True)
class Pair:
    """A document in two states, the earlier one (or both, where both are revisions) without what
    today's readers may not read; and all that may not stand in what is made of them."""

    name: str
    variant: Variant
    old: Text
    new: Text
    held: Withheld


@dataclass(frozen=True)
class Compared:
    """What was found, and the comparison; none where today's study has errors."""

    diagnostics: tuple[Diagnostic, ...]
    today: Checked
    comparison: Comparison | None = None
    pairs: tuple[Pair, ...] = field(default=())


def compared(
    settings: Settings,
    revisions: Sequence[str] = (),
    names: Sequence[str] = (),
    spoken: Sequence[str] = (),
) -> Compared:
    """What changed in the documents of `names` in the languages `spoken` (all, where none is
    named): since the last build; since a revision; or from one revision to another.

    Raises UsageError for what is not there, ReportError where there is nothing to compare with.
    """
    today = check(settings, names, spoken=spoken, draft=True)
    if today.study is None or not today.withheld or (today.failed and len(revisions) < 2):  # noqa: PLR2004
        return Compared(today.diagnostics, today)
    variants = {variant.name: variant for variant in today.variants}
    unknown: tuple[str, ...] = ()
    if revisions:
        before = _at(settings, revisions[0])
    else:
        before, unknown = snapshot.read(settings.root, artifacts_in(settings.output))
        if not before:
            raise ReportError(
                "there is nothing to compare with: what the documents were built from is not known",
                "it is from the next report build on; or name a revision: report diff v1.0",
            )
    until = {b.text.name: b for b in _at(settings, revisions[1])} if revisions[1:] else None
    pairs: list[Pair] = []
    wanted = [b for b in before if _is_wanted(b.text, names, spoken)]
    alone = {name for name in (b.text.name for b in wanted) if _count(name, wanted) == 1}
    for earlier in wanted:
        variant = variants.get(earlier.text.name)
        new = _new(today, until, earlier.text.name)
        if variant is None or new is None:
            continue
        old, held = _readable(settings, today.study, today.withheld[variant], variant, earlier)
        if until:
            new, more = _readable(settings, today.study, held, variant, until[new.name])
            held = more
        label = old.name if old.name in alone else ", ".join(earlier.files)
        pairs.append(Pair(label, variant, old, new, held))
    now = set(until or today.documents)
    then = {b.text.name for b in wanted}
    listed = [v.name for v in today.variants if _is_asked(v, names, spoken)]
    comparison = Comparison(
        revisions[0] if revisions else LAST_BUILD,
        revisions[1] if revisions[1:] else NOW,
        tuple(replace(compare(p.old, p.new), document=p.name) for p in pairs),
        came=tuple(n for n in listed if n in now and n not in then and not _is_of(n, unknown)),
        went=tuple(sorted(then - now)),
        unknown=(*unknown, *sorted((then & now) - variants.keys())),
    )
    return Compared(today.diagnostics, today, comparison, tuple(pairs))


def _at(settings: Settings, revision: str) -> tuple[Before, ...]:
    """The documents of a revision, composed as they would be today."""
    with at_revision(settings.root, revision) as root:
        there = replace(settings_of(root), epoch=settings.epoch)
        checked = check(there, draft=True)
        missing = [v.name for v in checked.variants if v.name not in checked.documents]
        if checked.study is None or missing or not checked.variants:
            errors = (d for d in checked.diagnostics if d.severity is Severity.ERROR)
            first = next((f": {error}" for error in errors), "")
            raise ReportError(
                f"the study cannot be composed as it was at {revision}{first}",
                "choose another revision, or compare with the last build: report diff",
            )
        known = records_of(checked.study, checked.audiences, checked.inputs, __version__)
        texts = (text_of(variant, composed) for variant, composed in checked.composed.items())
        return tuple(Before(text, known, ()) for text in texts if text)


def _readable(
    settings: Settings, study: Study, today: Withheld, variant: Variant, before: Before
) -> tuple[Text, Withheld]:
    """An earlier text without what its readers may not read any more, and all that this is."""
    then = of_earlier(study, before.records)
    clear = cleared(then, variant, ())
    held = joined(today, withheld(clear, (), settings.machine))
    cells = withdrawn(before.records)
    gone = {
        identifier
        for identifier in clear.absent
        if not _had_withdrawn(cells.get(identifier, ""), before.text.audience)
    }
    return without(before.text, held, gone), held


def _had_withdrawn(cell: str, audience: str) -> bool:
    was = withdrawal(cell)
    return was is not None and was.concerns(audience)


def _new(today: Checked, until: Mapping[str, Before] | None, name: str) -> Text | None:
    if until is not None:
        return until[name].text if name in until else None
    for variant, composed in today.composed.items():
        if variant.name == name:
            return text_of(variant, composed)
    return None


def _count(name: str, before: Iterable[Before]) -> int:
    return sum(b.text.name == name for b in before)


def _is_of(name: str, files: Iterable[str]) -> bool:
    return any(file.startswith(f"{name}.") for file in files)


def _is_wanted(text: Text, names: Sequence[str], spoken: Sequence[str]) -> bool:
    return (not names or text.audience in names) and (not spoken or text.language in spoken)


def _is_asked(variant: Variant, names: Sequence[str], spoken: Sequence[str]) -> bool:
    return (not names or variant.audience_name in names) and (
        not spoken or variant.language in spoken
    )
