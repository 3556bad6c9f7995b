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
        ("a {{ n -}}\n\n# b", "a 5# b"),
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


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ no | max }}", "there are none, so none is the smallest or largest"),
        ("{{ no | min }}", "there are none, so none is the smallest or largest"),
        ("{{ s | max }}", "this is no list of numbers"),
        ("{{ n | min }}", "this is no list of numbers"),
    ],
)
def test_what_has_no_largest_is_told(text: str, told: str) -> None:
    names = {"no": (), "s": "a", "n": 3}
    _, problems = fill(Prose("x", "x.md", text), names, environment("en"))
    assert [(p.code, p.message) for p in problems] == [("no-number", told)]


def test_the_smallest_and_the_largest() -> None:
    text = "{{ sizes | min }} to {{ sizes | max | words }}"
    assert fill(Prose("x", "x.md", text), {"sizes": (5, 2, 3)}, environment("en"))[0] == "2 to five"
