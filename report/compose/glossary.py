"""The terms of the glossary in a document's language, each in any of its forms."""

from collections.abc import Mapping
from dataclasses import dataclass

from report.compose.translator import Translator
from report.model.catalogue import Domain, Message
from report.model.glossary import Term, Wording
from report.model.study import Study

BETWEEN = "; "
"""Between a term and its other forms, in the message that holds them."""


@dataclass(frozen=True)
class Found:
    """A term in the words of a language; `messages` are what it was translated from."""

    term: Term
    wording: Wording
    messages: tuple[Message, ...] = ()


def by_form(study: Study, translator: Translator, language: str) -> Mapping[str, Found]:
    """The glossary's terms in `language`, that of the document or the study's own, by each of
    their forms. Words that glossary.yml has go before a catalogue's."""
    forms: dict[str, Found] = {}
    for term in study.glossary.terms:
        if found := _in(term, study, translator, language):
            forms |= dict.fromkeys((found.wording.term, *found.wording.forms), found)
    return forms


def _in(term: Term, study: Study, translator: Translator, language: str) -> Found | None:
    source = term.words.get(study.file.language)
    messages: tuple[Message, ...] = ()
    if source and translator.language not in term.words:
        messages = messages_of(term, source)
    if wording := term.words.get(language):
        return Found(term, wording, messages)
    if not messages:
        return None
    said, plain = (translator.find(message) for message in messages)
    if said.is_source or plain.is_source:
        return None
    first, *others = (form.strip() for form in said.text.split(";"))
    wording = Wording(term=first, forms=tuple(others), plain=plain.text)
    return Found(term, wording, messages)


def messages_of(term: Term, source: Wording) -> tuple[Message, Message]:
    """What a translator translates of a term: it with all its forms, and its explanation."""
    place = f"glossary.yml § {term.id}"
    return (
        Message(Domain.STUDY, place, BETWEEN.join((source.term, *source.forms))),
        Message(Domain.STUDY, f"{place}.plain", source.plain),
    )
