"""A study as one audience may see it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from report.clearance import cells, masking
from report.clearance.consent import Refusal, absence, refusal, refusals
from report.model.audience import Variant, Waiver
from report.model.records import Mask, Participant, Quote, QuoteTranslation, Session
from report.model.study import Study


@dataclass(frozen=True)
class Cleared:
    """`whole` is the study as it was read, `study` what may be shown of it: without those who
    withdrew, with masks and generalisations in place, and with no words in quotes that may not be
    shown."""

    whole: Study
    variant: Variant
    study: Study
    absent: Mapping[str, Refusal]
    """The participants of whom nothing may be shown, by id, and why."""
    refused: Mapping[str, Refusal]
    """The quotes whose own words may not be shown, likewise."""
    suppressed: int = 0
    """How many participants' attributes are left out, so that they are not told apart."""
    in_vain: tuple[cells.Cell, ...] = ()
    """Cells that cannot be left out, for what is known beside them."""

    @property
    def is_limited(self) -> bool:
        """Whether participants or values are not shown as they were read."""
        return bool(self.absent or self.suppressed or self.variant.audience.generalise)

    def refusal(self, quote: str, language: str) -> Refusal | None:
        """Why the quote of that id may not be shown in the language; none where it may."""
        return refusal(self.whole, self.variant, self.whole.quote_by_id[quote], language)

    def instead(self, quote: str, language: str) -> Iterator[str]:
        """The other quotes of its sub-themes that may be shown."""
        whole = self.whole
        mine = {sub.id for sub in whole.sub_themes_of(whole.quote_by_id[quote].codes)}
        for other in whole.quotes:
            theirs = {sub.id for sub in whole.sub_themes_of(other.codes)}
            if other.id != quote and mine & theirs and not self.refusal(other.id, language):
                yield other.id


def cleared(study: Study, variant: Variant, waived: Sequence[Waiver]) -> Cleared:
    """What the variant's audience may see of the study; `waived` are the waivers of all audiences,
    since what one of them is shown is known."""
    audience = variant.audience
    absent = {
        p.id: why for p in study.participants if (why := absence(study, variant, p)) is not None
    }
    counted = study.file.withdrawn_count
    gone = {i for i, why in absent.items() if not (counted and why.rule == "withdrawn")}
    refused = refusals(study, variant)
    untold = {
        (t.quote, t.language)
        for t in study.quote_translations
        if refusal(study, variant, study.quote_by_id[t.quote], t.language)
    }
    shown = _shown(
        study,
        frozenset(absent),
        frozenset(gone),
        frozenset(refused),
        frozenset(untold),
        masking.masks_for(study.masks, audience),
        tuple(name.casefold() for name in audience.generalise),
    )
    if not audience.suppress:
        return Cleared(study, variant, shown, absent, refused)
    left = cells.suppressed(shown, audience.smallest_cell, waived)
    return Cleared(study, variant, left.study, absent, refused, left.count, left.in_vain)


@lru_cache(maxsize=8)
def _shown(
    study: Study,
    absent: frozenset[str],
    gone: frozenset[str],
    refused: frozenset[str],
    untold: frozenset[tuple[str, str]],
    masks: tuple[Mask, ...],
    generalise: tuple[str, ...],
) -> Study:
    """The study without what the participants `absent` say of themselves, and without those of them
    who are `gone`; without the words of the quotes `refused` and of the translations `untold`; with
    the masks, and the attributes `generalise` put more generally. Audiences often see the same."""
    shown = _said(study, gone, refused, untold, masks)
    if generalise and study.generalisations:
        shown = replace(shown, participants=tuple(_generalised(study, generalise, shown)))
    if any(p.withdrawn for p in shown.participants):
        shown = replace(
            shown,
            participants=tuple(
                p if p.id in absent else replace(p, withdrawn="") for p in shown.participants
            ),
        )
    if absent and study.file.withdrawn_count:  # they are counted, and nothing else
        people = (replace(p, attributes={}) if p.id in absent else p for p in shown.participants)
        sessions = tuple(_sessions(shown, absent))
        shown = replace(shown, participants=tuple(people), sessions=sessions)
    return shown


@lru_cache(maxsize=8)
def _said(
    study: Study,
    gone: frozenset[str],
    refused: frozenset[str],
    untold: frozenset[tuple[str, str]],
    masks: tuple[Mask, ...],
) -> Study:
    """The study as far as its quotes go: without those of the participants who are `gone`."""
    shown = _without(study, gone) if gone else study
    quotes = _quotes(study, shown, refused, masks)
    translations = tuple(_translations(study, shown, untold, masks))
    return replace(shown, quotes=quotes, quote_translations=translations)


def _sessions(shown: Study, absent: Collection[str]) -> Iterator[Session]:
    """The sessions; of those in which everybody has withdrawn nothing but that they were held."""
    left = {p.session for p in shown.participants if p.id not in absent}
    for session in shown.sessions:
        kept = session.id in left
        yield session if kept else replace(session, mode="", platform="", date="")


def _without(study: Study, gone: frozenset[str]) -> Study:
    """The study without these participants, their quotes, and sessions that held nobody else."""
    participants = tuple(p for p in study.participants if p.id not in gone)
    peopled = {p.session for p in participants}
    emptied = {p.session for p in study.participants} - peopled
    quotes = tuple(q for q in study.quotes if q.participant not in gone)
    lost = {q.id for q in study.quotes if q.participant in gone}
    return replace(
        study,
        sessions=tuple(s for s in study.sessions if s.id not in emptied),
        participants=participants,
        quotes=quotes,
        quote_translations=tuple(t for t in study.quote_translations if t.quote not in lost),
    )


def _generalised(study: Study, names: Sequence[str], shown: Study) -> Iterator[Participant]:
    general = {(g.attribute.casefold(), g.value): g.general for g in study.generalisations}
    for participant in shown.participants:
        own = participant.attributes
        changed = {
            name: general[name, own[name]] for name in names if (name, own.get(name)) in general
        }
        yield replace(participant, attributes={**own, **changed}) if changed else participant


def _quotes(
    study: Study, shown: Study, refused: frozenset[str], masks: tuple[Mask, ...]
) -> tuple[Quote, ...]:
    """With the masks, and without the words of the quotes that are refused."""
    worn = masking.worn(study.said, masks)

    def changed(quote: Quote) -> Quote:
        text, replaced = masking.covered(quote.text, worn.get(quote.text, ()))
        if quote.id in refused:
            text, replaced = "", ()
        unmasked = "" if text == quote.text else quote.hash
        # Where a quote stands in its transcript is nobody's concern who reads a document.
        return replace(
            quote, text=text, replaced=replaced, source="", position="", unmasked=unmasked
        )

    return tuple(
        changed(quote)
        if quote.id in refused or quote.text in worn or quote.source or quote.position
        else quote
        for quote in shown.quotes
    )


def _translations(
    study: Study, shown: Study, untold: Collection[tuple[str, str]], masks: tuple[Mask, ...]
) -> Iterator[QuoteTranslation]:
    """Likewise the translations."""
    worn = masking.worn(study.said, masks)
    for translation in shown.quote_translations:
        key = (translation.quote, translation.language)
        said = "" if key in untold else translation.text
        text, replaced = masking.covered(said, worn.get(said, ()))
        yield replace(translation, text=text, replaced=replaced)
