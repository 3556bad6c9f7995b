"""Two runs of words as one, in which each word stayed, went or came: sentence by sentence, and word
by word where a sentence was reworded."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final, Generic, TypeVar

from report.redline.alignment import Unit, aligned, words_of

T = TypeVar("T")

_PIECE: Final = re.compile(r"\w+(?:['’\u2011-]\w+)*|\s+|.", re.DOTALL)
_STOP: Final = re.compile(r"[.!?…。！？؟۔।]+[\"'”’»“)\]]*\Z")
_CLOSING: Final = re.compile(r"[\"'”’»“)\]]+\Z")
_WORDY: Final = re.compile(r"\w")
_ISLAND: Final = 2
"""So many words that stayed between longer changes are read with them."""


@dataclass(frozen=True, eq=False)
class Token(Generic[T]):
    """A word, what stands between two, or something that is never split, such as a link. Tokens
    with the same `key` show the same. `content` is the format's own."""

    key: str
    text: str
    content: T
    whole: bool = False
    """Whether it is no word of the running text: a link, a picture, a note, a formula."""
    is_end: bool = False
    """Whether a paragraph ends here."""


Change = tuple[Token[T] | None, Token[T] | None]
"""A token as it was and as it is: both where it stayed, one where it went or came."""


def pieces(text: str) -> list[str]:
    """A text as words, spaces and single signs."""
    return _PIECE.findall(text)


def compared(old: Sequence[Token[T]], new: Sequence[Token[T]]) -> list[Change[T]]:
    """All tokens of both in order; between two that stayed, what went stands before what came."""
    was, now = _sentences(old), _sentences(new)
    changes: list[Change[T]] = []
    for bead in aligned([_unit(s) for s in was], [_unit(s) for s in now]):
        before = [token for n in bead.old for token in was[n]]
        after = [token for n in bead.new for token in now[n]]
        changes += _reworded(before, after) if before and after else _replaced(before, after)
    return _ordered(changes)


def _sentences(tokens: Sequence[Token[T]]) -> list[list[Token[T]]]:
    """Each with the space after it; the end of a paragraph is one of its own."""
    found: list[list[Token[T]]] = []
    sentence: list[Token[T]] = []
    text = ""
    for token in tokens:
        if token.is_end:
            found += [sentence, [token]] if sentence else [[token]]
            sentence, text = [], ""
            continue
        sentence.append(token)
        if token.text.isspace() and _STOP.search(text):
            found.append(sentence)
            sentence, text = [], ""
        text = text[-8:] + token.text if _CLOSING.match(token.text) else text[-2:] + token.text
    return [*found, sentence] if sentence else found


def _unit(sentence: Sequence[Token[T]]) -> Unit:
    kind = "mark" if sentence[0].is_end else "sentence"
    text = "".join(token.text for token in sentence)
    return Unit("\0".join(token.key for token in sentence), words_of(text), kind)


def _replaced(old: Iterable[Token[T]], new: Iterable[Token[T]]) -> list[Change[T]]:
    return [*((token, None) for token in old), *((None, token) for token in new)]


def _reworded(old: Sequence[Token[T]], new: Sequence[Token[T]]) -> list[Change[T]]:
    """Word by word. A word or two that stayed by chance between longer changes change with them."""
    matcher = SequenceMatcher(None, [t.key for t in old], [t.key for t in new], autojunk=False)
    steps = [_Step(tag == "equal", old[a:b], new[c:d]) for tag, a, b, c, d in matcher.get_opcodes()]
    for words in (0, _ISLAND):  # first spaces, so that the changes around them are as long as read
        steps = _without_islands(steps, words)
    changes: list[Change[T]] = []
    for step in steps:
        pairs = zip(step.old, step.new, strict=True) if step.stayed else _replaced(*step.sides)
        changes += pairs
    return changes


@dataclass(frozen=True)
class _Step(Generic[T]):
    """Tokens that stayed, or that took the place of others."""

    stayed: bool
    old: Sequence[Token[T]]
    new: Sequence[Token[T]]

    @property
    def sides(self) -> tuple[Sequence[Token[T]], Sequence[Token[T]]]:
        """The tokens as they were and as they are."""
        return self.old, self.new

    @property
    def words(self) -> int:
        """How many words it is long, on the longer side."""
        return max(map(_count, self.sides))


def _without_islands(steps: Sequence[_Step[T]], words: int) -> list[_Step[T]]:
    """The steps, with those of so few words that stayed made part of the changes around them."""
    found: list[_Step[T]] = []
    for n, step in enumerate(steps):
        inner = 0 < n < len(steps) - 1
        few = step.words <= words and not any(token.whole for token in step.old)
        around = min(steps[n - 1].words, steps[n + 1].words) if inner else 0
        stayed = step.stayed and not (inner and few and around > step.words)
        if found and not stayed and not found[-1].stayed:
            last = found.pop()
            found.append(_Step(False, [*last.old, *step.old], [*last.new, *step.new]))  # noqa: FBT003
        else:
            found.append(_Step(stayed, *step.sides))
    return found


def _count(tokens: Iterable[Token[T]]) -> int:
    return sum(bool(_WORDY.match(token.text)) for token in tokens)


def _ordered(changes: Iterable[Change[T]]) -> list[Change[T]]:
    found: list[Change[T]] = []
    for stayed, group in groupby(changes, key=lambda change: None not in change):
        run = list(group)
        found += run if stayed else _gone_first(run)
    return found


def _gone_first(changes: Sequence[Change[T]]) -> Iterator[Change[T]]:
    yield from (change for change in changes if change[1] is None)
    yield from (change for change in changes if change[0] is None)
