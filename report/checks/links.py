"""Everything that names something else names something that is there."""

from collections.abc import Callable, Collection, Iterator
from typing import Final

from report.model.diagnostic import Diagnostic, Location, Severity, did_you_mean, excerpt
from report.model.study import Study

_SUGGESTIONS: Final = 100  # to find the nearest of thousands of names takes long

_Unknown = Callable[[str, str, Collection[str], Location], Diagnostic]


def check(study: Study) -> Iterator[Diagnostic]:
    """Sessions, stakeholders, participants and codes that are named but not there."""
    unknown = _unknown()
    yield from _sessions(study, unknown)
    yield from _participants(study, unknown)
    yield from _quotes(study, unknown)
    yield from _translations(study, unknown)
    yield from _study_file(study, unknown)


def _unknown() -> _Unknown:
    """What makes a diagnostic of a wrong id. The nearest right one is looked for once a wrong one,
    and no more where there are very many of these."""
    hints: dict[tuple[str, str], str] = {}

    def unknown(what: str, identifier: str, known: Collection[str], at: Location) -> Diagnostic:
        if not identifier:
            hint = f"write the id of a {what}; {did_you_mean('', known)}".rstrip("; ")
            return Diagnostic(f"missing-{what}", f"the {what} is not filled in", at, hint)
        asked = (what, identifier)
        if asked not in hints:
            hints[asked] = did_you_mean(identifier, known) if len(hints) < _SUGGESTIONS else ""
        message = f"there is no {what} “{excerpt(identifier)}”"
        hint = hints[asked] or f"mend the id, or add the {what} to {_HOMES[what]}"
        return Diagnostic(f"unknown-{what}", message, at, hint)

    return unknown


_HOMES: Final = {
    "session": "the table of sessions",
    "participant": "the table of participants",
    "stakeholder": "study.yml",
    "code": "codebook.yml",
    "quote": "the table of quotes",
}
"""Where a thing of that kind is added."""


def _sessions(study: Study, unknown: _Unknown) -> Iterator[Diagnostic]:
    stakeholders = study.stakeholder_by_id
    peopled = {participant.session for participant in study.participants}
    for session in study.sessions:
        if session.stakeholder and session.stakeholder not in stakeholders:
            at = study.locate(session, "stakeholder")
            yield unknown("stakeholder", session.stakeholder, stakeholders, at)
        if session.id not in peopled:
            yield Diagnostic(
                "empty-session",
                f"no participant took part in session {excerpt(session.id)}",
                study.locate(session, "session"),
                "delete the session, or give its participants' rows its id",
                Severity.WARNING,
            )


def _participants(study: Study, unknown: _Unknown) -> Iterator[Diagnostic]:
    sessions, stakeholders = study.session_by_id, study.stakeholder_by_id
    for participant in study.participants:
        if participant.session not in sessions:
            at = study.locate(participant, "session")
            yield unknown("session", participant.session, sessions, at)
        elif not (participant.stakeholder or sessions[participant.session].stakeholder):
            message = f"neither {excerpt(participant.id)} nor session "
            message += f"{excerpt(participant.session)} has a stakeholder"
            hint = "fill in the column “stakeholder” in one of the two tables"
            at = study.locate(participant, "stakeholder")
            yield Diagnostic("missing-stakeholder", message, at, hint)
        if participant.stakeholder and participant.stakeholder not in stakeholders:
            at = study.locate(participant, "stakeholder")
            yield unknown("stakeholder", participant.stakeholder, stakeholders, at)


def _quotes(study: Study, unknown: _Unknown) -> Iterator[Diagnostic]:
    participants, codes = study.participant_by_id, study.sub_theme_of
    for quote in study.quotes:
        if quote.participant not in participants:
            at = study.locate(quote, "participant")
            yield unknown("participant", quote.participant, participants, at)
        if not quote.codes:
            yield Diagnostic(
                "missing-code",
                f"quote {excerpt(quote.id)} has no code",
                study.locate(quote, "codes"),
                "write a code or a sub-theme of codebook.yml there; several go with “;” between",
            )
        for code in quote.codes:
            if code not in codes:
                yield unknown("code", code, codes, study.locate(quote, "codes"))
        if not quote.text:
            message = f"quote {excerpt(quote.id)} has no words"
            at = study.locate(quote, "text")
            yield Diagnostic("missing-text", message, at, "fill in its text, or delete the row")


def _translations(study: Study, unknown: _Unknown) -> Iterator[Diagnostic]:
    for translation in study.quote_translations:
        if translation.quote not in study.quote_by_id:
            at = study.locate(translation, "quote")
            yield unknown("quote", translation.quote, study.quote_by_id, at)


def _study_file(study: Study, unknown: _Unknown) -> Iterator[Diagnostic]:
    stakeholders = study.stakeholder_by_id
    for number, phase in enumerate(study.file.recruitment.phases):
        if phase.stakeholder not in stakeholders:
            at = study.locate_key("study", ("recruitment", "phases", number, "stakeholder"))
            yield unknown("stakeholder", phase.stakeholder, stakeholders, at)
    people = study.file.co_researchers.people if study.file.co_researchers else ()
    for number, person in enumerate(people):
        for nth, stakeholder in enumerate(person.moderated):
            if stakeholder not in stakeholders:
                at = study.locate_key(
                    "study", ("co_researchers", "people", number, "moderated", nth)
                )
                yield unknown("stakeholder", stakeholder, stakeholders, at)
    columns = {name for participant in study.participants for name in participant.attributes}
    for number, attribute in enumerate(study.file.attributes):
        if attribute.id.casefold() not in columns and study.participants:
            yield Diagnostic(
                "missing-column",
                f"the table of participants has no column “{attribute.id}”",
                study.locate_key("study", ("attributes", number, "id")),
                did_you_mean(attribute.id, columns) or "add the column, or delete this attribute",
            )
