"""glossary.yml: terms in plain words."""

from pydantic import ConfigDict

from report.model.entry import Entry, Identifier, Language, Text


class Wording(Entry):
    """A term in one language."""

    term: Text
    """The term: peer worker."""
    forms: tuple[Text, ...] = ()
    """Its other forms: peer workers."""
    plain: Text
    """What it means, in words that fit into brackets after it."""


class Term(Entry):
    """A hard word that the texts explain by {{ term("…") }}."""

    id: Identifier
    """A name for the term that no language changes."""
    words: dict[Language, Wording]
    """The term by language, a code each: en, nb."""


class Glossary(Entry):
    """Hard words in plain words."""

    model_config = ConfigDict(title="glossary.yml")

    terms: tuple[Term, ...]
    """The terms, one entry each."""
