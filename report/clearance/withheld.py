"""What the gate looks for in an audience's documents."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from report.clearance import masking
from report.clearance.cleared import Cleared
from report.clearance.consent import refusal
from report.clearance.identifying import identifying
from report.model.audience import Audience, Variant
from report.model.key import Key
from report.model.records import Mask, Participant, Recipient
from report.model.study import Study
from report.model.term import Term
from report.model.withheld import Mark, Name, Own, Value, Withheld, Words


def withheld(cleared: Cleared, key: Key, paths: Sequence[str]) -> Withheld:
    """All that a document of the variant may not hold: words of quotes and of what masks stand for,
    ids, the names of the `key`, values that were put more generally, what tells who the authors
    are, and the folders `paths` of this machine."""
    study, variant = cleared.whole, cleared.variant
    shown, audience = cleared.study, variant.audience
    return Withheld(
        words=(*_quotes(cleared), *_masked(study, masking.masks_for(study.masks, audience))),
        marks=tuple(_marks(cleared)),
        names=(*_names(key), *_authors(study, variant)),
        values=tuple(_values(cleared)),
        paths=tuple(paths),
        cleared=tuple(filter(None, shown.said)),
        own=tuple(_own(study, ("recipient", "logo", "language"))) if variant.recipient else (),
        public=tuple(_public(cleared)) if variant.recipient else (),
    )


def of_everyone(
    study: Study, audiences: Iterable[Audience], key: Key, paths: Sequence[str]
) -> Withheld:
    """What may not stand in a file that is no audience's, such as the list of all documents: any
    quote, any participant's id."""
    audiences = tuple(audiences)
    wordings = _wordings(study, audiences)
    each = any(audience.each for audience in audiences)
    texts = [(f"quote {q.id}", q.text) for q in study.quotes if q.text]
    said = (t for t in study.quote_translations if t.text)
    texts += [(f"the translation of quote {t.quote}", t.text) for t in said]
    return Withheld(
        words=tuple(Words("quotes", told, form) for told, text in texts for form in wordings(text)),
        marks=tuple(_mark("ids", participant) for participant in study.participants),
        names=tuple(_names(key)),
        paths=tuple(paths),
        cleared=(study.file.title, *(audience.label for audience in audiences)),
        own=tuple(_own(study, ("recipient", "organisation", "logo", "language"))) if each else (),
        public=tuple(recipient.organisation for recipient in study.recipients) if each else (),
    )


def of_participant(study: Study, identifier: str, audiences: Iterable[Audience]) -> Withheld:
    """All words of one participant, as any of the audiences read them, and the id."""
    wordings = _wordings(study, audiences)
    mine = {q.id: q for q in study.quotes if q.participant == identifier}
    texts = [(q.id, q.text) for q in mine.values() if q.text]
    texts += [(t.quote, t.text) for t in study.quote_translations if t.quote in mine and t.text]
    participant = study.participant_by_id[identifier]
    return Withheld(
        words=tuple(
            Words("withdrawn", f"quote {name}", form)
            for name, text in texts
            for form in wordings(text)
        ),
        marks=(_mark("withdrawn", participant),),
    )


def _quotes(cleared: Cleared) -> Iterator[Words]:
    study, variant = cleared.whole, cleared.variant
    wordings = _wordings(study, [variant.audience])
    refused = cleared.refused
    for identifier, reason in refused.items():
        if text := study.quote_by_id[identifier].text:
            told = f"quote {identifier}"
            yield from (Words(reason.rule, told, form) for form in wordings(text))
    for translation in study.quote_translations:
        quote = study.quote_by_id[translation.quote]
        why = refused.get(quote.id) or refusal(study, variant, quote, translation.language)
        if why and translation.text:
            told, text = f"the translation of quote {quote.id}", translation.text
            yield from (Words(why.rule, told, form) for form in wordings(text))


def _wordings(study: Study, audiences: Iterable[Audience]) -> Callable[[str], Iterable[str]]:
    """What gives a text as it is and as the audiences see it masked, each once."""
    sets = {masking.masks_for(study.masks, audience) for audience in audiences}
    worn = [masking.worn(study.said, masks) for masks in sets]

    def wordings(text: str) -> Iterable[str]:
        masked = [masking.covered(text, found[text])[0] for found in worn if text in found]
        return dict.fromkeys(form for form in (text, *masked) if form) if masked else (text,)

    return wordings


@lru_cache(maxsize=8)
def _masked(study: Study, masks: tuple[Mask, ...]) -> tuple[Words, ...]:
    """The words that the masks replace, each with its neighbours."""
    worn = masking.worn(study.said, masks)
    texts = [(quote.id, quote.text) for quote in study.quotes if quote.text in worn]
    texts += [(t.quote, t.text) for t in study.quote_translations if t.text in worn]
    places = {mask: f"that {study.locate(mask, 'words')} replaces" for mask in masks}
    return tuple(
        Words("masked", f"quote {quote} {places[mask]}", words, whole=True, holds=own)
        for quote, text in texts
        for mask, own, words in masking.originals(text, worn[text])
    )


def _own(study: Study, known: Collection[str]) -> Iterator[Own]:
    """The cells of the recipients' rows, each once, but for the columns that are `known`."""
    holders: dict[str, list[tuple[Recipient, str]]] = {}
    for recipient in study.recipients:
        for column, cell in recipient.columns.items():
            if cell and column not in known:
                holders.setdefault(cell, []).append((recipient, column))
    for text, found in holders.items():
        recipient, column = found[0]
        at = study.locate(recipient, column)
        told = f"the {column} of another recipient ({at})"
        yield Own(told, text, frozenset(recipient.id for recipient, _ in found))


def _public(cleared: Cleared) -> Iterator[str]:
    """What the authors have written for all readers."""
    study, shown = cleared.whole, cleared.study
    yield from (prose.text for prose in study.prose.values())
    for catalogue in study.catalogues.values():
        yield from (text for found in catalogue.translations.values() for text in found.texts)
    for file in (study.file, study.codebook, study.glossary, cleared.variant.audience):
        yield file.model_dump_json()
    yield from (quote.text for quote in shown.quotes)
    yield from (translation.text for translation in shown.quote_translations)
    yield from (reference.source for reference in study.references)
    yield from dict.fromkeys(v for p in shown.participants for v in p.attributes.values())


def _marks(cleared: Cleared) -> Iterator[Mark]:
    hidden = cleared.variant.audience.attribution != "id"
    for participant in cleared.whole.participants:
        if why := cleared.absent.get(participant.id):
            yield _mark(why.rule, participant)
        elif hidden:
            yield _mark("ids", participant)


def _mark(rule: str, participant: Participant) -> Mark:
    told = f"the id {participant.id}" if rule == "withdrawn" else "a participant's id"
    return Mark(rule, told, participant.id)


def _names(key: Key) -> Iterator[Name]:
    for entry in key:
        told = f"what {entry.location} says of a participant"
        for form in _forms(entry.text):
            yield Name("key", told, Term(form, names=True, family=True))


def _forms(name: str) -> Iterator[str]:
    """A name as it stands, and with the family name first, as lists of works have it."""
    yield name
    family, comma, given = name.partition(",")
    if comma and given.strip():
        yield f"{given.strip()} {family.strip()}"
    elif not comma and " " in name:
        given, _, family = name.rpartition(" ")
        yield f"{family}, {given}"


def _authors(study: Study, variant: Variant) -> Iterator[Name]:
    if variant.audience.blinding:
        for telling in identifying(study, variant.audience.blinding):
            yield Name("blinding", telling.what, telling.term)


def _values(cleared: Cleared) -> Iterator[Value]:
    """Values that the study has and that no participant shows, alone or as a part of another."""
    study, shown = cleared.whole, cleared.study
    there = {v for p in shown.participants for v in p.attributes.values() if v}
    hidden: dict[tuple[str, str], list[str]] = {}
    for participant in study.participants:
        for name, value in participant.attributes.items():
            if value and value not in there:
                hidden.setdefault((name, value), []).append(participant.id)
    for (name, value), people in hidden.items():
        if not any(True for other in there for _ in Term(value).find(other)):
            near = tuple(text for identifier in people for text in study.words_of[identifier])
            yield Value(
                "generalised", f"a value of “{name}” that this audience does not see", value, near
            )
