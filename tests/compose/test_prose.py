import pytest

from report.compose.environment import prose as environment
from report.compose.prose import fill
from report.model.study import Prose


def filled(text: str) -> tuple[str, list[tuple[int, int]]]:
    value, problems = fill(Prose("x", "x.md", text), {"n": 5, "s": "a*b"}, environment("en"))
    return value, [(p.location.line, p.location.column) for p in problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ n }} and {{ s }}", "5 and a\\*b"),
        ("a  {{- n -}}  b", "a5b"),
        ('{{ "}}" }}', "\\}\\}"),
        ("{{ {'a': {'b': n}}['a']['b'] }}", "5"),
        ("x {#tbl-x} {%# a note %}{{ n }}", "x {#tbl-x} 5"),
        ("\\{\\{ n \\}\\} }} {n}", "\\{\\{ n \\}\\} }} {n}"),
    ],
)
def test_filled(text: str, expected: str) -> None:
    assert filled(text) == (expected, [])


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("{{ n }} {{ m }} {{ k }}", [(1, 12), (1, 20)]),
        ("a  {{- n }} b {{ m }}", [(1, 18)]),
        ("a\n\n  {{- m }}", [(3, 7)]),
        ("{{ n +\n  m }} {{ k }}", [(2, 3), (2, 11)]),
        ("{{ n ~ nm ~ m }}", [(1, 8)]),
        ("{{ n }} {{ n", [(1, 9)]),
        ("{{ n }} {{ (n }}", [(1, 15)]),
        ("{{ n }} {% if n %}", [(1, 9)]),
        ("{{ n }} {%# n", [(1, 9)]),
        ("{{ n ? }}", [(1, 6)]),
        ("{{ }} {{ n n }}", [(1, 1), (1, 7)]),
        ("{{ n | wrods }}", [(1, 1)]),
    ],
)
def test_a_mistake_is_told_where_it_stands(text: str, places: list[tuple[int, int]]) -> None:
    assert filled(text)[1] == places
