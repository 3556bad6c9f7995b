"""Why a document's text is another than it was: which changes of the study it shows.

Each change is undone by itself and the document composed again, so that none is named which the
document does not show. What cannot be undone by itself is undone with all others.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from report import __version__
from report.check import Checked
from report.checks import STUDY_CHECKS
from report.clearance import cleared
from report.compose.document import Composed, compose
from report.config import Settings, epoch_of
from report.diff.compare import compare
from report.diff.edits import Edit, State, edits
from report.diff.records import Records
from report.diff.text import Text, text_of
from report.model.audience import Variant
from report.model.diagnostic import Severity
from report.snapshot import Before

_MINE = ("data/text/", "data/locale/")


@dataclass(frozen=True)
class Cause:
    """A file, what was done to it, and the headings of the parts of the document that show it."""

    path: str
    what: str
    sections: tuple[str, ...] = ()

    def __str__(self) -> str:
        used = f"; used in {', '.join(self.sections)}" if self.sections else ""
        return f"{self.path}: {self.what}{used}"


def causes(
    settings: Settings, today: Checked, variant: Variant, before: Before, now: Records
) -> tuple[Cause, ...]:
    """The changes since `before` that the variant's document shows; `now` are the study's records
    as they are. What is left to explain is told by the files that nobody can undo."""
    assert today.study is not None
    text = text_of(variant, today.composed[variant])
    if text is None:
        return ()
    here = State(today.study, today.audiences)
    every = [e for e in edits(before.records, now) if _may_concern(e, before.text, text)]
    known = [edit for edit in every if not edit.of_forgotten]
    others = {edit: _composed(settings, today, variant, edit.undone(here)) for edit in every}
    earlier = _composed(settings, today, variant, _undone(here, known))
    counted = (earlier or text).counts.get("participants", 0)
    if counted < before.text.counts.get("participants", 0):
        known = every
        earlier = _composed(settings, today, variant, _undone(here, every))
    differs = earlier is None or earlier.markdown != text.markdown
    found: list[Cause] = []
    for edit in known:
        other = others[edit]
        if other is None and differs:
            found.append(Cause(edit.path, edit.what))
        elif other and other.markdown != text.markdown:
            found.append(Cause(edit.path, edit.what, _sections(other, text)))
    if not found or earlier is None or earlier.markdown != before.text.markdown:
        found += _files(before.records, now)
    return tuple(found)


def _undone(state: State, all_of: Iterable[Edit]) -> State:
    """The state without any of the changes, but for those that cannot be undone."""
    for edit in all_of:
        state = edit.undone(state) or state  # one after the other
    return state


def _may_concern(edit: Edit, was: Text, text: Text) -> bool:
    """Whether the document can show it at all, as far as that is plain."""
    if edit.path.startswith("data/text/"):
        used = {*was.prose, *text.prose}
        return any(edit.path == f"data/text/{name}.md" for name in used)
    if edit.path.startswith("data/locale/"):
        language = edit.path.removeprefix("data/locale/").removesuffix(".po")
        return language == text.language or f'lang="{language}"' in text.markdown
    return True


def _composed(
    settings: Settings, today: Checked, variant: Variant, state: State | None
) -> Text | None:
    """The document of another state; none where there can be none."""
    if state is None or not _is_sound(state):
        return None
    audience = state.audiences.get(variant.audience_name, variant.audience)
    other = replace(variant, audience=audience)
    waived = [waiver for each in state.audiences.values() for waiver in each.waivers]
    fonts = tuple(theme / "fonts" for theme in reversed(settings.themes))
    epoch = settings.epoch if settings.epoch is not None else epoch_of(state.study.file.date)
    clear = cleared(state.study, other, waived)
    if not clear.study.participants:
        return None
    made: Composed = compose(clear, settings.templates, fonts, epoch, today.catalogues, {})
    return text_of(other, made)


def _is_sound(state: State) -> bool:
    """Whether no record names another that is not there."""
    problems = (d for check in STUDY_CHECKS for d in check(state.study))
    return not any(d.severity is Severity.ERROR for d in problems)


def _sections(other: Text, text: Text) -> tuple[str, ...]:
    """The outermost headings of all that differs, in the order of the document."""
    difference = compare(other, text)
    headings = [
        *(place.section for _, place in difference.numbers),
        *(change.section for change in difference.changes if change.section),
        *(_of_quotes(other, text)),
    ]
    tops = {heading.partition(" / ")[0] for heading in headings if heading}
    return tuple(sorted(tops, key=lambda top: _place(text.markdown, top)))


def _of_quotes(other: Text, text: Text) -> Iterator[str]:
    """The headings above the quotes that differ."""
    known = {(quote.id, quote.language, quote.markdown) for quote in other.said}
    for quote in text.said:
        if (quote.id, quote.language, quote.markdown) not in known:
            at = text.markdown.find(quote.markdown)
            top = text.markdown.rfind("\n# ", 0, max(at, 0))
            if top >= 0:
                heading = text.markdown[top:at].removeprefix("\n# ").partition("\n")[0]
                yield heading.partition(" {")[0]


def _place(markdown: str, heading: str) -> int:
    return markdown.find(f"\n# {heading}")


def _files(before: Records, now: Records) -> Iterator[Cause]:
    """Files that no change above tells of: templates, pictures, looks; and ourselves."""
    told = {
        *(table.path for table in (*before.tables.values(), *now.tables.values())),
        *(f"data/{name}.yml" for name in before.models),
        "data/references.bib",
    }
    for path in sorted({*before.files, *now.files}):
        was, own = before.files.get(path), now.files.get(path)
        if was == own or path in told or path.startswith(_MINE):
            continue
        yield Cause(
            path, "it is new" if was is None else "it is gone" if own is None else "it changed"
        )
    if before.version != __version__:
        yield Cause("report", f"{before.version} → {__version__}")
