"""The gate: files as they are published → diagnostics of all that may not stand in them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from report.gate.finding import Finding
from report.gate.folders import FoldersRule, folders_rule
from report.gate.marks import MarksRule, marks_rule, quoted
from report.gate.names import NamesRule, names_rule, tells
from report.gate.own import OwnRule, own_rule
from report.gate.passage import Passage, Unreadable
from report.gate.reading import passages
from report.gate.stream import stream
from report.gate.values import ValuesRule, values_rule
from report.gate.words import WordsRule, words_rule
from report.model.diagnostic import Diagnostic, Location, in_order
from report.model.withheld import Withheld

VERSION: Final = 2
"""Of the rules and readers. Another version may find what this one did not."""

_LEAK: Final = (
    "leave it out of the text, template, picture or file name that it comes from; nothing is"
    " published before that"
)
_UNREADABLE: Final = (
    "nobody can say what stands in it, so nothing is published; replace the file or picture that it"
    " comes from with one that opens without a password, or leave it out"
)


@dataclass(frozen=True)
class _Rules:
    words: WordsRule
    marks: MarksRule
    names: NamesRule
    code_names: NamesRule
    values: ValuesRule
    folders: FoldersRule
    own: OwnRule
    reader: str = ""

    def find(self, passages: Iterable[Passage]) -> Iterator[Finding]:
        read = list(passages)
        text = stream(passage for passage in read if passage.kind in {"text", "machine"})
        for rule in (self.words, self.marks, self.names, self.values, self.folders):
            yield from rule.find(text)
        yield from self.own.find(text, self.reader)
        if code := [passage for passage in read if passage.kind in {"code", "noise"}]:
            yield from self._in_code(code)

    def _in_code(self, code: list[Passage]) -> Iterator[Finding]:
        whole = stream(code)
        for rule in (self.words, self.code_names, self.folders):
            yield from rule.find(whole)
        yield from self.own.find(whole, self.reader)
        said = (replace(p, text=quoted(p.text)) for p in code if p.kind == "code")
        yield from self.marks.find(stream(said))


def gate(files: Mapping[str, bytes], withheld: Withheld) -> tuple[Diagnostic, ...]:
    """What of the withheld stands in these files, by their names as they are published.

    Each file is told once of each thing that stands in it, at the first place. A file that cannot
    be read is told too. No diagnostic holds a withheld word: a name or place that has one is told
    by number.
    """
    rules = _of(withheld)
    found: list[Diagnostic] = []
    for number, (name, content) in enumerate(files.items(), start=1):
        path = _told(rules, name, f"artifact {number}")
        read = [Passage("file name", name, kind="machine")]
        try:
            read += passages(name, content)
        except Unreadable as problem:
            found.append(_unreadable(path, str(problem)))
        found += _leaks(rules, path, read)
    return in_order(found)


def findings(passages: Iterable[Passage], withheld: Withheld) -> Iterator[Finding]:
    """What of the withheld stands in these texts, each time with the one that it begins in."""
    return _of(withheld).find(passages)


def _leaks(rules: _Rules, path: str, read: list[Passage]) -> Iterator[Diagnostic]:
    places: dict[str, dict[str, None]] = {}
    for finding in rules.find(read):
        places.setdefault(finding.message, {})[finding.passage.place] = None
    order = {p.place: n for n, p in reversed([*enumerate(read)])} if places else {}
    for message, found in places.items():
        first, *others = sorted(found, key=order.__getitem__)
        place = _told(rules, first, "a place whose name would tell it")
        more = f", and in {len(others)} more place{'s'[: len(others) > 1]}" if others else ""
        yield Diagnostic("leak", message + more, Location(path, order[first], cell=place), _LEAK)


def _unreadable(path: str, reason: str) -> Diagnostic:
    return Diagnostic("unreadable-artifact", reason, Location(path), _UNREADABLE)


def _told(rules: _Rules, text: str, instead: str) -> str:
    """A name or place, unless it tells something withheld itself."""
    return instead if any(rules.find([Passage("", text)])) else text


def _of(withheld: Withheld) -> _Rules:
    return replace(_rules(replace(withheld, reader="")), reader=withheld.reader)


_words_rule: Final = lru_cache(maxsize=32)(words_rule)
"""Audiences often may not read the same texts."""


@lru_cache(maxsize=32)
def _rules(withheld: Withheld) -> _Rules:
    return _Rules(
        _words_rule(withheld.words, withheld.cleared),
        marks_rule(withheld.marks),
        names_rule(withheld.names),
        names_rule(name for name in withheld.names if tells(name)),
        values_rule(withheld.values),
        folders_rule(withheld.paths),
        own_rule(withheld.own, withheld.public),
    )
