"""Words in quotes that others stand for.

Words are the same whatever their case and accents, and however a program wrote their apostrophes,
hyphens and spaces: who is masked must not be told by a typewriter.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, TypeAlias

from report.model.audience import Audience
from report.model.characters import beyond_ascii
from report.model.records import Mask

CUT: Final = "[…]"
"""Stands where words are left out."""
_PLAIN: Final = bytes(range(0x100)).lower().replace(b"`", b"'").replace(b"_", b" ")
"""What stands for each byte: of characters beyond ASCII the same."""
_BETWEEN: Final = "\0"
"""Between texts. None has it in it."""
_NEIGHBOURS: Final = re.compile(r"\S*+(?:\s++\S++){1,2}")
"""So many words beside a masked one make it those of the quote, and not of any text; with the rest
of the word that it is a part of."""
_SPACES: Final = r"\s+"
_END: Final = r"(?=(?:'?s)?(?![^\W_]))"
_SAME: Final = str.maketrans(
    {**dict.fromkeys("’‘ʼ`´", "'"), **dict.fromkeys("‐‑‒–", "-"), "ı": "i", "_": " "}
)
_INVISIBLE: Final = {"Cf", "Mn", "Me"}
"""Unicode's categories of what has no place of its own: soft hyphens, joiners, accents."""


Span: TypeAlias = tuple[int, int, Mask]
"""Where words of a mask start and end, and which mask it is."""


def masks_for(masks: Sequence[Mask], audience: Audience) -> tuple[Mask, ...]:
    """Those that the audience's quotes go by."""
    kinds = audience.masked
    return tuple(mask for mask in masks if kinds is None or mask.kind in kinds)


def masked(text: str, masks: tuple[Mask, ...]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text with brackets in the place of the words, and where words stand in these brackets:
    start and end, without the brackets of what was cut."""
    return covered(text, found(text, masks))


def covered(text: str, spans: Iterable[Span]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The same where it is known what the text wears."""
    parts: list[str] = []
    replaced: list[tuple[int, int]] = []
    at = length = 0
    for start, end, mask in spans:
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


def originals(text: str, spans: Iterable[Span]) -> Iterator[tuple[Mask, str, str]]:
    """For each mask that the text wears, its words as they stand there; and these once with those
    before and once with those after them: so they cannot be taken for words of another text."""
    for start, end, mask in spans:
        before = _NEIGHBOURS.match(text[:start][::-1])
        after = _NEIGHBOURS.match(text, end)
        if before or not after:
            yield mask, text[start:end], text[start - before.end() if before else start : end]
        if after:
            yield mask, text[start:end], text[start : after.end()]


@lru_cache(maxsize=50_000)
def found(text: str, masks: tuple[Mask, ...]) -> tuple[Span, ...]:
    """Where the text has words of a mask. The longest goes before others that start there; those
    that overlap are one, which the first one stands for."""
    return _spans(text, _folded(text), *_pattern(masks)) if masks else ()


@lru_cache(maxsize=32)
def worn(texts: tuple[str, ...], masks: tuple[Mask, ...]) -> Mapping[str, tuple[Span, ...]]:
    """Of many texts those that have words of a mask, and where, as `found` tells it. To look
    through all of them as one is ten times as fast."""
    if not masks:
        return {}
    whole = _folded(_BETWEEN.join(texts))
    pattern, longest_first = _pattern(masks)
    return {
        text: spans
        for text, folded in _near(texts, whole, masks)
        if (spans := _spans(text, folded, pattern, longest_first))
    }


def _near(texts: Sequence[str], whole: str, masks: Iterable[Mask]) -> Iterator[tuple[str, str]]:
    """The texts that have the longest word of a mask, be it in another word, and each folded."""
    words = {max(_folded(mask.words).split(), key=len, default="") for mask in masks}
    ends = [*(found.start() for found in re.finditer(_BETWEEN, whole)), len(whole)]
    numbers: set[int] = set()
    for word in words - {""}:  # nobody sees any of it
        start = whole.find(word)
        while start >= 0:
            number = bisect_left(ends, start)
            numbers.add(number)
            start = whole.find(word, ends[number])
    for number in sorted(numbers):
        start = ends[number - 1] + 1 if number else 0
        yield texts[number], whole[start : ends[number]]


def _spans(
    text: str, folded: str, pattern: re.Pattern[str], longest_first: Sequence[Mask]
) -> tuple[Span, ...]:
    places = _places(text)
    spans: list[Span] = []
    for at in pattern.finditer(folded):
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
    words = (_folded(mask.words).split() for mask in ordered)
    groups = "|".join(rf"({_SPACES.join(map(re.escape, each))}){_END}" for each in words)
    return re.compile(rf"(?<![^\W_])(?={groups})"), ordered


def _folded(text: str) -> str:
    """The text without case, accents and what nobody sees."""
    folded = (
        text.encode("utf-8", "surrogatepass").translate(_PLAIN).decode("utf-8", "surrogatepass")
    )
    for character in beyond_ascii(text):
        if (plain := _plain(character)) != character:
            folded = folded.replace(character, plain)
    return folded


def _places(text: str) -> Sequence[int]:
    """For each character of the folded text the place of the one that it came from."""
    if all(len(_plain(character)) == 1 for character in beyond_ascii(text)):
        return range(len(text) + 1)
    lengths = (1 if character.isascii() else len(_plain(character)) for character in text)
    return [*(place for place, length in enumerate(lengths) for _ in range(length)), len(text)]


@lru_cache(maxsize=10_000)
def _plain(character: str) -> str:
    folded = unicodedata.normalize("NFKD", character).translate(_SAME).casefold()
    return "".join(c for c in folded if unicodedata.category(c) not in _INVISIBLE)
