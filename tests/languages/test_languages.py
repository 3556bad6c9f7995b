"""Languages by their codes, and whose words do for them."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from report import languages
from report.catalogues import of_templates
from report.model.diagnostic import Location


@pytest.mark.parametrize("code", ["en", "nb", "nn", "no", "pt-BR", "uk", "ar", "se", "zh-Hant"])
def test_a_language_is_known(code: str) -> None:
    assert languages.is_language(code)


@pytest.mark.parametrize("code", ["", "qq", "en_US", "norsk", "../en", "en/..", "е", "en-", "-"])
def test_another_word_is_none(code: str) -> None:
    assert not languages.is_language(code)
    problem = languages.unknown(code, Location("audiences.yml", 2, 3))
    assert (problem.code, problem.location.line) == ("unknown-language", 2)


@given(st.text(max_size=12))
@example("en-" * 50)
@example("x" * 10_000)
@example("root")
def test_any_word_can_be_asked_about(code: str) -> None:
    assert languages.is_language(code) in {True, False}
    assert languages.is_right_to_left(code) in {True, False}
    assert languages.general(code)[0] == code
    if languages.is_language(code):
        assert not set(code) & set("/\\. \n")


@pytest.mark.parametrize(
    ("code", "rtl"), [("ar", True), ("he", True), ("fa", True), ("ur", True), ("uk", False)]
)
def test_some_are_written_from_right_to_left(code: str, *, rtl: bool) -> None:
    assert languages.is_right_to_left(code) == rtl


@pytest.mark.parametrize(
    ("code", "codes"),
    [
        ("nb", ("nb",)),
        ("pt-BR", ("pt-BR", "pt")),
        ("zh-Hant-TW", ("zh-Hant-TW", "zh-Hant", "zh")),
        ("no", ("no", "nb")),
        ("no-NO", ("no-NO", "no", "nb")),
    ],
)
def test_more_general_codes_follow(code: str, codes: tuple[str, ...]) -> None:
    assert languages.general(code) == codes


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("nb", "nn", True),
        ("no", "nb", True),
        ("pt-BR", "pt", True),
        ("en-GB", "en-US", True),
        ("nb", "en", False),
        ("nn-NO", "nb-NO", True),
    ],
)
def test_who_understands_whom(one: str, other: str, *, same: bool) -> None:
    assert languages.is_same(one, other) == languages.is_same(other, one) == same


def catalogue(folder: Path, language: str, text: str) -> None:
    file = folder / "locale" / f"{language}.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f'msgid "Why"\nmsgstr "{text}"\n', "utf-8")


def test_the_own_templates_go_before_ours_and_a_language_before_a_more_general(
    tmp_path: Path,
) -> None:
    own, ours = tmp_path / "own", tmp_path / "ours"
    catalogue(own, "pt", "c")
    catalogue(ours, "pt-BR", "b")
    catalogue(ours, "pt", "d")
    catalogue(own, "pt-BR", "a")
    found, problems = of_templates((own, ours), "pt-BR")
    assert problems == []
    assert [c.translations["", "Why"].texts[0] for c in found] == ["a", "b", "c", "d"]
    assert [c.path for c in found][:2] == [
        "templates/locale/pt-BR.po",
        "qualreport/templates/locale/pt-BR.po",
    ]
    assert of_templates((own, ours), "sv") == ((), [])


def test_a_catalogue_that_cannot_be_read_is_told_and_the_others_serve(tmp_path: Path) -> None:
    own, ours = tmp_path / "own", tmp_path / "ours"
    catalogue(own, "nb", 'a" b')
    catalogue(ours, "nb", "Hvorfor")
    found, problems = of_templates((own, ours), "nb")
    assert [(p.code, p.location.line) for p in problems] == [("invalid-catalogue", 2)]
    assert [c.translations["", "Why"].texts[0] for c in found] == ["Hvorfor"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("nb", "à abc Abel la ære øre ånd"),
        ("nn", "zoo Æsop økt åker"),
        ("sv", "zon ål älg ö"),
        ("de", "Apfel Äpfel Zug"),
        ("en", "café cake co-production co-researcher"),
        ("se", "áhčči čáhci dát đ goahti ŋ"),
        ("uk", "ґанок дім єдність жито і їжа йод"),
        ("pt-BR", "ação acordo"),
    ],
)
def test_words_go_by_their_alphabet(code: str, words: str) -> None:
    keys = [languages.alphabetical(word, code) for word in words.split()]
    assert keys == sorted(keys)
