"""What a document tells of single participants, noted while it is composed."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final, TypeAlias

from report.clearance.cells import identifying
from report.compose.noted import noted
from report.compose.tables import People
from report.model.records import Participant, Quote, Session
from report.model.study import Study
from report.model.study_file import Stakeholder

Uses: TypeAlias = Mapping[str, tuple[Callable[[], object]]]
"""What notes that a value was shown, by its column."""

_OF_A_SESSION: Final = {"session": "id", "mode": "mode", "platform": "platform", "date": "date"}
"""The columns of the table of sessions that may identify somebody, and what each is in a record."""


@dataclass
class Told:
    """The identifying columns whose values the document shows or counts by, and the ids of the
    participants who have a place of their own in it."""

    columns: set[str] = field(default_factory=set)
    participants: set[str] = field(default_factory=set)


def noting(study: Study, told: Told) -> Study:
    """The study, whose sessions and stakeholders note where a template takes their identifying
    values. Participants and quotes do so as they are taken, by the functions below: there may be
    very many, and few are."""
    uses = {name: (partial(told.columns.add, name),) for name in identifying(study)}
    stakeholders = study.file.stakeholders
    if "stakeholder" in uses:
        stakeholders = tuple(_stakeholder(s, told) for s in stakeholders)
    return replace(
        study,
        file=study.file.model_copy(update={"stakeholders": stakeholders}),
        sessions=tuple(_session(s, uses) for s in study.sessions),
    )


def noting_participant(told: Told, columns: Collection[str], one: Participant) -> Participant:
    """The participant, whose id and values note where a template takes them; `columns` are the
    identifying ones."""
    use = partial(told.participants.add, one.id)
    uses = {name: (partial(told.columns.add, name),) for name in columns}
    return one.in_words(
        noted(one.id, use),
        {
            name: noted(value, *uses.get(name, ()), use) if value else value
            for name, value in one.attributes.items()
        },
    )


def noting_people(told: Told, columns: Collection[str], people: People) -> People:
    """Participants of a table, likewise. A value that several have tells of none of them."""
    ids = tuple(
        noted(text, partial(told.participants.update, whom))
        for text, whom in zip(people.ids, people.whom, strict=True)
    )

    def shown(name: str, value: str) -> str:
        who = people.alone.get((name, value))
        uses = [partial(told.columns.add, name.casefold())] if name.casefold() in columns else []
        uses += [partial(told.participants.add, who)] if who else []
        return noted(value, *uses) if uses else value

    attributes = {
        name: [(shown(name, value), n) for value, n in values]
        for name, values in people.attributes.items()
    }
    return replace(people, ids=ids, attributes=attributes)


def noting_quote(told: Told, quote: Quote) -> Quote:
    """The quote, whose words note where a template takes them."""
    return replace(quote, text=noted(quote.text, partial(told.participants.add, quote.participant)))


def _session(session: Session, uses: Uses) -> Session:
    changed: dict[str, Any] = {
        name: noted(value, *uses[column])
        for column, name in _OF_A_SESSION.items()
        if column in uses and (value := getattr(session, name))
    }
    return replace(session, **changed) if changed else session


def _stakeholder(stakeholder: Stakeholder, told: Told) -> Stakeholder:
    use = partial(told.columns.add, "stakeholder")
    words = {name: noted(getattr(stakeholder, name), use) for name in ("label", "one", "many")}
    return stakeholder.model_copy(update=words)
