"""One cell or one column written into an Excel workbook.

All else stays byte for byte: openpyxl would write the whole workbook anew, and lose what it does
not know. Of the ZIP only the sheet's own member changes, and the places that the directory gives
(PKWARE APPNOTE 6.3, 4.3); of the sheet only the cell, and where need be the attribute `spans` of
its row and the sheet's dimension (ECMA-376 Part 1, 18.3.1).
"""

import html
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, NoReturn
from xml.parsers import expat

from report.errors import ReportError
from report.sources import excel
from report.sources.zip_member import UnusualZipError, with_member

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
_TAG: Final = re.compile(rb"<([^\s/>]+)(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_ATTRIBUTE: Final = re.compile(rb"\s+([^\s=]+)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_RANGE: Final = re.compile(r"([A-Za-z]{1,3})([1-9]\d*)(?::([A-Za-z]{1,3})([1-9]\d*))?")
_SPAN: Final = re.compile(r"(\d+):(\d+)")
# Not in XML at all, or read by Excel as another character (ECMA-376 Part 1, 22.9.2.19).
_UNWRITABLE: Final = re.compile("[\0-\b\v-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_COLUMNS: Final = 16_384
_SORTED: Final = re.compile(rb"<(?:\w+:)?(?:autoFilter|tableParts)\b")


class UnsafeEditError(ReportError):
    """A workbook that cannot be changed without risk to what else is in it: the user does it."""

    def __init__(
        self,
        reason: str = "it is not built as Excel and LibreOffice do it",
        hint: str = "write it into the cell yourself, in Excel or LibreOffice",
    ) -> None:
        super().__init__(f"this workbook cannot be changed safely: {reason}", hint)


def with_cell(content: bytes, row: int, column: int, text: str) -> bytes:
    """A workbook's `content` with `text` in one cell of the sheet that excel.parse reads; `row` and
    `column` are of its grid.

    The cell keeps its format and loses a formula; no text empties it. Raises UnsafeEditError where
    other cells or the workbook need what would be lost, and where the workbook is built like none
    that we know.
    """
    member, source, has_chain = _opened(content)
    sheet = _Sheet.of(source)
    cell = sheet.cells.get((row, column))
    if has_chain and cell and any(cell.all("f")):
        # Excel calls a workbook damaged whose calcChain.xml lists a cell that has no formula.
        raise UnsafeEditError(f"the cell {_name(row, column)} holds a formula")
    if _UNWRITABLE.search(text):
        raise UnsafeEditError("the text holds characters that Excel reads as others")
    try:
        return with_member(content, member, sheet.replaced(row, column, text))
    except UnusualZipError as error:
        raise UnsafeEditError from error


def with_column(content: bytes, top: int, name: str) -> bytes:
    """A workbook's `content` with one more column at the right end of the sheet that excel.parse
    reads, called `name` in the row `top` of its grid.

    It is the column behind the last one that holds anything. Raises UnsafeEditError as with_cell
    does, and where the sheet has an Excel table or a filter: sorting these would leave the new
    column behind, and its cells with other rows.
    """
    _, source, _ = _opened(content)
    if _SORTED.search(source):
        reason = f"the sheet has a table or a filter, which a column “{name}” must be in"
        raise UnsafeEditError(reason, f"add a column “{name}” to it in Excel, then try again")
    return with_cell(content, top, _Sheet.of(source).width(top), name)


def _opened(content: bytes) -> tuple[str, bytes, bool]:
    """The sheet's member and XML, and whether the workbook lists the cells that have formulas."""
    member = excel.member(content) or _refuse()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        chained = any(name.lower().endswith("calcchain.xml") for name in archive.namelist())
        return member, archive.read(member), chained


def _refuse(*_: object) -> NoReturn:
    raise UnsafeEditError


def _name(row: int, column: int) -> str:
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(column + 1)}{row + 1}"


class _Range(NamedTuple):
    """Rows and columns from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def of(cls, reference: str) -> "_Range":
        from openpyxl.utils import column_index_from_string

        found = _RANGE.fullmatch(reference) or _refuse()
        left, top, right, bottom = found.groups()
        return cls(
            int(top) - 1,
            column_index_from_string(left) - 1,
            int(bottom or top) - 1,
            column_index_from_string(right or left) - 1,
        )

    def covers(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(slots=True)
class _Element:
    """An element and the bytes where it stands: its start tag from `start` to `inner`, its end tag
    from `close` to `end`. In `<c/>` the last three are the same. `tag` is its name with prefix."""

    name: str
    tag: bytes
    attributes: Mapping[str, str]
    start: int
    inner: int
    close: int = 0
    end: int = 0
    children: list["_Element"] = field(default_factory=list)

    def all(self, name: str) -> Iterator["_Element"]:
        return (child for child in self.children if child.name == name)

    def other(self, name: bytes) -> bytes:
        """Another name with the prefix of this one."""
        return self.tag[: self.tag.find(b":") + 1] + name


def _root(source: bytes) -> _Element:
    """The elements of a sheet's XML; those of ECMA-376 go by their name alone."""
    document = _Element("", b"", {}, 0, 0)
    opened = [document]
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(name: str, attributes: dict[str, str]) -> None:
        at = parser.CurrentByteIndex
        tag = _TAG.match(source, at) or _refuse()
        element = _Element(name.removeprefix(_MAIN), tag[1], attributes, at, tag.end())
        opened[-1].children.append(element)
        opened.append(element)

    def end(_: str) -> None:
        element = opened.pop()
        element.close = element.end = element.inner
        if source[element.inner - 2] != ord("/"):
            element.close = parser.CurrentByteIndex
            element.end = source.index(b">", element.close) + 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = _refuse
    if b"\0" in source:
        _refuse()  # UTF-16, where a tag is no ASCII
    try:
        parser.Parse(source, True)  # noqa: FBT003  # it takes no keywords
    except expat.ExpatError:
        _refuse()
    return document.children[0]


@dataclass(frozen=True, slots=True)
class _Sheet:
    source: bytes
    root: _Element
    data: _Element
    rows: Mapping[int, _Element]
    cells: Mapping[tuple[int, int], _Element]

    @classmethod
    def of(cls, source: bytes) -> "_Sheet":
        root = _root(source)
        data = next(root.all("sheetData"), None) or _refuse()
        rows = _numbered(data.children, "row")
        cells = {
            (number, column): cell
            for number, row in rows.items()
            for column, cell in _numbered(row.children, "c", number).items()
        }
        return cls(source, root, data, rows, cells)

    def width(self, top: int) -> int:
        """The first column that holds nothing, and that merged cells from `top` on do not reach."""
        filled = [column for (_, column), cell in self.cells.items() if cell.children]
        merged = [area.right for area in self._merged() if area.bottom >= top]
        return max([*filled, *merged], default=-1) + 1

    def replaced(self, row: int, column: int, text: str) -> bytes:
        """The XML with that text in that cell."""
        self._check(row, column)
        pieces, at = [], 0
        for start, end, written in (*self._dimension(row, column), self._edit(row, column, text)):
            pieces += [self.source[at:start], written]
            at = end
        return b"".join([*pieces, self.source[at:]])

    def _merged(self) -> list[_Range]:
        merges = (area for every in self.root.all("mergeCells") for area in every.all("mergeCell"))
        return [_Range.of(area.attributes.get("ref", "")) for area in merges]

    def _check(self, row: int, column: int) -> None:
        """Refuse a cell that is none of its own."""
        if column >= _COLUMNS:
            raise UnsafeEditError("the sheet has no free column at its right end")
        for area in self._merged():
            if area.covers(row, column) and (row, column) != area[:2]:
                raise UnsafeEditError(f"the cell {_name(row, column)} is merged with others")
        for place, cell in self.cells.items():
            for formula in cell.all("f"):
                area = _Range.of(formula.attributes.get("ref", "A1"))
                shared = formula.attributes.get("t") == "shared"
                lost = place == (row, column) or (not shared and area.covers(row, column))
                if lost and area[:2] != area[2:]:
                    name = _name(row, column)
                    raise UnsafeEditError(f"other cells share the formula of the cell {name}")

    def _dimension(self, row: int, column: int) -> Iterator[tuple[int, int, bytes]]:
        """Where the dimension's tag stands and what it has to be, if it has to be wider."""
        for element in self.root.all("dimension"):
            area = _Range.of(element.attributes.get("ref", ""))
            if not area.covers(row, column):
                first = _name(min(area.top, row), min(area.left, column))
                last = _name(max(area.bottom, row), max(area.right, column))
                tag = self._start_tag(element, {b"ref"}, b' ref="%b"' % f"{first}:{last}".encode())
                slash = b"/" if element.inner == element.end else b""
                yield element.start, element.inner, tag + slash + b">"

    def _edit(self, number: int, column: int, text: str) -> tuple[int, int, bytes]:
        """The bytes that make place for the cell, from and to, and what it is."""
        row = self.rows.get(number)
        if row is None:
            at = next((r.start for n, r in self.rows.items() if n > number), self.data.close)
            name = self.data.other(b"row")
            cell = _new(self.data, number, column, text)
            return at, at, b'<%b r="%d">%b</%b>' % (name, number + 1, cell, name)
        found = self.cells.get((number, column))
        if found:
            tag = self._start_tag(found, {b"t", b"cm", b"vm"})
            return found.start, found.end, _cell(found, tag, text)
        later = (c.start for (n, k), c in self.cells.items() if n == number and k > column)
        at = next(later, row.close)
        spans = _SPAN.findall(row.attributes.get("spans", ""))
        within = any(int(first) <= column + 1 <= int(last) for first, last in spans)
        pieces = (
            self._start_tag(row, set() if within else {b"spans"}) + b">",
            self.source[row.inner : at],
            _new(row, number, column, text),
            self.source[at : row.close],
            self.source[row.close : row.end] or b"</%b>" % row.tag,
        )
        return row.start, row.end, b"".join(pieces)

    def _start_tag(self, element: _Element, without: set[bytes], more: bytes = b"") -> bytes:
        """An element's start tag up to its end, without some attributes and with some more."""
        tag = self.source[element.start : element.inner].removesuffix(b">").removesuffix(b"/")
        kept = _ATTRIBUTE.sub(lambda found: b"" if found[1] in without else found[0], tag)
        return kept.rstrip() + more


def _numbered(elements: Sequence[_Element], name: str, row: int = -1) -> dict[int, _Element]:
    """Rows, or the cells of one `row`, by their number from 0: an element without one stands
    behind the one before it (ECMA-376 Part 1, 18.3.1.4 and 18.3.1.73)."""
    numbered: dict[int, _Element] = {}
    number = -1
    for element in elements:
        reference = element.attributes.get("r")
        last, number = number, number + 1
        if reference and row < 0:
            number = _Range.of(f"A{reference}").top
        elif reference:
            at, number, *_ = _Range.of(reference)
            if at != row:
                _refuse()
        if element.name != name or number <= last:
            _refuse()
        numbered[number] = element
    return numbered


def _new(parent: _Element, row: int, column: int, text: str) -> bytes:
    tag = b'<%b r="%b"' % (parent.other(b"c"), _name(row, column).encode())
    return _cell(parent, tag, text)


def _cell(kin: _Element, tag: bytes, text: str) -> bytes:
    """A cell from its start `tag`, with the prefix of its `kin`: no sharedStrings.xml is needed."""
    if not text:
        return tag + b"/>"
    keep = b"" if text == " ".join(text.split()) else b' xml:space="preserve"'
    words = html.escape(text, quote=False).encode("ascii", "xmlcharrefreplace")
    c, inline, t = kin.other(b"c"), kin.other(b"is"), kin.other(b"t")
    inner = b"<%b><%b%b>%b</%b></%b>" % (inline, t, keep, words, t, inline)
    return tag + b' t="inlineStr">%b</%b>' % (inner, c)
