"""A comparison for people at a terminal, and for other programs."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from textwrap import fill
from typing import Final

from report.diff.change import Change, Difference, Kind, Part, Place
from report.diff.summary import Comparison, changes, numbers

_WIDTH: Final = 100
_MOST: Final = 12  # documents that are listed by name
_VERSION: Final = 1
_PARTS: Final = {
    Part.TITLE: "Titles and authors",
    Part.QUOTE: "Quotes",
    Part.TABLE: "Tables",
    Part.FIGURE: "Figures",
    Part.TEXT: "Text",
    Part.WORK: "Works cited",
    Part.TRANSLATION: "Translations to be renewed",
}
_SAID: Final = {
    Kind.ADDED: "new",
    Kind.DELETED: "gone",
    Kind.CHANGED: "changed",
    Kind.REWORDED: "reworded",
    Kind.SPEAKER: "said by another",
    Kind.REDRAWN: "drawn anew",
    Kind.STALE: "its source has changed",
    Kind.MISSING: "not translated",
    Kind.WITHDRAWN: "may not be shown",
    Kind.WITHHELD: "may not be shown",
}


def as_text(comparison: Comparison) -> str:
    """For people: a summary, then each change once, with the documents that it is in."""
    return "".join(f"{line}\n" for line in _lines(comparison))


def as_json(comparison: Comparison) -> str:
    """For programs: document by document; numbers with all their places."""
    data = {
        "diff": _VERSION,
        "since": comparison.since,
        "until": comparison.until,
        "came": comparison.came,
        "went": comparison.went,
        "unknown": comparison.unknown,
        "documents": [_plain(difference) for difference in comparison.differences],
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _plain(difference: Difference) -> dict[str, object]:
    return {
        "document": difference.document,
        "audience": difference.audience,
        "language": difference.language,
        "hidden": difference.hidden,
        "numbers": [
            {**asdict(number), "place": asdict(place)} for number, place in difference.numbers
        ],
        "changes": [
            {name: value for name, value in asdict(change).items() if value}
            for change in difference.changes
        ],
    }


def _lines(comparison: Comparison) -> Iterator[str]:
    yield from _overview(comparison)
    found = comparison.differences
    if counted := numbers(found):
        yield from ("", "Numbers")
    for each in counted:
        number = each.number
        yield f"  {number.name or 'a number'}: {number.old} → {number.new}"
        for place, names in each.places:
            yield f"    {_listed(names)}{_under(place.section)}"
            yield from _wrapped(_where(place), "      ")
    for part, heading in _PARTS.items():
        grouped: dict[tuple[str, ...], list[Change]] = {}
        for shared in changes(found, part):
            grouped.setdefault(shared.documents, []).append(shared.change)
        if grouped:
            yield from ("", heading)
        for names, group in grouped.items():
            yield f"  {_listed(names)}"
            yield from _told(group)


def _overview(comparison: Comparison) -> Iterator[str]:
    count, every = len(comparison.changed), len(comparison.differences)
    span = f"from {comparison.since} to {comparison.until}"
    if not comparison:
        yield f"Nothing has changed {span}."
    elif every:
        documents = "1 document" if every == 1 else f"{every} documents"
        differ = "differs" if count == 1 else "differ"
        yield f"{count} of {documents} {differ} {span}."
    if same := [d.document for d in comparison.differences if comparison and not d]:
        yield f"unchanged: {_listed(same)}"
    for word, names in (("new", comparison.came), ("gone", comparison.went)):
        if names:
            yield f"{word}: {_listed(names)}"
    if comparison.unknown:
        yield f"nothing to compare with: {_listed(comparison.unknown)}"
    if any(difference.hidden for difference in comparison.differences):
        yield from _wrapped(
            "What may not be shown any more stands as [withdrawn], where a participant withdrew, "
            "or as [withheld].",
            "",
        )


def _where(place: Place) -> str:
    """The words around a number; of a table or a figure what it is called."""
    if not place.within:
        return place.new
    cell = f": {place.old} → {place.new}" if place.new.isdecimal() else ""
    return f"{place.within}{cell}"


def _told(group: Sequence[Change]) -> Iterator[str]:
    for (part, name, section), same in groupby(group, lambda c: (c.part, c.name, c.section)):
        titled = f"“{name}”" if part in {Part.TABLE, Part.FIGURE} and name else name
        head = ", ".join(text for text in (titled, section) if text)
        changes = list(same)
        if part in {Part.TABLE, Part.TEXT}:
            yield from _wrapped(head or "before the first heading", "    ")
            for change in changes:
                yield from _inner(change)
        else:
            for change in changes:
                yield from _wrapped(f"{head} ({_SAID[change.kind]})", "    ")
                yield from _words(change)


def _inner(change: Change) -> Iterator[str]:
    """A cell of a table, or a sentence, below what it stands in."""
    place = ", ".join(text for text in (change.row, change.column) if text)
    if change.kind is Kind.CHANGED:
        yield from _wrapped(f"{place}: {change.old or 'empty'} → {change.new or 'empty'}", "      ")
    elif change.part is Part.TABLE:
        yield from _wrapped(f"{place} ({_SAID[change.kind]})".strip(), "      ")
        yield from _words(change)
    else:
        yield from _words(change)


def _words(change: Change) -> Iterator[str]:
    for sign, words in (("-", change.old), ("+", change.new)):
        if words:
            yield from _wrapped(f"{sign} {words}", "      ")


def _listed(names: Sequence[str]) -> str:
    """The documents; of hundreds the first."""
    if len(names) <= _MOST:
        return ", ".join(names)
    return f"{', '.join(names[: _MOST - 2])} and {len(names) - _MOST + 2} more"


def _under(section: str) -> str:
    return f" · {section}" if section else ""


def _wrapped(text: str, indent: str) -> list[str]:
    return fill(
        " ".join(text.split()), _WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ",
        break_long_words=False, break_on_hyphens=False,
    ).split("\n")  # fmt: skip
