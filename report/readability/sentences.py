"""Where sentences end."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from report.readability.abbreviations import (
    BEFORE_NUMBER,
    GOES_ON,
    MONTHS,
    OF_LETTERS,
    STARTERS,
    base,
)

_END: Final = re.compile(r"(?P<stop>[.!?…؟۔।]+)(?P<closing>[\"“”’'»«)\]]*)(?=\s|\Z)")
_OPENING: Final = "\"“”„«»‘’'([¿¡–—- \t\n\u00a0\u202f"
_BEFORE: Final = re.compile(r"[^\s\"“”„«»‘(\[]+\Z")
_NEXT: Final = re.compile(r"[^\W_]+")
_INITIAL: Final = re.compile(r"(?:[^\W\d_]-)?[^\W\d_]")
_DOTTED: Final = re.compile(r"[^\W\d_](?:\.[^\W\d_]{1,2})+")
_MOST_DAYS: Final = 31


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its characters as they stand, and where in the text it starts, from 0."""

    text: str
    start: int


def sentences(text: str, language: str) -> Iterator[Sentence]:
    """The sentences of a paragraph, a heading or an item of a list, in order.

    `language` is a code, en or pt-BR. What follows the last full stop is a sentence too, so a
    heading or an item without one is one. White space may be line breaks. A colon or a semicolon
    ends no sentence.
    """
    code = base(language)
    at = 0
    for found in _END.finditer(text):
        if _ends(text, found, code):
            yield from _piece(text, at, found.end())
            at = found.end()
    yield from _piece(text, at, len(text))


def _piece(text: str, start: int, end: int) -> Iterator[Sentence]:
    words = text[start:end]
    if words.strip():
        yield Sentence(words.strip(), start + len(words) - len(words.lstrip()))


def _ends(text: str, found: re.Match[str], code: str) -> bool:
    """Whether a sentence ends there: judged by what stands before the stop and after it."""
    rest = text[found.end() :].lstrip(_OPENING)
    if not rest:
        return True
    if rest[0].islower():
        return False
    if found["stop"] != "." or found["closing"]:
        return True
    before = _BEFORE.search(text, 0, found.start())
    word = before[0] if before else ""
    following = _NEXT.match(rest)
    return not _goes_on(
        word, following[0] if following else "", code, first=bool(before and not before.start())
    )


def _goes_on(word: str, following: str, code: str, *, first: bool) -> bool:
    """Whether the full stop after `word`, with `following` next, belongs to the word. The `first`
    word of a text, where it is a number, numbers it."""
    small, next_word = word.casefold(), following.casefold()
    if word.isdecimal():
        is_date = int(word) <= _MOST_DAYS and next_word in _of(MONTHS, code)
        return first or is_date
    if small in _of(GOES_ON, code):
        return True
    if small in _of(BEFORE_NUMBER, code):
        return following[:1].isdecimal()
    if next_word in _of(STARTERS, code) and len(following) > 1:
        return False
    if _INITIAL.fullmatch(word):
        return word.isupper() and small not in _of(OF_LETTERS, code)
    return bool(_DOTTED.fullmatch(word)) and word[0].isupper()


def _of(words: Mapping[str, frozenset[str]], code: str) -> frozenset[str]:
    return words.get(code, frozenset())
