"""Excel workbooks as people keep them."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart

from report.model.diagnostic import Diagnostic
from report.model.table import Table
from report.sources import excel

PATH = "data/participants.xlsx"


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def book(*rows: list[Any], title: str = "Sheet1") -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return made


def parse(made: openpyxl.Workbook) -> tuple[Table | None, list[Diagnostic]]:
    return excel.parse(saved(made), PATH)


def read(made: openpyxl.Workbook) -> Table:
    table, problems = parse(made)
    assert problems == []
    assert table is not None
    return table


def test_dates_numbers_and_switches_are_what_one_types() -> None:
    row = [
        dt.date(2021, 5, 1),
        7,
        7.0,
        0.5,
        True,
        None,
        dt.datetime.fromisoformat("2021-05-01T09:30"),
    ]
    table = read(book(list("abcdefg"), row))
    assert table.frame.iloc[0].tolist() == [
        *("2021-05-01", "7", "7", "0.5", "TRUE", "", "2021-05-01 09:30:00"),
    ]


def test_a_place_is_the_cell_that_excel_shows() -> None:
    made = book([], ["a", None, "b"], [], ["1", None, "2"], [], ["3", None, "4"])
    table = read(made)
    assert table.frame.values.tolist() == [["1", "2"], ["3", "4"]]
    places = [str(table.locate(int(n), "b")) for n in table.frame.index]
    assert places == [f"{PATH}:Sheet1!C4", f"{PATH}:Sheet1!C6"]
    assert str(table.locate(-1, "b")) == f"{PATH}:Sheet1!C2"


def test_a_sheets_name_is_quoted_as_excel_does() -> None:
    assert str(read(book(["a"], ["1"], title="My sheet")).locate(1, "a")).endswith("'My sheet'!A2")


def test_hidden_and_empty_sheets_are_passed_over() -> None:
    made = book(["secret"], ["x"])
    made.worksheets[0].sheet_state = "hidden"
    made.create_sheet("Empty")
    made.create_chartsheet("Chart").add_chart(BarChart())
    sheet = made.create_sheet("People")
    sheet.append(["a"])
    sheet.append(["1"])
    table = read(made)
    assert str(table.locate(1, "a")) == f"{PATH}:People!A2"


def test_a_workbook_of_nothing_but_a_chart_is_empty() -> None:
    made = book()
    made.create_chartsheet("Chart").add_chart(BarChart())
    del made["Sheet1"]
    table, problems = parse(made)
    assert table is None
    assert [p.code for p in problems] == ["empty-file"]


def test_a_format_down_to_the_last_cell_costs_nothing() -> None:
    made = book(["a"], ["1"])
    made.worksheets[0].cell(1_048_576, 16_384).number_format = "0.00"
    assert read(made).frame.values.tolist() == [["1"]]


def test_merged_cells_are_told_of() -> None:
    made = book(["a", "b"], ["1", "x"], ["2", None])
    made.worksheets[0].merge_cells("B2:B3")
    _, problems = parse(made)
    assert [(p.code, str(p.location)) for p in problems] == [("merged-cells", f"{PATH}:Sheet1!B2")]


def test_a_formula_needs_its_result() -> None:
    _, problems = parse(book(["a", "b"], ["1", "=A2&A2"]))
    assert [(p.code, str(p.location)) for p in problems] == [
        ("formula-without-result", f"{PATH}:Sheet1!B2")
    ]


def test_a_formula_with_its_result_is_that() -> None:
    """openpyxl writes no results; Excel does."""
    import zipfile

    source, target = io.BytesIO(saved(book(["a"], ["=1+1"]))), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            for empty in (b"<v></v>", b"<v />", b"<v/>"):
                content = content.replace(b"</f>" + empty, b"</f><v>2</v>")
            new.writestr(name, content)
    table, problems = excel.parse(target.getvalue(), PATH)
    assert problems == []
    assert table is not None
    assert table.frame.values.tolist() == [["2"]]


def test_a_formula_that_fails_is_told_of() -> None:
    _, problems = parse(book(["a"], ["#REF!"], ["#N/A"]))
    assert [str(p.location) for p in problems] == [f"{PATH}:Sheet1!A2", f"{PATH}:Sheet1!A3"]
    assert {p.code for p in problems} == {"spreadsheet-error"}


@pytest.mark.parametrize("share", [0, 3, 100, 1000, 3000, 4500])
def test_half_a_workbook_is_told_of(share: int) -> None:
    _, problems = excel.parse(saved(book(["a"], ["1"]))[:share], PATH)
    assert [p.code for p in problems] == ["unreadable-workbook"]


@pytest.mark.parametrize("seed", range(150))
def test_a_damaged_workbook_makes_no_traceback(seed: int) -> None:
    import random

    chance = random.Random(seed)
    content = bytearray(saved(book(["a", "b"], [1, "x"], [dt.date(2021, 5, 1), "=1"])))
    for _ in range(chance.randrange(1, 30)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    excel.parse(bytes(content), PATH)
