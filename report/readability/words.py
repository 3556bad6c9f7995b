"""What a word is, and which words are long."""

import re
from typing import Final

_NO_WORDS: Final = re.compile(r"https?://\S+|www\.\S+|[^\s@]+@\S+|@[\w:.#/-]+")
_WORD: Final = re.compile(
    r"""[^\W_][\u0300-\u036f]*
    (?:[^\W_\u0300-\u036f][\u0300-\u036f]*
      | ['’ʼ‐‑-](?=[^\W_])
      | (?<=\d)[.,:–\u00a0\u202f](?=\d)
      | (?<=[^\W\d_])\.(?=[^\W\d_])
    )*""",
    re.VERBOSE,
)
LONG: Final = 6
"""A word with more letters than this is long (Björnsson 1968)."""


def words(text: str) -> list[str]:
    """The words of a text, in order.

    A word is a run of letters and digits. Hyphens and apostrophes hold it together, and so do full
    stops in an abbreviation (f.eks.) and points and spaces in a number (14.30, 2021–2022). Web and
    e-mail addresses, citations and references (@tbl-themes) are no words.
    """
    if "@" in text or "://" in text or "www." in text:
        text = _NO_WORDS.sub(" ", text)
    return _WORD.findall(text)


def is_long(word: str) -> bool:
    """Whether a word has more than six letters; digits and signs are none."""
    return len(word) > LONG and sum(map(str.isalpha, word)) > LONG
