"""Whom a document is for, and what follows from it."""

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from report.model.study import Entry, Language, Text

FORMATS = ("html", "pdf", "docx", "jats")
"""What `report build` renders by default, where the audience has it."""
SOURCE_FORMAT = "qmd"
"""The composed document itself, for whoever goes on working with it in Quarto."""

ENDINGS = {"html": "html", "pdf": "pdf", "docx": "docx", "jats": "jats.xml", "qmd": "qmd"}
"""The file name's ending of each format."""


class Blinding(Entry):
    """What stands in the place of the authors' own earlier works."""

    author: Text
    title: Text


class Audience(Entry):
    """An audience.yml, with what the study's audiences.yml says over it."""

    label: Text
    """What such a document is called: Manuscript."""
    description: Text
    """Whom it is for, a sentence for the page that lists all documents."""
    used: bool = True
    """Whether this study has documents for this audience."""
    theme: Text
    """The look: a name under templates/theme."""
    formats: tuple[Literal["html", "pdf", "docx", "jats"], ...] = Field(min_length=1)
    languages: tuple[Language, ...] = ()
    """None named: the study's own."""
    attribution: Literal["id", "stakeholder", "none"]
    """How a quote names its speaker: PW14, peer worker; a peer worker; not at all."""
    title: Text | None = None
    """None: the study's title."""
    subtitle: Text | None = None
    kicker: Text | None = None
    """A short line above the title: Research briefing."""
    number_sections: bool = False
    blinding: Blinding | None = None
    """Given: nothing in the document may tell who the authors are."""


class AudienceOverride(Entry):
    """What a study may say of an audience; a key that is left out keeps the template's value."""

    label: Text | None = None
    description: Text | None = None
    used: bool | None = None
    theme: Text | None = None
    formats: tuple[Literal["html", "pdf", "docx", "jats"], ...] | None = None
    languages: tuple[Language, ...] | None = None
    attribution: Literal["id", "stakeholder", "none"] | None = None
    title: Text | None = None
    subtitle: Text | None = None
    kicker: Text | None = None
    number_sections: bool | None = None
    blinding: Blinding | None = None


class AudiencesFile(Entry):
    """audiences.yml: by the audience's name, the keys that this study sets otherwise."""

    audiences: dict[str, AudienceOverride | None]


@dataclass(frozen=True, slots=True)
class Variant:
    """One document to be: an audience in a language."""

    audience_name: str
    audience: Audience
    language: str

    @property
    def name(self) -> str:
        """The artifact's file name without its ending: journal.en."""
        return f"{self.audience_name}.{self.language}"
