"""Consents and withdrawals that say what they mean, for audiences that say what they need."""

from collections.abc import Iterator, Mapping

from report.model.audience import Audience
from report.model.consent import ALL, NONE, names, withdrawal
from report.model.diagnostic import Diagnostic, Location, did_you_mean, excerpt
from report.model.entry import is_date
from report.model.records import Participant, Quote
from report.model.study import Study


def check(study: Study) -> Iterator[Diagnostic]:
    """Cells of consent that name a use which study.yml does not, or nothing; withdrawals without a
    date."""
    known = [consent.id for consent in study.file.consents]
    yield from _ids(study, known)
    if known and any(participant.consent is None for participant in study.participants):
        message = "study.yml names consents, and this table has no column “consent”"
        hint = "add the column, and fill in for each participant what they consented to"
        at = study.locate(study.participants[0], "consent")
        yield Diagnostic("missing-consent", message, Location(at.path), hint)
    if not known:
        yield from _unnamed(study)
    for participant in study.participants:
        yield from _uses(study, participant, participant.consent, known)
        yield from _withdrawn(study, participant)
    for quote in study.quotes:
        yield from _uses(study, quote, quote.consent or None, known)


def check_audiences(study: Study, audiences: Mapping[str, Audience]) -> Iterator[Diagnostic]:
    """Audiences that do not say which consents they need, or name one that there is not; and
    withdrawals from audiences that are none."""
    known = [consent.id for consent in study.file.consents]
    at = study.locate_key
    for name, audience in audiences.items():
        key = ("audiences", name, "consent")
        if known and audience.consent is None:
            message = f"nothing says which of the participants' consents {name} needs"
            hint = f"add under {name} in audiences.yml: consent: {{quote: [{known[0]}]}}, or "
            hint += "consent: {quote: []} if it needs none"
            yield Diagnostic("unsaid-consent", message, at("audiences", key), hint)
        for part in ("quote", "translation") if audience.consent else ():
            for number, use in enumerate(getattr(audience.consent, part)):
                if use not in known:
                    message = f"study.yml knows no consent “{use}”"
                    place = at("audiences", (*key, part, number))
                    yield Diagnostic("unknown-consent", message, place, _meant(use, known))
    for participant in study.participants:
        withdrew = withdrawal(participant.withdrawn)
        for name in withdrew.audiences if withdrew and is_date(withdrew.date) else ():
            if name not in audiences:
                message = f"there is no audience “{excerpt(name)}” to withdraw from"
                place = study.locate(participant, "withdrawn")
                hint = did_you_mean(name, (*audiences, ALL)) or f"write {ALL} for every audience"
                yield Diagnostic("unknown-audience", message, place, hint)


def _uses(
    study: Study, record: Participant | Quote, cell: str | None, known: list[str]
) -> Iterator[Diagnostic]:
    if cell is None:
        return
    at = study.locate(record, "consent")
    if not cell and known:
        message = f"what {excerpt(record.id)} has consented to is not filled in"
        hint = f"write the uses, with semicolons between them, or {ALL}, or {NONE}"
        yield Diagnostic("missing-consent", message, at, hint)
    if NONE in names(cell) and len(names(cell)) > 1:
        message = f"“{NONE}” stands beside other consents of {excerpt(record.id)}"
        hint = "write either the uses that they said yes to, or none"
        yield Diagnostic("consent-and-none", message, at, hint)
    for use in names(cell):
        if use not in {*known, ALL, NONE}:
            message = f"study.yml knows no consent “{excerpt(use)}”"
            hint = _meant(use, [*known, ALL, NONE] if known else [])
            yield Diagnostic("unknown-consent", message, at, hint)


def _unnamed(study: Study) -> Iterator[Diagnostic]:
    """A column that changes nothing would promise what is not kept."""
    records: list[Participant | Quote] = [*study.participants, *study.quotes]
    filled = next((record for record in records if record.consent), None)
    if filled and set(names(filled.consent or "")) <= {ALL, NONE}:
        message = "consents are filled in here, and study.yml does not say to what"
        hint = "name them under “consents:” in study.yml, or delete the column"
        yield Diagnostic("unsaid-consent", message, study.locate(filled, "consent"), hint)


def _ids(study: Study, known: list[str]) -> Iterator[Diagnostic]:
    for number, use in enumerate(known):
        at = study.locate_key("study", ("consents", number, "id"))
        if use in {ALL, NONE}:
            message = f"a consent cannot be called “{use}”: in a table that stands for every use, "
            message += "or for no use"
            yield Diagnostic("reserved-name", message, at, "give it another id")
        elif use in known[:number]:
            message = f"the id {excerpt(use)} is here twice"
            yield Diagnostic("duplicate-id", message, at, "give one of them another id")


def _meant(use: str, known: list[str]) -> str:
    return did_you_mean(use, known) or "mend the word, or add it under “consents:” in study.yml"


def _withdrawn(study: Study, participant: Participant) -> Iterator[Diagnostic]:
    withdrew = withdrawal(participant.withdrawn)
    if withdrew and not is_date(withdrew.date):
        message = f"“{excerpt(participant.withdrawn)}” does not start with a date"
        hint = "write the day of the withdrawal and from what: 2026-11-24 all; or leave it empty"
        yield Diagnostic(
            "invalid-withdrawal", message, study.locate(participant, "withdrawn"), hint
        )
