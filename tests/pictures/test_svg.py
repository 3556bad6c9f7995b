"""An SVG is let in where it is a drawing and nothing else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.config import example
from report.sources import svg

from .conftest import SHAPES, SVG

XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def codes(text: str | bytes) -> set[str]:
    content = text.encode() if isinstance(text, str) else text
    _, problems = svg.read(content, "lamp.svg")
    for problem in problems:
        assert problem.hint
        assert problem.message.isprintable()
        assert len(problem.message) < 200
    return {problem.code for problem in problems}


def drawing(inside: str, more: str = "") -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" {more}>{inside}</svg>'


@pytest.mark.parametrize(
    "inside",
    [
        SHAPES,
        "<g><path d='M0 0h9'/><title>A lamp</title><desc>lit</desc></g>",
        "<style>.a { fill: #fff; stroke: url(#paint) }</style><rect class='a'/>",
        "<linearGradient id='a'><stop/></linearGradient><rect style='stroke: url( \"#a\" )'/>",
        "<metadata><r:RDF xmlns:r='urn:rdf'><r:a r:href='https://a.org'/></r:RDF></metadata>",
        "<!-- drawn by hand -->" + SHAPES,
        "<rect xmlns:i='http://www.inkscape.org/namespaces/inkscape' i:label='a\\b' i:onward='1'/>",
    ],
)
def test_a_drawing_is_let_in(inside: str) -> None:
    assert svg.read(drawing(inside).encode(), "lamp.svg") == ((24.0, 24.0), [])


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<g onload='alert(1)'/>",
        "<g ONCLICK='alert(1)'/>",
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>Hello</p></foreignObject>",
        "<script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script>",
        "<script xmlns=''>alert(1)</script>",
        "<image href='https://example.org/a.png'/>",
        "<image href='data:image/png;base64,AAAA'/>",
        f"<rect {XLINK} xlink:href='https://example.org/a.svg#b'/>",
        "<linearGradient href='file:///etc/passwd#a'/>",
        "<rect xml:base='https://example.org/' fill='url(#a)'/>",
        "<rect fill='url(https://example.org/a.svg#b)'/>",
        "<rect fill='URL( \"//example.org/a\")'/>",
        "<rect fill='u\\72l(https://example.org/)'/>",
        "<rect style='fill: url(a.svg#b)'/>",
        "<style>@import 'https://example.org/a.css';</style>",
        "<style>@font-face { src: local(a) }</style>",
        "<style>rect { fill: url(a.svg#b) }</style>",
        "<style>rect { fill: ur<!-- -->l(a.svg#b) }</style>",
        "<style>rect { fill: ur<![CDATA[l(a.svg#b)]]> }</style>",
        "<style>@impo<!-- -->rt 'a.css';</style>",
        "<a href='#b'><rect/></a>",
        "<text>Lamp</text>",
        "<use href='#a'/>",
        "<pattern id='a'><rect fill='url(#a)'/></pattern>",
        "<mask id='a'/>",
        "<animate attributeName='href'/>",
        "<set attributeName='onload' to='alert(1)'/>",
        "<iframe/>",
        "<?xml-stylesheet href='https://example.org/a.css'?>",
        "<g>" * 200 + "</g>" * 200,
    ],
)
def test_what_could_do_more_is_refused(inside: str) -> None:
    assert codes(drawing(inside)) == {"unsafe-picture"}


@pytest.mark.parametrize("root", ["onload='alert(1)'", "style='background: url(//a)'"])
def test_the_root_is_looked_at_too(root: str) -> None:
    assert codes(drawing(SHAPES, root)) == {"unsafe-picture"}


def test_entities_are_never_worked_out() -> None:
    lol = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "lol"}">' for n in range(30))
    for doctype in (lol, '<!ENTITY a29 SYSTEM "file:///etc/passwd">', ""):
        text = f"<!DOCTYPE svg [{doctype}]>{drawing('<desc>&a29;</desc>')}"
        assert codes(text) == {"unsafe-picture"}
    fetched = f'<!DOCTYPE svg SYSTEM "https://example.org/svg.dtd">{SVG}'
    assert codes(fetched) == {"unsafe-picture"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "A lamp.",
        "<html/>",
        "<svg viewBox='0 0 24 24'/>",
        drawing("<g>"),
        drawing(SHAPES).replace("viewBox", "viewbox"),
        drawing(SHAPES).replace("0 0 24 24", "0 0 24"),
        drawing(SHAPES).replace("0 0 24 24", "0 0 0 24"),
        drawing(SHAPES).replace("0 0 24 24", "0 0 -24 24"),
        SVG.encode("utf-16"),
        SVG.encode().replace(b"circle", b"circl\xe5"),
        b"\x89PNG\r\n\x1a\n",
    ],
)
def test_what_is_no_drawing_is_told(text: str | bytes) -> None:
    assert codes(text) == {"damaged-picture"}


@pytest.mark.parametrize(
    ("said", "size"),
    [
        ("", (24.0, 24.0)),
        ("width='48' height='48px'", (48.0, 48.0)),
        ("width='1in' height='72pt'", (96.0, 96.0)),
        ("width='100%'", (24.0, 24.0)),
        ("width='auto' height='100vh'", (24.0, 24.0)),
        ("width='1e-9'", (1e-9, 24.0)),
        ("height='0'", None),
        ("width='-1'", None),
        ("width='0%' height='0%'", None),
    ],
)
def test_a_width_or_height_of_its_own_goes_before_the_view_box(
    said: str, size: tuple[float, float] | None
) -> None:
    found, problems = svg.read(drawing(SHAPES, said).encode(), "lamp.svg")
    assert found == (size and pytest.approx(size))
    assert [problem.code for problem in problems] == ([] if size else ["damaged-picture"])


def test_a_place_is_the_line_and_column() -> None:
    _, (problem,) = svg.read(f"{SVG[:-6]}\n  <text/>\n</svg>".encode(), "lamp.svg")
    assert str(problem.location) == "lamp.svg:2:3"


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_nothing_makes_it_fail(content: bytes) -> None:
    size, problems = svg.read(content, "lamp.svg")
    assert size or problems


@given(st.integers(0, len(SVG) - 1))
def test_whatever_is_cut_off_is_told(length: int) -> None:
    assert codes(SVG[:length]) == {"damaged-picture"}


def test_the_pictures_of_the_example_are_small_and_of_one_kind() -> None:
    files = sorted((example() / "data" / "pictures").iterdir())
    assert len(files) >= 10
    skin_and_hair = {"#f3cfb0", "#c68a5e", "#8a5a3b", "#e2b48c"}
    skin_and_hair |= {"#2b2422", "#8d8f8e", "#6b4227", "#d8b15f"}
    palette = {"#0b4f55", "#f6efe6", "#e0a458", "#1c1f20", "#bcdcda", "#fff", "#b5543c"}
    for file in files:
        text = file.read_text("utf-8")
        assert len(text) < 6000
        assert 'viewBox="0 0 240 240"' in text
        assert set(re.findall(r"#[0-9a-f]+", text)) <= palette | skin_and_hair
