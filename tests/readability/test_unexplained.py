"""Terms and abbreviations that a reader meets before they are explained."""

import pytest

from report.readability.running_text import passages
from report.readability.unexplained import Terms, abbreviations, terms

FORMS = {
    "service user": "service-user",
    "service users": "service-user",
    "user": "user",
    "ward": "ward",
}


def of(markdown: str) -> Terms:
    return terms(tuple(passages(markdown)), FORMS)


def test_a_term_that_is_marked_where_it_is_met_first_is_explained() -> None:
    found = of("# The ward\n\nA [ward]{.term} (a part of a hospital) is big.\n\nWards: the ward.")
    assert found == Terms(("ward",), ())


def test_a_term_that_the_author_explains_in_brackets_is_explained() -> None:
    assert of("The ward (part of a hospital) is big.").explained == ("ward",)
    assert of("The ward (A3) is big.").explained == ()


def test_a_term_that_is_explained_too_late() -> None:
    (met,) = of(
        "One.\n\nTwo. Three,\nService users ask.\n\nA [service user]{.term} (x y)."
    ).unexplained
    assert (met.word, met.line, met.later) == ("Service users", 4, True)


def test_a_term_that_is_not_explained() -> None:
    (met,) = of("It is on the\nward.").unexplained
    assert (met.word, met.line, met.later) == ("ward", 2, False)


def test_who_reads_a_longer_term_has_not_met_the_shorter() -> None:
    assert [met.word for met in of("Service users and a ward-round.").unexplained] == [
        "Service users"
    ]


def test_an_explanation_may_use_a_term() -> None:
    assert of("A [ward]{.term} (where a user sleeps) is big.") == Terms(("ward",), ())


@pytest.mark.parametrize(
    "markdown",
    ["::: {.quote}\n> The ward is full\n:::", "# A ward", "“They said the ward is full” (x)"],
)
def test_quotes_and_headings_are_left_alone(markdown: str) -> None:
    assert of(markdown) == Terms((), ())


def short(
    markdown: str, spelt: dict[str, str] | None = None, known: tuple[str, ...] = ()
) -> list[str]:
    found = abbreviations(tuple(passages(markdown)), markdown, spelt or {}, known)
    return [met.word for met in found]


@pytest.mark.parametrize(
    "markdown",
    [
        "The World Health Organization (WHO) says so. WHO says more.",
        "WHO (the World Health Organization) says so.",
        "The non-governmental organisations (NGOs) say so. NGOs say more.",
        "In the EU, on TV, in part II and in 2021.",
        "The studies [see @WHO2020] at https://x.org/WHO and PW14.",
        "“WHO says that it is so” (a manager).",
        "::: {.quote}\n> WHO says so\n:::",
        "# WHO",
        "The PW came.\n\n::: {.statements}\n- PW: peer worker\n:::",
    ],
)
def test_what_is_spelled_out_or_needs_no_words(markdown: str) -> None:
    assert short(markdown) == []


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("WHO says so. WHO says more.", ["WHO"]),
        ("We (WHO).\n\nThe World Health Organization (WHO).", ["WHO"]),
        ("WHO (Geneva) says so.", ["WHO"]),
        ("NAV-kontoret og FHI.", ["NAV", "FHI"]),
        ("Many NGOs say so.", ["NGO"]),
        ("ÆØÅ er forkortet.", ["ÆØÅ"]),
    ],
)
def test_what_is_not_spelled_out(markdown: str, words: list[str]) -> None:
    assert short(markdown) == words


def test_the_studys_own_abbreviations_are_spelled_out_by_their_words() -> None:
    spelt = {"PW": "peer worker"}
    assert short("A Peer worker helps. A PW helps.", spelt) == []
    assert short("A PW helps. A peer worker helps.", spelt) == []
    assert short("A PW helps.\n\nA peer worker helps.", spelt) == ["PW"]
    assert short("A PW helps.", known=("PW",)) == []
