"""Everything that names something else names something that is there."""

from collections.abc import Collection, Iterator

from report.model.diagnostic import Diagnostic, Location, Severity, did_you_mean
from report.model.study import Study


def check(study: Study) -> Iterator[Diagnostic]:
    """Sessions, stakeholders, participants and codes that are named but not there."""
    yield from _sessions(study)
    yield from _participants(study)
    yield from _quotes(study)
    yield from _study_file(study)


def _unknown(what: str, identifier: str, known: Collection[str], at: Location) -> Diagnostic:
    message = f"there is no {what} {identifier}"
    return Diagnostic(f"unknown-{what}", message, at, did_you_mean(identifier, known))


def _sessions(study: Study) -> Iterator[Diagnostic]:
    stakeholders = study.stakeholder_by_id
    peopled = {participant.session for participant in study.participants}
    for session in study.sessions:
        if session.stakeholder and session.stakeholder not in stakeholders:
            at = study.locate(session, "stakeholder")
            yield _unknown("stakeholder", session.stakeholder, stakeholders, at)
        if session.id not in peopled:
            yield Diagnostic(
                "empty-session",
                f"no participant took part in session {session.id}",
                study.locate(session, "session"),
                "delete the session, or give its participants' rows its id",
                Severity.WARNING,
            )


def _participants(study: Study) -> Iterator[Diagnostic]:
    sessions, stakeholders = study.session_by_id, study.stakeholder_by_id
    for participant in study.participants:
        at = study.locate(participant, "session")
        if participant.session not in sessions:
            yield _unknown("session", participant.session, sessions, at)
        elif not (participant.stakeholder or sessions[participant.session].stakeholder):
            message = f"neither {participant.id} nor session {participant.session} "
            message += "has a stakeholder"
            hint = "fill in the column “stakeholder” in one of the two tables"
            yield Diagnostic("missing-stakeholder", message, at, hint)
        if participant.stakeholder and participant.stakeholder not in stakeholders:
            at = study.locate(participant, "stakeholder")
            yield _unknown("stakeholder", participant.stakeholder, stakeholders, at)


def _quotes(study: Study) -> Iterator[Diagnostic]:
    participants, codes = study.participant_by_id, study.sub_theme_of
    for quote in study.quotes:
        if quote.participant not in participants:
            at = study.locate(quote, "participant")
            yield _unknown("participant", quote.participant, participants, at)
        if not quote.codes:
            yield Diagnostic(
                "missing-code",
                f"quote {quote.id} has no code",
                study.locate(quote, "codes"),
                "write a code or a sub-theme of codebook.yml there; several go with “;” between",
            )
        for code in quote.codes:
            if code not in codes:
                yield _unknown("code", code, codes, study.locate(quote, "codes"))
        if not quote.text:
            message = f"quote {quote.id} has no words"
            at = study.locate(quote, "text")
            yield Diagnostic("missing-text", message, at, "fill in its text, or delete the row")


def _study_file(study: Study) -> Iterator[Diagnostic]:
    stakeholders = study.stakeholder_by_id
    for number, phase in enumerate(study.file.recruitment.phases):
        if phase.stakeholder not in stakeholders:
            at = study.locate_key("study", ("recruitment", "phases", number, "stakeholder"))
            yield _unknown("stakeholder", phase.stakeholder, stakeholders, at)
    people = study.file.co_researchers.people if study.file.co_researchers else ()
    for number, person in enumerate(people):
        for nth, stakeholder in enumerate(person.moderated):
            if stakeholder not in stakeholders:
                at = study.locate_key(
                    "study", ("co_researchers", "people", number, "moderated", nth)
                )
                yield _unknown("stakeholder", stakeholder, stakeholders, at)
    columns = {name for participant in study.participants for name in participant.attributes}
    for number, attribute in enumerate(study.file.attributes):
        if attribute.id.casefold() not in columns:
            yield Diagnostic(
                "missing-column",
                f"the table of participants has no column “{attribute.id}”",
                study.locate_key("study", ("attributes", number, "id")),
                did_you_mean(attribute.id, columns) or "add the column, or delete this attribute",
            )
