"""Words in quotes that others stand for."""

import re
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
    for start, end, mask in _found(text, masks):
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
    for start, end, mask in _found(text, masks):
        before = [found.start() for found in _WORD.finditer(text[:start])][-_NEIGHBOURS:]
        after = [found.end() for found in _WORD.finditer(text[end:])][:_NEIGHBOURS]
        if before or not after:
            yield mask, text[before[0] if before else start : end]
        if after:
            yield mask, text[start : end + after[-1]]


def _found(text: str, masks: tuple[Mask, ...]) -> Iterator[tuple[int, int, Mask]]:
    if masks:
        pattern, by_words = _pattern(masks)
        for found in pattern.finditer(text):
            yield found.start(), found.end(), by_words[_plain(found[0])]


@lru_cache(maxsize=32)
def _pattern(masks: tuple[Mask, ...]) -> tuple[re.Pattern[str], dict[str, Mask]]:
    """Finds the words of any mask, the longest first, whatever their case and spaces."""
    by_words = {_plain(mask.words): mask for mask in masks}
    longest = sorted(by_words, key=len, reverse=True)
    words = "|".join(r"\s+".join(re.escape(w) for w in words.split()) for words in longest)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE), by_words


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()
