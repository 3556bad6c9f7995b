"""Sentences of two states, each beside what became of it."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, TypeAlias

from report.diff.reading import Sentence

_LIKE: Final = 0.5
"""So much of two sentences' words must be alike for one to be the other, reworded."""
_NEAR: Final = 8
"""So many sentences further on one is looked for."""
_NUMBER: Final = re.compile(r"\d+")

Pair: TypeAlias = tuple[Sentence | None, Sentence | None]


def pairs(old: Sequence[Sentence], new: Sequence[Sentence]) -> Iterator[Pair]:
    """What differs, in the order of the new text: a sentence before and after, or none on the side
    where it is missing."""
    before, after = [s.text for s in old], [s.text for s in new]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            yield from _reworded(old[a:b], new[c:d])


def _reworded(old: Sequence[Sentence], new: Sequence[Sentence]) -> Iterator[Pair]:
    """Both in their order: whoever finds its like takes those before it along."""
    at = 0
    for sentence in new:
        near = range(at, min(at + _NEAR, len(old)))
        like = {n: likeness(old[n].text, sentence.text) for n in near}
        best = max(like, key=like.__getitem__, default=-1)
        if best >= 0 and like[best] >= _LIKE:
            yield from ((gone, None) for gone in old[at:best])
            yield old[best], sentence
            at = best + 1
        else:
            yield None, sentence
    yield from ((gone, None) for gone in old[at:])


def likeness(old: str, new: str) -> float:
    """How much of two sentences' words is alike, from 0 to 1; numbers are alike."""
    one, other = (_NUMBER.sub("0", text).casefold().split() for text in (old, new))
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
