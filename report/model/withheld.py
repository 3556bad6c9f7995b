"""What one audience may not read, as the gate is told it. `rule` and `told` are for messages:
the rule that is broken, and what is withheld, without its words (quote Q17)."""

import hashlib
from dataclasses import astuple, dataclass
from functools import cached_property

from report.model.term import Term


@dataclass(frozen=True, slots=True)
class Words:
    """A text of which no run of six words may be read, nor all of it where it is shorter.
    `whole`: a part of it may."""

    rule: str
    told: str
    text: str
    whole: bool = False


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

    @cached_property
    def hash(self) -> str:
        """That of another say is another."""
        return hashlib.sha256(repr(astuple(self)).encode()).hexdigest()
