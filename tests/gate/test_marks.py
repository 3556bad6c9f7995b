"""The rule of participants' ids."""

import pytest

from report.gate import gate
from report.model.withheld import Mark, Withheld


def found(name: str, content: str, *ids: str) -> list[str]:
    marks = tuple(Mark("ids", f"no. {n}", text) for n, text in enumerate(ids))
    return [
        d.message.partition(" stand")[0]
        for d in gate({name: content.encode()}, Withheld(marks=marks))
    ]


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("said M1.", True),
        ("(M1)", True),
        ("M1, M2", True),
        ("M1’s", True),
        ("<b>M</b>1", True),
        ("M&shy;1", True),
        ("M1<sup>2</sup>", True),
        ("M1²", True),
        ("<a href='#ref-M1'>x</a>", True),
        ("<a href='quote-M1.html'>x</a>", True),
        ("<p class='by-M1'>x</p>", True),
        ("<p data-who='M1'>x</p>", True),
        ("M10", False),
        ("FM1", False),
        ("M1x", False),
        ("x_M1", False),
        ("m1", False),
        ("M 1", False),
        ("M<sup>1</sup>", False),
        ("<svg><path d='M1 2L3,4'/></svg>", False),
        ("<svg><path d='M1'/></svg>", False),
        ("<p style='color:#M1'>x</p>", False),
        ("<script>var M1=2;f(M1)</script>", False),
        ("<script>f('M1')</script>", True),
        ("<script>f('M1 2L3 4')</script>", False),
        ("<script>// M1\n</script>", True),
    ],
)
def test_an_id_is_a_token(text: str, *, is_found: bool) -> None:
    assert bool(found("a.html", f"<body>{text}</body>", "M1")) is is_found


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("M1–M6", ["M1", "M2", "M6"]),
        ("M1-M6", ["M1", "M2", "M6"]),
        ("M1—6", ["M1", "M2", "M6"]),
        ("M1 – M6", ["M1", "M2", "M6"]),
        ("M2–M6, M8–M9", ["M2", "M6", "M8"]),
        ("M3–M5", []),
        ("M10–M60", []),
        ("XM1–XM6", []),
        ("1–6", []),
        ("M6–M1", ["M1", "M6"]),
    ],
)
def test_a_run_goes_over_all_ids_between(text: str, ids: list[str]) -> None:
    known = ["M1", "M2", "M6", "M8"]
    assert found("a.txt", text, *known) == [f"ids: no. {known.index(i)}" for i in ids]


def test_numbers_alone_are_not_looked_for() -> None:
    assert found("a.txt", "12 people", "12") == []


@pytest.mark.parametrize("mark", ["P-01", "P.1", "Anna B", "user_4", "Ö7", "участник1"])
def test_ids_of_other_forms(mark: str) -> None:
    assert found("a.txt", f"said {mark}, again", mark) == ["ids: no. 0"]
    assert found("a.txt", f"said {mark}1 and x{mark}", mark) == []


@pytest.mark.parametrize(
    "xml",
    [
        "<p rsidR='00F10M1A' paraId='F10'/>",
        "<c xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' r='F10'/>",
        "<x color='F10F10' fill='#F10'/>",
        "<svg><path d='M10' points='M10'/></svg>",
        "<d xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' ref='F10:G12'/>",
    ],
)
def test_machines_numbers_are_no_ids(xml: str) -> None:
    assert found("a.xml", f"<a>{xml}</a>", "F10", "F10F10", "00F10M1A", "M10") == []


@pytest.mark.parametrize("key", ["id", "name", "alt", "title", "data-x", "descr", "href", "target"])
def test_an_attribute_of_xml_may_be_an_id(key: str) -> None:
    assert found("a.xml", f"<a {key}='F10'/>", "F10") == ["ids: no. 0"]


def test_two_thousand_ids_take_no_longer() -> None:
    ids = [f"P{n}" for n in range(2000)]
    assert found("a.txt", "P1999 and P5–P7", *ids) == [f"ids: no. {n}" for n in (1999, 5, 6, 7)]
