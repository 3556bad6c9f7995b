"""The words of one language while a document is composed, and what it lacks of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from report import languages
from report.compose.escape import Markdown
from report.model.catalogue import Catalogue, Domain, Gap, Message, Translation, Use
from report.model.study import Study

_PARAMETER: Final = re.compile(r"%\(\w+\)s")


@dataclass(frozen=True)
class Words:
    """A message in the document's language: `text`, and where it stands, if in a catalogue."""

    text: str
    path: str = ""
    line: int = 0
    is_source: bool = False
    """Whether there is no translation, and this is the text to be translated."""


@dataclass
class Translator:
    """Finds translations into `language` of what is written in `source`, and keeps what was asked
    for: `uses`, and of these the `gaps`, which have no translation.

    `study` is the study's own catalogue, `templates` are the templates'; either is left aside where
    the words are in that language already.
    """

    language: str
    source: str
    study: Sequence[Catalogue]
    templates: Sequence[Catalogue]
    uses: dict[tuple[str, Message], Use] = field(default_factory=dict)
    gaps: dict[tuple[str, Message], Gap] = field(default_factory=dict)

    @property
    def notes(self) -> tuple[dict[tuple[str, Message], Use], dict[tuple[str, Message], Gap]]:
        """What was asked for, and what of it is not there."""
        return self.uses, self.gaps

    def translates(self, domain: Domain) -> bool:
        """Whether words of that kind are in another language than the document."""
        if domain is Domain.TEMPLATES:
            return languages.SOURCE not in languages.general(self.language)
        return self.language != self.source

    def find(self, message: Message, n: int = 1) -> Words:
        """The translation, in the form for `n`; the message itself where there is none."""
        for catalogue in self._catalogues(message.domain):
            found = catalogue.translations.get(message.key)
            if found and found.done:
                form = catalogue.form(n) if message.plural else 0
                text = found.texts[min(form, len(found.texts) - 1)]
                return Words(text, catalogue.path, found.line)
        return Words(message.plural if message.plural and n != 1 else message.text, is_source=True)

    def use(self, message: Message, kind: str, place: str = "") -> None:
        """Note that the document shows the message."""
        asked = (self.language, message)
        if asked in self.uses:
            return
        use = self.uses[asked] = Use(message, self.language, place, kind)
        held: list[tuple[Catalogue, Translation]] = [
            (catalogue, found)
            for catalogue in self._catalogues(message.domain)
            if (found := catalogue.translations.get(message.key))
        ]
        if any(found.done for _, found in held):
            return
        path, line, fuzzy = self._path(message.domain), 0, False
        if held:
            catalogue, found = held[0]
            path, line, fuzzy = catalogue.path, found.line, found.fuzzy
        self.gaps[asked] = Gap(use, path, line, fuzzy)

    def said(self, message: Message, kind: str, place: str = "") -> str:
        """The translation, or the message marked as what it is."""
        self.use(message, kind, place)
        words = self.find(message)
        return self.marked(words.text, message.domain) if words.is_source else words.text

    def marked(self, text: str, domain: Domain) -> str:
        """[en: text], where it bears words."""
        return f"[{self.source_of(domain)}: {text}]" if _bears_words(text) else text

    def source_of(self, domain: Domain) -> str:
        """The language that messages of that kind are written in."""
        return languages.SOURCE if domain is Domain.TEMPLATES else self.source

    def of_template(self, text: str, plural: str = "", n: int = 1) -> Markdown:
        """A template's string, in the plural form for `n`."""
        if not self.translates(Domain.TEMPLATES):
            return Markdown(plural if plural and n != 1 else text)
        message = Message(Domain.TEMPLATES, "", text, plural)
        self.use(message, "template")
        words = self.find(message, n)
        if words.is_source and _bears_words(words.text):
            return Markdown(f"\\[{languages.SOURCE}: {words.text}\\]")
        return Markdown(words.text)

    def _catalogues(self, domain: Domain) -> Sequence[Catalogue]:
        if domain is Domain.TEMPLATES:
            return self.templates
        return self.study

    def _path(self, domain: Domain) -> str:
        """Where a catalogue has to be that is not there."""
        folder = "templates" if domain is Domain.TEMPLATES else "data"
        return f"{folder}/locale/{self.language}.po"


def of_study(
    study: Study, language: str, templates: Mapping[str, Sequence[Catalogue]]
) -> Translator:
    """A translator of the study into the language; `templates` are their catalogues by language."""
    own = (study.catalogues.get(code) for code in languages.general(language))
    mine = [catalogue for catalogue in own if catalogue]
    return Translator(language, study.file.language, mine, templates.get(language, ()))


def _bears_words(text: str) -> bool:
    """Whether a message is more than punctuation around what is put into it."""
    return any(character.isalpha() for character in _PARAMETER.sub("", text))
