"""One cell, and nothing else, is written into a CSV file."""

import codecs
import csv as read_by
import io
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.errors import ReportError
from report.sources import csv, csv_cell, encoding

NEW = "2026-11-24 all"


def grid(content: bytes) -> list[list[str]]:
    """The records as csv.parse makes them, without what header.table makes of them."""
    text = encoding.decode(content)
    delimiter = csv.delimiter_of(text)
    return list(read_by.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


@pytest.mark.parametrize("mark", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_the_rest_stays_however_the_file_is_saved(mark: str, delimiter: str, ending: str) -> None:
    def saved(cell: str) -> bytes:
        rows = ['"participant";withdrawn;"note"', f"PW12;{cell};å", f'PW13;;"a{ending}b"', ""]
        content = ending.join(rows).replace(";", delimiter).encode(mark)
        return codecs.BOM_UTF16_BE + content if mark == "utf-16-be" else content

    for before in ("", '""', "x", f'"x{ending}y"'):
        assert csv_cell.with_cell(saved(before), 1, 1, NEW) == saved(NEW)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("", b""),
        ("a b", b"a b"),
        ("a,b", b'"a,b"'),
        ("a;b", b'"a;b"'),
        ('say "a"', b'"say ""a"""'),
        ("a\nb", b'"a\nb"'),
        (" a", b'" a"'),
        ("a ", b'"a "'),
    ],
)
def test_the_new_cell_is_quoted_where_need_be(text: str, cell: bytes) -> None:
    assert csv_cell.with_cell(b"a,b\n1,2\n", 1, 1, text) == b"a,b\n1," + cell + b"\n"


def test_a_short_row_gets_the_separators_that_it_lacks() -> None:
    assert csv_cell.with_cell(b"a;b;c;d\n1\r\n2;", 1, 3, "x") == b"a;b;c;d\n1;;;x\r\n2;"
    assert csv_cell.with_cell(b"a;b;c;d\n1\r\n2;", 2, 3, "x") == b"a;b;c;d\n1\r\n2;;;x"
    assert csv_cell.with_cell(b"a;b\n\n2;\n", 1, 1, "x") == b"a;b\n;x\n2;\n"


def test_blank_records_and_records_of_several_lines_count_as_one() -> None:
    content = b'\n\na,b\n"1\n\n2",x\n\n3,y\n'
    assert csv_cell.with_cell(content, 5, 1, "z") == content.replace(b"y", b"z")


def test_a_record_of_one_empty_cell_is_no_blank_line() -> None:
    assert csv_cell.with_cell(b"a\nx", 1, 0, "") == b'a\n""'


def test_a_row_that_is_not_there_is_our_mistake() -> None:
    with pytest.raises(IndexError):
        csv_cell.with_cell(b"a,b\n1,2", 2, 0, "x")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\xe5,x\n", "ø".encode("cp1252")),
        ("å,x\n".encode(), "ø".encode()),
        (b"a,x\n", "ø".encode()),
        ("blåbær på,x\n".encode() + b"\xe5\n", "ø".encode()),
        (b"\x81\xe5,x\n", "ø".encode("cp1252")),
    ],
)
def test_letters_beyond_ascii_are_written_as_the_file_is_read(
    content: bytes, expected: bytes
) -> None:
    assert csv_cell.with_cell(content, 0, 1, "ø") == content.replace(b"x", expected)


def test_a_letter_that_windows_1252_lacks_is_refused() -> None:
    with pytest.raises(ReportError, match="“Ł” cannot be written into this file"):
        csv_cell.with_cell(b"\xe5,x\n", 0, 1, "aŁ")


@pytest.mark.parametrize("content", [b"\xff\xfe,\x00\xd8;\x00\n\x00", b"\xff\xfe\n\x00,\x00\x00"])
def test_half_a_character_stays(content: bytes) -> None:
    written = csv_cell.with_cell(content, 0, 0, "x")
    assert written == content[:2] + b"x\0" + content[2:]


def test_a_column_makes_a_rectangle() -> None:
    content = b'\xef\xbb\xbf\r\nparticipant;note;\r\nPW1\r\n  \r\n\r\n"P;W\n2";x;y\r\n;;\r\nPW3;'
    assert csv_cell.with_column(content, 1, "withdrawn") == (
        b"\xef\xbb\xbf\r\nparticipant;note;;withdrawn\r\nPW1;;;\r\n  \r\n\r\n"
        b'"P;W\n2";x;y;\r\n;;;\r\nPW3;;;'
    )


def test_the_table_says_where_its_cells_are() -> None:
    content = "\nparticipant,,Withdrawn\n\nPW1\nPW12,,x\n".encode("utf-16")
    table, _ = csv.parse(content, "t.csv")
    assert table is not None
    assert table.cell(-1, "withdrawn") == (1, 2)
    records = dict(zip(table.frame["participant"], table.frame.index, strict=True))
    assert table.cell(int(records["PW1"]), "withdrawn") == (3, 2)
    changed = csv_cell.with_cell(content, *table.cell(int(records["PW12"]), "withdrawn"), NEW)
    assert changed.decode("utf-16") == content.decode("utf-16").replace("x", NEW)


@dataclass(frozen=True)
class Cell:
    text: str
    quoted: bool

    def __str__(self) -> str:
        quoted = self.quoted or any(c in self.text for c in ',;\t"\r\n')
        return '"' + self.text.replace('"', '""') + '"' if quoted else self.text


TEXT = st.text(st.sampled_from("ab1 ,;\t\"'\n\råλ🙂|\x85\u2028\ufeff"), max_size=6)
ROW = st.lists(st.builds(Cell, TEXT, st.booleans()), min_size=1, max_size=4)
HEADER = [Cell("øne", quoted=False), Cell("two", quoted=True), Cell("three", quoted=False)]


@given(
    rows=st.lists(st.tuples(ROW, st.sampled_from(["\n", "\r\n", "\r"])), min_size=1, max_size=6),
    delimiter=st.sampled_from(",;\t"),
    mark=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"]),
    text=TEXT,
    final=st.booleans(),
    data=st.data(),
)
def test_any_cell_of_any_table_is_written_alone(
    rows: list[tuple[list[Cell], str]],
    delimiter: str,
    mark: str,
    text: str,
    final: bool,  # noqa: FBT001  # drawn
    data: st.DataObject,
) -> None:
    def saved(table: list[tuple[list[Cell], str]]) -> bytes:
        written = "".join(delimiter.join(map(str, row)) + ending for row, ending in table)
        last = 0 if final else len(table[-1][1])
        written = written[: len(written) - last]
        return written.encode(mark, errors="replace")

    blank = [Cell("", quoted=False)]
    # "\r" and a blank line's "\n" would be one line end
    rows = [(row, "\r\n" if row == blank else ending) for row, ending in [(HEADER, "\n"), *rows]]
    text = text.encode(mark, errors="replace").decode(mark)
    if not final and rows[-1][0] == blank:
        rows[-1] = ([Cell("", quoted=True)], "\n")  # or it is no record
    content = saved(rows)
    row = data.draw(st.integers(1, len(rows) - 1))
    column = data.draw(st.integers(0, 3))
    written = csv_cell.with_cell(content, row, column, text)

    cells, ending = rows[row]
    missing = blank * (column + 1 - len(cells))
    new = replace(Cell(text, quoted=False), quoted=text != text.strip(" "))
    if len(cells) == 1 and column == 0 and not text:
        new = Cell("", quoted=True)
    padded = [*cells, *missing]
    rows[row] = ([*padded[:column], new, *padded[column + 1 :]], ending)
    assert written == saved(rows)

    before = [record + [""] * (5 - len(record)) for record in grid(content)]
    before[row][column] = text.replace("\r\n", "\n").replace("\r", "\n")
    assert [record + [""] * (5 - len(record)) for record in grid(written)] == before


@given(cells=st.lists(st.binary(max_size=5), min_size=4, max_size=4), column=st.integers(0, 3))
def test_bytes_that_cannot_be_read_stay(cells: list[bytes], column: int) -> None:
    special = bytes.maketrans(b'",;\t\r\n', b"      ")
    cells = [b"." + cell.translate(special) for cell in cells]
    written = csv_cell.with_cell(b"one,two,three,four\r" + b",".join(cells), 1, column, "x")
    cells[column] = b"x"
    assert written == b"one,two,three,four\r" + b",".join(cells)
