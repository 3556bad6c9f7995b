"""Which parts of a text, as it was and as it is, are the same part: paragraphs, rows, sentences."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

_WORD: Final = re.compile(r"\w+")
_ALIKE: Final = 0.5
"""So much of their words two parts share that are one part, reworded."""
_OTHER_LOOK: Final = 0.8
"""And so much, where a heading became a paragraph or the like."""
_MOVED: Final = 0.6
"""So much of each half of a part that was split comes from the whole."""
_REACH: Final = 120
"""So far apart, in parts, two may stand in a stretch with nothing the same."""


@dataclass(frozen=True)
class Unit:
    """A part to be aligned. Parts with the same `key` are the same; those of another `kind` never
    are; those of another `look` only where nearly all words are."""

    key: str
    words: Counter[str]
    kind: str = ""
    look: str = ""
    length: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "length", self.words.total())


@dataclass(frozen=True, slots=True)
class Bead:
    """Places of parts that are one and the same: of one in each text, of one and two where it was
    split or joined, of one alone where it came or went."""

    old: tuple[int, ...]
    new: tuple[int, ...]


def words_of(text: str) -> Counter[str]:
    """The words of a text, each with how often it stands there."""
    return Counter(_WORD.findall(text.casefold()))


def aligned(old: Sequence[Unit], new: Sequence[Unit], *, joined: bool = False) -> list[Bead]:
    """Beads in the order of both texts, each part in one; with `joined`, parts may be split and
    joined. Parts that moved are gone in one place and new in another.

    After W. A. Gale and K. W. Church, A Program for Aligning Sentences in Bilingual Corpora (1993),
    by words in common in the place of lengths.
    """
    beads: list[Bead] = []
    matcher = SequenceMatcher(None, [u.key for u in old], [u.key for u in new], autojunk=False)
    at_old = at_new = 0
    for match in matcher.get_matching_blocks():
        gap = _Gap(old[at_old : match.a], new[at_new : match.b], joined)
        beads += gap.beads(at_old, at_new)
        beads += (Bead((match.a + n,), (match.b + n,)) for n in range(match.size))
        at_old, at_new = match.a + match.size, match.b + match.size
    return beads


@dataclass(frozen=True)
class _Gap:
    """A stretch in which nothing is the same."""

    old: Sequence[Unit]
    new: Sequence[Unit]
    joined: bool

    def beads(self, at_old: int, at_new: int) -> list[Bead]:
        """The beads with the most words in common, counted on from these places."""
        rows, columns = len(self.old), len(self.new)
        best: list[dict[int, tuple[float, int, int]]] = [{0: (0.0, 0, 0)}]
        for i in range(rows + 1):
            row = best[0] if i == 0 else {}
            if i:
                best.append(row)
            for j in self._columns(i):
                choices = [
                    (best[i - a][j - b][0] + score, a, b)
                    for a, b, score in self._steps(i, j)
                    if j - b in best[i - a]
                ]
                if choices:  # of equals the first: what is gone stands before what is new
                    row[j] = max(choices, key=lambda choice: choice[0])
        found: list[Bead] = []
        i, j = rows, columns
        while i or j:
            _, a, b = best[i][j]
            olds, news = range(at_old + i - a, at_old + i), range(at_new + j - b, at_new + j)
            found.append(Bead(tuple(olds), tuple(news)))
            i, j = i - a, j - b
        return found[::-1]

    def _columns(self, i: int) -> range:
        """How far along in the new stretch one may be after so many old parts."""
        rows, columns = len(self.old), len(self.new)
        if rows <= _REACH or columns <= _REACH:
            return range(0 if i else 1, columns + 1)
        middle = i * columns // rows
        step = columns // rows + 1
        first = max(middle - _REACH - step, 0 if i else 1)
        return range(first, min(middle + _REACH + step, columns) + 1)

    def _steps(self, i: int, j: int) -> Iterator[tuple[int, int, float]]:
        """The last bead of those that lead here: how many old parts, how many new, its score."""
        old, new = self.old, self.new
        if j:
            yield 0, 1, 0.0
        if i:
            yield 1, 0, 0.0
        if not (i and j):
            return
        if score := _in_common(old[i - 1], new[j - 1]):
            yield 1, 1, score
        if self.joined and j > 1 and (score := _in_parts(old[i - 1], new[j - 2], new[j - 1])):
            yield 1, 2, score
        if self.joined and i > 1 and (score := _in_parts(new[j - 1], old[i - 2], old[i - 1])):
            yield 2, 1, score


def _in_common(one: Unit, other: Unit) -> float:
    """How many words two parts share; 0 where they are not one part reworded."""
    if one.kind != other.kind:
        return 0.0
    if one.key == other.key:
        return one.length + 1.0
    least = _ALIKE if one.look == other.look else _OTHER_LOOK
    total = one.length + other.length
    if 2 * min(one.length, other.length) < least * total:
        return 0.0
    shared = (one.words & other.words).total()
    return float(shared) if shared and 2 * shared >= least * total else 0.0


def _in_parts(whole: Unit, first: Unit, second: Unit) -> float:
    """How many words a part shares with two that it was split into, or 0 where it was not."""
    if not whole.kind == first.kind == second.kind or not (first.length and second.length):
        return 0.0
    parts = first.length + second.length
    if 2 * min(whole.length, parts) < _ALIKE * (whole.length + parts):
        return 0.0
    shared = (whole.words & (first.words + second.words)).total()
    alone = [(whole.words & part.words).total() for part in (first, second)]
    if shared - alone[0] < _MOVED * second.length or shared - alone[1] < _MOVED * first.length:
        return 0.0
    return shared - 0.5  # of equals, the simpler
