"""Words that are looked for in a text, whatever their case and accents."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

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
        pattern = r"\s+".join(re.escape(word) for word in _lower(folded(self.words)).split())
        plain = folded(text)
        lower = _lower(plain)
        genitive = "(?:'?s)?" if self.names else ""
        for found in re.finditer(rf"(?<![^\W_]){pattern}(?={genitive}(?![^\W_]))", lower):
            if self._counts(plain[found.start() : found.end()]):
                yield found.start()

    def _counts(self, found: str) -> bool:
        if not self.names or not self.words.replace("-", "").isalpha():
            return True
        if self.words.isupper() and len(self.words) > 1 and not self.family:
            return found.isupper()  # WHO, not Who
        return found[0].isupper() or not self.words[0].isupper()


@lru_cache(maxsize=64)
def _lower(text: str) -> str:
    """In small letters, as long as it was."""
    return "".join(small if len(small := c.casefold()) == 1 else c for c in text)


@lru_cache(maxsize=64)
def folded(text: str) -> str:
    """Without accents, a character for each of the text as it is composed: Åkerblom is Akerblom."""
    composed = unicodedata.normalize("NFC", text).translate(_STROKES)
    return "".join(unicodedata.normalize("NFD", c)[0] for c in composed)
