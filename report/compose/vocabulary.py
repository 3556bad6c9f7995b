"""The glossary's terms in one language, and where a text uses them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from typing import Final, TypeAlias

from report.compose.running import FILLED, OWN, UNKNOWN, Passage, sentences
from report.model.catalogue import Message
from report.model.glossary import Term, Wording, folded

_HYPHENS: Final = "\\-\u2010\u2011"
_APOSTROPHES: Final = "'\u2019\u02bc"
_STRESS: Final = re.compile(r"[*_]+\Z")
_SENTENCE_START: Final = re.compile(
    rf"(?:\A|[.!?…:][\"'”’»)\]*_{FILLED}]*\s)[\s\"'“‘«„(\[*_¿¡–—-]*\Z"
)
_BEFORE: Final = 60
"""So many characters before a word tell whether a sentence starts there."""


@dataclass(frozen=True)
class Found:
    """A term in the words of a language; `messages` are what it was translated from."""

    term: Term
    wording: Wording
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Use:
    """A stretch of a text that uses a term; `own` where the author explains it there."""

    start: int
    end: int
    found: Found
    own: bool = False


_Stretch: TypeAlias = tuple[int, int, str, bool]
"""Where words start and end, the words, folded, and whether a sentence begins with them."""


@dataclass(frozen=True)
class Vocabulary:
    """Terms by each of their forms, as they are written."""

    forms: Mapping[str, Found]

    def find(self, form: str) -> Found | None:
        """The term of that form, which may begin with a capital as at the start of a sentence."""
        return self.forms.get(form) or self.forms.get(_small(form))

    @cached_property
    def _plainly(self) -> Mapping[str, Found]:
        return {folded(form): found for form, found in self.forms.items()}

    def uses(self, text: str, passages: Iterable[Passage]) -> Iterator[Use]:
        """Where the passages of the text use a term in running text, in order: whole words, in any
        form, with a capital only where the form has one or a sentence starts. Of two that overlap
        the longer counts."""
        if self.forms:
            for start, end in passages:
                yield from self._in_passage(text[start:end], start)

    def _in_passage(self, passage: str, offset: int) -> Iterator[Use]:
        stretches = _stretches(tuple(self.forms), passage)
        if not stretches:
            return
        shape = sentences(passage)
        own = [found.span() for found in OWN.finditer(shape)]
        taken = 0
        for start, end, found in _longest(list(self._candidates(stretches))):
            span = next((span for span in own if span[0] <= start < span[1]), None)
            first, last = span or _with_stress(shape, start, end)
            if first >= taken:
                taken = last
                yield Use(offset + first, offset + last, found, own=span is not None)

    def _candidates(self, stretches: Iterable[_Stretch]) -> Iterator[tuple[int, int, Found]]:
        for start, end, words, begins in stretches:
            found = self._plainly.get(words)
            if found is None and begins:
                found = self._plainly.get(_small(words))
            if found:
                yield start, end, found


@lru_cache(maxsize=5000)
def _stretches(forms: tuple[str, ...], passage: str) -> tuple[_Stretch, ...]:
    """Where the passage's own words are like one of the forms. Documents share most of their
    passages."""
    shape = sentences(passage)
    return tuple(
        (*match.span(1), folded(match[1]), _starts(passage, at) or _starts(shape, at))
        for match in _pattern(forms).finditer(shape)
        for at in [match.start(1)]
    )


def _starts(passage: str, start: int) -> bool:
    """Whether a sentence starts there."""
    return bool(_SENTENCE_START.search(passage[max(0, start - _BEFORE) : start]))


def _longest(candidates: list[tuple[int, int, Found]]) -> list[tuple[int, int, Found]]:
    """Without those that overlap a longer one, or an earlier one as long."""
    kept: list[tuple[int, int, Found]] = []
    for start, end, found in candidates:
        while kept and start < kept[-1][1] and end - start > kept[-1][1] - kept[-1][0]:
            kept.pop()
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, found))
    return kept


def _with_stress(shape: str, start: int, end: int) -> tuple[int, int]:
    """The stretch with the marks of stress that enclose just it."""
    marks = _STRESS.search(shape[max(0, start - 3) : start])
    if marks and shape.startswith(marks[0][::-1], end):
        return start - len(marks[0]), end + len(marks[0])
    return start, end


@lru_cache(maxsize=32)
def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    """Finds the longest form at each place where one begins, in group 1."""
    longest_first = "|".join(_written(f) for f in sorted(forms, key=len, reverse=True))
    # a hyphen makes a longer word, two of them are a dash
    before = rf"(?<![^\W_])(?<![{_marks()}{UNKNOWN}])(?<!(?<![{_HYPHENS}])[{_HYPHENS}])"
    after = rf"(?![^\W_])(?![{_marks()}{UNKNOWN}{_APOSTROPHES}])(?![{_HYPHENS}](?![{_HYPHENS}]))"
    return re.compile(rf"{before}(?=({longest_first}){after})")


def _written(form: str) -> str:
    """A pattern of the form as texts write it: a capital first, other hyphens, a line's end."""
    first, rest = form[0], form[1:]
    capital = first.upper()
    start = f"[{first}{capital}]" if capital != first and len(capital) == 1 else re.escape(first)
    pattern = start + "".join(_any_of(character) for character in rest)
    return re.sub(r"(?:\\s\+)+", lambda _: r"\s+", pattern)


def _any_of(character: str) -> str:
    if character.isspace():
        return r"\s+"
    for alike in (_HYPHENS, _APOSTROPHES):
        if character in alike.replace("\\", ""):
            return f"[{alike}]"
    return re.escape(character)


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


@cache
def _marks() -> str:
    """What goes on in a word besides letters and digits: accents and vowels of their own, joiners,
    a soft hyphen."""
    codes = [c for c in range(0x300, 0xFE30) if unicodedata.category(chr(c))[0] == "M"]
    starts = [code for before, code in pairwise([0, *codes]) if code != before + 1]
    ends = [code for code, after in pairwise([*codes, 0]) if after != code + 1]
    runs = (f"{chr(first)}-{chr(last)}" for first, last in zip(starts, ends, strict=True))
    return "".join(runs) + "\u200c\u200d\u00ad"
