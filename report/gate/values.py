"""The rule of values that a table shows more generally: none stands as a text of its own, nor
close to words of the people whom it tells of."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from report.gate.finding import Finding
from report.gate.passage import Passage
from report.gate.runs import Run, Runs, index, runs
from report.gate.stream import FLOW, PASSAGE, Stream, characters, clean, folded
from report.gate.words import whole
from report.model.withheld import Value

_NEAR: Final = 120
"""So many characters from somebody's words, a value is about them."""
_LIST: Final = 400  # a longer text is no list
_ITEM: Final = 60  # nor is one with a longer item
_COUNT: Final = re.compile(r"\s*[(\[]?\d+[)\]]?\s*$")
_IN_BRACKETS: Final = r"\s*[(\[]\s*\d+\s*[)\]]"
_SEPARATOR: Final = re.compile(r"\s*[,;/|·•\n\x1e]\s*")
_HYPHEN: Final = re.compile(rf"-\s*[\n{PASSAGE}]\s*")


class Near:
    """Where words of the people stand whom a value tells of. Few files hold the value at all, and
    none has to be searched before."""

    def __init__(self, value: Value) -> None:
        self.value = value

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(whole(self.value.text))

    @cached_property
    def _runs(self) -> Runs:
        texts = enumerate(self.value.near)
        return index(Run(letters, number) for number, text in texts for letters in runs(text))

    def find(self, at: Stream) -> Iterator[Finding]:
        """The passages in which such words begin, close to the value."""
        spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for start, run in self._runs.find(at.letters):
            first, last = at.spot(start), at.spot(start + len(run.letters) - 1)
            if spans[run.text] and spans[run.text][-1][1] >= first:
                first = spans[run.text].pop()[0]
            spans[run.text].append((first, last + 1))
        for found in spans.values():
            for first, last in found:
                if self._pattern.search(_window(at.folded, first, last)):
                    yield Finding(_message(self.value), at.passage(at.folded, first))


@dataclass(frozen=True)
class ValuesRule:
    """Made once for all files."""

    alone: dict[str, list[Near]]
    """By the folded text."""
    counted: re.Pattern[str] | None
    """Any of the values, with a count in brackets behind it."""
    firsts: frozenset[str]
    """The first words of the values."""

    def find(self, at: Stream) -> Iterator[Finding]:
        """The passages in which a value stands alone, or near to words that it may not."""
        if not self.alone:
            return
        there = {text: found for text in self.alone if (found := _there(text, at))}
        for passage in dict.fromkeys(passage for found in there.values() for passage in found):
            if passage.kind == "text":
                for item in items(passage.text):
                    for near in self.alone.get(item, ()):
                        yield Finding(_message(near.value), passage)
        if there:
            yield from self._counted(at)
        for text in there:
            for near in self.alone[text]:
                yield from near.find(at)

    def _counted(self, at: Stream) -> Iterator[Finding]:
        """A page of a PDF has its cells in one text."""
        if self.counted is None:
            return
        end = 0
        for start in sorted({start for first in self.firsts for start in _all(at.folded, first)}):
            found = self.counted.match(at.folded, start) if start >= end else None
            if found:
                end = found.end()
                for near in self.alone.get(_plain(found[1]), ()):
                    yield Finding(_message(near.value), at.passage(at.folded, start))


def values_rule(values: Iterable[Value]) -> ValuesRule:
    """The rule for these values."""
    alone: dict[str, list[Near]] = defaultdict(list)
    for value in values:
        if _plain(value.text):
            alone[_plain(value.text)].append(Near(value))
    return ValuesRule(
        dict(alone),
        _with_count(alone) if alone else None,
        frozenset(text.split()[0] for text in alone),
    )


def _there(text: str, at: Stream) -> tuple[Passage, ...]:
    """The passages in which a value may stand. Where its letters and digits do not, it does not,
    however it is written."""
    known = characters(text)
    if known.isalpha():
        return at.near(known)
    return at.passages if known in at.characters else ()


def items(text: str) -> Iterator[str]:
    """What of a text may be a value of a table, folded: all of it, without a count, or an item of
    a list. Of a longer text, a line: so stands a cell on a page of a PDF."""
    if len(text) > _LIST:
        yield from (_COUNT.sub("", _plain(line)) for line in text.split("\n") if len(line) <= _ITEM)
        return
    plain = _plain(text)
    yield plain
    parts = [_COUNT.sub("", part) for part in _SEPARATOR.split(plain)]
    if max(map(len, parts)) <= _ITEM:
        yield from (part for part in parts if part != plain)


def _all(text: str, word: str) -> Iterator[int]:
    """Where the word stands in the text, be it in another word."""
    start = text.find(word)
    while start >= 0:
        yield start
        start = text.find(word, start + 1)


def _plain(text: str) -> str:
    return " ".join(folded(clean(text)).split())


def _with_count(texts: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(texts, key=len, reverse=True)
    any_of = "|".join(r"\s+".join(map(re.escape, text.split())) for text in longest_first)
    return re.compile(rf"(?<![^\W_])({any_of}){_IN_BRACKETS}")


def _window(text: str, first: int, last: int) -> str:
    """What stands close, within the flow."""
    before = text[max(first - _NEAR, 0) : first].rpartition(FLOW)[2]
    after = text[last : last + _NEAR].partition(FLOW)[0]
    return _HYPHEN.sub("", before + text[first:last] + after)


def _message(value: Value) -> str:
    return f"{value.rule}: {value.told} stands here"
