"""Quotes of two states, by their ids."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from report.compose.quotes import Said
from report.diff.change import Change, Kind, Part
from report.diff.reading import plain
from report.diff.withdrawn import MARKS
from report.model.order import natural

_SPEAKER: Final = re.compile(r"\[([^\[\]]*)\]\{\.attribution\}|\(([^()]*)\)\s*\Z")


def quotes(old: Iterable[Said], new: Iterable[Said]) -> Iterator[Change]:
    """Quotes that came, went, were reworded, or are said to be by another; and those that may not
    be told any more."""
    before, after = _by_id(old), _by_id(new)
    for key in sorted({*before, *after}, key=lambda key: (natural(key[0]), key[1])):
        kind, was, now = _changed(before.get(key), after.get(key))
        spoken = (after.get(key) or before[key]).spoken if kind is not Kind.SPEAKER else ""
        if kind:
            yield Change(Part.QUOTE, kind, key[0], old=was, new=now, language=spoken)


def _changed(was: Said | None, now: Said | None) -> tuple[Kind | None, str, str]:
    """What happened to a quote, and its words before and after, or who said them."""
    old, new = (quote.words if quote else "" for quote in (was, now))
    if old != new and (hidden := MARKS.get(old) or MARKS.get(new)):
        return hidden, old, new
    if was is None or now is None:
        return (Kind.ADDED if was is None else Kind.DELETED), old, new
    if old != new:
        return Kind.REWORDED, old, new
    old, new = _speaker(was), _speaker(now)
    return (Kind.SPEAKER if old.casefold() != new.casefold() else None), old, new


def _by_id(said: Iterable[Said]) -> Mapping[tuple[str, str], Said]:
    return {(quote.id, quote.language): quote for quote in said}


def _speaker(quote: Said) -> str:
    found = _SPEAKER.search(quote.markdown)
    return plain(found[1] or found[2] or "") if found else ""
