"""A diagnostic is a line for people, whatever it cites."""

from report.model.diagnostic import Diagnostic, Location, did_you_mean, excerpt, in_order

AT = Location("data/quotes.csv", 3, 5)


def test_it_is_one_line_that_does_nothing_to_a_terminal() -> None:
    told = Diagnostic("x-y", "a\nb\x1b[31m\ud800\u202ec", AT, "d\re")
    assert str(told) == "data/quotes.csv:3:5: error[x-y] a bU+001B[31mU+D800U+202Ec"
    assert told.hint == "d e"


def test_what_it_cites_is_short() -> None:
    assert excerpt("Så fint") == "Så fint"
    assert len(excerpt("word " * 100)) <= 60
    assert excerpt("word " * 100).endswith("…")


def test_the_nearest_name_is_meant() -> None:
    assert did_you_mean("nurse", ["nurses", "patients"]) == "did you mean nurses?"
    assert did_you_mean("fg1", ["FG1", "FG2"]) == "did you mean FG1?"
    assert did_you_mean("zzz", ["b", "a"]) == "known here: a, b"
    assert did_you_mean("zzz", map(str, range(13))) == ""
    assert did_you_mean("x" * 10**6, ["x" * 50]) == f"known here: {'x' * 50}"


def test_order_is_by_place_and_each_is_told_once() -> None:
    late = Diagnostic("a", "a", Location("b", 10, 1))
    early = Diagnostic("b", "b", Location("b", 9, 2))
    assert in_order([late, early, late]) == (early, late)
