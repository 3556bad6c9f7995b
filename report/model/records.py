"""The rows of a study's tables. Each keeps `record`, its number in the file it came from."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Session:
    """A focus group or an interview. `stakeholder` is empty where each participant has one."""

    id: str
    kind: str
    stakeholder: str
    mode: str
    platform: str
    date: str
    language: str
    record: int


@dataclass(frozen=True, slots=True)
class Participant:
    """A person in a session. `attributes` are the columns that study.yml names."""

    id: str
    session: str
    stakeholder: str
    record: int
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Quote:
    """A participant's words, coded. `codes` may name codes and sub-themes."""

    id: str
    participant: str
    codes: tuple[str, ...]
    text: str
    language: str
    source: str
    position: str
    record: int

    @property
    def hash(self) -> str:
        """What a translation of these words bears: that of another wording is another."""
        return f"sha256:{hashlib.sha256(self.text.encode()).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class QuoteTranslation:
    """A quote in another language: who translated it, when, who reviewed it, and the `hash` of the
    words that it was translated from."""

    quote: str
    language: str
    text: str
    translator: str
    date: str
    reviewer: str
    hash: str
    record: int

    @property
    def id(self) -> str:
        """The row's own: a quote has one translation into a language."""
        return f"{self.quote} {self.language}"
