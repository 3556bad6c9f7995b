"""What one audience may not read, as the gate is told it. `rule` and `told` are for messages:
the rule that is broken, and what is withheld, without its words (quote Q17)."""

import hashlib
from dataclasses import astuple, dataclass, replace
from functools import cached_property, lru_cache
from typing import NamedTuple

from report.model.term import Term


class Words(NamedTuple):
    """A text of which no run of six words may be read, nor all of it where it is shorter.
    `whole`: a part of it may. `holds` are words that stand in it, as far as letters go: where these
    do not, nobody has to look for all of it."""

    rule: str
    told: str
    text: str
    whole: bool = False
    holds: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A participant's id: it may not stand anywhere by itself, nor inside a run (PW10–PW14)."""

    rule: str
    told: str
    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """A term that may not stand anywhere."""

    rule: str
    told: str
    term: Term


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a table that was put more generally. It may not stand as a text of its own, or an
    item of one (a cell, a list), nor close to a run of six words of one of the texts `near`."""

    rule: str
    told: str
    text: str
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """A cell of the table of recipients: only documents for `readers`, by id, may hold it."""

    told: str
    text: str
    readers: frozenset[str]


@dataclass(frozen=True)
class Withheld:
    """All that one audience may not read. `cleared` are texts that it may: a run of words that
    stands in one of them too tells nothing."""

    words: tuple[Words, ...] = ()
    marks: tuple[Mark, ...] = ()
    names: tuple[Name, ...] = ()
    values: tuple[Value, ...] = ()
    paths: tuple[str, ...] = ()
    """Folders of this machine: no file in one may be named."""
    cleared: tuple[str, ...] = ()
    own: tuple[Own, ...] = ()
    public: tuple[str, ...] = ()
    """Texts that everybody may read: a cell of a recipient that stands in one of them tells
    nothing."""
    reader: str = ""
    """The id of the recipient whose document it is; empty where it is for nobody in particular."""

    def __hash__(self) -> int:
        # Hundreds of recipients share all but the last, and are looked up often.
        return hash(
            (len(self.words), len(self.names), len(self.values), len(self.own), self.reader)
        )

    @cached_property
    def hash(self) -> str:
        """That of another say is another."""
        return f"{_hash(replace(self, reader=''))}{self.reader}"


@lru_cache(maxsize=32)
def _hash(withheld: Withheld) -> str:
    # A set has no order of its own.
    own = [(own.told, own.text, sorted(own.readers)) for own in withheld.own]
    said = repr((astuple(replace(withheld, own=())), own))
    return hashlib.sha256(said.encode()).hexdigest()
