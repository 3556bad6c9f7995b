"""Other spellings of letters: backslashes of Markdown, YAML and programs, LaTeX."""

import re
import sys
from typing import Final

_ESCAPE: Final = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([!-/:-@\[-`{-~]))"
)
_LETTERS: Final = {
    "aa": "å",
    "AA": "Å",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "o": "ø",
    "O": "Ø",
    "ss": "ß",
    "l": "ł",
    "L": "Ł",
    "i": "ı",
    "j": "j",
    "dh": "ð",
    "th": "þ",
    "dj": "đ",
}
_LETTER: Final = re.compile(
    rf"\\({'|'.join(sorted(_LETTERS, key=len, reverse=True))})(?![A-Za-z])\s?"
)
_ACCENT: Final = re.compile(
    r"\\(?:[\"'`^~=.](?=[\s{]*\w)|[uvHcdbrk](?=\s*\{|\s+\w))\s*\{?\\?(\w)\}?"
)
_SURROGATES: Final = range(0xD800, 0xE000)
_BRACES: Final = re.compile(r"[{}]")


def unescaped(text: str) -> str:
    r"""Without the backslashes that Markdown, YAML, JSON and JavaScript have: \-, \u00e5, \xe5."""
    return _ESCAPE.sub(_character, text)


def from_latex(text: str) -> str:
    r"""With LaTeX's letters as letters, those with accents as bare ones, and no braces:
    {\AA}kerblom, M{\"u}ller."""
    if "\\" in text:
        text = _ACCENT.sub(r"\1", _LETTER.sub(lambda found: _LETTERS[found[1]], text))
    return _BRACES.sub("", text)


def _character(found: re.Match[str]) -> str:
    if found[4]:
        return found[4]
    number = int(found[1] or found[2] or found[3], 16)
    return chr(number) if number <= sys.maxunicode and number not in _SURROGATES else ""
