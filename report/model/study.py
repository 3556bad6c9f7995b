"""A whole study: its files and tables, and what follows from them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from report.model.brand import Brand
from report.model.catalogue import Catalogue
from report.model.codebook import Codebook, SubTheme
from report.model.diagnostic import Location
from report.model.glossary import Glossary
from report.model.records import (
    Generalisation,
    Mask,
    Participant,
    Picture,
    Quote,
    QuoteTranslation,
    Recipient,
    Record,
    Session,
)
from report.model.reference import Reference
from report.model.study_file import Stakeholder, StudyFile

SESSION_KINDS = ("focus-group", "interview")


@dataclass(frozen=True)
class Prose:
    """A text file: `name` is its place under text/ without the ending, `text` as it stands.

    `line` is the one that the text starts in, where it is a part of the file.
    """

    name: str
    path: str
    text: str
    line: int = 1


@dataclass(frozen=True, eq=False)  # thousands of records are compared by nobody
class Study:
    """Everything that was read. Records are in the natural order of their ids.

    `locate(record, column)` says where a cell of a record stands, `locate_key(file, key)` where a
    value of a YAML file does: `locate_key("study", ("authors", 0, "family"))`. _brand.yml is
    `_brand`.
    """

    file: StudyFile
    codebook: Codebook
    glossary: Glossary
    sessions: tuple[Session, ...]
    participants: tuple[Participant, ...]
    quotes: tuple[Quote, ...]
    quote_translations: tuple[QuoteTranslation, ...]
    generalisations: tuple[Generalisation, ...]
    masks: tuple[Mask, ...]
    pictures: tuple[Picture, ...]
    recipients: tuple[Recipient, ...]
    references: tuple[Reference, ...]
    prose: Mapping[str, Prose]
    styles: Mapping[str, bytes]
    """The CSL files that study.yml names, by name."""
    picture_files: Mapping[str, bytes]
    """The files of the pictures, by name: sound SVG or PNG."""
    logo_files: Mapping[str, bytes]
    """The same of the recipients' logos."""
    catalogues: Mapping[str, Catalogue]
    """The translations of the study's own words, by language."""
    brand: Brand | None
    """The looks of the organisation that hands the documents out, from _brand.yml."""
    locate: Callable[[Record, str], Location]
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
    def said(self) -> tuple[str, ...]:
        """The words of all quotes and of their translations."""
        said = [quote.text for quote in self.quotes]
        return (*said, *(translation.text for translation in self.quote_translations))

    @cached_property
    def words_of(self) -> Mapping[str, Sequence[str]]:
        """What each participant says in quotes."""
        found: dict[str, list[str]] = {participant.id: [] for participant in self.participants}
        for quote in self.quotes:
            if quote.text:
                found[quote.participant].append(quote.text)
        return found

    @cached_property
    def translation_of(self) -> Mapping[tuple[str, str], QuoteTranslation]:
        """The translation of a quote, by its id and the language."""
        return {(t.quote, t.language): t for t in self.quote_translations}

    @cached_property
    def stakeholder_by_id(self) -> Mapping[str, Stakeholder]:
        return {stakeholder.id: stakeholder for stakeholder in self.file.stakeholders}

    @cached_property
    def picture_by_id(self) -> Mapping[str, Picture]:
        return {picture.id: picture for picture in self.pictures}

    @cached_property
    def sub_theme_of(self) -> Mapping[str, SubTheme]:
        """The sub-theme of each code id, and of each sub-theme's own."""
        return {
            identifier: sub_theme
            for sub_theme in self.sub_themes
            for identifier in (sub_theme.id, *(code.id for code in sub_theme.codes))
        }

    @cached_property
    def participants_of(self) -> Mapping[str, Sequence[Participant]]:
        """The participants of each session that has any."""
        found: dict[str, list[Participant]] = {}
        for participant in self.participants:
            found.setdefault(participant.session, []).append(participant)
        return found

    @cached_property
    def sub_themes(self) -> tuple[SubTheme, ...]:
        return tuple(sub_theme for theme in self.codebook.themes for sub_theme in theme.sub_themes)

    def stakeholder_of(self, participant: Participant) -> str:
        """The participant's own stakeholder, else that of the session."""
        return participant.stakeholder or self.session_by_id[participant.session].stakeholder

    def sub_themes_of(self, codes: tuple[str, ...]) -> tuple[SubTheme, ...]:
        """The sub-themes that a quote's codes fall under, each once, in the codebook's order."""
        if codes not in self._of_codes:
            mine = {self.sub_theme_of[code].id for code in codes}
            found = tuple(sub_theme for sub_theme in self.sub_themes if sub_theme.id in mine)
            self._of_codes[codes] = found
        return self._of_codes[codes]

    @cached_property
    def _of_codes(self) -> dict[tuple[str, ...], tuple[SubTheme, ...]]:
        """The sub-themes of codes that quotes have together."""
        return {}
