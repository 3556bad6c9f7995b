"""Dates that do not run backwards. Those of study.yml are dates already."""

from collections.abc import Iterator
from itertools import pairwise

from report.model.diagnostic import Diagnostic, Location, excerpt
from report.model.entry import is_date
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
    for translation in study.quote_translations:
        if translation.date and not is_date(translation.date):
            yield _no_date(translation.date, study.locate(translation, "date"))
    for session in study.sessions:
        if session.date and not is_date(session.date):
            yield _no_date(session.date, study.locate(session, "date"))
        elif session.date and (_after(start, session.date) or _after(session.date, end)):
            message = f"session {excerpt(session.id)} was held on {session.date}, outside the time "
            message += f"of data collection in study.yml ({start} to {end})"
            yield _backwards(message, study.locate(session, "date"))


def _after(one: str, other: str) -> bool:
    """Whether `one` is surely later: dates known to the month compare by the month."""
    length = min(len(one), len(other))
    return one[:length] > other[:length]


def _no_date(value: str, at: Location) -> Diagnostic:
    hint = "write it 2024-09-02, 2024-09 or 2024"
    return Diagnostic("invalid-date", f"“{excerpt(value)}” is not a date", at, hint)


def _backwards(message: str, at: Location) -> Diagnostic:
    return Diagnostic("dates-backwards", message, at, "correct one of the two dates")
