"""The rule of texts: no run of six words of one, nor all of it where it is shorter."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from report.gate.finding import Finding
from report.gate.passage import Passage
from report.gate.runs import Run, Runs, index, runs, spaceless, words
from report.gate.stream import PASSAGE, Stream, clean, folded, stream
from report.model.withheld import Words

_SHORT: Final = 8  # a single word of fewer letters stands everywhere
_SHORT_SPACELESS: Final = 4
_WORD: Final = re.compile(r"[^\W_]+")
_HYPHEN: Final = re.compile(rf"-\s*[\n{PASSAGE}]\s*(?:(?=[^\W\d_])|\Z)")
_BETWEEN: Final = r"(?:[^\w\0]|_)+"


class Known:
    """Texts that may be read. Most files hold nothing that has to be looked for in them."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = texts
        self._asked: dict[tuple[str, str], bool] = {}

    @cached_property
    def _stream(self) -> Stream:
        return stream(Passage("", text, str(number)) for number, text in enumerate(self._texts))

    def has(self, run: Run, text: str = "") -> bool:
        """Whether the letters stand in one of them; with `text`, as the words of that text."""
        asked = run.letters, text
        if asked not in self._asked:
            self._asked[asked] = self._has(run, text)
        return self._asked[asked]

    def _has(self, run: Run, text: str) -> bool:
        at = self._stream
        start = at.letters.find(run.letters)
        while start >= 0:
            if not text or stands(at, start, run, text):
                return True
            start = at.letters.find(run.letters, start + 1)
        return False


class Group:
    """Texts, by their numbers, that hold the same `letters`: none stands where these do not."""

    def __init__(self, letters: str, texts: Mapping[int, Words]) -> None:
        self.letters = letters
        self._texts = texts

    @cached_property
    def runs(self) -> Runs:
        """The runs of all of them, or the whole of what is shorter."""
        return index(run for number, told in self._texts.items() for run in _runs(number, told))


@dataclass(frozen=True)
class WordsRule:
    """Made once for all files. What stands in a `known` text too is not told."""

    texts: tuple[Words, ...]
    groups: tuple[Group, ...]
    known: Known

    def find(self, at: Stream) -> Iterator[Finding]:
        """The passages in which words of a text begin."""
        there = (group for group in self.groups if group.letters in at.letters)
        for start, run in (found for group in there for found in group.runs.find(at.letters)):
            told = self.texts[run.text]
            if self._counts(at, start, run, told.text):
                what = told.told if run.whole else f"words of {told.told}"
                verb = "stands" if run.whole else "stand"
                passage = at.passage(at.folded, at.spot(start))
                yield Finding(f"{told.rule}: {what} {verb} here", passage)

    def _counts(self, at: Stream, start: int, run: Run, text: str) -> bool:
        if run.whole:
            return stands(at, start, run, text) and not self.known.has(run, text)
        return not self.known.has(run)


def words_rule(texts: tuple[Words, ...], cleared: Iterable[str]) -> WordsRule:
    """The rule for these texts, without what stands in a cleared one too."""
    letters = {holds: "".join(words(holds)) for holds in {told.holds for told in texts}}
    held: dict[str, dict[int, Words]] = {}
    for number, told in enumerate(texts):
        held.setdefault(letters[told.holds], {})[number] = told
    return WordsRule(
        texts, tuple(Group(own, theirs) for own, theirs in held.items()), Known(cleared)
    )


def _runs(number: int, told: Words) -> Iterable[Run]:
    found = [] if told.whole else runs(told.text)
    letters = "" if found else "".join(words(told.text))
    if not found and _is_searched(told.text, letters):
        return [Run(letters, number, whole=True)]
    return [Run(letters, number) for letters in found]


def _is_searched(text: str, letters: str) -> bool:
    if spaceless(text):
        return len(letters) >= _SHORT_SPACELESS
    return len(_WORD.findall(text)) > 1 or len(letters) >= _SHORT


def stands(at: Stream, start: int, run: Run, text: str) -> bool:
    """Whether these letters are words of their own there, with the numbers that the text has."""
    if spaceless(text):
        return True
    first, last = at.spot(start), at.spot(start + len(run.letters) - 1)
    before, after = at.folded[max(first - 1, 0) : first], at.folded[last + 1 : last + 2]
    if any(c.isdigit() for c in text):
        # The string of letters has no numbers, so those of the text are asked for here.
        around = at.folded[max(first - len(text), 0) : last + 1 + len(text)]
        return re.search(whole(text), around) is not None
    if _HYPHEN.match(at.folded, last + 1) or _HYPHEN.search(at.folded[max(first - 9, 0) : first]):
        return False  # Bergen-hus, over lines
    return not (before.isalpha() or after.isalpha())


def whole(text: str) -> str:
    """A pattern for all words and numbers of a text, with anything else between them, in folded
    text. They are not parts of longer words."""
    parts = _BETWEEN.join(map(re.escape, _WORD.findall(folded(clean(text)))))
    return rf"(?<![^\W_]){parts}(?![^\W_])"
