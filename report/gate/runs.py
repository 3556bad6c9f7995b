"""Runs of six words, looked for as strings of letters.

Each run is kept under its first letters, and under those that follow its first, second and third.
So every fourth place of a text is enough to look at, and a thousand texts take as long as one. What
is shorter is kept under fewer.

Scripts that put no spaces between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) have no
words to be counted here: twelve letters stand for six words.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import compress
from typing import Final, NamedTuple

from report.gate.stream import Letters, clean, folded, letters

RUN: Final = 6
_SPACELESS_RUN: Final = 12
_SIZES: Final = ((12, 4), (6, 4), (4, 3), (2, 1))
"""Lengths of the keys, and how many places one step goes on. Most runs have the fifteen letters
that the first asks for."""
_DASHES: Final = re.compile("[\u2012-\u2015\u2026/]|--+|\\.\\.+")
_SPACELESS: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)


class Run(NamedTuple):
    """Letters, and where they stand: of which text, by its number, and whether they are the whole
    of it."""

    letters: str
    text: int
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs by keys, each with the place of the key in the run; for each length and step."""

    keys: tuple[tuple[int, int, dict[str, list[tuple[Run, int]]]], ...]

    def find(self, searched: Letters) -> Iterator[tuple[int, Run]]:
        """Where in a string of letters each run begins."""
        for size, step, known in self.keys:
            keys = searched.keys(size, step)
            places = range(0, len(keys) * step, step)
            for place in compress(places, map(known.__contains__, keys)):
                for run, offset in known[keys[place // step]]:
                    if place >= offset and searched.startswith(run.letters, place - offset):
                        yield place - offset, run


def index(runs: Iterable[Run]) -> Runs:
    """Runs to be found. Those of no letters or of one cannot be."""
    keys: dict[tuple[int, int], dict[str, list[tuple[Run, int]]]] = {}
    for run in dict.fromkeys(runs):
        for size, step in _SIZES:
            if len(run.letters) >= size + step - 1:
                known = keys.setdefault((size, step), defaultdict(list))
                for offset in range(step):
                    known[run.letters[offset : offset + size]].append((run, offset))
                break
    return Runs(tuple((size, step, dict(known)) for (size, step), known in keys.items()))


def words(text: str) -> list[str]:
    """The words of a text in folded letters. A number is no word, since texts are searched
    without theirs."""
    parts = _DASHES.sub(" ", folded(clean(text))).split()
    return [word for part in parts if (word := part if part.isalpha() else letters(part))]


def runs(text: str) -> list[str]:
    """All runs of six words of a text, or of twelve letters where its script has no spaces.
    None where it is shorter."""
    if spaceless(text):
        return _windows("".join(words(text)), _SPACELESS_RUN)
    all_words = words(text)
    return ["".join(all_words[n : n + RUN]) for n in range(len(all_words) - RUN + 1)]


def spaceless(text: str) -> bool:
    """Whether most of its letters are of a script that puts no spaces between words."""
    found = _SPACELESS.findall(text)
    return bool(found) and len(found) * 2 > len(letters(text))


def _windows(text: str, size: int) -> list[str]:
    return [text[n : n + size] for n in range(len(text) - size + 1)]
