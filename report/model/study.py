"""A study: what study.yml, codebook.yml and glossary.yml hold, and the whole."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from report.model.diagnostic import Location
from report.model.records import Participant, Quote, Session
from report.model.reference import Reference

SCHEMA = 1
"""The newest form of study.yml that this version reads."""

SESSION_KINDS = ("focus-group", "interview")


def _date(value: str) -> str:
    if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", value):
        raise ValueError("a date is written 2024-09-02, 2024-09 or 2024")
    return value


def _text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Date: TypeAlias = Annotated[str, BeforeValidator(_text), AfterValidator(_date)]
"""A day, a month or a year, as precisely as it is known: 2024-09-02, 2024-09, 2024."""
Identifier: TypeAlias = Annotated[
    str,
    BeforeValidator(_text),
    Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", description="Letters, digits, - _ and ."),
]
Text: TypeAlias = Annotated[str, BeforeValidator(_text), Field(min_length=1)]
Language: TypeAlias = Annotated[
    str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", description="A code: en, nb, pt-BR.")
]


class Entry(BaseModel):
    """What every mapping in a YAML file is read into: frozen, and no key that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Author(Entry):
    given: Text
    family: Text
    orcid: Annotated[str, Field(pattern=r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$")] | None = None
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")] | None = None
    affiliations: tuple[Text, ...] = ()
    corresponding: bool = False
    roles: tuple[Text, ...] = ()
    """Contributions, in the CRediT taxonomy's terms."""

    @property
    def name(self) -> str:
        """Given and family name, as one writes them."""
        return f"{self.given} {self.family}"


class Stakeholder(Entry):
    id: Identifier
    label: Text
    """As a heading or a table shows it: Managers."""
    one: Text
    """One of them, in a sentence: manager."""
    many: Text
    """Several, in a sentence: managers."""


class Attribute(Entry):
    id: Identifier
    """The column's name in participants.csv."""
    label: Text


class Named(Entry):
    """Something with a name and the works that it comes from."""

    name: Text
    cite: tuple[Text, ...] = ()


class Design(Entry):
    approach: Text
    """As it stands before “study”: qualitative, exploratory."""
    stance: Named | None = None
    concepts: tuple[Named, ...] = ()


class Guide(Entry):
    kind: Text
    """What guided the sessions: thematic guide."""
    made_with: Text | None = None
    """With whom it was made."""
    shown_to_participants: bool | None = None
    appendix: Text | None = None


class DataCollection(Entry):
    start: Date
    end: Date
    language: Language
    """The language that was spoken."""
    translated_by: Text | None = None
    """Who translated the quotes, where they are shown in another language."""
    digital_because: Text | None = None
    in_person_at: Text | None = None
    """Where sessions in person were held, without a name that could identify anyone."""
    recorded: Text | None = None
    """What was done with the sound: audio-recorded and transcribed verbatim."""
    guide: Guide | None = None


class Phase(Entry):
    stakeholder: Identifier
    how: Text
    """How these people were reached, as it stands after “through”."""
    also: Text | None = None
    """What else was asked of them, as it stands after “They”."""


class Recruitment(Entry):
    sampling: tuple[Text, ...]
    phases: tuple[Phase, ...]


class CoResearcher(Entry):
    who: Text
    """Without a name, as it stands in a sentence: a woman who is a peer worker."""
    moderated: tuple[Identifier, ...] = ()
    """The stakeholders whose sessions this person moderated."""


class CoResearchers(Entry):
    people: tuple[CoResearcher, ...]
    contributed_to: tuple[Text, ...] = ()

    @property
    def count(self) -> int:
        return len(self.people)


class Analysis(Entry):
    method: Named
    steps: tuple[Text, ...] = ()


class Ethics(Entry):
    approval: Text
    """Who approved the study."""
    reference: Text | None = None
    consent: Text
    """What the participants gave: written informed consent."""
    anonymity: tuple[Text, ...] = ()
    """What was done so that nobody can be recognised, a sentence each."""


class Funding(Entry):
    funder: Text
    grant: Text | None = None


class Statements(Entry):
    disclosure: Text | None = None
    data_availability: Text | None = None
    acknowledgements: Text | None = None


class Publication(Entry):
    journal: Text
    doi: Annotated[str, Field(pattern=r"^10\.\d{4,9}/\S+$")] | None = None
    received: Date | None = None
    accepted: Date | None = None
    published: Date | None = None


class Attribution(Entry):
    """Whose data these are, where the study shows somebody else's."""

    citation: Text
    licence: Text
    note: Text | None = None


class Contact(Entry):
    name: Text
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]


class StudyFile(Entry):
    """study.yml."""

    schema_: Annotated[Literal[1], Field(alias="schema")]
    """The form of this file: 1."""
    title: Text
    language: Language
    date: Date
    """The day that the documents bear, unless SOURCE_DATE_EPOCH says another."""
    authors: tuple[Author, ...] = Field(min_length=1)
    contact: Contact | None = None
    keywords: tuple[Text, ...] = ()
    abbreviations: dict[str, Text] = {}
    research_question: Text
    stakeholders: tuple[Stakeholder, ...] = Field(min_length=1)
    attributes: tuple[Attribute, ...] = ()
    design: Design
    recruitment: Recruitment
    data_collection: DataCollection
    co_researchers: CoResearchers | None = None
    analysis: Analysis
    ethics: Ethics
    funding: tuple[Funding, ...] = ()
    statements: Statements = Statements()
    publication: Publication | None = None
    attribution: Attribution | None = None
    citation_style: Text | None = None
    """A CSL file beside study.yml; without one, Chicago author-date."""


class Code(Entry):
    id: Identifier
    label: Text
    definition: Text | None = None


class SubTheme(Entry):
    id: Identifier
    label: Text
    definition: Text | None = None
    codes: tuple[Code, ...] = ()


class Theme(Entry):
    id: Identifier
    label: Text
    definition: Text | None = None
    sub_themes: tuple[SubTheme, ...] = Field(min_length=1)


class Codebook(Entry):
    """codebook.yml: themes, their sub-themes, and the codes under these."""

    themes: tuple[Theme, ...] = Field(min_length=1)


class Wording(Entry):
    """A term in one language."""

    term: Text
    forms: tuple[Text, ...] = ()
    """Its other forms: peer workers."""
    plain: Text
    """What it means, in words that fit into brackets after it."""


class Term(Entry):
    id: Identifier
    words: dict[Language, Wording]


class Glossary(Entry):
    """glossary.yml."""

    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Prose:
    """A text file: `name` is its place under text/ without the ending, `text` as it stands."""

    name: str
    path: str
    text: str


@dataclass(frozen=True)
class Study:
    """Everything that was read. Records are in the natural order of their ids.

    `locate(record, column)` says where a cell of a record stands, `locate_key(file, key)` where a
    value of a YAML file does: `locate_key("study", ("authors", 0, "family"))`.
    """

    file: StudyFile
    codebook: Codebook
    glossary: Glossary
    sessions: tuple[Session, ...]
    participants: tuple[Participant, ...]
    quotes: tuple[Quote, ...]
    references: tuple[Reference, ...]
    prose: Mapping[str, Prose]
    styles: Mapping[str, bytes]
    """The CSL files that study.yml names, by name."""
    locate: Callable[[Session | Participant | Quote, str], Location]
    locate_key: Callable[[str, tuple[str | int, ...]], Location]

    @cached_property
    def session_by_id(self) -> Mapping[str, Session]:
        return {session.id: session for session in self.sessions}

    @cached_property
    def participant_by_id(self) -> Mapping[str, Participant]:
        return {participant.id: participant for participant in self.participants}

    @cached_property
    def quote_by_id(self) -> Mapping[str, Quote]:
        return {quote.id: quote for quote in self.quotes}

    @cached_property
    def stakeholder_by_id(self) -> Mapping[str, Stakeholder]:
        return {stakeholder.id: stakeholder for stakeholder in self.file.stakeholders}

    @cached_property
    def sub_theme_of(self) -> Mapping[str, SubTheme]:
        """The sub-theme of each code id, and of each sub-theme's own."""
        return {
            identifier: sub_theme
            for sub_theme in self.sub_themes
            for identifier in (sub_theme.id, *(code.id for code in sub_theme.codes))
        }

    @property
    def sub_themes(self) -> tuple[SubTheme, ...]:
        return tuple(sub_theme for theme in self.codebook.themes for sub_theme in theme.sub_themes)

    def stakeholder_of(self, participant: Participant) -> str:
        """The participant's own stakeholder, else that of the session."""
        return participant.stakeholder or self.session_by_id[participant.session].stakeholder

    def sub_themes_of(self, quote: Quote) -> Iterator[SubTheme]:
        """The sub-themes that a quote's codes fall under, each once, in the codebook's order."""
        mine = {self.sub_theme_of[code].id for code in quote.codes}
        return (sub_theme for sub_theme in self.sub_themes if sub_theme.id in mine)
