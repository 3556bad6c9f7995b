"""A study in the words of another language, as far as its catalogue has them."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

from report.compose.noted import noted
from report.compose.translator import Translator, Words
from report.model.audience import Audience
from report.model.catalogue import Domain, Message
from report.model.entry import Entry
from report.model.records import Picture
from report.model.study import Study
from report.model.study_file import StudyFile

Some = TypeVar("Some", bound=Entry)


def study(source: Study, translator: Translator) -> Study:
    """The study with its YAML files, the attributes of its participants and the words of its
    pictures in the translator's language; as it is where that is its own."""
    if not translator.translates(Domain.STUDY):
        return source

    @cache
    def attribute(name: str, value: str) -> str:
        return said(translator, Domain.STUDY, f"participants § {name}", value, "table")

    def shown(picture: Picture) -> Picture:
        alt = said(translator, Domain.STUDY, "pictures § alt", picture.alt, "alternative text")
        origin = said(translator, Domain.STUDY, "pictures § source", picture.source, "table")
        return replace(picture, alt=alt, source=origin)

    return replace(
        source,
        file=entry(source.file, translator, Domain.STUDY, "study.yml §"),
        codebook=entry(source.codebook, translator, Domain.STUDY, "codebook.yml §"),
        participants=tuple(
            p.in_words(p.id, {name: attribute(name, v) for name, v in p.attributes.items()})
            for p in source.participants
        ),
        pictures=tuple(shown(picture) for picture in source.pictures),
    )


def audience(name: str, source: Audience, own: frozenset[str], translator: Translator) -> Audience:
    """The audience's title and labels in the translator's language. `own` are the keys that the
    study says itself; the others are the template's."""
    values: dict[str, object] = {}
    for key in Audience.WORDS:
        domain = Domain.STUDY if key in own else Domain.TEMPLATES
        file = "audiences.yml" if key in own else f"{name}/audience.yml"
        value = getattr(source, key)
        if value and translator.translates(domain):
            place = f"{file} § {name}.{key}" if key in own else f"{file} § {key}"
            values[key] = said(translator, domain, place, value, key)
    blinding = source.blinding
    if blinding and translator.translates(Domain.TEMPLATES):
        place = f"{name}/audience.yml § blinding"
        values["blinding"] = entry(blinding, translator, Domain.TEMPLATES, place)
    return source.model_copy(update=values)


def title(name: str, audience: Audience, file: StudyFile, translator: Translator) -> Words:
    """The title of an audience's document: its own, else the study's."""
    place = f"audiences.yml § {name}.title" if audience.title else "study.yml § title"
    text = audience.title or file.title
    if not translator.translates(Domain.STUDY):
        return Words(text)
    return translator.find(Message(Domain.STUDY, place, text))


def entry(source: Some, translator: Translator, domain: Domain, place: str) -> Some:
    """A copy of a YAML entry in which its words are the translator's; `place` is where it stands.

    An entry in a list is told by its id; without one, the entries of a list share their place, and
    their order tells them apart.
    """
    values: dict[str, object] = {}
    for name in type(source).model_fields:
        value = getattr(source, name)
        where = f"{place}.{name}" if not place.endswith("§") else f"{place} {name}"
        if name in source.WORDS:
            values[name] = _words(value, translator, domain, where, name)
        elif isinstance(value, Entry):
            values[name] = entry(value, translator, domain, where)
        elif isinstance(value, tuple) and value and isinstance(value[0], Entry):
            values[name] = tuple(
                entry(item, translator, domain, f"{where}.{getattr(item, 'id', '')}".rstrip("."))
                for item in value
            )
    return source.model_copy(update=values)


def _words(value: Any, translator: Translator, domain: Domain, place: str, kind: str) -> Any:  # noqa: ANN401  # as in the file
    match value:
        case str():
            return said(translator, domain, place, value, kind)
        case tuple():
            return tuple(said(translator, domain, place, item, kind) for item in value)
        case Mapping():
            return {
                key: said(translator, domain, f"{place}.{key}", item, kind)
                for key, item in value.items()
            }
        case _:
            return value


def said(translator: Translator, domain: Domain, place: str, text: str, kind: str) -> str:
    """The words at a place of the study's files, in the translator's language."""
    if not any(character.isalpha() for character in text):
        return text
    message = Message(domain, place, text)
    words = translator.find(message)
    shown = translator.marked(text, domain) if words.is_source else words.text
    return noted(shown, lambda: translator.use(message, kind, place.partition(" §")[0]))
