"""The rule of ids: none stands anywhere as a token of its own, nor inside a run of them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from report.gate.finding import Finding
from report.gate.stream import Stream
from report.model.withheld import Mark

_TOKEN: Final = re.compile(r"\w+")
_NUMBERED: Final = re.compile(r"(?s)(.*?)(\d+)")
_RUN: Final = re.compile(
    r"(?<!\w)((?:[^\W\d]|(?<=\w)[._])+[-._ ]?)(\d+)\s?(?:-|[\u2010-\u2015]|\u2212|\.\.\.?|…|~)+"
    r"\s?(?:\1)?(\d+)(?!\w)"
)
"""PW10–PW14, PW10-14."""
_DASH: Final = re.compile(r"\d\s?(?:[-\u2010-\u2015\u2212~…]|\.\.)")
_LONGEST: Final = 40  # characters of an id
_QUOTED: Final = re.compile(
    r"""(?s)"((?:[^"\\\n]|\\.)*+)"|'((?:[^'\\\n]|\\.)*+)'|`((?:[^`\\]|\\.)*+)`"""
    r"""|/\*(.*?)\*/|<!--(.*?)-->|(?<![:\w"'])//([^\n]*)"""
)
_PATH: Final = re.compile(
    r"\s*[Mm]\s*[-+]?[\d.]+(?:[\s,]+[-+]?|[-+.])[\d.]+(?:[\s\d,.eE+-]*[MmLlHhVvCcSsQqTtAaZz])+"
    r"[\s\d,.eE+-]*"
)


@dataclass(frozen=True)
class MarksRule:
    """Made once for all files."""

    whole: dict[str, list[Mark]]
    """By the first token of the id."""
    numbered: dict[str, list[tuple[int, Mark]]]
    """By what stands before the number."""

    def find(self, at: Stream) -> Iterator[Finding]:
        """The passages in which an id stands, or a run that goes over it."""
        for token in self.whole.keys() & at.tokens:
            for mark in self.whole[token]:
                yield from self._stands(at, mark)
        if self.numbered:
            for dash in _DASH.finditer(at.text):
                yield from self._within(at, dash.start())

    def _stands(self, at: Stream, mark: Mark) -> Iterator[Finding]:
        for found in re.finditer(rf"(?<!\w){re.escape(mark.text)}(?!\w)", at.text):
            yield Finding(
                f"{mark.rule}: {mark.told} stands here", at.passage(at.text, found.start())
            )

    def _within(self, at: Stream, dash: int) -> Iterator[Finding]:
        start = max(dash - _LONGEST, 0)
        run = _RUN.search(at.text, start, dash + _LONGEST)
        if run is None:
            return
        first, last = int(run[2]), int(run[3])
        for number, mark in self.numbered.get(run[1], ()):
            if first <= number <= last:
                message = f"{mark.rule}: {mark.told} stands here"
                yield Finding(message, at.passage(at.text, run.start()))


def marks_rule(marks: Iterable[Mark]) -> MarksRule:
    """The rule for these ids. One without a letter is not looked for: numbers stand everywhere."""
    tokens: dict[str, list[Mark]] = defaultdict(list)
    numbered: dict[str, list[tuple[int, Mark]]] = defaultdict(list)
    for mark in marks:
        if any(c.isalpha() for c in mark.text) and (token := _TOKEN.search(mark.text)):
            tokens[token[0]].append(mark)
            if parts := _NUMBERED.fullmatch(mark.text):
                numbered[parts[1]].append((int(parts[2]), mark))
    return MarksRule(dict(tokens), dict(numbered))


def quoted(code: str) -> str:
    """Comments and strings of a program or style sheet, without those that draw. Names of a
    program's variables look like ids."""
    texts: Iterator[str] = ("".join(found.groups("")) for found in _QUOTED.finditer(code))
    return "\n".join(text for text in texts if not _PATH.fullmatch(text))
