"""What is mended in a PDF after Typst."""

import io
from pathlib import Path

import pikepdf
import pytest
import typst

from report.renderers.pdf_lines import _Run, logical
from report.renderers.pdf_tags import mended

FONTS = Path(__file__).parents[2] / "templates" / "theme" / "fonts"
TABLE = """#set document(title: "x")
#set text(font: "Source Sans 3")
= A
#table(columns: 2, table.header[Who][How many], strong[Nurses], [12], [Nobody], [0])
#link("mailto:a@example.org")[write]
"""


@pytest.fixture(scope="module")
def made() -> bytes:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    return typst.compile(
        TABLE.encode(), format="pdf", font_paths=fonts, pdf_standards=["ua-1", "a-2a"], timestamp=1
    )


def test_the_same_bytes_come_of_the_same(made: bytes) -> None:
    assert mended(made) == mended(made)
    assert mended(mended(made)) == mended(made)


@pytest.mark.parametrize("content", [b"", b"<p>no PDF</p>", b"%PDF-1.7\ncut off"])
def test_what_is_no_pdf_is_left_alone(content: bytes) -> None:
    assert mended(content) == content


def test_a_pdf_without_tags_is_left_alone() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        written = io.BytesIO()
        pdf.save(written)
    assert mended(written.getvalue()) == written.getvalue()


def test_a_marked_cell_heads_its_row_and_no_other_does(made: bytes) -> None:
    with pikepdf.open(io.BytesIO(mended(made))) as pdf:
        tree = pdf.Root.StructTreeRoot
        names = pikepdf.NameTree(tree.IDTree)
        head = names["R1y0"]
        assert (head.S, head.A[0].Scope) == (pikepdf.Name.TH, pikepdf.Name.Row)
        heading, number = head.P.K
        assert heading.objgen == head.objgen
        assert [str(name) for name in number.A[0].Headers] == ["U1x1y0", "R1y0"]
        nobody, none = head.P.P.K[1].K
        assert (nobody.S, none.S) == (pikepdf.Name.TD, pikepdf.Name.TD)
        (note,) = pdf.pages[0].Annots
        assert note.Contents == "a@example.org"


@pytest.mark.parametrize(
    ("ways", "rtl", "order"),
    [
        ("LNL", False, [0, 1, 2]),
        ("RNR", True, [2, 1, 0]),
        ("RNLNLNR", True, [6, 5, 2, 3, 4, 1, 0]),
        ("LNRNRNL", False, [0, 1, 4, 3, 2, 5, 6]),
        ("NRNL", True, [3, 2, 1, 0]),
        ("LNR", False, [0, 1, 2]),
    ],
)
def test_a_line_is_read_by_the_way_of_its_words(ways: str, *, rtl: bool, order: list[int]) -> None:
    """L runs from left to right, R from right to left, N has no way of its own."""
    line = [(0, number) for number in range(len(ways))]
    runs = {(0, n): _Run(10.0 * n, 0.0, 10.0, way, 1) for n, way in enumerate(ways)}
    assert [number for _, number in logical(line, runs, rtl=rtl)] == order
