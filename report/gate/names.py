"""The rule of names: a term stands nowhere, whatever its case and accents."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from report.gate.finding import Finding
from report.gate.passage import Passage
from report.gate.stream import PASSAGE, Stream, characters, clean, folded
from report.model.withheld import Name

_HYPHENS: Final = re.compile(rf"[-\u2010\u2011]\s*[\n{PASSAGE}]\s*")
_ADDRESS: Final = re.compile(r"%20|[-_+]")
_RAISED: Final = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


@dataclass(frozen=True)
class NamesRule:
    """Made once for all files."""

    names: tuple[tuple[str, Name], ...]
    """Each with its letters, or with its digits too where it has any: where these do not stand, the
    name does not."""

    def find(self, at: Stream) -> Iterator[Finding]:
        """The passages in which a name stands."""
        for known, name in self.names:
            near = at.near(known) if known.isalpha() else at.passages
            if near and (known.isalpha() or known in at.characters):
                yield from _stands(at, name, near)


def names_rule(names: Iterable[Name]) -> NamesRule:
    """The rule for these names."""
    return NamesRule(tuple((characters(folded(clean(name.term.words))), name) for name in names))


def tells(name: Name) -> bool:
    """Whether a name means something in code too: May is a month there."""
    return not name.term.words.replace("-", "").isalpha()


def _stands(at: Stream, name: Name, near: Iterable[Passage]) -> Iterator[Finding]:
    message = f"{name.rule}: {name.told} stands here"
    alone = [passage for passage in near if _within(clean(passage.text), name)]
    for passage in alone:
        yield Finding(message, passage)
    if not alone:
        # Over passages' ends: a given name in one cell, a family name in the next.
        for form in _forms(at.text):
            for offset in name.term.find(form):
                yield Finding(message, at.passage(form, offset))


def _within(text: str, name: Name) -> bool:
    return any(next(name.term.find(form), None) is not None for form in _forms(text))


def _forms(text: str) -> Iterator[str]:
    """The text as it is, with words joined over lines' ends, with hyphens kept there, with raised
    numbers taken off, and with spaces for what addresses and names of files have instead."""
    plain = text.replace("\u2011", "-").replace("\u2010", "-")
    yield plain
    if (joined := _HYPHENS.sub("", plain)) != plain:
        yield joined
        yield _HYPHENS.sub("-", plain)
    if (apart := _RAISED.sub(" ", plain)) != plain:
        yield apart
    if (spaced := _ADDRESS.sub(" ", plain)) != plain:
        yield spaced
