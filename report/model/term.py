"""Words that are looked for in a text, whatever their case and accents."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_STROKES: Final = str.maketrans("øØłŁđĐ’‘ʼ‐‑", "oOlLdD'''--")


@dataclass(frozen=True, slots=True)
class Term:
    """Words. In `names`, a single word counts with a capital only, since Young is a name and young
    is none, and may have the s of a genitive. One of capitals alone is an abbreviation, WHO and not
    Who, unless it is a person's name (`family`)."""

    words: str
    names: bool = False
    family: bool = False

    def find(self, text: str) -> Iterator[int]:
        """Where the words stand, whatever their case and accents."""
        words = _lower(folded(self.words)).split()
        plain = folded(text)
        lower = _lower(plain)
        first = words[0] if words else ""
        start = lower.find(first) if all(word in lower for word in words) else -1
        if start < 0:
            return  # to make the pattern and look for it takes a hundred times as long
        wanted = r"\s+".join(map(re.escape, words))
        genitive = "(?:'?s)?" if self.names else ""
        pattern = re.compile(rf"(?<![^\W_]){wanted}(?={genitive}(?![^\W_]))")
        while start >= 0:
            found = pattern.match(lower, start)
            if found and self._counts(plain[start : found.end()]):
                yield start
            start = lower.find(first, max(found.end() if found else 0, start + 1))

    def _counts(self, found: str) -> bool:
        if not self.names or not self.words.replace("-", "").isalpha():
            return True
        if self.words.isupper() and len(self.words) > 1 and not self.family:
            return found.isupper()  # WHO, not Who
        return found[0].isupper() or not self.words[0].isupper()


@lru_cache(maxsize=64)
def _lower(text: str) -> str:
    """In small letters, as long as it was."""
    lower = text.casefold()
    if len(lower) == len(text):  # no letter becomes less than one
        return lower
    return "".join(small if len(small := c.casefold()) == 1 else c for c in text)


@lru_cache(maxsize=64)
def folded(text: str) -> str:
    """Without accents, a character for each of the text as it is composed: Åkerblom is Akerblom."""
    if text.isascii():
        return text
    return _NOT_ASCII.sub(_bare, unicodedata.normalize("NFC", text).translate(_STROKES))


def _bare(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFD", found[0])[0]
