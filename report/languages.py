"""Languages by their codes: which there are, how each is written, whose words do for it."""

import unicodedata
from functools import cache

from babel import Locale, UnknownLocaleError

from report.model.diagnostic import Diagnostic, Location, excerpt

SOURCE = "en"
"""The language that the templates are written in."""
_NORWEGIAN = ("no", "nb", "nn")
_LATIN = "abcdefghijklmnopqrstuvwxyz"
# Letters of their own, where CLDR's collations put them. Elsewhere an accent makes no other letter.
_ALPHABETS = {
    **dict.fromkeys((*_NORWEGIAN, "da"), f"{_LATIN}æøå"),
    **dict.fromkeys(("sv", "fi"), f"{_LATIN}åäö"),
    "se": "aábcčdđefghijklmnŋopqrsštŧuvwxyzžæøåäö",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
}


@cache
def is_language(code: str) -> bool:
    """Whether babel knows the language."""
    try:
        Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return code.isascii()


def unknown(code: str, at: Location) -> Diagnostic:
    """What to tell of a code that is no language."""
    message = f"“{excerpt(code)}” is not a language that is known here"
    hint = "a language is a code such as en, nb, nn, sv or pt-BR"
    return Diagnostic("unknown-language", message, at, hint)


@cache
def is_right_to_left(code: str) -> bool:
    """Whether the language is written from right to left."""
    return is_language(code) and Locale.parse(code, sep="-").text_direction == "rtl"


def general(code: str) -> tuple[str, ...]:
    """The code and the more general ones, whose words do where its own are missing: pt-BR, pt.
    Norwegian without a form is bokmål."""
    parts = code.split("-")
    codes = tuple("-".join(parts[:n]) for n in range(len(parts), 0, -1))
    return (*codes, "nb") if codes[-1] == "no" else codes


def alphabetical(text: str, code: str) -> list[int]:
    """A sort key for words of the language: by its letters, then those that it has not; signs
    other than spaces count for nothing."""
    alphabet = next((_ALPHABETS[c] for c in general(code) if c in _ALPHABETS), _LATIN)
    key: list[int] = []
    for character in unicodedata.normalize("NFC", text.casefold()):
        letter = character if character in alphabet else unicodedata.normalize("NFD", character)[0]
        if letter in alphabet:
            key.append(alphabet.index(letter) + 1)
        elif letter.isalnum():
            key.append(len(alphabet) + 1 + ord(letter))
        elif letter.isspace():
            key.append(0)
    return key


def is_same(one: str, other: str) -> bool:
    """Whether what is said in the one is said in the other: nb and nn are both Norwegian."""
    one, other = one.partition("-")[0], other.partition("-")[0]
    return one == other or (one in _NORWEGIAN and other in _NORWEGIAN)
