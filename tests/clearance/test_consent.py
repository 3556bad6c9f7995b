"""Who may be shown to whom."""

from dataclasses import replace
from pathlib import Path

import pytest

from report.clearance import cleared
from report.load import load
from report.model.audience import Audience, Needs, Variant
from report.model.records import Mask, Quote, hash_of
from report.model.study import Study
from report.model.study_file import Consent

BASE = load(Path(__file__).parents[1] / "studies" / "base").study
AUDIENCE = Audience(
    label="Briefing",
    description="For everyone.",
    theme="briefing",
    formats=("html",),
    attribution="stakeholder",
    consent=Needs(quote=("briefing",), translation=("translation",)),
)
VARIANT = Variant("briefing", AUDIENCE, "en")
CONSENTS = (
    Consent(id="analysis", label="analysis", required=True),
    Consent(id="briefing", label="being quoted in a briefing"),
    Consent(id="translation", label="being translated"),
)


def study(consent: str | None = "all", withdrawn: str = "", quote: str = "") -> Study:
    """The base study, in which N1 (who said Q1) has said this, and everybody else yes to all."""
    assert BASE is not None
    people = (
        replace(p, consent=consent, withdrawn=withdrawn)
        if p.id == "N1"
        else replace(p, consent="all")
        for p in BASE.participants
    )
    quotes = (replace(q, consent=quote) if q.id == "Q1" else q for q in BASE.quotes)
    file = BASE.file.model_copy(update={"consents": CONSENTS})
    return replace(BASE, file=file, participants=tuple(people), quotes=tuple(quotes))


def why(of: Study, language: str = "en") -> str:
    refusal = cleared(of, VARIANT, ()).refusal("Q1", language)
    return refusal.why if refusal else ""


@pytest.mark.parametrize(
    ("consent", "quote", "language", "expected"),
    [
        ("all", "", "en", ""),
        ("analysis; briefing", "", "en", ""),
        ("analysis,briefing,translation", "", "nb", ""),
        ("analysis", "", "en", "N1 has not consented to being quoted in a briefing (“briefing”)"),
        ("analysis briefing", "", "nb", "N1 has not consented to being translated (“translation”)"),
        ("all", "analysis", "en",
         "N1 has not consented to being quoted in a briefing with this quote (“briefing”)"),
        ("all", "none", "en", "N1 has not consented to any use of it (“none”)"),
        ("briefing", "", "en", "N1 has not consented to analysis (“analysis”)"),
        ("none", "", "en", "N1 has not consented to analysis (“analysis”)"),
        ("briefing; none; all", "", "en", "N1 has not consented to analysis (“analysis”)"),
        (None, "", "en", "N1 has not consented to analysis (“analysis”)"),
    ],
)  # fmt: skip
def test_both_consents_and_the_audience_allow_a_quote(
    consent: str | None, quote: str, language: str, expected: str
) -> None:
    assert why(study(consent, quote=quote), language) == expected


@pytest.mark.parametrize(
    ("withdrawn", "refused"),
    [
        ("", False),
        ("2026-11-24 all", True),
        ("2026-11-24", True),
        ("2026-11-24 briefing", True),
        ("2026-11-24 journal; briefing", True),
        ("2026-11-24 journal", False),
        ("yes", True),
    ],
)
def test_who_withdrew_is_not_shown(withdrawn: str, *, refused: bool) -> None:
    of = study(withdrawn=withdrawn)
    shown = cleared(of, VARIANT, ()).study
    assert bool(why(of)) == refused
    assert ("N1" in shown.participant_by_id) != refused
    assert ("Q1" in shown.quote_by_id) != refused


def texts(of: Study) -> dict[str, str]:
    return {q.id: q.text for q in of.quotes}


def test_the_words_of_a_quote_that_may_not_be_shown_are_not_there() -> None:
    of = study("analysis")
    shown = cleared(of, VARIANT, ()).study
    assert texts(shown) == {**texts(of), "Q1": ""}
    assert len(shown.participants) == len(of.participants)


def test_a_session_goes_with_its_last_participant() -> None:
    of = study()
    people = tuple(
        replace(p, withdrawn="2024-01-01 all") if p.session == "FG1" else p for p in of.participants
    )
    shown = cleared(replace(of, participants=people), VARIANT, ()).study
    assert [session.id for session in shown.sessions] == ["FG2"]


def test_who_withdrew_may_still_count() -> None:
    of = study(withdrawn="2024-01-01 all")
    of = replace(of, file=of.file.model_copy(update={"withdrawn_count": True}))
    shown = cleared(of, VARIANT, ()).study
    assert len(shown.participants) == len(of.participants)
    assert texts(shown)["Q1"] == ""
    assert [p.id for p in shown.participants if p.withdrawn] == ["N1"]


def test_other_quotes_of_the_sub_theme_may_stand_in() -> None:
    assert list(cleared(study("analysis"), VARIANT, ()).instead("Q1", "en")) == ["Q2"]


def test_a_study_without_finer_consents_shows_all() -> None:
    assert BASE is not None
    quote: Quote
    for quote in BASE.quotes:
        assert cleared(BASE, VARIANT, ()).refusal(quote.id, "nb") is None


def test_a_quote_of_other_words_bears_the_hash_of_its_own() -> None:
    whole = study()
    said = whole.quote_by_id["Q1"]
    masks = (Mask(said.text.split()[-1], "place", "a town", 1),)
    masked = cleared(replace(whole, masks=masks), VARIANT, ()).study.quote_by_id["Q1"]
    refused = cleared(study(quote="none"), VARIANT, ()).study.quote_by_id["Q1"]
    assert len({masked.text, refused.text, said.text}) == 3
    assert masked.hash == refused.hash == said.hash == hash_of(said.text)
