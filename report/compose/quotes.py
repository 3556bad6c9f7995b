"""Quotes as an audience may see them, in the words of its language."""

import re
from dataclasses import dataclass
from typing import Final

from report import languages
from report.compose.escape import Markdown, attribute, markdown
from report.compose.problem import ProseError
from report.model.codebook import SubTheme
from report.model.diagnostic import Diagnostic, Location, did_you_mean
from report.model.records import Participant, Quote, QuoteTranslation
from report.model.study import Study
from report.model.study_file import Stakeholder

_STRAIGHT: Final = re.compile(r'(^|[\s(\[—–-])"')


@dataclass(frozen=True)
class Shown:
    """A quote in a document: the words, and who said them. `translation` is there where the
    document shows that instead of the quote's own words."""

    quote: Quote
    participant: Participant
    stakeholder: Stakeholder
    translation: QuoteTranslation | None = None

    @property
    def language(self) -> str:
        """The language of the words that are shown."""
        return self.translation.language if self.translation else self.quote.language

    def passage(self, language: str, opening: str, closing: str, line_break: str = " ") -> Markdown:
        """The words, the quotation marks inside them made the ones given, marked as a passage in
        their own language where that is not the document's. Their lines go on at `line_break`."""
        text = self.translation.text if self.translation else self.quote.text
        return _passage(text, self.language, language, (opening, closing), line_break)

    def original(
        self, language: str, opening: str, closing: str, line_break: str = " "
    ) -> Markdown:
        """Likewise the words that a translation was made from."""
        text, own = self.quote.text, self.quote.language
        return _passage(text, own, language, (opening, closing), line_break)


def _passage(
    text: str, own: str, language: str, marks: tuple[str, str], line_break: str
) -> Markdown:
    if own == language:  # else they are those of another language, and stay
        text = _STRAIGHT.sub(rf"\1{marks[0]}", text).replace('"', marks[1])
        text = text.replace("“", marks[0]).replace("”", marks[1])
    words = line_break.join(markdown(line) for line in text.split("\n") if line.strip())
    if own == language:
        return Markdown(words)
    turned = languages.is_right_to_left(own) != languages.is_right_to_left(language)
    direction = f" dir={'rtl' if languages.is_right_to_left(own) else 'ltr'}" if turned else ""
    return Markdown(f"[{words}]{{lang={attribute(own)}{direction}}}")


def shown(study: Study, identifier: str, language: str) -> Shown:
    """The quote with that id, in the language where it has been translated; a ProseError where
    there is none."""
    quote = study.quote_by_id.get(identifier)
    if quote is None:
        hint = did_you_mean(identifier, study.quote_by_id)
        raise ProseError("unknown-quote", f"there is no quote {identifier}", hint, identifier)
    participant = study.participant_by_id[quote.participant]
    stakeholder = study.stakeholder_by_id[study.stakeholder_of(participant)]
    translation = study.translation_of.get((quote.id, language))
    if quote.language == language or not (
        translation and translation.text and translation.hash == quote.hash
    ):
        translation = None
    return Shown(quote, participant, stakeholder, translation)


def gap(study: Study, quote: Quote, language: str) -> Diagnostic | None:
    """What is wrong with the translation that the document needs of the quote, if anything is.

    In the study's own language a quote may stand in its own words.
    """
    if quote.language == language:
        return None
    translation = study.translation_of.get((quote.id, language))
    if translation is None or not translation.text:
        if language == study.file.language:
            return None
        rows = study.quote_translations
        path = study.locate(rows[0], "quote").path if rows else "data/quote_translations.csv"
        at = study.locate(translation, "text") if translation else Location(path)
        message = f"quote {quote.id} is not translated into {language}"
        hint = "report translate extract adds a row for it; fill in its text"
        if path.endswith(".xlsx"):
            hint = f"add a row with its text; its hash is {quote.hash}"
        return Diagnostic("untranslated-quote", message, at, hint)
    if translation.hash == quote.hash:
        return None
    at = study.locate(translation, "hash")
    message = f"quote {quote.id} has changed since it was translated into {language}"
    if not translation.hash:
        message = f"nothing tells which words of quote {quote.id} were translated into {language}"
    hint = f"read the translation against the quote; where it is right, its hash is {quote.hash}"
    return Diagnostic("stale-quote-translation", message, at, hint)


def of_sub_theme(study: Study, identifier: str) -> list[str]:
    """The ids of all quotes of a sub-theme in their order; a ProseError where it is none."""
    sub_themes: dict[str, SubTheme] = {sub_theme.id: sub_theme for sub_theme in study.sub_themes}
    if identifier not in sub_themes:
        hint = did_you_mean(identifier, sub_themes)
        message = f"there is no sub-theme {identifier}"
        raise ProseError("unknown-sub-theme", message, hint, identifier)
    sub_theme = sub_themes[identifier]
    return [q.id for q in study.quotes if sub_theme in study.sub_themes_of(q)]
