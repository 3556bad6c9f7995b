"""Dates that are dates, and that do not run backwards."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from report.model.diagnostic import Diagnostic, Location
from report.model.study import Study


def check(study: Study) -> Iterator[Diagnostic]:
    """The study's own dates, and each session's within the time of data collection."""
    collection = study.file.data_collection
    start, end = collection.start, collection.end
    key = study.locate_key
    if _after(start, end):
        at = key("study", ("data_collection", "end"))
        yield _backwards(f"data collection ends ({end}) before it starts ({start})", at)
    publication = study.file.publication
    if publication:
        steps = [
            (name, value)
            for name in ("received", "accepted", "published")
            if (value := getattr(publication, name))
        ]
        for (before, earlier), (after, later) in pairwise(steps):
            if _after(earlier, later):
                at = key("study", ("publication", after))
                yield _backwards(f"{after} ({later}) comes before {before} ({earlier})", at)
    for path, value in (
        (("date",), study.file.date),
        (("data_collection", "start"), start),
        (("data_collection", "end"), end),
    ):
        if not _is_date(value):
            yield _no_date(value, key("study", path))
    for session in study.sessions:
        at = study.locate(session, "date")
        if session.date and not _is_date(session.date):
            yield _no_date(session.date, at)
        elif session.date and (_after(start, session.date) or _after(session.date, end)):
            message = f"session {session.id} was held on {session.date}, outside the time of data "
            message += f"collection in study.yml ({start} to {end})"
            yield _backwards(message, at)


def _after(one: str, other: str) -> bool:
    """Whether `one` is surely later: dates known to the month compare by the month."""
    length = min(len(one), len(other))
    return one[:length] > other[:length]


def _is_date(value: str) -> bool:
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", value):
        return False
    year, month, day = (int(part) for part in (value + "-01-01").split("-")[:3])
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _no_date(value: str, at: Location) -> Diagnostic:
    hint = "write it 2024-09-02, 2024-09 or 2024"
    return Diagnostic("invalid-date", f"“{value}” is not a date", at, hint)


def _backwards(message: str, at: Location) -> Diagnostic:
    return Diagnostic("dates-backwards", message, at, "correct one of the two dates")
