"""Syllables of English words, by their spelling."""

import re
from functools import lru_cache
from typing import Final

_PARTS: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_VOWELS: Final = re.compile(r"[aeiouyà-öø-ÿ]+")
_SILENT: Final = re.compile(
    r"""
    (?<=[^aeiou])e(?=$|'s$) (?<![^aeiour]le) (?<![csxzg]e(?='))   # like; but not table, nurse's
  | (?<=[^aeiouszxcg])es$ (?<![^aeiour]les) (?<![cst]hes)         # likes; but not tables, wishes
  | (?<=[^aeiouytd])ed$ (?<![^aeiourl]led)                        # asked; but not needed, handled
  | (?<=[a-z]{2}[^aeiou])e (?<![^aeiour]le)                       # hopeful, statement
    (?=(?:ly|ments?|ful|fully|less|ness|some|where|thing|body|wise|works?|lines?|holders?|hand
       |fore|faces?|self)$)
  | (?<=^som)e(?=[^aeiousr]|one) | (?<=^hom)e(?=[^aeior]) | (?<=^lif)e(?=[^ar])
  | (?<=^mak)e(?=[^ar]) | (?<=^us)e(?=f) | (?<=^car)e(?=[fl]) | (?<=^on)e(?=s)
  | (?<=ev)e(?=ry) | (?<=r)e(?=n't$) | (?<=[aeo]g)ues?$ | (?<=ic)a(?=lly$) | (?<=int)e(?=rest)
  | (?<=st)y(?=les?$)
    """,
    re.VERBOSE,
)
"""Letters that look like a vowel of their own and are none."""
_APART: Final = re.compile(
    r"""
    i(?=a) (?<![ctsg]i) (?!iag[^eno]|iar$) | (?<=[ct]i)(?=at[eio])   # social is two, initiate four
  | i(?=o) (?<![ctsgxln]i) (?!iour) | (?<=[bln]i)(?=ous) | i(?=u) (?<![cg]i)
  | [aeou](?=ing|is[mt]) | (?<=[^aeiou])e(?=ing|ity)                 # doing, seeing, deity
  | (?<=[^aeiou])e(?=o(?!u|n$|ns$|ple)|ums?$) | (?<=[a-z][d-km-z])e(?=as?$)
  | (?<=^r)e(?=ac[^h]|al[ilt]|ass|app|arr) | (?<=cr)e(?=at)          # reality, create
  | (?<=[^qg])u(?=a(?!de|ge|s)|ou|i(?:d|t[iy]|n)|e[ln]|o)            # usual, fluid, cruel
  | (?<=[a-z]{3})i(?=e(?:rs?|st)$) | i(?=et(?!y?l)|en[ct]) (?<=[rdbsuv]i)    # easier, quiet
  | (?<=.[^aeiou])y(?=[aiou]) | (?<=[aeo])y(?=o|e[^sd]|i)            # employee, beyond
  | (?<=s)m(?=s?$) | (?<=[sd])n['’]t$                                # activism, didn't
    """,
    re.VERBOSE,
)
"""Places where vowels that stand together are two syllables, or where one is heard unwritten."""
_FIRST_Y: Final = re.compile(r"^y(?=[aeiou])")

_OTHERS: Final = {
    "apostrophe": 4, "apostrophes": 4, "area": 3, "areas": 3, "behaviour": 3, "being": 2,
    "beloved": 3, "bibliography": 5, "business": 2, "catastrophe": 4, "client": 2, "clients": 2,
    "coincidence": 4, "confidentiality": 7, "evening": 2, "evenings": 2, "familiar": 3, "freer": 2,
    "hereby": 2, "hundred": 2, "idea": 3, "ideas": 3, "kindred": 2, "livelier": 3, "naked": 2,
    "really": 2, "sacred": 2, "science": 2, "sciences": 3, "sesame": 3, "vaguely": 2,
    "watershed": 3, "whoever": 3, "wicked": 2,
}  # fmt: skip


@lru_cache(maxsize=10000)
def syllables(word: str) -> int:
    """How many syllables an English word has, at least 1.

    A number in digits and an abbreviation in capitals have one, as Flesch counted figures and
    symbols. Parts of a hyphenated word are counted one by one.
    """
    if word.isupper() and len(word) > 1:
        return 1
    return sum(_of_part(part) for part in _PARTS.findall(word.casefold())) or 1


def _of_part(part: str) -> int:
    if part in _OTHERS:
        return _OTHERS[part]
    part = _FIRST_Y.sub("j", part.replace("’", "'"))
    groups = len(_VOWELS.findall(part))
    return max(1, groups - len(_SILENT.findall(part)) + len(_APART.findall(part)))
