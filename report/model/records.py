"""The rows of a study's tables. Each keeps `record`, its number in the file it came from."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias


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
    """A person in a session. `attributes` are the columns that study.yml names; `consent` is None
    where the table has no such column."""

    id: str
    session: str
    stakeholder: str
    record: int
    attributes: Mapping[str, str] = field(default_factory=dict)
    consent: str | None = None
    withdrawn: str = ""

    def in_words(self, identifier: str, attributes: Mapping[str, str]) -> "Participant":
        """The same person in other words. There may be thousands, for each document, and `replace`
        takes twice as long."""
        return Participant(
            identifier,
            self.session,
            self.stakeholder,
            self.record,
            attributes,
            self.consent,
            self.withdrawn,
        )


@dataclass(frozen=True, slots=True)
class Quote:
    """A participant's words, coded. `codes` may name codes and sub-themes. `consent` is empty where
    that of the participant counts.

    `replaced` tells where in the text words stand in the place of others: start and end. `unmasked`
    is the hash of the words that these stand for, where they do.
    """

    id: str
    participant: str
    codes: tuple[str, ...]
    text: str
    language: str
    source: str
    position: str
    record: int
    consent: str
    replaced: tuple[tuple[int, int], ...] = ()
    unmasked: str = ""

    @property
    def hash(self) -> str:
        """What a translation of the quote bears."""
        return self.unmasked or hash_of(self.text)


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
    replaced: tuple[tuple[int, int], ...] = ()

    @property
    def id(self) -> str:
        """The row's own: a quote has one translation into a language."""
        return f"{self.quote} {self.language}"


@dataclass(frozen=True, slots=True)
class Generalisation:
    """A value of an attribute, and what stands in its place where an audience sees it more
    generally."""

    attribute: str
    value: str
    general: str
    record: int

    @property
    def id(self) -> str:
        """The row's own."""
        return f"{self.attribute.casefold()} {self.value}"


@dataclass(frozen=True, slots=True)
class Mask:
    """Words that are replaced in quotes, of what kind they are (place, date), and what stands there
    instead; where that is empty, they are cut."""

    words: str
    kind: str
    replacement: str
    record: int

    @property
    def id(self) -> str:
        """The row's own."""
        return " ".join(self.words.split()).casefold()


@dataclass(frozen=True, slots=True)
class Picture:
    """An easy-read picture: its file in data/pictures, what it shows, in words (`alt`); and, where
    it is not the study's own, where it is from and under which licence."""

    id: str
    file: str
    alt: str
    source: str
    licence: str
    record: int


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a document of their own is made for: an organisation, somebody there, its logo's file in
    data/logos, and the languages of its documents where it does not get all. `columns` are the
    cells of the row, by name, whatever columns the table has."""

    id: str
    organisation: str
    contact: str
    logo: str
    languages: tuple[str, ...]
    columns: Mapping[str, str]
    record: int


Record: TypeAlias = (
    Session | Participant | Quote | QuoteTranslation | Generalisation | Mask | Picture | Recipient
)


def hash_of(text: str) -> str:
    """What a translation of a quote of these words bears: that of another wording is another."""
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()[:12]}"
