"""The glossary's terms while a document is composed: each is explained where it is first used."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from report import languages
from report.compose import escape
from report.compose.escape import Markdown
from report.compose.problem import ProseError
from report.compose.prose import Instead
from report.compose.running import Passage, passages
from report.compose.translator import Translator
from report.compose.vocabulary import Found, Vocabulary
from report.model.audience import Way
from report.model.catalogue import Domain, Message
from report.model.diagnostic import did_you_mean
from report.model.glossary import Term, Wording, forms_in, messages_of
from report.model.study import Prose, Study

PLACE: Final = "\x04"
"""Stands for the list of the words explained. No text can hold this, nor what follows."""
_OPEN, _OR, _CLOSE = "\x01", "\x02", "\x03"
_EITHER: Final = re.compile(f"{_OPEN}([^{_OR}]*){_OR}([^{_OR}]*){_OR}([^{_CLOSE}]*){_CLOSE}")


class Partial(Protocol):
    """Renders a template of partials/."""

    def __call__(self, name: str, **values: object) -> Markdown: ...


@dataclass
class Terms:
    """The terms as a document shows them, or the part of one that is in the translator's language.
    `way` is the audience's, `home` the document's language; `partial` renders their templates."""

    study: Study
    translator: Translator
    way: Way
    home: str
    partial: Partial
    _vocabularies: dict[str, Vocabulary] = field(default_factory=dict)
    _shown: dict[tuple[str, str], Markdown] = field(default_factory=dict)

    def forget(self) -> None:
        """Begin another document: what is explained is noted in each."""
        self._shown.clear()

    def vocabulary(self, language: str) -> Vocabulary:
        """The terms in `language`, that of the document or the study's own. Words that glossary.yml
        has go before a catalogue's."""
        if language not in self._vocabularies:
            found = (self._found(term, language) for term in self.study.glossary.terms)
            forms = {f: term for term in found if term for f in term.wording.every_form}
            self._vocabularies[language] = Vocabulary(forms)
        return self._vocabularies[language]

    def asked_for(self, language: str, form: str) -> Markdown:
        """What {{ term(form) }} stands for in a text of that language: the form, with its
        explanation if the document has not explained it before."""
        known = self.vocabulary(language)
        found = known.find(form)
        if found is None:
            message = f"the glossary has no term “{form}” in {language}"
            raise ProseError("unknown-term", message, did_you_mean(form, known.forms), form)
        return self._either(found, language, escape.markdown(form))

    def marked(self, text: str, within: Iterable[Passage], language: str) -> Iterator[Instead]:
        """The terms that the passages of a text use, each with what stands there instead."""
        if self.way == "none":
            return
        for use in self.vocabulary(language).uses(text, within):
            words = Markdown(text[use.start : use.end])
            said = self._either(use.found, language, words, own=use.own)
            yield Instead(use.start, use.end, said)

    def ask(self, prose: Prose) -> None:
        """Note what a translation of the text needs of the glossary, whatever it makes of it."""
        if self.way != "none":
            source = self.translator.source
            for use in self.vocabulary(source).uses(prose.text, passages(prose.text)):
                self._note(use.found)

    def listed(self, ids: Sequence[str]) -> Markdown:
        """The list of these terms, by the alphabet of the document's language; nothing where there
        are none or the audience has no list."""
        if self.way != "list" or not ids:
            return Markdown("")
        known = {found.term.id: found for found in self.vocabulary(self.home).forms.values()}
        entries = sorted(
            (known[name] for name in ids),
            key=lambda found: languages.alphabetical(found.wording.term, self.home),
        )
        return self.partial("glossary", entries=entries)

    def _found(self, term: Term, language: str) -> Found | None:
        """The term in the words of the language, where it has any."""
        source = term.words.get(self.study.file.language)
        messages: tuple[Message, ...] = ()
        if source and self.translator.language not in term.words:
            messages = messages_of(term, source)
        if wording := term.words.get(language):
            return Found(term, wording, messages)
        if not messages:
            return None
        said, plain = (self.translator.find(message) for message in messages)
        forms = forms_in(said.text)
        if said.is_source or plain.is_source or not forms:
            return None
        wording = Wording(term=forms[0], forms=forms[1:], plain=plain.text)
        return Found(term, wording, messages)

    def _note(self, found: Found) -> None:
        if self.translator.translates(Domain.STUDY):
            for message in found.messages:
                self.translator.use(message, "glossary", "glossary.yml")

    def _either(
        self, found: Found, language: str, words: Markdown, *, own: bool = False
    ) -> Markdown:
        """The words as they are, and with their explanation: `settled` chooses. What an author has
        explained has none of ours."""
        self._note(found)
        shown = Markdown("") if own else self._explained(found, language, words)
        return Markdown(f"{_OPEN}{found.term.id} {language}{_OR}{words}{_OR}{shown}{_CLOSE}")

    def _explained(self, found: Found, language: str, words: Markdown) -> Markdown:
        asked = language, words
        if asked not in self._shown:
            # a list is in the document's language
            other = self.way == "none" or (self.way == "list" and language != self.home)
            way = "brackets" if other else self.way
            self._shown[asked] = self.partial("term", words=words, found=found, way=way)
        return self._shown[asked]


def settled(text: str, language: str) -> tuple[str, tuple[str, ...]]:
    """The document's text with each term explained where it stands first, and the ids of those that
    are explained in its language."""
    seen: set[str] = set()
    ids: list[str] = []

    def choose(found: re.Match[str]) -> str:
        key, words, explained = found.groups()
        if key in seen or not explained:
            seen.add(key)
            return words
        seen.add(key)
        name, _, said_in = key.partition(" ")
        if said_in == language:
            ids.append(name)
        return explained

    return _EITHER.sub(choose, text), tuple(ids)


def unexplained(text: str) -> str:
    """The same without any explanation; nothing where no term is used."""
    return _EITHER.sub(r"\2", text).replace(PLACE, "") if _OPEN in text else ""
