"""Two states of one document → all that differs."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from report.diff import figures as of_figures
from report.diff.change import Change, Difference, Kind, Number, Part, Place
from report.diff.figures import figures
from report.diff.numbers import Changed, changed
from report.diff.quotes import quotes
from report.diff.reading import Reading, Sentence, reading
from report.diff.sentences import pairs
from report.diff.tables import is_number, tables
from report.diff.text import Text, Untranslated
from report.diff.withdrawn import MARKS

_LANG: Final = re.compile(r'\blang="?([a-z]{2,3}(?:-[A-Za-z0-9]+)*)')
_HIDDEN: Final = re.compile(r"\\\[(?:withdrawn|withheld)\\\]")


def compare(old: Text, new: Text) -> Difference:
    """What differs between two states of a document. `old` is without what may not be read any
    more (`report.diff.withdrawn`)."""
    before, after = reading(old), reading(new)
    languages = _languages(old, new)
    changes: list[Change] = []
    numbers: list[tuple[Changed, Place]] = []
    for change, found in (
        *_titles(before.titles, after.titles, languages),
        *_sentences(before.sentences, after.sentences, languages),
    ):
        if change:
            changes.append(change)
        numbers += found
    cells = list(tables(before.tables, after.tables))
    numbers += _in_cells(cells)
    numbers += _in_figures(before, after, languages)
    changes += quotes(old.said, new.said)
    changes += cells
    changes += figures(before.figures, after.figures, old, new, languages)
    changes += _works(before.works, after.works)
    changes += _translations(old.untranslated, new.untranslated)
    changes.sort(key=lambda change: [*Part].index(change.part))
    return Difference(
        new.name,
        new.audience,
        new.language,
        tuple(dict.fromkeys(changes)),
        tuple(dict.fromkeys(_named(numbers, old.counts, new.counts))),
        len(_HIDDEN.findall(old.markdown)),
    )


def _languages(*texts: Text) -> tuple[str, ...]:
    """The languages that numbers may be written in: the documents', and those of parts."""
    parts = (code for text in texts for code in sorted(_LANG.findall(text.markdown)))
    return tuple(dict.fromkeys([*(text.language for text in texts), *parts]))


def _titles(
    old: Mapping[str, str], new: Mapping[str, str], languages: tuple[str, ...]
) -> Iterator[tuple[Change | None, list[tuple[Changed, Place]]]]:
    for name in dict.fromkeys([*new, *old]):
        was, now = old.get(name, ""), new.get(name, "")
        if was == now:
            continue
        found = changed(was, now, languages)[0] if name != "date" else ()
        place = Place("", name, was, now)
        yield Change(Part.TITLE, Kind.CHANGED, name, old=was, new=now), [(n, place) for n in found]


def _sentences(
    old: tuple[Sentence, ...], new: tuple[Sentence, ...], languages: tuple[str, ...]
) -> Iterator[tuple[Change | None, list[tuple[Changed, Place]]]]:
    for was, now in pairs(old, new):
        if was and now:
            found, alone = changed(was.text, now.text, languages)
            place = Place(now.section, "", was.text, now.text)
            change = Change(
                Part.TEXT, Kind.REWORDED, section=now.section, old=was.text, new=now.text
            )
            yield None if alone else change, [(n, place) for n in found]
        elif was and (kind := MARKS.get(was.text.rstrip(".!?"))):
            yield Change(Part.TEXT, kind, section=was.section, old=was.text), []
        elif was:
            yield Change(Part.TEXT, Kind.DELETED, section=was.section, old=was.text), []
        elif now:
            yield Change(Part.TEXT, Kind.ADDED, section=now.section, new=now.text), []


def _in_cells(cells: list[Change]) -> Iterator[tuple[Changed, Place]]:
    for cell in cells:
        if cell.kind is Kind.CHANGED and is_number(cell.old) and is_number(cell.new):
            place = ", ".join(part for part in (cell.row, cell.column) if part)
            within = f"{cell.name.rstrip('.')}: {place}"
            number = Changed(int(cell.old), int(cell.new))
            yield number, Place(cell.section, within, cell.old, cell.new)


def _in_figures(
    before: Reading, after: Reading, languages: tuple[str, ...]
) -> Iterator[tuple[Changed, Place]]:
    for label, now in after.figures.items():
        was = before.figures.get(label)
        if was and was.alt != now.alt:
            place = Place(now.section, of_figures.name(now), was.alt, now.alt)
            yield from ((n, place) for n in changed(was.alt, now.alt, languages)[0])


def _named(
    numbers: list[tuple[Changed, Place]], old: Mapping[str, int], new: Mapping[str, int]
) -> Iterator[tuple[Number, Place]]:
    """The numbers with what they count, where just one thing was as many and is now as many."""
    for number, place in numbers:
        names = [n for n in new if (old.get(n), new[n]) == (number.old, number.new)]
        yield Number(number.old, number.new, names[0] if len(names) == 1 else ""), place


def _works(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Change]:
    yield from (Change(Part.WORK, Kind.ADDED, key) for key in new if key not in old)
    yield from (Change(Part.WORK, Kind.DELETED, key) for key in old if key not in new)


def _translations(old: tuple[Untranslated, ...], new: tuple[Untranslated, ...]) -> Iterator[Change]:
    """What lacks a translation now and did not then."""
    known = {(gap.kind, gap.what, gap.language) for gap in old}
    for gap in new:
        if (gap.kind, gap.what, gap.language) not in known:
            at = f"{gap.path}:{gap.line}" if gap.line else gap.path
            kind = Kind.STALE if gap.stale else Kind.MISSING
            name = gap.what if gap.kind == "quote" else ""
            words = gap.what if gap.kind == "message" else ""
            yield Change(Part.TRANSLATION, kind, name, at, new=words)
