"""What changed in the documents since they were built, or between two revisions of the study."""

import base64
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Final

from report import __version__, snapshot
from report.check import Checked, check
from report.clearance import Cleared, cleared, withheld
from report.config import Settings
from report.config import settings as settings_of
from report.diff.compare import compare
from report.diff.records import Records, of_earlier, records_of, withdrawn
from report.diff.summary import Comparison
from report.diff.text import Text, text_of
from report.diff.withdrawn import joined, without
from report.errors import ReportError
from report.gate import Passage, findings
from report.manifest import artifacts_in
from report.model.audience import Variant
from report.model.consent import withdrawal
from report.model.diagnostic import Diagnostic, Severity
from report.model.document import Document
from report.model.drawing import Asset, Drawing
from report.model.withheld import Withheld
from report.revision import at_revision
from report.snapshot import Before

LAST_BUILD: Final = "the last build"
NOW: Final = "now"
_NOTICE: Final = re.compile(
    r"^draft-notice: .*\n(?:[ ]{8}.*\n)*|^::: \{\.draft-notice\}\n(?:.*\n)*?:::\n", re.MULTILINE
)
_TWO: Final = 2  # revisions, of which today's study is none
_EMPTY: Final = {
    ".svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
    ".png": base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTqFYQAAAABJRU5ErkJggg=="
    ),
}
"""In the place of a picture that nobody has any more."""


@dataclass(frozen=True)
class Pair:
    """A document in two states, the earlier one (or both, where both are revisions) without what
    today's readers may not read: as it is compared, and as it is rendered. `held` is all that may
    not stand in what is made of them."""

    name: str
    variant: Variant
    old: Text
    new: Text
    before: Document
    after: Document
    held: Withheld


@dataclass(frozen=True)
class Compared:
    """What was found, and the comparison; none where today's study has errors."""

    diagnostics: tuple[Diagnostic, ...]
    today: Checked
    comparison: Comparison | None = None
    pairs: tuple[Pair, ...] = ()


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
    study = today.study
    if study is None or not today.withheld or (today.failed and len(revisions) < _TWO):
        return Compared(today.diagnostics, today)
    unknown: tuple[str, ...] = ()
    if revisions:
        before = _at(settings, revisions[0])
    else:
        before, unknown = _built(settings)
    now = _states(today, Records(__version__))
    if revisions[1:]:
        now = _at(settings, revisions[1])

    def asked(audience: str, language: str) -> bool:
        return (not names or audience in names) and (not spoken or language in spoken)

    variants = {v.name: v for v in today.variants if asked(v.audience_name, v.language)}
    before = tuple(b for b in before if asked(b.text.audience, b.text.language))
    later = {b.text.name: b for b in now if asked(b.text.audience, b.text.language)}
    times = Counter(b.text.name for b in before)
    readers = _Readers(settings, today)
    pairs = []
    for earlier in before:
        name = earlier.text.name
        if name in variants and name in later:
            label = name if times[name] == 1 else ", ".join(earlier.files)
            past = len(revisions) == _TWO
            pairs.append(readers.pair(label, variants[name], earlier, later[name], past=past))
    unknown = tuple(n for n in unknown if any(n.startswith(f"{name}.") for name in variants))
    without_build = {name for name in later for n in unknown if n.startswith(f"{name}.")}
    comparison = Comparison(
        revisions[0] if revisions else LAST_BUILD,
        revisions[1] if revisions[1:] else NOW,
        tuple(replace(compare(p.old, p.new), document=p.name) for p in pairs),
        came=tuple(n for n in later if n not in times and n not in without_build),
        went=tuple(sorted(times.keys() - later.keys())),
        unknown=(*unknown, *sorted((times.keys() & later.keys()) - variants.keys())),
    )
    return Compared(today.diagnostics, today, comparison, tuple(pairs))


def _built(settings: Settings) -> tuple[tuple[Before, ...], tuple[str, ...]]:
    """What the documents in the output folder were built from, and those of which nobody knows."""
    before, unknown = snapshot.read(settings.root, artifacts_in(settings.output))
    if not before:
        raise ReportError(
            "there is nothing to compare with: what the documents were built from is not known",
            "it is from the next report build on; or name a revision of git: report diff v1.0",
        )
    return before, unknown


def _at(settings: Settings, revision: str) -> tuple[Before, ...]:
    """The documents of a revision, composed as they would be today."""
    there = replace(settings_of(at_revision(settings.root, revision)), epoch=settings.epoch)
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
    return _states(checked, known)


def _states(checked: Checked, known: Records) -> tuple[Before, ...]:
    """Each document as it was composed just now."""
    return tuple(
        Before(text, known, checked.documents[text.name].assets, (), checked.documents[text.name])
        for variant, composed in checked.composed.items()
        if (text := text_of(variant, composed))
    )


@dataclass
class _Readers:
    """What today's readers may read of earlier states, worked out once for an audience."""

    settings: Settings
    today: Checked
    known: dict[tuple[str, int], tuple[Cleared, Withheld]] = field(default_factory=dict)

    def pair(
        self, label: str, variant: Variant, earlier: Before, later: Before, *, past: bool
    ) -> Pair:
        """A document in two states; `past`: the later one is not that of today."""
        old, held = self.readable(variant, earlier, self.today.withheld[variant])
        new = later.text
        if past:
            new, held = self.readable(variant, later, held)
        like = later.document
        assert like is not None  # it was composed just now
        earlier, later = (
            replace(each, assets=_readable(each.assets, held)) for each in (earlier, later)
        )
        before, after = _document(like, old, earlier, later), _document(like, new, later, earlier)
        return Pair(label, variant, old, new, before, after, held)

    def readable(self, variant: Variant, before: Before, held: Withheld) -> tuple[Text, Withheld]:
        """An earlier text without what its readers may not read any more, and all that this is;
        `held` is what they may not read besides."""
        assert self.today.study is not None
        key = variant.audience_name, id(before.records)
        if key not in self.known:
            then = of_earlier(self.today.study, before.records)
            clear = cleared(then, variant, ())
            mine = joined(held, withheld(clear, (), self.settings.machine))
            self.known[key] = clear, mine
        clear, mine = self.known[key]
        mine = replace(mine, reader=held.reader)
        cells = withdrawn(before.records)
        gone = {
            identifier
            for identifier in clear.absent
            if not _had_withdrawn(cells.get(identifier, ""), before.text.audience)
        }
        return without(before.text, mine, gone), mine


def _had_withdrawn(cell: str, audience: str) -> bool:
    was = withdrawal(cell)
    return was is not None and was.concerns(audience)


def _readable(assets: Mapping[str, Asset], held: Withheld) -> Mapping[str, Asset]:
    """The pictures without figures whose words may not be read. In the file they are outlines,
    which no gate can read."""
    said = [
        Passage(path, words)
        for path, asset in assets.items()
        if isinstance(asset, Drawing)
        for words in asset.words
    ]
    # A figure comes as SVG, which has the words, and as PNG.
    refused = {PurePosixPath(found.passage.place).with_suffix("") for found in findings(said, held)}
    return {p: a for p, a in assets.items() if PurePosixPath(p).with_suffix("") not in refused}


def _document(like: Document, text: Text, mine: Before, other: Before) -> Document:
    """The document of that text, without the notice of a draft, which is no change. A picture of
    which nobody knows any more how it looked is as it is in the other state, or empty."""
    known: Mapping[str, Asset] = {**other.assets, **mine.assets}
    empty = dict(_missing(text, known))
    said = _NOTICE.sub("", text.markdown)
    assets = {**empty, **known}
    return replace(mine.document or like, text=said, assets=assets, draft_notice="")


def _missing(text: Text, known: Mapping[str, Asset]) -> Iterator[tuple[str, bytes]]:
    for path in text.assets:
        if path not in known:
            yield path, _EMPTY.get(PurePosixPath(path).suffix, b"")
