"""Who may be in a document, and which of their quotes may."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from report.model.audience import Variant
from report.model.consent import ALL, NONE, names, withdrawal
from report.model.records import Participant, Quote
from report.model.study import Study


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something may not be shown: the rule, and the same in words, for a message."""

    rule: Literal["withdrawn", "consent"]
    why: str


def absence(study: Study, variant: Variant, participant: Participant) -> Refusal | None:
    """Why nothing of the participant may be in the document; none where something may."""
    # Who never consented counts nowhere, even where those who withdrew are still counted.
    for consent in study.file.consents:
        if consent.required and not _gave(participant.consent, consent.id):
            return _lacking(study, participant, consent.id)
    withdrew = withdrawal(participant.withdrawn)
    if withdrew and withdrew.concerns(variant.audience_name):
        scope = f" from {', '.join(withdrew.audiences)}" if withdrew.audiences else ""
        return Refusal("withdrawn", f"{participant.id} withdrew on {withdrew.date}{scope}")
    return None


def refusal(study: Study, variant: Variant, quote: Quote, language: str) -> Refusal | None:
    """Why the quote may not be shown in the language; none where it may."""
    participant = study.participant_by_id[quote.participant]
    if absent := absence(study, variant, participant):
        return absent
    if NONE in _names(participant.consent or "") or NONE in _names(quote.consent):
        return Refusal("consent", f"{participant.id} has not consented to any use of it (“{NONE}”)")
    needs = variant.audience.consent
    if needs is None or not study.file.consents:
        return None
    asked = needs.quote if quote.language == language else (*needs.quote, *needs.translation)
    for use in asked:
        if not _gave(participant.consent, use):
            return _lacking(study, participant, use)
        if quote.consent and not _gave(quote.consent, use):
            return _lacking(study, participant, use, " with this quote")
    return None


@lru_cache(maxsize=4)
def _asked(study: Study) -> Mapping[tuple[str, str], Sequence[Quote]]:
    """The quotes by who said them and by what they say themselves of their use."""
    found: dict[tuple[str, str], list[Quote]] = {}
    for quote in study.quotes:
        found.setdefault((quote.participant, quote.consent), []).append(quote)
    return found


def refusals(study: Study, variant: Variant) -> dict[str, Refusal]:
    """The quotes that may not be shown in their own language, by id, and why, in their order."""
    found: dict[str, Refusal] = {}
    # What a participant has said goes for all of their quotes that say nothing themselves.
    for quotes in _asked(study).values():
        if why := refusal(study, variant, quotes[0], quotes[0].language):
            found |= {quote.id: why for quote in quotes}
    return {q.id: found[q.id] for q in study.quotes if q.id in found} if found else {}


def _gave(cell: str | None, use: str) -> bool:
    given = _names(cell or "")
    return NONE not in given and (use in given or ALL in given)


@lru_cache(maxsize=1024)
def _names(cell: str) -> tuple[str, ...]:
    return names(cell)


def _lacking(study: Study, participant: Participant, use: str, more: str = "") -> Refusal:
    label = next((c.label for c in study.file.consents if c.id == use), use)
    why = f"{participant.id} has not consented to {label}{more} (“{use}”)"
    return Refusal("consent", why)
