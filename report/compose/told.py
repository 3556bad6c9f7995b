"""What a document tells of single participants, noted while it is composed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeAlias

from report.clearance.cells import identifying
from report.compose.noted import noted
from report.model.records import Participant, Quote, Session
from report.model.study import Study
from report.model.study_file import Stakeholder

Uses: TypeAlias = Mapping[str, tuple[Callable[[], object]]]
"""What notes that a value was shown, by its column."""


@dataclass
class Told:
    """The identifying columns whose values the document shows or counts by, and the ids of the
    participants who have a place of their own in it."""

    columns: set[str] = field(default_factory=set)
    participants: set[str] = field(default_factory=set)


def noting(study: Study, told: Told) -> Study:
    """The study, with ids and identifying values that note where a template takes them. Quotes do
    so as they are taken, by `noting_quote`: there may be very many, and few are."""
    uses = {name: (partial(told.columns.add, name),) for name in identifying(study)}
    stakeholders = study.file.stakeholders
    if "stakeholder" in uses:
        stakeholders = tuple(_stakeholder(s, told) for s in stakeholders)
    return replace(
        study,
        file=study.file.model_copy(update={"stakeholders": stakeholders}),
        sessions=tuple(_session(s, uses) for s in study.sessions),
        participants=tuple(_participant(p, uses, told) for p in study.participants),
    )


def _participant(participant: Participant, uses: Uses, told: Told) -> Participant:
    use = partial(told.participants.add, participant.id)
    return participant.in_words(
        noted(participant.id, use),
        {
            name: noted(value, *uses.get(name, ()), use) if value else value
            for name, value in participant.attributes.items()
        },
    )


def noting_quote(quote: Quote, told: Told) -> Quote:
    """The quote, whose words note where a template takes them."""
    return replace(quote, text=noted(quote.text, partial(told.participants.add, quote.participant)))


def _session(session: Session, uses: Uses) -> Session:
    own = {
        "session": session.id,
        "mode": session.mode,
        "platform": session.platform,
        "date": session.date,
    }
    values = _values(own, uses)
    return replace(
        session,
        id=values["session"],
        mode=values["mode"],
        platform=values["platform"],
        date=values["date"],
    )


def _values(values: Mapping[str, str], uses: Uses) -> dict[str, str]:
    return {
        name: noted(value, *uses[name]) if value and name in uses else value
        for name, value in values.items()
    }


def _stakeholder(stakeholder: Stakeholder, told: Told) -> Stakeholder:
    use = partial(told.columns.add, "stakeholder")
    words = {name: noted(getattr(stakeholder, name), use) for name in ("label", "one", "many")}
    return stakeholder.model_copy(update=words)
