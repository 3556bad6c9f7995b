"""A study: what study.yml, codebook.yml and glossary.yml hold, and the whole."""

import datetime as dt
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


def is_date(value: str) -> bool:
    """Whether that is a day, month or year that there is, written 2024-09-02, 2024-09 or 2024."""
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", value, re.ASCII):
        return False
    try:
        dt.date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _date(value: str) -> str:
    if not is_date(value):
        raise ValueError("a date is written 2024-09-02, 2024-09 or 2024")
    return value


def _text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


_NUMBER_TOO = {"type": ["string", "integer"]}
"""An editor must not call a bare number wrong where it is read as text."""

Date: TypeAlias = Annotated[
    str,
    BeforeValidator(_text),
    AfterValidator(_date),
    Field(json_schema_extra=_NUMBER_TOO | {"pattern": r"^\d{4}(-\d{2}){0,2}$"}),
]
"""A day, a month or a year, as precisely as it is known: 2024-09-02, 2024-09, 2024."""
Identifier: TypeAlias = Annotated[
    str,
    BeforeValidator(_text),
    Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", json_schema_extra=_NUMBER_TOO),
]
"""Letters and digits, with - _ and . in between."""
Text: TypeAlias = Annotated[
    str, BeforeValidator(_text), Field(min_length=1, json_schema_extra=_NUMBER_TOO)
]
Language: TypeAlias = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
"""A code: en, nb, pt-BR."""


class Entry(BaseModel):
    """What every mapping in a YAML file is read into: frozen, and no key that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Author(Entry):
    """An author, in the order of the manuscript."""

    given: Text
    """Given name or names, as they are printed."""
    family: Text
    """Family name, as it is printed."""
    orcid: Annotated[str, Field(pattern=r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$")] | None = None
    """The author's ORCID iD: 0000-0002-1825-0097."""
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")] | None = None
    """Shown for the corresponding author only."""
    affiliations: tuple[Text, ...] = ()
    """Where the author works, one entry each: department, institution, city, country."""
    corresponding: bool = False
    """Whether readers write to this author: true or false."""
    roles: tuple[Text, ...] = ()
    """Contributions, in the CRediT taxonomy's terms: Conceptualization, Formal analysis."""

    @property
    def name(self) -> str:
        """Given and family name, as one writes them."""
        return f"{self.given} {self.family}"


class Stakeholder(Entry):
    """A kind of people who took part: managers, patients, relatives."""

    id: Identifier
    """The name that sessions.csv and participants.csv use."""
    label: Text
    """As a heading or a table shows it: Managers."""
    one: Text
    """One of them, in a sentence: manager."""
    many: Text
    """Several, in a sentence: managers."""


class Attribute(Entry):
    """A column of participants.csv that documents may show: profession, age band."""

    id: Identifier
    """The column's name in participants.csv."""
    label: Text
    """The column's heading in tables: Profession."""


class Named(Entry):
    """Something with a name and the works that it comes from."""

    name: Text
    """As it stands in a sentence: reflexive thematic analysis."""
    cite: tuple[Text, ...] = ()
    """The works that it comes from, by their keys in references.bib."""


class Design(Entry):
    """What kind of study this is."""

    approach: Text
    """As it stands before “study”: qualitative, exploratory."""
    stance: Named | None = None
    """The view of knowledge behind it, as it stands after “Its stance is”."""
    concepts: tuple[Named, ...] = ()
    """The concepts that the study draws on."""


class Guide(Entry):
    """The guide that the conversations followed."""

    kind: Text
    """What guided the sessions: thematic guide."""
    made_with: Text | None = None
    """With whom it was made."""
    shown_to_participants: bool | None = None
    """Whether they could read it before they talked: true or false."""
    appendix: Text | None = None
    """The number of the appendix that shows it."""


class DataCollection(Entry):
    """When and how the sessions were held. Their number is counted in sessions.csv."""

    start: Date
    """The first month or day: 2021-05."""
    end: Date
    """The last month or day: 2022-06."""
    language: Language
    """The language that was spoken. Norwegian's own code needs quotation marks: "no"."""
    translated_by: Text | None = None
    """Who translated the quotes, where they are shown in another language."""
    digital_because: Text | None = None
    """Why sessions were digital, as it stands after “because of”."""
    in_person_at: Text | None = None
    """Where sessions in person were held, as it stands after “in”, without a name that could
    identify anyone."""
    recorded: Text | None = None
    """What was done with the sound: audio-recorded and transcribed verbatim."""
    guide: Guide | None = None
    """The guide that the conversations followed."""


class Phase(Entry):
    """A step of recruitment."""

    stakeholder: Identifier
    """Who was recruited in it: the id of a stakeholder."""
    how: Text
    """How these people were reached, as it stands after “through”."""
    also: Text | None = None
    """What else was asked of them, as it stands after “They”."""


class Recruitment(Entry):
    """How the participants were found."""

    sampling: tuple[Text, ...]
    """As it stands before “sampling”: purposive, convenience."""
    phases: tuple[Phase, ...]
    """The steps, the first one first."""


class CoResearcher(Entry):
    """Someone with lived experience who took part in the research."""

    who: Text
    """Without a name, as it stands in a sentence: a woman who is a peer worker."""
    moderated: tuple[Identifier, ...] = ()
    """The stakeholders whose sessions this person moderated."""


class CoResearchers(Entry):
    """The co-researchers and what they did. Leave the key out where there were none."""

    people: tuple[CoResearcher, ...]
    """The co-researchers, one entry each."""
    contributed_to: tuple[Text, ...] = ()
    """As it stands after “contributed to”, one entry each: the thematic guide."""

    @property
    def count(self) -> int:
        return len(self.people)


class Analysis(Entry):
    """How the material was analysed."""

    method: Named
    """The method and the works that describe it."""
    steps: tuple[Text, ...] = ()
    """The steps of the analysis, in order: forming an overall impression."""


class Ethics(Entry):
    """Approval, consent and anonymity."""

    approval: Text
    """Who approved the study, as it stands after “approved by”."""
    reference: Text | None = None
    """The approval's number. Blinded documents leave it out."""
    consent: Text
    """What the participants gave: written informed consent."""
    anonymity: tuple[Text, ...] = ()
    """What was done so that nobody can be recognised, a sentence each."""


class Funding(Entry):
    """Who paid. Blinded documents leave it out."""

    funder: Text
    """The funder's name, as it stands after “funded by”."""
    grant: Text | None = None
    """The grant's number."""


class Statements(Entry):
    """What journals ask for after the text, in whole sentences."""

    disclosure: Text | None = None
    """Conflicts of interest: No conflict of interest was reported."""
    data_availability: Text | None = None
    """Where the data can be had, or why not. Blinded documents leave it out."""
    acknowledgements: Text | None = None
    """Thanks. Blinded documents leave it out."""


class Publication(Entry):
    """Where the study was published, once it was."""

    journal: Text
    """The journal's name."""
    doi: Annotated[str, Field(pattern=r"^10\.\d{4,9}/\S+$")] | None = None
    """The article's DOI, without https://doi.org/: 10.1080/14719037.2024.2397471."""
    received: Date | None = None
    """The day on which the journal received the manuscript."""
    accepted: Date | None = None
    """The day on which it was accepted."""
    published: Date | None = None
    """The day on which it appeared."""


class Attribution(Entry):
    """Whose data these are, where the study shows somebody else's."""

    citation: Text
    """How the source asks to be cited."""
    licence: Text
    """The licence under which it may be shown: CC BY 4.0."""
    note: Text | None = None
    """A sentence that goes before the citation: what was taken from the source."""


class Contact(Entry):
    """Whom readers of the briefing and the plain-language summary may write to."""

    name: Text
    """A person or an office."""
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    """Their e-mail address."""


class StudyFile(Entry):
    """The facts of the study. Prose is in text/, people and words are in the tables."""

    model_config = ConfigDict(title="study.yml")

    schema_: Annotated[Literal[1], Field(alias="schema")]
    """The form of this file: 1."""
    title: Text
    """The title of the manuscript."""
    language: Language
    """The language that the texts are written in, a code: en, nb, pt-BR."""
    date: Date
    """The day that the documents bear, unless SOURCE_DATE_EPOCH says another."""
    authors: tuple[Author, ...] = Field(min_length=1)
    """The authors, in their order."""
    contact: Contact | None = None
    """Whom readers may write to."""
    keywords: tuple[Text, ...] = ()
    """Keywords for the journal, one entry each."""
    abbreviations: dict[str, Text] = {}
    """Abbreviations and what they stand for: PW: peer worker."""
    research_question: Text
    """The research question, a whole sentence with its question mark."""
    stakeholders: tuple[Stakeholder, ...] = Field(min_length=1)
    """The kinds of people who took part. One is enough."""
    attributes: tuple[Attribute, ...] = ()
    """The columns of your own in participants.csv."""
    design: Design
    """What kind of study this is."""
    recruitment: Recruitment
    """How the participants were found."""
    data_collection: DataCollection
    """When and how the sessions were held."""
    co_researchers: CoResearchers | None = None
    """Co-researchers, where there were any."""
    analysis: Analysis
    """How the material was analysed."""
    ethics: Ethics
    """Approval, consent and anonymity."""
    funding: tuple[Funding, ...] = ()
    """Who paid, one entry each. Leave it out where nobody did."""
    statements: Statements = Statements()
    """What journals ask for after the text."""
    publication: Publication | None = None
    """Where the study was published, once it was."""
    attribution: Attribution | None = None
    """Whose data these are, where they are not the authors' own."""
    citation_style: Text | None = None
    """A CSL file beside study.yml; without one, Chicago author-date."""


class Code(Entry):
    """The finest unit of the analysis. A quote names it in its column “codes”."""

    id: Identifier
    """The name that quotes.csv uses."""
    label: Text
    """The code in words."""
    definition: Text | None = None
    """What is coded with it, and what is not."""


class SubTheme(Entry):
    """A sub-theme. The manuscript's findings have a section for each."""

    id: Identifier
    """The name that quotes.csv may use, and the name of its text: text/findings/ID.md."""
    label: Text
    """The sub-theme in words: its section's heading."""
    definition: Text | None = None
    """What belongs to it."""
    codes: tuple[Code, ...] = ()
    """The codes under it. Leave it out where quotes name the sub-theme itself."""


class Theme(Entry):
    """A theme with its sub-themes."""

    id: Identifier
    """Its name, and that of its text: text/findings/ID.md."""
    label: Text
    """The theme in words: its section's heading."""
    definition: Text | None = None
    """What holds its sub-themes together."""
    sub_themes: tuple[SubTheme, ...] = Field(min_length=1)
    """The sub-themes, in the order in which they are told."""


class Codebook(Entry):
    """Themes, their sub-themes, and the codes under these."""

    model_config = ConfigDict(title="codebook.yml")

    themes: tuple[Theme, ...] = Field(min_length=1)
    """The themes, in the order in which they are told."""


class Wording(Entry):
    """A term in one language."""

    term: Text
    """The term: peer worker."""
    forms: tuple[Text, ...] = ()
    """Its other forms: peer workers."""
    plain: Text
    """What it means, in words that fit into brackets after it."""


class Term(Entry):
    """A hard word that the texts explain by {{ term("…") }}."""

    id: Identifier
    """A name for the term that no language changes."""
    words: dict[Language, Wording]
    """The term by language, a code each: en, nb."""


class Glossary(Entry):
    """Hard words in plain words."""

    model_config = ConfigDict(title="glossary.yml")

    terms: tuple[Term, ...]
    """The terms, one entry each."""


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
