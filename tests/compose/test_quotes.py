import pytest

from report.compose.quotes import Shown
from report.model.records import Participant, Quote
from report.model.study_file import Stakeholder


def passage(text: str, language: str = "en", line_break: str = " ") -> str:
    quote = Quote("Q1", "M1", (), text, language, "", "", 0, "")
    stakeholder = Stakeholder(id="m", label="M", one="m", many="m")
    shown = Shown(quote, Participant("M1", "S1", "", 0), stakeholder, say=str)
    return shown.passage("en", "‘", "’", line_break)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('She said "no" to me', "She said ‘no’ to me"),
        ("She said “no”", "She said ‘no’"),
        ('"All of it"', "‘All of it’"),
        ('the ("so-called") help', "the (‘so-called’) help"),
        ('much-"us" and—"you"', "much-‘us’ and—‘you’"),
        ("it's", "it's"),
    ],
)
def test_quotation_marks_inside_are_those_given(text: str, expected: str) -> None:
    assert passage(text) == expected


def test_lines_go_on_at_the_break() -> None:
    assert passage("One\n\n- two\n", line_break="\\\n> ") == "One\\\n> \\- two"


def test_another_language_is_marked() -> None:
    assert passage("Ja, [ler]", "nb") == '[Ja, \\[ler\\]]{lang="nb"}'


def test_a_language_is_no_markup() -> None:
    assert passage("Ja", 'nb" .x') == '[Ja]{lang="nb\\" .x"}'
