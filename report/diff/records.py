"""A study as it was read, row by row and key by key: what two states of it are told apart by."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final, TypeAlias

from pydantic import BaseModel

from report.model.audience import Audience
from report.model.catalogue import Catalogue
from report.model.records import (
    Participant,
    Quote,
    QuoteTranslation,
    Record,
    Session,
)
from report.model.study import Study

_VERSION: Final = 1
_NO_COLUMNS: Final = {"id", "record", "replaced", "unmasked", "attributes"}
_TABLES: Final = {
    "sessions": "session",
    "participants": "participant",
    "quotes": "quote",
    "quote_translations": "quote",
    "generalisations": "value",
    "masks": "words",
    "pictures": "picture",
}
"""The tables, and the column of each that every one has."""

Row: TypeAlias = Mapping[str, str]
Message: TypeAlias = tuple[str, str, Sequence[str], bool]
"""Its context, its text, what stands for it, and whether that is fuzzy."""


@dataclass(frozen=True)
class Rows:
    """A table: its file, and its rows by their ids, each by column."""

    path: str
    rows: Mapping[str, Row]


@dataclass(frozen=True)
class Records:
    """`tables` by name; `models` the values of YAML files by name, as plain data; `works` the
    entries of the bibliography by key; `prose` the path and the text of each text file by name;
    `messages` by language what stands for each in a catalogue; `files` the SHA-256 of all that was
    read, templates among them; `version` is ours."""

    version: str
    tables: Mapping[str, Rows] = field(default_factory=dict)
    models: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    works: Mapping[str, str] = field(default_factory=dict)
    prose: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    messages: Mapping[str, Sequence[Message]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)


def records_of(
    study: Study, audiences: Mapping[str, Audience], files: Mapping[str, str], version: str
) -> Records:
    """The study's rows and keys; `files` are the SHA-256 of what it was read from."""
    tables = {}
    for name, column in _TABLES.items():
        rows: tuple[Record, ...] = getattr(study, name)
        if rows:
            path = study.locate(rows[0], column).path
            tables[name] = Rows(path, {row.id: _row(row) for row in rows})
    models = {"study": study.file, "codebook": study.codebook, "glossary": study.glossary}
    return Records(
        version,
        tables,
        {name: plain(model) for name, model in models.items()}
        | {"audiences": {name: plain(audience) for name, audience in audiences.items()}},
        {work.key: work.source for work in study.references},
        {prose.name: (prose.path, prose.text) for prose in study.prose.values()},
        {language: _messages(catalogue) for language, catalogue in study.catalogues.items()},
        files,
    )


def written(records: Records) -> bytes:
    """The records as JSON."""
    tables = {name: {"path": t.path, "rows": t.rows} for name, t in records.tables.items()}
    data = {"records": _VERSION, **vars(records), "tables": tables}
    return json.dumps(data, sort_keys=True, ensure_ascii=False).encode()


def read(content: bytes) -> Records | None:
    """What `written` wrote; none where it is damaged, or of another version."""
    try:
        data = json.loads(content)
        if data["records"] != _VERSION:
            return None
        tables = {name: Rows(**table) for name, table in data["tables"].items()}
        del data["records"]
        records = Records(**{**data, "tables": tables})
        return records if all(map(_is_sound, tables.values())) else None
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _is_sound(table: Rows) -> bool:
    return all(isinstance(value, str) for row in table.rows.values() for value in row.values())


def of_earlier(today: Study, records: Records) -> Study:
    """Today's study with the sessions, participants and quotes of earlier, and with what is known
    today of consent and withdrawals. Whoever is in no table any more counts as withdrawn: nobody
    can say that they still agree."""
    people, said = today.participant_by_id, today.quote_by_id

    def consented(participant: Participant) -> Participant:
        now = people.get(participant.id)
        if now is None:
            return replace(participant, withdrawn="all")
        return replace(participant, consent=now.consent, withdrawn=now.withdrawn)

    def allowed(quote: Quote) -> Quote:
        now = said.get(quote.id)
        return replace(quote, consent=now.consent) if now else quote

    everyone = tuple(consented(p) for p in participants(records))
    known = {p.id for p in everyone}
    every = tuple(allowed(q) for q in quotes(records) if q.participant in known)
    ids = {q.id for q in every}
    return replace(
        today,
        sessions=tuple(sessions(records)),
        participants=everyone,
        quotes=every,
        quote_translations=tuple(t for t in translations(records) if t.quote in ids),
    )


def withdrawn(records: Records) -> Mapping[str, str]:
    """What the column “withdrawn” said, by participant."""
    return {i: row.get("withdrawn", "") for i, row in _rows(records, "participants")}


def without(records: Records, people: Collection[str]) -> Records:
    """The records without participants: their rows, their quotes, and the translations of these."""
    mine = {i for i, row in _rows(records, "quotes") if row.get("participant") in people}

    def kept(name: str, identifier: str, row: Row) -> bool:
        match name:
            case "participants":
                return identifier not in people
            case "quotes":
                return identifier not in mine
            case "quote_translations":
                return row.get("quote") not in mine
        return True

    tables = {
        name: Rows(table.path, {i: row for i, row in table.rows.items() if kept(name, i, row)})
        for name, table in records.tables.items()
    }
    return replace(records, tables=tables)


def _row(record: Record) -> Row:
    row = {}
    for each in fields(record):
        value = getattr(record, each.name)
        if each.name in _NO_COLUMNS or value is None:
            continue
        row[each.name] = "; ".join(value) if isinstance(value, tuple) else value
    if isinstance(record, Participant):
        row |= record.attributes
    return row


def plain(model: BaseModel) -> Mapping[str, Any]:
    """A YAML file's values as plain data, from which they can be read again."""
    return model.model_dump(mode="json", by_alias=True, exclude_unset=True)


def _messages(catalogue: Catalogue) -> list[Message]:
    return [
        (context, text, list(found.texts), found.fuzzy)
        for (context, text), found in catalogue.translations.items()
    ]


def _rows(records: Records, name: str) -> Iterable[tuple[str, Row]]:
    table = records.tables.get(name)
    return table.rows.items() if table else ()


def sessions(records: Records) -> Iterator[Session]:
    """The sessions, as records."""
    for identifier, row in _rows(records, "sessions"):
        yield Session(identifier, record=0, **row)


def participants(records: Records) -> Iterator[Participant]:
    """The participants, as records."""
    own = {each.name for each in fields(Participant)}
    for identifier, row in _rows(records, "participants"):
        attributes = {name: value for name, value in row.items() if name not in own}
        known: dict[str, Any] = {name: row[name] for name in row if name in own}
        yield Participant(identifier, record=0, attributes=attributes, **known)


def quotes(records: Records) -> Iterator[Quote]:
    """The quotes, as records."""
    for identifier, row in _rows(records, "quotes"):
        codes = tuple(code for code in row["codes"].split("; ") if code)
        known: dict[str, Any] = {**row, "codes": codes}
        yield Quote(identifier, record=0, **known)


def translations(records: Records) -> Iterator[QuoteTranslation]:
    """The quotes' translations, as records."""
    for _, row in _rows(records, "quote_translations"):
        known: dict[str, Any] = dict(row)
        yield QuoteTranslation(record=0, **known)
