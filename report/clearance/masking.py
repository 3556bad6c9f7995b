"""Words in quotes that others stand for.

Words are the same whatever their case and accents, and however a program wrote their apostrophes,
hyphens and spaces: who is masked must not be told by a typewriter.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from report.model.audience import Audience
from report.model.records import Mask

CUT: Final = "[…]"
"""Stands where words are left out."""
_WORD: Final = re.compile(r"\S+")
_NEIGHBOURS: Final = 2
"""So many words beside a masked one make it those of the quote, and not of any text."""
_SPACES: Final = r"\s+"
_END: Final = r"(?=(?:'?s)?(?![^\W_]))"
_SAME: Final = str.maketrans(
    {**dict.fromkeys("’‘ʼ`´", "'"), **dict.fromkeys("‐‑‒–", "-"), "ı": "i", "_": " "}
)
_INVISIBLE: Final = {"Cf", "Mn", "Me"}
"""Unicode's categories of what has no place of its own: soft hyphens, joiners, accents."""


def masks_for(masks: Sequence[Mask], audience: Audience) -> tuple[Mask, ...]:
    """Those that the audience's quotes go by."""
    kinds = audience.masked
    return tuple(mask for mask in masks if kinds is None or mask.kind in kinds)


def masked(text: str, masks: tuple[Mask, ...]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text with brackets in the place of the words, and where words stand in these brackets:
    start and end, without the brackets of what was cut."""
    parts: list[str] = []
    replaced: list[tuple[int, int]] = []
    at = length = 0
    for start, end, mask in found(text, masks):
        before = text[at:start]
        stand_in = f"[{mask.replacement}]" if mask.replacement else CUT
        length += len(before)
        if mask.replacement:
            replaced.append((length, length + len(stand_in)))
        length += len(stand_in)
        parts += [before, stand_in]
        at = end
    return "".join([*parts, text[at:]]), tuple(replaced)


def unmasked(text: str, replaced: Sequence[tuple[int, int]]) -> str:
    """What `masked` made, without the words that stand in the place of others."""
    for start, end in reversed(replaced):
        text = text[:start] + text[end:]
    return text


def originals(text: str, masks: tuple[Mask, ...]) -> Iterator[tuple[Mask, str]]:
    """For each mask that the text wears, its words as they stand there, once with those before
    and once with those after them: so they cannot be taken for words of another text."""
    spans = found(text, masks)
    words = [(word.start(), word.end()) for word in _WORD.finditer(text)] if spans else []
    for start, end, mask in spans:
        before = [first for first, last in words if last <= start][-_NEIGHBOURS:]
        after = [last for first, last in words if first >= end][:_NEIGHBOURS]
        if before or not after:
            yield mask, text[before[0] if before else start : end]
        if after:
            yield mask, text[start : after[-1]]


@lru_cache(maxsize=50_000)
def found(text: str, masks: tuple[Mask, ...]) -> tuple[tuple[int, int, Mask], ...]:
    """Where the text has words of a mask: start, end, and which. The longest goes before others
    that start there; those that overlap are one, which the first one stands for."""
    if not masks:
        return ()
    plain, places = _folded(text)
    pattern, longest_first = _pattern(masks)
    spans: list[tuple[int, int, Mask]] = []
    for at in pattern.finditer(plain):
        group = at.lastindex or 0
        start, end = places[at.start(group)], places[at.end(group)]
        mask = longest_first[group - 1]
        if spans and start < spans[-1][1]:
            start, last, mask = spans.pop()
            end = max(end, last)
        spans.append((start, end, mask))
    return tuple(spans)


@lru_cache(maxsize=32)
def _pattern(masks: tuple[Mask, ...]) -> tuple[re.Pattern[str], tuple[Mask, ...]]:
    """Finds the words of any mask at a place, the longest first, in a group each. What follows may
    be the s of a genitive."""
    ordered = tuple(sorted(masks, key=lambda mask: len(mask.words), reverse=True))
    words = (_folded(mask.words)[0].split() for mask in ordered)
    groups = "|".join(rf"({_SPACES.join(map(re.escape, each))}){_END}" for each in words)
    return re.compile(rf"(?<![^\W_])(?={groups})"), ordered


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The text without case, accents and what nobody sees, and for each character of it the place
    of the one that it came from."""
    if text.isascii():
        return text.translate(_SAME).lower(), range(len(text) + 1)
    parts: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for c in unicodedata.normalize("NFKD", character).translate(_SAME).casefold():
            if unicodedata.category(c) not in _INVISIBLE:
                parts.append(c)
                places.append(place)
    return "".join(parts), [*places, len(text)]
