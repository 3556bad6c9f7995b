"""glossary.yml: terms in plain words."""

from typing import Final

from pydantic import ConfigDict

from report.model.catalogue import Catalogue, Domain, Message, Translation
from report.model.entry import Entry, Identifier, Language, Text

BETWEEN: Final = "; "
"""Between a term and its other forms, in the message that holds them."""
_ALIKE: Final = str.maketrans("\u2010\u2011\u2019\u02bc", "--''")


class Wording(Entry):
    """A term in one language."""

    term: Text
    """The term: peer worker."""
    forms: tuple[Text, ...] = ()
    """Its other forms, each that a text may use: peer workers."""
    plain: Text
    """What it means, in words that fit into brackets after it."""

    @property
    def every_form(self) -> tuple[str, ...]:
        """The term and its other forms."""
        return (self.term, *self.forms)


class Term(Entry):
    """A hard word, which is explained where a document first uses it."""

    id: Identifier
    """A name for the term that no language changes."""
    words: dict[Language, Wording]
    """The term by language, a code each: en, nb."""


class Glossary(Entry):
    """Hard words in plain words."""

    model_config = ConfigDict(title="glossary.yml")

    terms: tuple[Term, ...]
    """The terms, one entry each."""


def folded(form: str) -> str:
    """A form as it is compared with others: with plain hyphens, apostrophes and spaces."""
    return " ".join(form.translate(_ALIKE).split())


def messages_of(term: Term, source: Wording) -> tuple[Message, Message]:
    """What a translator translates of a term: it with all its forms, and its explanation."""
    place = f"glossary.yml § {term.id}"
    return (
        Message(Domain.STUDY, place, BETWEEN.join(source.every_form)),
        Message(Domain.STUDY, f"{place}.plain", source.plain),
    )


def translation_of(term: Term, source: Wording, catalogue: Catalogue) -> Translation | None:
    """What the catalogue has for the message of a term's forms, where it is translated."""
    found = catalogue.translations.get(messages_of(term, source)[0].key)
    return found if found and found.done else None


def forms_in(text: str) -> tuple[str, ...]:
    """The forms that a message of a term, or its translation, holds."""
    return tuple(form for part in text.split(BETWEEN.strip()) if (form := part.strip()))
