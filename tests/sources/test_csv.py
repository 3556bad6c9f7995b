"""CSV as Excel, Numbers and R write it, and the place of every cell."""

import csv as written_by
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.model.table import Table
from report.sources import csv

ROWS = [["quote", "text"], ["Q1", "Så fint"], ["Q2", 'She said: "yes"; and\nleft, then']]


def written(rows: list[list[str]], delimiter: str = ",", ending: str = "\r\n") -> str:
    out = io.StringIO()
    written_by.writer(out, delimiter=delimiter, lineterminator=ending).writerows(rows)
    return out.getvalue()


def read(content: bytes) -> Table:
    table, problems = csv.parse(content, "t.csv")
    assert problems == []
    assert table is not None
    return table


def cells(table: Table) -> list[list[str]]:
    return [list(table.frame.columns), *table.frame.values.tolist()]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_a_table_is_read_however_it_is_saved(delimiter: str, ending: str, encoding: str) -> None:
    table = read(written(ROWS, delimiter, ending).encode(encoding))
    assert cells(table) == ROWS
    assert str(table.locate(2, "text")) == "t.csv:3:4"
    assert str(table.locate(-1, "quote")) == "t.csv:1:1"


def test_latin_1_from_excel() -> None:
    assert cells(read("a;b\nå;é\n".encode("latin-1"))) == [["a", "b"], ["å", "é"]]


def test_capitals_before_a_curly_quotation_mark_are_no_utf_8() -> None:
    assert cells(read("a\n“CAFÉ”\n".encode("cp1252"))) == [["a"], ["“CAFÉ”"]]


def test_two_encodings_in_one_file_lose_only_the_letters_of_the_rarer() -> None:
    table = read("a\nblåbær på øya\n".encode() + "sår\n".encode("latin-1"))
    assert cells(table) == [["a"], ["blåbær på øya"], ["s\ufffdr"]]


def test_trailing_blank_rows_and_columns_are_nothing() -> None:
    table = read(b"a,b,,\n1,2,,\n,,,\n\n3,4,,\n,,,\n\n")
    assert cells(table) == [["a", "b"], ["1", "2"], ["3", "4"]]
    assert str(table.locate(int(table.frame.index[1]), "b")) == "t.csv:5:3"


def test_blank_lines_before_the_header_are_nothing() -> None:
    table = read(b"\n;;\na;b;c\n1;2;3\n")
    assert cells(table) == [["a", "b", "c"], ["1", "2", "3"]]
    assert str(table.locate(-1, "b")) == "t.csv:3:3"


def test_places_behind_quoted_line_breaks() -> None:
    table = read(b'a,b\n"x\ny ""z""",1\n2,3\n')
    assert str(table.locate(1, "b")) == "t.csv:3:10"
    assert str(table.locate(2, "a")) == "t.csv:4:1"


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ('a,b\n1,"two\n3,4\n', "t.csv:2:3"),
        ('a,b\n1,"two" x\n3,4\n', "t.csv:2:3"),
        ('a,b\n1,"two" \n3,4\n', "t.csv:2:3"),
        ('a,b\n"x\ny","z\n', "t.csv:3:4"),
        ('a,b\n1,"', "t.csv:2:3"),
    ],
)
def test_an_unclosed_quotation_mark_is_told_where_it_opens(content: str, place: str) -> None:
    table, problems = csv.parse(content.encode(), "t.csv")
    assert table is None
    assert [(p.code, str(p.location)) for p in problems] == [("unclosed-quotation", place)]


def test_an_unclosed_quotation_mark_behind_many_closed_ones_is_found_at_once() -> None:
    content = "a,b\n" + '1,"two, three"\n' * 100_000 + '1,"two\n'
    _, problems = csv.parse(content.encode(), "t.csv")
    assert str(problems[0].location) == "t.csv:100002:3"


def test_a_cell_of_a_megabyte() -> None:
    text = 'word "quoted", ' * 70_000
    table = read(written([["a", "b"], [text, "x"]]).encode())
    assert table.frame.iloc[0, 0] == text.strip()
    column = len(text) + text.count('"') + 4
    assert str(table.locate(1, "b")) == f"t.csv:2:{column}"


def test_an_empty_file_is_told_of() -> None:
    for content in (b"", b"\n\n", b"\xef\xbb\xbf", b",,,\n", b"  "):
        table, problems = csv.parse(content, "t.csv")
        assert table is None
        assert [p.code for p in problems] == ["empty-file"]


CELL = st.text(st.sampled_from("ab1 ,;\t\"'\nåλ🙂|"), max_size=8)


@given(
    rows=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=6),
    delimiter=st.sampled_from(",;\t"),
    ending=st.sampled_from(["\n", "\r\n"]),
)
def test_any_table_is_read_back_and_every_cell_starts_at_its_place(
    rows: list[list[str]], delimiter: str, ending: str
) -> None:
    text = written([["one", "two", "three"], *rows], delimiter, ending)
    table = read(text.encode())
    lines = text.replace("\r\n", "\n").split("\n")
    expected = [[cell.strip() for cell in row] for row in rows]
    assert cells(table)[1:] == [row for row in expected if any(row)]
    for record in table.frame.index:
        for number, column in enumerate(table.frame.columns):
            at = table.locate(int(record), column)
            rest = "\n".join([lines[at.line - 1][at.column - 1 :], *lines[at.line :]])
            wanted = rows[int(record) - 1][number]
            reader = written_by.reader(io.StringIO(rest, newline=""), delimiter=delimiter)
            assert (next(reader, []) or [""])[0] == wanted
