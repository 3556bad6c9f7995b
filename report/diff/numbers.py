"""Numbers in two wordings of a sentence: in digits of any script, or in words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from report.compose import words
from report.compose.problem import ProseError

_MOST: Final = 999
"""The largest number that is known in words."""
_FORMS: Final = ("", "neuter", "masculine", "feminine", "reale")
_DIGITS: Final = r"(?:\d{1,3}(?:[.,\u066c \u00a0\u202f]\d{3})+(?!\d)|\d+)"
_GROUP: Final = re.compile(r"[.,\u066c \u00a0\u202f]")
_TOKEN: Final = re.compile(rf"(?<!\w){_DIGITS}(?!\w)|\w+|[^\w\s]|\s+")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or what stands between, as written; its value where it is a number."""

    text: str
    value: int | None = None

    @property
    def what(self) -> int | str:
        """What two tokens have in common that say the same."""
        return self.text if self.value is None else self.value


@dataclass(frozen=True, slots=True)
class Changed:
    """A number that is another in the new wording."""

    old: int
    new: int


def tokens(text: str, languages: Sequence[str]) -> Iterator[Token]:
    """A sentence in pieces, which together are all of it. Numbers in words are those of the
    languages, in any of their forms."""
    known, spelt = _spelt(tuple(languages))
    at = 0
    for found in spelt.finditer(text) if known else ():
        yield from _pieces(text[at : found.start()])
        yield Token(found[0], known[found[0].casefold()])
        at = found.end()
    yield from _pieces(text[at:])


def changed(old: str, new: str, languages: Sequence[str]) -> tuple[tuple[Changed, ...], bool]:
    """The numbers that differ between two wordings of a sentence, in the order of the new one; and
    whether all else is the same."""
    before, after = list(tokens(old, languages)), list(tokens(new, languages))
    matcher = SequenceMatcher(
        None, [t.what for t in before], [t.what for t in after], autojunk=False
    )
    found: list[Changed] = []
    same = True
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        was, now = _values(before[a:b]), _values(after[c:d])
        if was and len(was) == len(now):
            found += (Changed(x, y) for x, y in zip(was, now, strict=True) if x != y)
        same = same and _frame(before[a:b]) == _frame(after[c:d])
    return tuple(found), same and bool(found)


def _values(pieces: Sequence[Token]) -> list[int]:
    return [token.value for token in pieces if token.value is not None]


def _frame(pieces: Sequence[Token]) -> list[str]:
    """All but the values of the numbers."""
    return ["" if token.value is not None else token.text for token in pieces]


def _pieces(text: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(text):
        said = found[0]
        yield Token(said, _value(said) if said[0].isdecimal() else None)


def _value(said: str) -> int | None:
    digits = _GROUP.sub("", said)
    return int(digits) if digits.isdecimal() else None


@lru_cache(maxsize=32)
def _spelt(languages: tuple[str, ...]) -> tuple[dict[str, int], re.Pattern[str]]:
    """The numbers in words, and what finds them; the longest first."""
    known: dict[str, int] = {}
    for language in languages:
        for form in _FORMS:
            try:
                said = [words.words(n, language, form) for n in range(_MOST + 1)]
            except ProseError:  # a form that this language has not
                continue
            for number, text in enumerate(said):
                known.setdefault(text.replace("\u00ad", "").casefold(), number)
    # Where CLDR spells with digits there are no words.
    known = {text: n for text, n in known.items() if not text[:1].isdecimal()}
    longest_first = sorted(known, key=len, reverse=True)
    pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)" if known else r"(?!)"
    return known, re.compile(pattern, re.IGNORECASE)
