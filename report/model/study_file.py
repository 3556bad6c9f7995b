"""study.yml: the study as facts."""

from typing import Annotated, Literal, TypeAlias

from pydantic import ConfigDict, Field

from report.model.entry import Date, Email, Entry, Identifier, Language, Text

SCHEMA = 1
"""The newest form of study.yml that this version reads."""


class Author(Entry):
    """An author, in the order of the manuscript."""

    WORDS = ("affiliations",)

    given: Text
    """Given name or names, as they are printed."""
    family: Text
    """Family name, as it is printed."""
    orcid: Annotated[str, Field(pattern=r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$")] | None = None
    """The author's ORCID iD: 0000-0002-1825-0097."""
    email: Email | None = None
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

    WORDS = ("label", "one", "many")

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

    WORDS = ("label",)

    id: Identifier
    """The column's name in participants.csv."""
    label: Text
    """The column's heading in tables: Profession."""
    role: bool = False
    """Whether it tells what a participant is, for documents that name speakers by role: true or
    false."""


class Consent(Entry):
    """A use that participants could consent to."""

    id: Identifier
    """The name that the tables and audiences.yml use: journal."""
    label: Text
    """As it stands after “has not consented to”: being quoted in a journal."""
    required: bool = False
    """Whether whoever has not given it is in no document at all, nor in any number: true or
    false."""


class Named(Entry):
    """Something with a name and the works that it comes from."""

    WORDS = ("name",)

    name: Text
    """As it stands in a sentence: reflexive thematic analysis."""
    cite: tuple[Text, ...] = ()
    """The works that it comes from, by their keys in references.bib."""


class Design(Entry):
    """What kind of study this is."""

    WORDS = ("approach",)

    approach: Text
    """As it stands before “study”: qualitative, exploratory."""
    stance: Named | None = None
    """The view of knowledge behind it, as it stands after “Its stance is”."""
    concepts: tuple[Named, ...] = ()
    """The concepts that the study draws on."""


class Guide(Entry):
    """The guide that the conversations followed."""

    WORDS = ("kind", "made_with")

    kind: Text
    """What guided the sessions: thematic guide."""
    made_with: Text | None = None
    """With whom it was made."""
    shown_to_participants: bool | None = None
    """Whether they could read it before they talked: true or false."""


class DataCollection(Entry):
    """When and how the sessions were held. Their number is counted in sessions.csv."""

    WORDS = ("translated_by", "digital_because", "in_person_at", "recorded")

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

    WORDS = ("how", "also")

    stakeholder: Identifier
    """Who was recruited in it: the id of a stakeholder."""
    how: Text
    """How these people were reached, as it stands after “through”."""
    also: Text | None = None
    """What else was asked of them, as it stands after “They”."""


class Recruitment(Entry):
    """How the participants were found."""

    WORDS = ("sampling",)

    sampling: tuple[Text, ...]
    """As it stands before “sampling”: purposive, convenience."""
    phases: tuple[Phase, ...]
    """The steps, the first one first."""


class CoResearcher(Entry):
    """Someone with lived experience who took part in the research."""

    WORDS = ("who",)

    who: Text
    """Without a name, as it stands in a sentence: a woman who is a peer worker."""
    moderated: tuple[Identifier, ...] = ()
    """The stakeholders whose sessions this person moderated."""


class CoResearchers(Entry):
    """The co-researchers and what they did. Leave the key out where there were none."""

    WORDS = ("contributed_to",)

    people: tuple[CoResearcher, ...]
    """The co-researchers, one entry each."""
    contributed_to: tuple[Text, ...] = ()
    """As it stands after “contributed to”, one entry each: the thematic guide."""

    @property
    def count(self) -> int:
        return len(self.people)


class Analysis(Entry):
    """How the material was analysed."""

    WORDS = ("steps",)

    method: Named
    """The method and the works that describe it."""
    steps: tuple[Text, ...] = ()
    """The steps of the analysis, in order: forming an overall impression."""


class Ethics(Entry):
    """Approval, consent and anonymity."""

    WORDS = ("approval", "consent", "anonymity")

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

    WORDS = ("funder",)

    funder: Text
    """The funder's name, as it stands after “funded by”."""
    grant: Text | None = None
    """The grant's number."""


class Statements(Entry):
    """What journals ask for after the text, in whole sentences."""

    WORDS = ("disclosure", "data_availability", "acknowledgements")

    disclosure: Text | None = None
    """Conflicts of interest: No conflict of interest was reported."""
    data_availability: Text | None = None
    """Where the data can be had, or why not. Blinded documents leave it out."""
    acknowledgements: Text | None = None
    """Thanks. Blinded documents leave it out."""


Doi: TypeAlias = Annotated[str, Field(pattern=r"^10\.\d{4,9}/\S+$")]


class Publication(Entry):
    """Where the study was published, once it was."""

    journal: Text
    """The journal's name."""
    doi: Doi | None = None
    """The article's DOI, without https://doi.org/: 10.1080/14719037.2024.2397471."""
    received: Date | None = None
    """The day on which the journal received the manuscript."""
    accepted: Date | None = None
    """The day on which it was accepted."""
    published: Date | None = None
    """The day on which it appeared."""


class Attribution(Entry):
    """Whose data these are, where the study shows somebody else's."""

    WORDS = ("note",)

    citation: Text
    """How the source asks to be cited, without the address of its DOI."""
    doi: Doi | None = None
    """The source's DOI, without https://doi.org/: 10.1080/14719037.2024.2397471."""
    licence: Text
    """The licence under which it may be shown: CC BY 4.0."""
    note: Text | None = None
    """A sentence that goes before the citation: what was taken from the source."""


class Contact(Entry):
    """Whom readers of the briefing and the plain-language summary may write to."""

    WORDS = ("name",)

    name: Text
    """A person or an office."""
    email: Email
    """Their e-mail address."""


class StudyFile(Entry):
    """The facts of the study. Prose is in text/, people and words are in the tables."""

    WORDS = ("title", "keywords", "abbreviations", "research_question")

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
    abbreviations: dict[str, Text] = Field(default_factory=dict)
    """Abbreviations and what they stand for: PW: peer worker."""
    research_question: Text
    """The research question, a whole sentence with its question mark."""
    stakeholders: tuple[Stakeholder, ...] = Field(min_length=1)
    """The kinds of people who took part. One is enough."""
    attributes: tuple[Attribute, ...] = ()
    """The columns of your own in participants.csv."""
    identifying: tuple[Identifier, ...] | None = None
    """What could tell who a participant is: attributes, and stakeholder, session, mode, platform,
    date. Left out: all attributes."""
    consents: tuple[Consent, ...] = ()
    """The uses that participants could consent to one by one, where they could."""
    withdrawn_count: bool = False
    """Whether those who withdrew are still counted: true or false."""
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
    licence: Text | None = None
    """The licence under which the documents may be used, for repositories: CC BY 4.0."""
    attribution: Attribution | None = None
    """Whose data these are, where they are not the authors' own."""
    citation_style: Text | None = None
    """A CSL file beside study.yml; without one, Chicago author-date."""
