"""The passive by its form."""

import pytest

from report.readability.passive import is_known, is_passive

PASSIVE = {
    "en": ["They were asked.", "It is not always done.", "She has been told.", "It will be held."],
    "nb": ["De ble spurt.", "Det blir ofte brukt.", "Det kan ikke brukes.", "Hun ble invitert."],
    "nn": ["Dei blei spurde.", "Det blir kalla noko.", "Det kan brukast.", "Dei vart haldne."],
}
ACTIVE = {
    "en": ["They asked.", "It is red.", "She was happy.", "They are here.", "He has told us."],
    "nb": ["De spurte.", "Det blir lett.", "Det ble stille.", "Brukernes ønsker finnes."],
    "nn": ["Dei spurde.", "Det blir betre.", "Ho er ung."],
}  # fmt: skip


def of(texts: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(code, text) for code, all_of in texts.items() for text in all_of]


@pytest.mark.parametrize(("code", "text"), of(PASSIVE))
def test_a_passive_is_seen(code: str, text: str) -> None:
    assert is_passive(text, code)


@pytest.mark.parametrize(("code", "text"), of(ACTIVE))
def test_an_active_is_none(code: str, text: str) -> None:
    assert not is_passive(text, code)


def test_other_languages_are_not_looked_at() -> None:
    assert [is_known(code) for code in ("en-GB", "no", "nn", "uk")] == [True, True, True, False]
    assert not is_passive("They were asked.", "uk")
