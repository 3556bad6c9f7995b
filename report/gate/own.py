"""The rule of recipients: what a row says of one of them stands in no other's document.

All cells are looked for at once, as runs are, and whatever is found is asked whose it is. So it
takes as long for hundreds of recipients as for one.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from report.gate.finding import Finding
from report.gate.passage import Passage
from report.gate.runs import Run, Runs, index, runs, spaceless, words
from report.gate.stream import Stream, characters, clean, folded, stream
from report.gate.words import stands, whole
from report.model.withheld import Own

RECIPIENTS: Final = "recipients"
"""The rule's name."""
_LONG: Final = 8
"""Letters of a single word that is looked for: others stand everywhere."""
_LONG_SPACELESS: Final = 4
_CODE: Final = 6
"""Characters of a code, or digits of a number."""
_TOKEN: Final = re.compile(r"[^\W_]+")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_MIXED: Final = re.compile(r"[^\W_]*(?:[^\W\d_]\d|\d[^\W\d_])")
_DATE: Final = re.compile(r"\d{4}-\d\d?(-\d\d?)?|\d\d?[./]\s?\d\d?[./]\s?\d{2,4}")


@dataclass(frozen=True)
class _Finder:
    """Finds cells in a text. `parts` are runs of the longer ones, each once, whoever has it;
    `numbered` are short ones with digits."""

    cells: tuple[Own, ...]
    parts: frozenset[Run]
    worded: Runs
    """The parts, and short cells without digits."""
    numbered: Runs

    def find(
        self, at: Stream, is_known: Callable[[Run], bool] = lambda _: False
    ) -> Iterator[tuple[Run, int]]:
        """Each cell, or run of one, that is not known, and where in the folded text it begins."""
        for start, run in self.worded.find(at.letters):
            if is_known(run):
                continue
            if run in self.parts or stands(at, start, run, self.cells[run.text].text):
                yield run, at.spot(start)
        if self.numbered.keys:
            near = dict.fromkeys(run for _, run in self.numbered.find(at.characters))
            for run in (run for run in near if not is_known(run)):
                for found in re.finditer(whole(self.cells[run.text].text), at.folded):
                    yield run, found.start()


@dataclass(frozen=True)
class OwnRule:
    """Made once for all documents of an audience. `readers` are the recipients whose rows have what
    is found, in a cell of their own or in a longer one."""

    finder: _Finder
    readers: Mapping[Run, frozenset[str]]

    def find(self, at: Stream, reader: str) -> Iterator[Finding]:
        """The passages in which stands what is not the reader's own."""
        if not self.finder.cells:
            return
        # What is the reader's own is asked first: to find a place takes longer.
        for run, offset in self.finder.find(at, lambda run: reader in self.readers[run]):
            told = self.finder.cells[run.text].told
            yield Finding(f"{RECIPIENTS}: {told} stands here", at.passage(at.folded, offset))


def own_rule(cells: tuple[Own, ...], public: Iterable[str]) -> OwnRule:
    """The rule for these cells, without what stands in a public text too."""
    parts, wholes, numbered = _runs(cells)
    every = _finder(cells, parts, wholes, numbered)
    readers = {run: set(cells[run.text].readers) for run in (*parts, *wholes, *numbered)}
    rows: dict[str, list[str]] = {}
    for cell in cells:
        for reader in cell.readers:
            rows.setdefault(reader, []).append(cell.text)
    for reader, texts in rows.items():
        for run, _ in every.find(_stream(texts)):
            readers[run].add(reader)
    known = {run for run, _ in every.find(_stream(public))} if cells else set()
    left = ([run for run in found if run not in known] for found in (parts, wholes, numbered))
    return OwnRule(
        _finder(cells, *left), {run: frozenset(theirs) for run, theirs in readers.items()}
    )


def _runs(cells: Iterable[Own]) -> tuple[list[Run], list[Run], list[Run]]:
    """What is looked for of the cells: parts, wholes, and those with numbers."""
    parts: dict[str, Run] = {}
    wholes: list[Run] = []
    numbered: list[Run] = []
    for number, cell in enumerate(cells):
        if found := runs(cell.text):
            for letters in found:
                parts.setdefault(letters, Run(letters, number))
        elif any(character.isdigit() for character in cell.text):
            if _is_told_by_number(cell.text):
                numbered.append(Run(characters(folded(clean(cell.text))), number))
        elif _is_told_by_words(cell.text):
            wholes.append(Run("".join(words(cell.text)), number))
    return [*parts.values()], wholes, numbered


def _finder(
    cells: tuple[Own, ...], parts: Sequence[Run], wholes: Sequence[Run], numbered: Sequence[Run]
) -> _Finder:
    return _Finder(cells, frozenset(parts), index((*parts, *wholes)), index(numbered))


def _stream(texts: Iterable[str]) -> Stream:
    return stream(Passage("", text, str(number)) for number, text in enumerate(texts))


def _is_told_by_words(text: str) -> bool:
    """Whether its words are more than such as stand everywhere."""
    letters = len("".join(words(text)))
    if spaceless(text):
        return letters >= _LONG_SPACELESS
    return len(_WORD.findall(text)) > 1 or letters >= _LONG


def _is_told_by_number(text: str) -> bool:
    """Whether it is a number of many digits and no date, a code, or a name with a number."""
    tokens = _TOKEN.findall(text)
    length = sum(map(len, tokens))
    if _DATE.fullmatch(text) or length < _CODE:
        return False
    is_number = all(token.isdecimal() for token in tokens)
    is_code = any(_MIXED.match(token) for token in tokens)
    return is_number or is_code or len(_WORD.findall(text)) > 1
