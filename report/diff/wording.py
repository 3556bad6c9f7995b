"""Two wordings of a text as one, with what went and what came."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

_WORD: Final = re.compile(r"\w+(?:[-'’]\w+)*|\s+|[^\w\s]")
_SHORT: Final = 0.35
"""Where less than this of the words is alike, the whole is what went and what came."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is in both wordings, in the old one only, or in the new one only."""

    what: Literal["same", "old", "new"]
    text: str


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Both wordings in one: without the new pieces it reads as the old one did, and the other way
    round."""
    before, after = _words(old), _words(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if not old or not new or matcher.ratio() < _SHORT:
        whole = (Piece("old", old), Piece("new", new))
        return tuple(piece for piece in whole if piece.text)
    found: list[Piece] = []
    for tag, a, b, c, d in _joined(matcher.get_opcodes(), before):
        if tag == "equal":
            found.append(Piece("same", "".join(before[a:b])))
            continue
        found += [Piece("old", "".join(before[a:b]))] if a < b else []
        found += [Piece("new", "".join(after[c:d]))] if c < d else []
    return tuple(found)


Opcode = tuple[str, int, int, int, int]


def _joined(codes: Sequence[Opcode], words: Sequence[str]) -> list[Opcode]:
    """Changes with nothing but a space between them are one."""
    joined: list[Opcode] = []
    for code in codes:
        tag, a, b, _, d = code
        space = tag == "equal" and not "".join(words[a:b]).strip()
        if joined and joined[-1][0] != "equal" and (space or tag != "equal"):
            _, start, _, first, _ = joined.pop()
            joined.append(("replace", start, b, first, d))
        else:
            joined.append(code)
    return joined


def _words(text: str) -> list[str]:
    return _WORD.findall(text)
