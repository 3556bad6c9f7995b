"""What a document tells of single participants, noted while it is composed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from report.clearance.cells import identifying
from report.compose.noted import noted
from report.model.records import Participant, Quote, Session
from report.model.study import Study
from report.model.study_file import Stakeholder


@dataclass
class Told:
    """The identifying columns whose values the document shows or counts by, and the ids of the
    participants who have a place of their own in it."""

    columns: set[str] = field(default_factory=set)
    participants: set[str] = field(default_factory=set)


def noting(study: Study, told: Told) -> Study:
    """The study, with ids and identifying values that note where a template takes them."""
    columns = identifying(study)
    stakeholders = study.file.stakeholders
    if "stakeholder" in columns:
        stakeholders = tuple(_stakeholder(s, told) for s in stakeholders)
    return replace(
        study,
        file=study.file.model_copy(update={"stakeholders": stakeholders}),
        quotes=tuple(_quote(q, told) for q in study.quotes),
        sessions=tuple(_session(s, columns, told) for s in study.sessions),
        participants=tuple(_participant(p, columns, told) for p in study.participants),
    )


def _participant(participant: Participant, columns: Collection[str], told: Told) -> Participant:
    return replace(
        participant,
        id=noted(participant.id, partial(told.participants.add, participant.id)),
        attributes={
            name: noted(value, partial(told.participants.add, participant.id)) if value else value
            for name, value in _values(participant.attributes, columns, told).items()
        },
    )


def _quote(quote: Quote, told: Told) -> Quote:
    return replace(quote, text=noted(quote.text, partial(told.participants.add, quote.participant)))


def _session(session: Session, columns: Collection[str], told: Told) -> Session:
    own = {
        "session": session.id,
        "mode": session.mode,
        "platform": session.platform,
        "date": session.date,
    }
    values = _values(own, columns, told)
    return replace(
        session,
        id=values["session"],
        mode=values["mode"],
        platform=values["platform"],
        date=values["date"],
    )


def _values(values: Mapping[str, str], columns: Collection[str], told: Told) -> dict[str, str]:
    return {
        name: noted(value, partial(told.columns.add, name)) if value and name in columns else value
        for name, value in values.items()
    }


def _stakeholder(stakeholder: Stakeholder, told: Told) -> Stakeholder:
    use = partial(told.columns.add, "stakeholder")
    words = {name: noted(getattr(stakeholder, name), use) for name in ("label", "one", "many")}
    return stakeholder.model_copy(update=words)
