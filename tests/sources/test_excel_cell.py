"""One cell, and nothing else, is written into an Excel workbook."""

import datetime as dt
import io
import os
import re
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table as ExcelTable

from report.sources import excel, excel_cell
from report.sources.excel_cell import UnsafeEditError

NEW = "2026-11-24 all"
SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
BARE = ("General", False, "00000000", None)
"""The looks of a cell that has no format."""
ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def people() -> openpyxl.Workbook:
    """A hidden sheet, an empty one, and one with formats, gaps, merged cells and a comment."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(["participant", "secret"])
    book.worksheets[0].sheet_state = "hidden"
    book.create_sheet("Empty")
    sheet = book.create_sheet("People")
    header, born = ["participant", "born", "withdrawn"], dt.date(1970, 5, 1)
    for row in ([], header, ["PW1", born], [], ["PW12"], [], [], ["Asked in May"]):
        sheet.append(row)
    sheet.merge_cells("A8:C8")
    sheet["C2"].font = Font(bold=True)
    sheet["C5"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet["A5"].comment = Comment("asked twice", "me")
    sheet["E9"].fill = PatternFill("solid", fgColor="00FF00")
    sheet.auto_filter.ref = "A2:C5"
    return book


def by_hand(data: str, around: str = "{}", head: str = "", tail: str = "") -> bytes:
    """A workbook whose sheet has that XML between <sheetData> and its end."""
    sheet = around.format(
        f"<worksheet {MAIN}>{head}<sheetData>{data}</sheetData>{tail}</worksheet>"
    )
    book = openpyxl.Workbook()
    book.worksheets[0].append(["shared"])
    return rezipped(saved(book), {SHEET: sheet.encode()})


def rezipped(content: bytes, members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(info, members.get(info.filename) or old.read(info))
        for name in members.keys() - set(old.namelist()):
            new.writestr(name, members[name])
    return out.getvalue()


def zipped(content: bytes, method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return out.getvalue()


def sheet_of(content: bytes, name: str = SHEET) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def shown(content: bytes) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Every cell of a workbook as openpyxl reads it, with its looks; bare cells are left out."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = {
        (sheet.title, cell.coordinate): (
            *(cell.value, cell.number_format, cell.font.b, cell.fill.fgColor.rgb),
            cell.comment.text if cell.comment else None,
        )
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    }
    return {place: cell for place, cell in cells.items() if cell != (None, *BARE)}


def raw(content: bytes) -> dict[str, tuple[bytes, bytes]]:
    """Each member's bytes in the file, header included, and its entry without its place."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos, end = archive.infolist(), archive.start_dir
    starts = [*(info.header_offset for info in infos), end]
    assert starts == sorted(starts)
    entries, at = [], end
    for _ in infos:
        size = 46 + sum(struct.unpack_from("<3H", content, at + 28))
        entries.append(content[at : at + 42] + content[at + 46 : at + size])
        at += size
    return {
        info.filename: (content[start:behind], entry)
        for info, start, behind, entry in zip(infos, starts, starts[1:], entries, strict=False)
    }


def check(content: bytes, row: int, column: int, text: str = NEW) -> bytes:
    """Write the cell; all else has to be as before. The new workbook."""
    written = excel_cell.with_cell(content, row, column, text)
    member = excel.member(content)
    before, after = raw(content), raw(written)
    assert list(before) == list(after)
    assert [name for name in before if before[name] != after[name]] == [member]
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert archive.testzip() is None
        assert archive.comment == zipfile.ZipFile(io.BytesIO(content)).comment
    table, _ = excel.parse(content, "t.xlsx")
    assert table is not None
    sheet = table.locate(-1, str(table.frame.columns[0])).cell.split("!")[0].strip("'")
    cell = f"{openpyxl.utils.get_column_letter(column + 1)}{row + 1}"
    expected = shown(content)
    _, *looks = expected.get((sheet, cell), (None, *BARE))
    expected[sheet, cell] = (text, *looks)
    assert shown(written) == expected
    return written


@pytest.mark.parametrize("row", range(9))
@pytest.mark.parametrize("column", range(6))
def test_any_cell_is_written_alone(row: int, column: int) -> None:
    if row == 7 and column in {1, 2}:
        with pytest.raises(UnsafeEditError, match="is merged with others"):
            excel_cell.with_cell(saved(people()), row, column, NEW)
    else:
        check(saved(people()), row, column)


@settings(deadline=None)
@given(text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1))
def test_any_text_is_read_back(text: str) -> None:
    assume(not re.search("_x[0-9a-fA-F]{4}_|[\ufffe\uffff]", text))
    written = excel_cell.with_cell(by_hand(ROW), 1, 1, text)
    assert openpyxl.load_workbook(io.BytesIO(written)).worksheets[0]["B2"].value == text


@pytest.mark.parametrize("text", [" a", "a ", "a  b", "a\nb\tc", "<b> & ]]>"])
def test_spaces_and_signs_stay(text: str) -> None:
    check(saved(people()), 4, 2, text)


@pytest.mark.parametrize("text", ["a\0", "a\r", "_x0041_", "\ufffe"])
def test_characters_that_excel_would_change_are_refused(text: str) -> None:
    with pytest.raises(UnsafeEditError, match="characters"):
        excel_cell.with_cell(saved(people()), 4, 2, text)


def test_no_text_empties_a_cell_and_keeps_its_format() -> None:
    content = check(saved(people()), 4, 2)
    emptied = excel_cell.with_cell(content, 4, 2, "")
    assert shown(emptied) == shown(saved(people()))


class Stream(io.BytesIO):
    """Where zipfile cannot go back, it writes a member's sizes behind its data."""

    def tell(self) -> int:
        raise OSError


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("out", [io.BytesIO, Stream])
def test_a_zip_keeps_what_others_wrote_into_it(method: int, out: type[io.BytesIO]) -> None:
    """Extra fields, comments, sizes behind the data, or bytes between members."""
    made = out()
    with zipfile.ZipFile(io.BytesIO(saved(people()))) as old, zipfile.ZipFile(made, "w") as new:
        new.comment = b"a workbook"
        for name in old.namelist():
            info = zipfile.ZipInfo(name, (2001, 2, 3, 4, 5, 6))
            info.compress_type, info.comment = method, b"a comment"
            info.extra = struct.pack("<2H4s", 0xA220, 4, b"room")
            new.writestr(info, old.read(name))
            if out is io.BytesIO:
                made.write(b"gap")
                new.start_dir = made.tell()
    content = made.getvalue()
    sizes_behind = zipfile.ZipFile(io.BytesIO(content)).infolist()[0].flag_bits & 8
    assert bool(sizes_behind) == (out is Stream)
    assert check(content, 4, 2).count(b"gap") == content.count(b"gap")


def test_cells_and_rows_without_their_places() -> None:
    data = "<row><c t='inlineStr'><is><t>a</t></is></c><c/><c><v>1</v></c></row><row/><row>{}</row>"
    content = by_hand(data.format("<c><v>2</v></c><c r='D3'><v>4</v></c><c><v>5</v></c>"))
    for row in range(5):
        for column in range(7):
            check(content, row, column)
    written = sheet_of(excel_cell.with_cell(content, 2, 1, "x"))
    new = '<c r="B3" t="inlineStr"><is><t>x</t></is></c>'
    assert f"<c><v>2</v></c>{new}<c r='D3'>" in written


def test_a_row_is_put_between_its_neighbours() -> None:
    content = by_hand('<row r="1"><c><v>1</v></c></row><row r="4"><c><v>4</v></c></row>')
    new = '<row r="{0}"><c r="B{0}" t="inlineStr"><is><t>x</t></is></c></row>'
    for number, behind in ((2, '<row r="4">'), (3, '<row r="4">'), (5, "</sheetData>")):
        written = sheet_of(check(content, number - 1, 1, "x"))
        assert new.format(number) + behind in written


def test_names_with_a_prefix() -> None:
    sheet = (
        f'<?xml version="1.0" encoding="utf-8"?><x:worksheet {MAIN.replace("xmlns", "xmlns:x")}>'
        '<!-- <x:c r="B1"/> --><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>'
        '<x:row r="2"/></x:sheetData></x:worksheet>'
    )
    content = rezipped(by_hand(""), {SHEET: sheet.encode()})
    written = sheet_of(check(check(check(content, 0, 1), 1, 1), 3, 0))
    assert '<x:row r="2"><x:c r="B2" t="inlineStr"><x:is><x:t>2026' in written


def test_the_row_and_the_dimension_are_widened_where_need_be() -> None:
    data = '<row r="1" spans="1:2" ht="20"><c r="A1"><v>1</v></c></row>'
    content = by_hand(data, head='<dimension ref="A1:B2"/>')
    within = sheet_of(check(content, 0, 1))
    assert '<dimension ref="A1:B2"/>' in within
    assert '<row r="1" spans="1:2" ht="20">' in within
    outside = sheet_of(check(content, 0, 2))
    assert '<dimension ref="A1:C2"/>' in outside
    assert '<row r="1" ht="20"><c' in outside


def test_a_formula_goes_and_the_format_stays() -> None:
    formula = '<c r="B1" s="0" cm="1" t="str"><f>A1</f><v>1</v></c>'
    data = f'<row r="1"><c r="A1"><v>1</v></c>{formula}</row>'
    written = check(by_hand(data), 0, 1)
    assert '<c r="B1" s="0" t="inlineStr"><is><t>2026-11-24 all</t></is></c>' in sheet_of(written)


def test_a_formula_in_the_order_of_calculation_is_refused() -> None:
    data = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1</f><v>1</v></c></row>'
    chain = f'<calcChain {MAIN}><c r="B1" i="1"/></calcChain>'.encode()
    content = rezipped(by_hand(data), {"xl/calcChain.xml": chain})
    with pytest.raises(UnsafeEditError, match="the cell B1 holds a formula"):
        excel_cell.with_cell(content, 0, 1, NEW)
    check(content, 0, 2)


def test_a_formula_that_other_cells_need_is_refused() -> None:
    shared = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">1+1</f><v>2</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c></row>'
    )
    with pytest.raises(UnsafeEditError, match="share the formula of the cell A1"):
        excel_cell.with_cell(by_hand(shared), 0, 0, NEW)
    excel_cell.with_cell(by_hand(shared), 1, 0, NEW)
    book = people()
    book.worksheets[2]["C3"] = ArrayFormula("C3:C5", "=A3:A5")
    for row in (2, 3, 4):
        with pytest.raises(UnsafeEditError, match="share the formula"):
            excel_cell.with_cell(saved(book), row, 2, NEW)


@pytest.mark.parametrize(
    "data",
    [
        '<row r="1"><c r="A1"><v>1</v></c><extLst/></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"/></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"/></row>',
        '<row r="1"><c r="A2"><v>1</v></c></row>',
        f"{ROW}{ROW}",
        f'{ROW}<row r="1.0"/>',
        f"{ROW}<c/>",
    ],
)
def test_what_we_do_not_know_is_refused(data: str) -> None:
    with pytest.raises(UnsafeEditError, match="not built as Excel") as caught:
        excel_cell.with_cell(by_hand(data), 0, 1, NEW)
    assert "write it into the cell yourself" in caught.value.hint


@pytest.mark.parametrize(
    "change",
    [
        lambda content: b"#!" + content,
        lambda content: zipped(content, zipfile.ZIP_BZIP2),
        lambda content: content[: len(content) // 2],
        lambda _: b"",
        lambda content: rezipped(content, {SHEET: f"<!DOCTYPE a>{sheet_of(content)}".encode()}),
        lambda content: rezipped(content, {SHEET: sheet_of(content).encode("utf-16")}),
    ],
)
def test_a_file_that_is_built_otherwise_is_refused(change: Callable[[bytes], bytes]) -> None:
    with pytest.raises(UnsafeEditError):
        excel_cell.with_cell(change(by_hand(ROW)), 0, 1, NEW)


def unfiltered() -> openpyxl.Workbook:
    book = people()
    book.worksheets[2].auto_filter.ref = None
    return book


def test_a_column_stands_right_of_everything() -> None:
    content = saved(unfiltered())
    written = excel_cell.with_column(content, 1, "stage")
    assert written == check(content, 1, 3, "stage")
    table, _ = excel.parse(written, "t.xlsx")
    assert table is not None
    assert table.cell(-1, "stage") == (1, 3)
    assert [*table.frame["stage"]] == ["", "", ""]
    assert table.cell(int(table.frame.index[1]), "stage") == (4, 3)


def test_a_column_stands_behind_merged_cells_of_the_header() -> None:
    book = unfiltered()
    book.worksheets[2].merge_cells("C2:E2")
    content = saved(book)
    assert excel_cell.with_column(content, 1, "stage") == check(content, 1, 5, "stage")


def test_what_excel_sorts_takes_no_column_beside_it() -> None:
    """The new column would stay where it is, and mark another person."""
    book = unfiltered()
    book.worksheets[2].add_table(ExcelTable(displayName="People", ref="A2:C5"))
    for sorted_by_users in (saved(people()), saved(book)):
        with pytest.raises(UnsafeEditError, match="a table or a filter"):
            excel_cell.with_column(sorted_by_users, 1, "stage")


def test_a_full_sheet_has_no_place_for_a_column() -> None:
    book = unfiltered()
    book.worksheets[2]["XFD9"] = "x"
    with pytest.raises(UnsafeEditError, match="no free column"):
        excel_cell.with_column(saved(book), 1, "stage")


@pytest.mark.parametrize("seed", range(150))
def test_a_damaged_workbook_makes_no_traceback(seed: int) -> None:
    import random

    chance = random.Random(seed)
    content = bytearray(saved(people()))
    for _ in range(chance.randrange(1, 30)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    try:
        excel_cell.with_cell(bytes(content), 4, 2, NEW)
    except UnsafeEditError as error:
        assert error.hint  # noqa: PT017  # it may as well be written


@pytest.fixture
def converted(tmp_path: Path) -> Callable[[bytes], bytes]:
    """What LibreOffice makes of a workbook when it saves it."""

    def convert(content: bytes) -> bytes:
        (tmp_path / "in.xlsx").write_bytes(content)
        command = ["soffice", "--headless", f"-env:UserInstallation={tmp_path.as_uri()}/profile",
                   "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out"),
                   str(tmp_path / "in.xlsx")]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return (tmp_path / "out" / "in.xlsx").read_bytes()

    return convert


def has_calc() -> bool:
    program = Path(shutil.which("soffice") or "").resolve()
    return (program.parent / "libsclo.so").exists()


@pytest.mark.libreoffice
@pytest.mark.skipif(
    not (has_calc() or os.environ.get("CI")),
    reason="LibreOffice has no Calc: libreoffice-calc-nogui",
)
def test_what_libreoffice_saved_is_written_and_opens_there(
    converted: Callable[[bytes], bytes],
) -> None:
    content = converted(saved(unfiltered()))
    for row, column in ((4, 2), (3, 2), (4, 1), (9, 4), (1, 3)):
        check(content, row, column)
    written = excel_cell.with_column(check(content, 4, 2), 1, "stage")
    values = {place: value for place, (value, *_) in shown(converted(written)).items()}
    expected = {place: value for place, (value, *_) in shown(content).items()}
    assert values == expected | {("People", "C5"): NEW, ("People", "D2"): "stage"}
