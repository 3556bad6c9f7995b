"""Whom a document is for, and what follows from it."""

from dataclasses import dataclass
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import ConfigDict, Field

from report.model.entry import Date, Entry, Identifier, Language, Text
from report.model.records import Recipient

FORMATS = ("html", "pdf", "docx", "jats")
"""What `report build` renders by default, where the audience has it."""
SOURCE_FORMAT = "qmd"
"""The composed document itself, for whoever goes on working with it in Quarto."""

ENDINGS = {"html": "html", "pdf": "pdf", "docx": "docx", "jats": "jats.xml", "qmd": "qmd"}
"""The file name's ending of each format."""


Way: TypeAlias = Literal["brackets", "margin", "list", "none"]
"""How a document explains the terms of the glossary that it uses."""


class Blinding(Entry):
    """What stands in the place of the authors' own earlier works."""

    WORDS = ("author", "title")

    author: Text
    """In the place of the authors: Author."""
    title: Text
    """In the place of the title: Details omitted for blind review."""
    phrases: tuple[Text, ...] = ()
    """Words that may not stand near a citation of the authors' own works: our previous."""
    hides: tuple[
        Literal["names", "institutions", "orcids", "emails", "funders", "grants", "ethics", "doi"],
        ...,
    ] = ("names", "institutions", "orcids", "emails", "funders", "grants", "ethics", "doi")
    """What counts as telling who the authors are: their names and the parts of these, institutions,
    ORCID iDs, e-mail addresses and their domains, funders, grant numbers, the ethics reference, the
    study's own DOI. Left out: all of these."""
    also: tuple[Text, ...] = ()
    """Other words that would tell it: the name of a project, of a place."""


class Needs(Entry):
    """The consents that a document asks for, by their ids in study.yml."""

    quote: tuple[Identifier, ...]
    """To show a quote."""
    translation: tuple[Identifier, ...] = ()
    """To show it in translation, besides."""


ANY: Final = "any"
"""Every value of a column, in a waiver."""


class Waiver(Entry):
    """A decision that a small cell may be shown."""

    cell: dict[Identifier, Text] = Field(min_length=1)
    """Its columns and their values: profession: Music therapist. The value “any” stands for all."""
    reason: Text
    """Why nobody is betrayed by it."""
    who: Text
    """Who decided."""
    date: Date
    """When."""


Limit: TypeAlias = Annotated[float, Field(gt=0, allow_inf_nan=False)]
"""A number above 0."""


class Limits(Entry):
    """How hard a document may be to read; a key that is left out sets no limit."""

    lix: Limit | None = None
    """LIX at most."""
    rix: Limit | None = None
    """RIX at most."""
    flesch: Limit | None = None
    """Flesch Reading Ease at least, for English."""
    flesch_kincaid: Limit | None = None
    """Flesch-Kincaid grade at most, for English."""
    sentence: int | None = Field(None, ge=1)
    """Words in a sentence at most."""


class Readability(Entry):
    """How hard the documents of an audience may be to read."""

    over: Literal["warning", "error"] = "warning"
    """What it is where a document is over a limit: warning or error. An error stops the build."""
    limits: dict[Language, Limits] = Field(default_factory=dict)
    """The limits by language; those under “any” hold for every language that says none itself."""
    known: tuple[Text, ...] = ()
    """Abbreviations that these readers know: NAV."""


class Audience(Entry):
    """An audience.yml, with what the study's audiences.yml says over it."""

    WORDS = ("label", "description", "title", "subtitle", "kicker")

    label: Text
    """What such a document is called: Manuscript."""
    description: Text
    """Whom it is for, a sentence for the page that lists all documents."""
    used: bool = True
    """Whether this study has documents for this audience: true or false."""
    theme: Text
    """The look: a name under templates/theme."""
    formats: tuple[Literal["html", "pdf", "docx", "jats"], ...] = Field(min_length=1)
    """The formats that are made."""
    each: Literal["recipients"] | None = None
    """Whether everybody in recipients.csv gets a document of their own: recipients. Left out: there
    is one for all readers."""
    languages: tuple[Language, ...] = ()
    """The languages of the documents. None named: the study's own."""
    abstract_languages: tuple[Language, ...] = ()
    """Other languages that the abstract stands in too, in the same document."""
    originals: bool = False
    """Whether a quote that is shown in translation has its original beside it: true or false."""
    attribution: Literal["id", "role", "stakeholder", "none"]
    """How a quote names its speaker: by id (PW14, peer worker), by role (social worker), by
    stakeholder (a peer worker), or not at all (none)."""
    glossary: Way = "brackets"
    """How a term of glossary.yml is explained where the document first uses it: in brackets after
    it (brackets), beside the line (margin), in a list at the end (list), or only where a text asks
    for it by {{ term("…") }} (none)."""
    consent: Needs | None = None
    """The consents that quotes need here. Not needed where study.yml names none."""
    generalise: tuple[Identifier, ...] = ()
    """Attributes that are shown as generalisations.csv puts them."""
    masked: tuple[Identifier, ...] | None = None
    """The kinds of words that masks.csv replaces here. Left out: all of them."""
    smallest_cell: int = Field(5, ge=1)
    """So many participants at least must share what is told of one of them."""
    suppress: bool = False
    """Whether what fewer share is left out, instead of being an error: true or false."""
    waivers: tuple[Waiver, ...] = ()
    """Small cells that may be shown, and who decided so."""
    title: Text | None = None
    """The documents' own title. None: the study's title."""
    subtitle: Text | None = None
    """A line below the title."""
    kicker: Text | None = None
    """A short line above the title: Research briefing."""
    number_sections: bool = False
    """Whether headings are numbered: true or false."""
    brand: bool = False
    """Whether the documents bear the logo, colours and typeface of _brand.yml: true or false."""
    pictures: bool = False
    """Whether easy-read pictures stand beside the text: true or false."""
    readability: Readability | None = None
    """How hard the documents may be to read. Left out: nothing is checked."""
    blinding: Blinding | None = None
    """What stands in the place of the authors' own earlier works. Given: nothing in the document
    may tell who the authors are."""


class AudienceOverride(Entry):
    """What a study may say of an audience; a key that is left out or empty keeps the template's
    value."""

    label: Text | None = None
    """What such a document is called: Manuscript."""
    description: Text | None = None
    """Whom it is for, a sentence for the page that lists all documents."""
    used: bool | None = None
    """Whether this study has documents for this audience: true or false."""
    theme: Text | None = None
    """The look: a name under templates/theme."""
    formats: (
        Annotated[tuple[Literal["html", "pdf", "docx", "jats"], ...], Field(min_length=1)] | None
    ) = None
    """The formats that are made."""
    each: Literal["recipients"] | None = None
    """Whether everybody in recipients.csv gets a document of their own: recipients. Left out: there
    is one for all readers."""
    languages: tuple[Language, ...] | None = None
    """The languages of the documents. None named: the study's own."""
    abstract_languages: tuple[Language, ...] | None = None
    """Other languages that the abstract stands in too, in the same document."""
    originals: bool | None = None
    """Whether a quote that is shown in translation has its original beside it: true or false."""
    attribution: Literal["id", "role", "stakeholder", "none"] | None = None
    """How a quote names its speaker: by id (PW14, peer worker), by role (social worker), by
    stakeholder (a peer worker), or not at all (none)."""
    glossary: Way | None = None
    """How a term of glossary.yml is explained where the document first uses it: in brackets after
    it (brackets), beside the line (margin), in a list at the end (list), or only where a text asks
    for it by {{ term("…") }} (none)."""
    consent: Needs | None = None
    """The consents that quotes need here. Not needed where study.yml names none."""
    generalise: tuple[Identifier, ...] | None = None
    """Attributes that are shown as generalisations.csv puts them."""
    masked: tuple[Identifier, ...] | None = None
    """The kinds of words that masks.csv replaces here. Left out: all of them."""
    smallest_cell: Annotated[int, Field(ge=1)] | None = None
    """So many participants at least must share what is told of one of them."""
    suppress: bool | None = None
    """Whether what fewer share is left out, instead of being an error: true or false."""
    waivers: tuple[Waiver, ...] | None = None
    """Small cells that may be shown, and who decided so."""
    title: Text | None = None
    """The documents' own title. None: the study's title."""
    subtitle: Text | None = None
    """A line below the title."""
    kicker: Text | None = None
    """A short line above the title: Research briefing."""
    number_sections: bool | None = None
    """Whether headings are numbered: true or false."""
    brand: bool | None = None
    """Whether the documents bear the logo, colours and typeface of _brand.yml: true or false."""
    pictures: bool | None = None
    """Whether easy-read pictures stand beside the text: true or false."""
    readability: Readability | None = None
    """How hard the documents may be to read. Left out: nothing is checked."""
    blinding: Blinding | None = None
    """What stands in the place of the authors' own earlier works. Given: nothing in the document
    may tell who the authors are."""


class AudiencesFile(Entry):
    """What this study sets otherwise than the templates."""

    model_config = ConfigDict(title="audiences.yml")

    audiences: dict[str, AudienceOverride | None]
    """By the audience's name: journal, reviewer, briefing, lay, or one of your own."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One document to be: an audience in a language, for all its readers or for one recipient."""

    audience_name: str
    audience: Audience
    language: str
    own: frozenset[str] = frozenset()
    """The audience's keys that the study's audiences.yml says."""
    recipient: Recipient | None = None

    def __hash__(self) -> int:
        return hash((self.audience_name, self.recipient_id, self.language))

    @property
    def recipient_id(self) -> str:
        """The recipient's id; empty where the document is for all readers."""
        return self.recipient.id if self.recipient else ""

    @property
    def name(self) -> str:
        """The artifact's file name without its ending: journal.en, briefing.harbour.en."""
        return name_of(self.audience_name, self.recipient_id, self.language)

    @property
    def told(self) -> str:
        """What messages call it, journal.en: what is wrong with the documents of all recipients is
        one thing."""
        return name_of(self.audience_name, "", self.language)


def name_of(audience: str, recipient: str, language: str) -> str:
    """What a document of these is called. `recipient` may be empty."""
    return ".".join(part for part in (audience, recipient, language) if part)
