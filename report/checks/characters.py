"""Characters that no document can show."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from typing import Final

from report.model.diagnostic import Diagnostic, Location
from report.model.records import (
    Generalisation,
    Mask,
    Participant,
    Picture,
    Quote,
    QuoteTranslation,
    Recipient,
    Record,
    Session,
)
from report.model.study import Study

# What XML and PDF refuse: controls, lone surrogates, non-characters; and the sign of a letter that
# was lost on the way. Nothing beyond U+FFFF: that would make the search ten times as slow.
_BAD: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff]"
)
_ASCII_CONTROLS: Final = bytes(code for code in range(0x80) if _BAD.match(chr(code)))
_STARTS: Final = (b"\xc2", b"\xef")
_COLUMNS: Final = {
    Session: ("id", "kind", "stakeholder", "mode", "platform", "date", "language"),
    Participant: ("id", "session", "stakeholder"),
    Quote: ("id", "participant", "text", "language", "source", "position"),
    QuoteTranslation: ("quote", "language", "text", "translator", "date", "reviewer", "hash"),
    Generalisation: ("attribute", "value", "general"),
    Mask: ("words", "kind", "replacement"),
    Picture: ("id", "file", "alt", "source", "licence"),
    Recipient: ("id",),
}
"""The texts of each kind of record."""


def check(study: Study) -> Iterator[Diagnostic]:
    """Control characters and the sign of a broken encoding, in tables and prose."""
    tables: tuple[Sequence[Record], ...] = (
        *(study.sessions, study.participants, study.quotes, study.quote_translations),
        *(study.generalisations, study.masks, study.pictures, study.recipients),
    )
    for records in tables:
        # A search through all text at once: as good as always there is nothing to find.
        if _is_bad(_whole(records)):
            for record in records:
                yield from _record(study, record)
    for catalogue in study.catalogues.values():
        for translation in catalogue.translations.values():
            for start, count in _runs("\n".join(translation.texts)):
                text = "\n".join(translation.texts)
                yield _problem(
                    text[start], count, "", Location(catalogue.path, translation.line, 1)
                )
    for prose in study.prose.values():
        for start, count in _runs(prose.text):
            before = prose.text[:start]
            at = Location(prose.path, before.count("\n") + 1, start - before.rfind("\n"))
            yield _problem(prose.text[start], count, "", at)


def _is_bad(whole: str) -> bool:
    try:
        written = whole.encode()
    except UnicodeEncodeError:
        return True  # half a character
    if len(written.translate(None, _ASCII_CONTROLS)) < len(written):
        return True
    # The others begin with one of two bytes in UTF-8.
    return any(start in written for start in _STARTS) and _BAD.search(whole) is not None


def _whole(records: Sequence[Record]) -> str:
    if not records:
        return ""
    texts = chain.from_iterable(map(attrgetter(*_COLUMNS[type(records[0])]), records))
    more = chain.from_iterable(_lists(record).values() for record in records)
    return "\n".join(chain(texts, more))


def _lists(record: Record) -> Mapping[str, str]:
    """What a record has several of, by the column that it stands in."""
    match record:
        case Participant():
            return record.attributes
        case Quote():
            return {"codes": ";".join(record.codes)}
        case Recipient():
            return {name: cell for name, cell in record.columns.items() if name != "recipient"}
        case _:
            return {}


def _cells(record: Record) -> Iterator[tuple[str, str]]:
    """The cells of a record: column and text."""
    for name in _COLUMNS[type(record)]:
        column = name if name != "id" else type(record).__name__.casefold()
        yield column, getattr(record, name)
    yield from _lists(record).items()


def _record(study: Study, record: Record) -> Iterator[Diagnostic]:
    for column, text in _cells(record):
        for start, count in _runs(text):
            where = f" in the {column} of {record.id}, character {start + 1}"
            yield _problem(text[start], count, where, study.locate(record, column))


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Each bad character once: where it stands first, and how often it stands in the text."""
    counts: dict[str, int] = {}
    first: dict[str, int] = {}
    for found in _BAD.finditer(text):
        counts[found[0]] = counts.get(found[0], 0) + 1
        first.setdefault(found[0], found.start())
    return ((start, counts[character]) for character, start in first.items())


def _problem(character: str, count: int, where: str, at: Location) -> Diagnostic:
    more = f", and {count - 1} more of it" if count > 1 else ""
    if character == "\ufffd":
        message = f"a letter was lost (�){where}{more}"
        hint = "the file went through a wrong encoding: save it again as “CSV UTF-8”"
        if not at.path.endswith(".csv"):
            hint = "type it anew"
        return Diagnostic("broken-encoding", message, at, hint)
    message = f"the control character U+{ord(character):04X} stands{where or ' here'}{more}"
    return Diagnostic("control-character", message, at, "delete it, or type it anew")
