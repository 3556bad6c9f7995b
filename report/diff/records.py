"""A study as it was read, row by row and key by key: what two states of it are told apart by."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Final

from pydantic import BaseModel

from report.model.audience import Audience
from report.model.records import (
    Participant,
    Quote,
    QuoteTranslation,
    Record,
    Session,
    hash_of,
)
from report.model.study import Study

_VERSION: Final = 1
_NO_COLUMNS: Final = {"id", "record", "replaced", "attributes"}
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

Row = Mapping[str, str]


@dataclass(frozen=True)
class Rows:
    """A table: its file, and its rows by their ids, each by column."""

    path: str
    rows: Mapping[str, Row]


@dataclass(frozen=True)
class Records:
    """`tables` by name; `keys` by file, the values of YAML files and works; `files` the SHA-256 of
    all that was read, templates among them; `version` is ours."""

    version: str
    tables: Mapping[str, Rows] = field(default_factory=dict)
    keys: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
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
    keys = {
        "data/study.yml": _flat(study.file),
        "data/codebook.yml": _flat(study.codebook),
        "data/glossary.yml": _flat(study.glossary),
        "data/audiences.yml": dict(_leaves({n: _plain(a) for n, a in audiences.items()})),
        "data/references.bib": {r.key: r.source for r in study.references},
    }
    return Records(version, tables, keys, files)


def written(records: Records) -> bytes:
    """The records as JSON."""
    data = {"records": _VERSION, **asdict(records)}
    return json.dumps(data, sort_keys=True, ensure_ascii=False).encode()


def read(content: bytes) -> Records | None:
    """What `written` wrote; none where it is damaged, or of another version."""
    try:
        data = json.loads(content)
        if data["records"] != _VERSION:
            return None
        tables = {name: Rows(**table) for name, table in data["tables"].items()}
        records = Records(data["version"], tables, data["keys"], data["files"])
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

    participants = tuple(consented(p) for p in _participants(records))
    known = {p.id for p in participants}
    quotes = tuple(allowed(q) for q in _quotes(records) if q.participant in known)
    ids = {q.id for q in quotes}
    return replace(
        today,
        sessions=tuple(_sessions(records)),
        participants=participants,
        quotes=quotes,
        quote_translations=tuple(t for t in _translations(records) if t.quote in ids),
    )


def withdrawn(records: Records) -> Mapping[str, str]:
    """What the column “withdrawn” said, by participant."""
    return {i: row.get("withdrawn", "") for i, row in _rows(records, "participants")}


def without(records: Records, participant: str) -> Records:
    """The records without a participant: their row, their quotes, and the translations of these."""
    mine = {i for i, row in _rows(records, "quotes") if row.get("participant") == participant}

    def kept(name: str, identifier: str, row: Row) -> bool:
        match name:
            case "participants":
                return identifier != participant
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
    if isinstance(record, Quote):
        del row["hash"]  # it follows from the text
    if isinstance(record, Participant):
        row |= record.attributes
    return row


def _flat(model: BaseModel) -> dict[str, str]:
    return dict(_leaves(_plain(model)))


def _plain(model: BaseModel) -> Any:  # noqa: ANN401
    return model.model_dump(mode="json", exclude_defaults=True)


def _leaves(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Each value that is no mapping or list, by its keys with points between; an item of a list
    goes by its id, or its number."""
    match value:
        case dict():
            for key, inner in value.items():
                yield from _leaves(inner, f"{path}.{key}" if path else str(key))
        case list():
            for number, inner in enumerate(value, 1):
                name = inner.get("id") or inner.get("term") if isinstance(inner, dict) else ""
                yield from _leaves(inner, f"{path}.{name or number}")
        case _:
            yield path, str(value)


def _rows(records: Records, name: str) -> Iterable[tuple[str, Row]]:
    table = records.tables.get(name)
    return table.rows.items() if table else ()


def _sessions(records: Records) -> Iterator[Session]:
    for identifier, row in _rows(records, "sessions"):
        yield Session(identifier, record=0, **row)


def _participants(records: Records) -> Iterator[Participant]:
    own = {each.name for each in fields(Participant)}
    for identifier, row in _rows(records, "participants"):
        attributes = {name: value for name, value in row.items() if name not in own}
        known: dict[str, Any] = {name: row[name] for name in row if name in own}
        yield Participant(identifier, record=0, attributes=attributes, **known)


def _quotes(records: Records) -> Iterator[Quote]:
    for identifier, row in _rows(records, "quotes"):
        codes = tuple(code for code in row["codes"].split("; ") if code)
        known: dict[str, Any] = {**row, "codes": codes}
        yield Quote(identifier, record=0, hash=hash_of(row["text"]), **known)


def _translations(records: Records) -> Iterator[QuoteTranslation]:
    for _, row in _rows(records, "quote_translations"):
        known: dict[str, Any] = dict(row)
        yield QuoteTranslation(record=0, **known)
