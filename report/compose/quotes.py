"""Quotes as an audience may see them, in the words of its language."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Final

from report import languages
from report.clearance import Cleared
from report.compose.escape import Markdown, attribute, markdown
from report.compose.problem import ProseError
from report.model.diagnostic import Diagnostic, Location, did_you_mean
from report.model.records import Participant, Quote, QuoteTranslation
from report.model.study import Study
from report.model.study_file import Stakeholder

_STRAIGHT: Final = re.compile(r'(^|[\s(\[—–-])"')
_OFFERED: Final = 6
"""So many quotes are enough to choose from."""


@dataclass(frozen=True, slots=True)
class Said:
    """How a document shows a quote: its id, the language of the part that it stands in, its words
    as they are shown there and the language that they are in, and its Markdown, with who said it.
    """

    id: str
    language: str
    spoken: str
    words: str
    markdown: str


@dataclass(frozen=True)
class Shown:
    """A quote in a document: the words, and who said them. `translation` is there where the
    document shows that instead of the quote's own words."""

    quote: Quote
    participant: Participant
    stakeholder: Stakeholder
    say: Callable[[str], str]
    """Puts what stands in the place of other words into the document's language."""
    translation: QuoteTranslation | None = None
    role: str = ""
    """What the speaker is, where the study has a column for it that is filled in."""

    @property
    def language(self) -> str:
        """The language of the words that are shown."""
        return self.translation.language if self.translation else self.quote.language

    @property
    def words(self) -> str:
        """The words that are shown."""
        return (self.translation or self.quote).text

    def said(self, language: str, markdown: str) -> Said:
        """How a part in that language shows it."""
        return Said(str(self.quote.id), language, self.language, self.words, markdown)

    def passage(self, language: str, opening: str, closing: str, line_break: str = " ") -> Markdown:
        """The words, the quotation marks inside them made the ones given, marked as a passage in
        their own language where that is not the document's. Their lines go on at `line_break`."""
        words = self._pieces(self.translation or self.quote, (opening, closing), language)
        return _passage(words, self.language, language, line_break)

    def original(
        self, language: str, opening: str, closing: str, line_break: str = " "
    ) -> Markdown:
        """Likewise the words that a translation was made from."""
        words = self._pieces(self.quote, (opening, closing), language)
        return _passage(words, self.quote.language, language, line_break)

    def _pieces(
        self, said: Quote | QuoteTranslation, marks: tuple[str, str], language: str
    ) -> Markdown:
        """The words, line by line, and in italics what stands in the place of others."""
        parts, at = [], 0
        for start, end in (*said.replaced, (len(said.text), len(said.text))):
            text = said.text[at:start]
            if said.language == language:  # else they are those of another language, and stay
                before = "]" * bool(at)  # what follows a bracket opens no quotation
                text = _with_marks(before + text, marks).removeprefix(before)
            parts.append("\n".join(_words(line) for line in text.split("\n")))
            if start < end:
                parts.append(f"\\[*{_words(self.say(said.text[start + 1 : end - 1]))}*\\]")
            at = end
        return Markdown("".join(parts))


def _with_marks(text: str, marks: tuple[str, str]) -> str:
    text = _STRAIGHT.sub(rf"\1{marks[0]}", text).replace('"', marks[1])
    return text.replace("“", marks[0]).replace("”", marks[1])


def _words(text: str) -> str:
    """The text escaped, with the spaces at its ends."""
    start, end = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{start and ' '}{markdown(text)}{end and ' '}" if text.strip() else start and " "


def _passage(said: Markdown, own: str, language: str, line_break: str) -> Markdown:
    words = line_break.join(line.strip() for line in said.split("\n") if line.strip())
    if own == language:
        return Markdown(words)
    turned = languages.is_right_to_left(own) != languages.is_right_to_left(language)
    direction = f" dir={'rtl' if languages.is_right_to_left(own) else 'ltr'}" if turned else ""
    return Markdown(f"[{words}]{{lang={attribute(own)}{direction}}}")


def allowed(cleared: Cleared, identifier: str, instead: str, language: str) -> str:
    """The id of the quote to be shown: the one asked for, or the one `instead` of it where the
    audience may not see the first. A ProseError where there is none, or where it may see neither.
    """
    known = cleared.whole.quote_by_id
    for name in (identifier, instead):
        if name and name not in known:
            hint = did_you_mean(name, known)
            raise ProseError("unknown-quote", f"there is no quote {name}", hint, name)
    refusal = cleared.refusal(identifier, language)
    if refusal is None:
        return identifier
    if instead and cleared.refusal(instead, language) is None:
        return instead
    message = f"quote {identifier} may not be shown here: {refusal.why}"
    if instead and (other := cleared.refusal(instead, language)):
        message += f"; nor may {instead}: {other.why}"
    others = list(islice(cleared.instead(identifier, language), _OFFERED))
    hint = "no other quote of its sub-theme may stand there: take it out"
    if others:
        hint = f"take it out, or show another of its sub-theme: {', '.join(others)}; to name a "
        hint += f'stand-in, write quote("{identifier}", instead="{others[0]}")'
    raise ProseError("withheld-quote", message, hint, identifier)


def shown(
    source: Study,
    study: Study,
    identifier: str,
    language: str,
    taken: Callable[[Participant], Participant],
    say: Callable[[str], str],
) -> Shown:
    """The quote of that id in `source`, in the language where it has been translated; who said it
    stands in `study`, which is in the document's language. `taken` is called with that person, and
    what it gives is what stands there; `say` puts what stands in the place of other words into the
    document's language."""
    quote = source.quote_by_id[identifier]
    participant = taken(study.participant_by_id[quote.participant])
    stakeholder = study.stakeholder_by_id[study.stakeholder_of(participant)]
    translation = source.translation_of.get((quote.id, language))
    if quote.language == language or not (
        translation and translation.text and translation.hash == quote.hash
    ):
        translation = None
    roles = (
        participant.attributes.get(a.id.casefold(), "") for a in study.file.attributes if a.role
    )
    return Shown(quote, participant, stakeholder, say, translation, next(roles, ""))


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
    sub_themes = [sub_theme.id for sub_theme in study.sub_themes]
    if identifier not in sub_themes:
        hint = did_you_mean(identifier, sub_themes)
        message = f"there is no sub-theme {identifier}"
        raise ProseError("unknown-sub-theme", message, hint, identifier)
    codes = {code for code, sub_theme in study.sub_theme_of.items() if sub_theme.id == identifier}
    return [quote.id for quote in study.quotes if not codes.isdisjoint(quote.codes)]
