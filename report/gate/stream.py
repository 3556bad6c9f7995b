"""A file's passages as one long string in three forms, each searched by other rules."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Final

from report.gate.passage import Passage
from report.model.characters import beyond_ascii

FLOW: Final = "\0"
"""Between flows. Nothing is found across it."""
PASSAGE: Final = "\x1e"
"""Between the passages of a flow. It counts as white space."""

_SEPARATOR: Final = re.compile(f"[{FLOW}{PASSAGE}]")
_UNSEEN: Final = (
    "\0\x1e\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff"
)
_SMALL: Final = "\xb2\xb3\xb9\u2070-\u209c"
_INVISIBLE: Final = re.compile(f"[{_UNSEEN}]+")
_RAISED: Final = re.compile(f"(?=[{_SMALL}])(?<=[^\\W_])")
_SELDOM: Final = re.compile(f"[{_UNSEEN}{_SMALL}]")
_ACCENTS: Final = re.compile("[\u0300-\u036f]+")
_STROKES: Final = str.maketrans("øłđıʼ", "oldi'")  # the last is a letter to Unicode
_NO_LETTER: Final = re.compile(r"(?:[^\w\0]|[\d_])+")
_NO_ASCII_LETTERS: Final = bytes(c for c in range(1, 0x80) if not chr(c).isalpha())
_NO_ASCII_CHARACTERS: Final = bytes(c for c in range(0x80) if not chr(c).isalnum())
_PARTED: Final = bytes(
    0x20 if re.match(r"[^\w\x80-\xff]", chr(byte)) else byte for byte in range(0x100)
)
"""Of ASCII a space for what is no part of a token."""
_TOKEN: Final = re.compile(r"\w")
_WORD: Final = re.compile(r"[^\W\d_]+|\0")
_CHARACTER: Final = re.compile(r"[^\W_]")


class Letters(str):
    """A long string that many rules search."""

    __slots__ = ("__dict__",)

    @cached_property
    def _keys(self) -> dict[tuple[int, int], list[str]]:
        return {}

    def keys(self, size: int, step: int) -> Sequence[str]:
        """Its parts of one `size` that begin `step` places apart. They are made once."""
        if (size, step) not in self._keys:
            places = range(0, len(self) - size + 1, step)
            self._keys[size, step] = [self[place : place + size] for place in places]
        return self._keys[size, step]


@dataclass(frozen=True)
class Stream:
    """`passages` stand in the order of `text`."""

    passages: tuple[Passage, ...]
    text: str
    """All words as they are written, without characters that nobody sees."""

    @cached_property
    def folded(self) -> str:
        """The text in small letters without accents. It may be longer than the text."""
        return folded(self.text)

    @cached_property
    def letters(self) -> Letters:
        """The letters of the folded text, and what parts its flows. No white space, hyphen, tag or
        number of a footnote or line can part words here."""
        return Letters(_only(_WORD, self.folded, _NO_ASCII_LETTERS))

    @cached_property
    def characters(self) -> Letters:
        """The same with digits."""
        return Letters(characters(self.folded))

    @cached_property
    def tokens(self) -> frozenset[str]:
        """The runs of letters, digits and underscores in the text, each once."""
        parted = self.text.encode("utf-8", "surrogatepass").translate(_PARTED)
        text = parted.decode("utf-8", "surrogatepass")
        for character in beyond_ascii(text):
            if not _TOKEN.match(character):
                text = text.replace(character, " ")
        return frozenset(text.split())

    @cached_property
    def _ends(self) -> list[int]:
        """Where passages end in `folded`."""
        return [found.start() for found in _SEPARATOR.finditer(self.folded)]

    @cached_property
    def _spots(self) -> tuple[list[int], list[int]]:
        """Where each word begins in `letters`, and where in `folded`."""
        words = [word.span() for word in _WORD.finditer(self.folded)]
        lengths = (end - start for start, end in words)
        return list(accumulate(lengths, initial=0)), [start for start, _ in words]

    def spot(self, letter: int) -> int:
        """Where in `folded` a letter of `letters` stands."""
        letters_, folded_ = self._spots
        word = bisect_right(letters_, letter) - 1
        return folded_[word] + letter - letters_[word]

    def near(self, known: str) -> tuple[Passage, ...]:
        """The passages in which these letters begin, words or not."""
        starts: list[int] = []
        start = self.letters.find(known)
        while start >= 0:
            starts.append(start)
            start = self.letters.find(known, start + 1)
        return tuple(dict.fromkeys(self.passage(self.folded, self.spot(n)) for n in starts))

    def passage(self, form: str, offset: int) -> Passage:
        """The passage in which this offset of `text` or `folded` lies."""
        if form is self.folded:
            return self.passages[bisect_left(self._ends, offset)]
        return self.passages[form.count(FLOW, 0, offset) + form.count(PASSAGE, 0, offset)]


def stream(passages: Iterable[Passage]) -> Stream:
    """Passages, flow by flow. Those without a flow stand alone."""
    flows: dict[str, list[Passage]] = {}
    alone: dict[tuple[str, str], list[Passage]] = {}
    for passage in passages:
        if passage.flow:
            flows.setdefault(passage.flow, []).append(passage)
        else:
            alone.setdefault((passage.place, passage.text), [passage])
    groups = [*flows.values(), *alone.values()]
    text = FLOW.join(PASSAGE.join(clean(passage.text) for passage in group) for group in groups)
    return Stream(
        tuple(passage for group in groups for passage in group),
        unicodedata.normalize("NFKC", text),
    )


def clean(text: str) -> str:
    """Without characters that nobody sees. A raised number is no part of the word before it."""
    if FLOW not in text and PASSAGE not in text and not any(map(_SELDOM.match, beyond_ascii(text))):
        return text
    return _RAISED.sub(" ", _INVISIBLE.sub("", text))


def folded(text: str) -> str:
    """In small letters, without accents and strokes."""
    strange = beyond_ascii(text)
    if any(map(_joins, strange)):
        return _plain(text)
    # Each character for itself: in a fifth of the time.
    plain = text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")
    for character in strange:
        if (other := _plain_character(character)) != character:
            plain = plain.replace(character, other)
    return plain


def _plain(text: str) -> str:
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text).casefold())
    return plain.translate(_STROKES)


_plain_character: Final = lru_cache(maxsize=4096)(_plain)


@lru_cache(maxsize=4096)
def _joins(character: str) -> bool:
    """Whether it is put into an order with those before it, as accents are."""
    return unicodedata.combining(unicodedata.normalize("NFKD", character)[0]) > 0


def letters(folded_text: str) -> str:
    """The letters of a folded text alone."""
    return _NO_LETTER.sub("", "".join(folded_text.split()))


def characters(folded_text: str) -> str:
    """The letters and digits of a folded text alone."""
    return _only(_CHARACTER, folded_text, _NO_ASCII_CHARACTERS)


def _only(wanted: re.Pattern[str], text: str, unwanted: bytes) -> str:
    """The characters of a text that match `wanted`; in ASCII, all but the `unwanted`."""
    kept = text.encode("utf-8", "surrogatepass").translate(None, unwanted)
    text = kept.decode("utf-8", "surrogatepass")
    for character in beyond_ascii(text):
        if not wanted.match(character):
            text = text.replace(character, "")
    return text
