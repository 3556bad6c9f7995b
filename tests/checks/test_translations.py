"""What a translation must keep of its source, and what it may say its own way."""

import os
import subprocess
import sys

import pytest

from report.checks.translations import compare, of_templates
from report.checks.untranslated import of_messages
from report.model.catalogue import Catalogue, Domain, Gap, Message, Translation, Use
from report.model.diagnostic import Location, Severity

AT = Location("data/locale/nb.po", 7, 1)


def found(source: str, translation: str) -> list[str]:
    """The codes of what is wrong, all told at the line of the entry."""
    problems = list(compare(source, translation, AT))
    assert all(problem.location == AT and problem.hint for problem in problems)
    return sorted(problem.code.removesuffix("-in-translation") for problem in problems)


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ('{{ quote("Q1") }} she said.', 'Hun sa {{ quote("Q1") }}.'),
        ('{{ quote("Q1") }}', "{{ quote('Q1') }}"),
        ("{{participants|count}} people", "{{ participants | count }} personer"),
        ("{{ n | words }} groups", "{{ n }} grupper"),
        ("{{ n | words }} groups", '{{ n | counted("gruppe", "grupper") }}'),
        ('the {{ term("ward") }}', 'i {{ term("avdelingen") }}'),
        ("As [@a2020, p. 3; @b].", "Som [@b; @a2020, s. 3]."),
        ("See @tbl-x.", "@tbl-x viser det."),
        ("**A** *b* c[^n]", "c[^n] *b* **A**"),
        ("[here](https://x.y/z)", "[her](https://x.y/z)"),
        ("[a]{.smallcaps}", "[b]{.smallcaps}"),
        ("| a | b |", "| c | d |"),
        ("a \\* b", "a b"),
        ("`**a**` b", "b"),
        ("In 2020, 1,000 of 3.5", "I 2020, 3.5 av 1,000"),
        ("a {%# note %} b", "a b"),
        ('{{ quote("Q1") }}', '{{ quote("Q1") }} og igjen {{ quote("Q1") }}'),
    ],
)
def test_all_is_kept(source: str, translation: str) -> None:
    assert found(source, translation) == []


@pytest.mark.parametrize(
    ("source", "translation", "codes"),
    [
        ('{{ quote("Q1") }} a', "a", ["lost"]),
        ("a", '{{ quote("Q1") }} a', ["added"]),
        ('{{ quote("Q1") }}', '{{ quote("Q2") }}', ["added", "lost"]),
        ('{{ quote("Q1") }} {{ quote("Q1") }}', '{{ quote("Q1") }}', ["lost"]),
        ("{{ n | words }} a", "{{ m | words }} a", ["added", "lost"]),
        ('the {{ term("ward") }}', "avdelingen", ["lost"]),
        ("a {{ n }}", "a {{ n }", ["lost"]),
        ("As [@a2020; @b].", "Som [@a2020].", ["lost"]),
        ("a", "a [@b]", ["added"]),
        ("See @tbl-x.", "Se tabellen.", ["lost"]),
        ("**a** b", "a b", ["lost"]),
        ("**a** b", "**a b", ["lost"]),
        ("*a* b", "a b", ["lost"]),
        ("a b", "a *b*", ["added"]),
        ("a[^n] b", "a b", ["lost"]),
        ("a^[a note] b", "a b", ["lost"]),
        ("[a](https://x.y)", "a", ["lost"]),
        ("[a](https://x.y)", "[a](https://x.z)", ["added", "lost"]),
        ("[a]{.smallcaps}", "a", ["lost"]),
        ("| a | b |", "| a b |", ["lost"]),
        ("| a | b |", "a, b", ["lost"]),
    ],
)
def test_what_is_lost_or_added_is_told(source: str, translation: str, codes: list[str]) -> None:
    assert found(source, translation) == codes
    assert all(p.severity is Severity.ERROR for p in compare(source, translation, AT))


def test_a_cell_more_than_the_row_has_is_told() -> None:
    assert found("| a | b |", "| a | b | c |") == ["added"]


def test_an_escaped_bar_is_none_between_cells() -> None:
    assert found("| a | b |", "| a \\| b |") == ["lost"]


@pytest.mark.parametrize(
    ("source", "translation", "numbers"),
    [
        ("In 2020", "I fjor", ["2020"]),
        ("a", "12 a", ["12"]),
        ("5 of 7", "5 av 8", ["7", "8"]),
        ("3 and 3", "3", ["3"]),
        ("10\u00a0000 steps", "10 000 skritt", []),
        ("COVID-19 [@a2020]", "covid-19 [@a2020]", []),
    ],
)
def test_numbers_are_compared_and_warned_of(
    source: str, translation: str, numbers: list[str]
) -> None:
    problems = list(compare(source, translation, AT))
    assert [p.message.split(" ")[2] for p in problems] == numbers
    assert {p.severity for p in problems} <= {Severity.WARNING}


def test_problems_come_in_the_same_order_each_time() -> None:
    code = (
        "from report.checks.translations import compare\n"
        "from report.model.diagnostic import Location\n"
        "for p in compare('[@a; @b; @c] {{ n }} **x** *y* [^z]', '', Location('x', 1, 1)):\n"
        "    print(p.message)"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in (1, 2, 3)
    }
    assert len(outputs) == 1


def of_strings(source: str, *texts: str, plural: str = "") -> list[str]:
    key = ("", source)
    catalogue = Catalogue(
        "templates/locale/nb.po",
        "nb",
        {key: Translation(texts, fuzzy=False, line=3)},
        {key: plural} if plural else {},
        lambda n: int(n != 1),
    )
    problems = list(of_templates(catalogue))
    assert all(str(p.location).startswith("templates/locale/nb.po:3") for p in problems)
    said = [p.message.split(",")[0].rpartition(" ")[2] for p in problems]
    return sorted(f"{p.code.partition('-')[0]} {s}" for p, s in zip(problems, said, strict=True))


@pytest.mark.parametrize(
    ("source", "texts", "plural", "wrong"),
    [
        ("a %(x)s", ["%(x)s b"], "", []),
        ("a %(x)s", ["b"], "", ["lost %(x)s"]),
        ("a", ["%(x)s b"], "", ["added %(x)s"]),
        ("a %(x)s", ["%(y)s b"], "", ["added %(y)s", "lost %(x)s"]),
        ("a", ["5 % b"], "", ["added %"]),
        ("5 %% a", ["5 %% b"], "", []),
        ("a %(x)s", ["%(x) b"], "", ["added %", "lost %(x)s"]),
        ("a", ["{{ b }}"], "", ["added {{"]),
        ("a", ["{% b"], "", ["added {%"]),
        ("%(count)s a", ["én", "%(count)s b"], "%(count)s as", []),
        ("%(count)s a", ["én", "mange"], "%(count)s as", ["lost %(count)s"]),
        ("one a", ["én", "%(count)s b"], "%(count)s as", []),
        ("%(count)s a %(x)s", ["én", "%(count)s b %(x)s"], "%(count)s as %(x)s", ["lost %(x)s"]),
    ],
)
def test_the_parameters_of_templates(
    source: str, texts: list[str], plural: str, wrong: list[str]
) -> None:
    assert of_strings(source, *texts, plural=plural) == wrong


def gap(text: str, line: int, *, fuzzy: bool = False) -> Gap:
    message = Message(Domain.STUDY, "text/x.md", text)
    return Gap(Use(message, "nb", "text/x.md", "paragraph"), "data/locale/nb.po", line, fuzzy)


def test_each_gap_is_told_at_its_line_and_those_not_there_together() -> None:
    gaps = [gap("a", 0), gap("b", 5), gap("c", 9, fuzzy=True), gap("d", 0)]
    assert [(p.code, p.location.line) for p in of_messages(gaps)] == [
        ("untranslated", 5),
        ("fuzzy-translation", 9),
        ("missing-message", 0),
    ]
    assert "2 messages" in [*of_messages(gaps)][-1].message
    assert next(iter(of_messages([gap("a", 0)]))).message.startswith("1 message of")
