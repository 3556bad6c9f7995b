"""The numbers of the tables. Their words and columns are the templates'."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from report.model.codebook import SubTheme
from report.model.order import Natural, natural
from report.model.records import Participant, Session
from report.model.study import Study
from report.model.study_file import Stakeholder


@dataclass(frozen=True)
class SessionRow:
    """A session and the people in it."""

    session: Session
    stakeholders: tuple[Stakeholder, ...]
    people: "People"


@dataclass(frozen=True)
class StakeholderRow:
    """A stakeholder, its sessions and its people."""

    stakeholder: Stakeholder
    sessions: int
    people: "People"


@dataclass(frozen=True)
class People:
    """Participants: their ids with runs closed up (M1–M6) but for those who withdrew, and `whom`
    each of these stands for; how many; and by attribute each value with the number of people who
    have it, the most frequent first. `alone`: by attribute and value, who is the only one of them.
    """

    ids: tuple[str, ...]
    whom: tuple[Sequence[str], ...]
    count: int
    attributes: Mapping[str, Sequence[tuple[str, int]]]
    alone: Mapping[tuple[str, str], str]


@lru_cache(maxsize=4)
def by_session(study: Study) -> list[SessionRow]:
    """A row a session that somebody took part in."""
    rows = []
    for session in study.sessions:
        people = study.participants_of.get(session.id)
        if people:
            theirs = {study.stakeholder_of(p) for p in people}
            stakeholders = tuple(s for s in study.file.stakeholders if s.id in theirs)
            rows.append(SessionRow(session, stakeholders, _people(study, people)))
    return rows


@lru_cache(maxsize=4)
def by_stakeholder(study: Study) -> list[StakeholderRow]:
    """A row a stakeholder that somebody is."""
    people: dict[str, list[Participant]] = {}
    for participant in study.participants:
        people.setdefault(study.stakeholder_of(participant), []).append(participant)
    return [
        StakeholderRow(stakeholder, len({p.session for p in theirs}), _people(study, theirs))
        for stakeholder in study.file.stakeholders
        if (theirs := people.get(stakeholder.id))
    ]


def _people(study: Study, people: Sequence[Participant]) -> People:
    attributes = {}
    alone: dict[tuple[str, str], str] = {}
    for attribute in study.file.attributes:
        own = [(p.attributes.get(attribute.id.casefold(), ""), p.id) for p in people]
        values = Counter(value for value, _ in own if value)
        attributes[attribute.id] = sorted(values.items(), key=lambda item: (-item[1], item[0]))
        alone |= {(attribute.id, value): who for value, who in own if values[value] == 1}
    ids = [p.id for p in people if not p.withdrawn]
    runs = closed_up(ids)
    return People(
        tuple(text for text, _ in runs),
        tuple(whom for _, whom in runs),
        len(people),
        attributes,
        alone,
    )


def closed_up(ids: Sequence[str]) -> list[tuple[str, Sequence[str]]]:
    """M1 M2 M3 M7 → M1–M3, M7; each with the ids that it stands for."""
    keys = map(natural, ids)
    runs = [[identifier] for identifier in ids[:1]]
    for (before, after), identifier in zip(pairwise(keys), ids[1:], strict=True):
        if _follows(before, after):
            runs[-1].append(identifier)
        else:
            runs.append([identifier])
    closed: list[tuple[str, Sequence[str]]] = []
    for run in runs:
        if len(run) > 2:  # noqa: PLR2004  # two are as short one by one
            closed.append((f"{run[0]}–{run[-1]}", run))
        else:
            closed += ((identifier, (identifier,)) for identifier in run)
    return closed


def _follows(one: Natural, other: Natural) -> bool:
    *before, kind, number, _ = one
    *same, as_well, next_, _ = other
    return kind == as_well == 0 and before == same and int(number) + 1 == next_


@dataclass(frozen=True)
class SubThemeRow:
    """A sub-theme and the number of its quotes: by each who is counted apart, and of all.

    `speakers` is the number of participants who said them.
    """

    sub_theme: SubTheme
    counts: tuple[int, ...]
    total: int
    speakers: int


def quotes(
    source: Study, study: Study, by: Literal["stakeholder", "participant"]
) -> list[SubThemeRow]:
    """A row a sub-theme of `study`, which is in the document's language, with the quotes of
    `source`; the columns in the order of study.yml's stakeholders or of participants.

    A quote under two sub-themes counts in both rows.
    """
    said = _said(source)
    speakers = Counter(sub_theme for sub_theme, _ in said)
    columns: Sequence[Participant | Stakeholder] = source.file.stakeholders
    if by == "participant":
        columns = [p for p in source.participants if not p.withdrawn]
    counted = said if by == "participant" else _said_by_stakeholder(source)
    rows = []
    for sub in study.sub_themes:
        counts = tuple(counted[sub.id, column.id] for column in columns)
        rows.append(SubThemeRow(sub, counts, sum(counts), speakers[sub.id]))
    return rows


@lru_cache(maxsize=4)
def _said(study: Study) -> Counter[tuple[str, str]]:
    """How many quotes there are, by sub-theme and participant."""
    said: Counter[tuple[str, str]] = Counter()
    for (codes, participant), n in Counter((q.codes, q.participant) for q in study.quotes).items():
        for sub in study.sub_themes_of(codes):
            said[sub.id, participant] += n
    return said


@lru_cache(maxsize=4)
def _said_by_stakeholder(study: Study) -> Counter[tuple[str, str]]:
    """The same, by sub-theme and stakeholder."""
    who = {p.id: study.stakeholder_of(p) for p in study.participants}
    counted: Counter[tuple[str, str]] = Counter()
    for (sub_theme, participant), n in _said(study).items():
        counted[sub_theme, who[participant]] += n
    return counted


@lru_cache(maxsize=4)
def lanes(study: Study) -> list[tuple[Stakeholder, list[tuple[Session, int, float]]]]:
    """For each stakeholder in the order of recruitment its sessions: each with its number of
    people and its place between the first and the last (0 to 1), by date where all have one."""
    order = [phase.stakeholder for phase in study.file.recruitment.phases]
    order += [s.id for s in study.file.stakeholders if s.id not in order]
    rows = [row for row in by_session(study) if row.people.ids]
    rows.sort(key=lambda row: (order.index(row.stakeholders[0].id), natural(row.session.id)))
    places = _places(study, [row.session for row in rows])
    by_lane: dict[str, list[tuple[Session, int, float]]] = {}
    for row in rows:
        mark = (row.session, row.people.count, places[row.session.id])
        by_lane.setdefault(row.stakeholders[0].id, []).append(mark)
    return [(study.stakeholder_by_id[s], by_lane[s]) for s in order if s in by_lane]


def _places(study: Study, sessions: Sequence[Session]) -> dict[str, float]:
    if dated(study):
        start = _month(study.file.data_collection.start)
        length = max(_month(study.file.data_collection.end) + 1 - start, 1)
        return {s.id: (_month(s.date) - start) / length for s in sessions}
    steps = max(len(sessions) - 1, 1)
    return {session.id: number / steps for number, session in enumerate(sessions)}


def dated(study: Study) -> bool:
    """Whether the month of every session is known."""
    return all(len(session.date) > len("2021") for session in study.sessions)


def _month(value: str) -> float:
    """Months since the year 0; a day is a part of its month."""
    year, month, day = (int(part) for part in f"{value}-1-1".split("-")[:3])
    return year * 12 + (month - 1) + (day - 1) / 31
