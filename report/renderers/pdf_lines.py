"""The order of what a screen reader says, in lines that hold words from right to left.

Typst 0.15 tags the words of a line as they stand, from left to right. The order in which they are
read follows from the way of each and of the text around: Unicode's algorithm (UAX #9, rule L2) for
two levels, undone. A line of prose has no third.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from report.languages import is_right_to_left

if TYPE_CHECKING:
    from pikepdf import Object, Page, Pdf

_REVERSED: Final = b"/ReversedChars"
_OF_WORDS: Final = {f"/{t}" for t in ("P", "Title", "TH", "TD", "LBody", "Caption")} | {
    f"/H{level}" for level in range(1, 7)
}
"""Elements that hold words: their parts stand in lines."""
_MAPPED: Final = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>\s*$", re.MULTILINE)

_Key = tuple[int, int]
"""A page and the number of a piece of its content, which rises in the order of drawing."""


@dataclass(frozen=True)
class _Run:
    """Where a piece of a line stands, in points, and which way its characters run: "R", "L" or
    "N" for those without a direction of their own. `length` is that of its text."""

    x: float
    y: float
    size: float
    way: str
    length: int


def put_in_order(pdf: "Pdf", tree: "Object") -> None:
    """Orders the parts of the tree's elements as their text is read."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    runs: dict[_Key, _Run] = {}
    for number, page in enumerate(pdf.pages):
        page.contents_coalesce()
        if _REVERSED in page.Contents.read_bytes():
            runs |= {(number, mcid): run for mcid, run in _runs(page)}
    if any(run.way == "R" for run in runs.values()):
        _order(tree, pages, runs, rtl=is_right_to_left(str(pdf.Root.Lang)))


def _order(
    element: "Object", pages: Mapping[tuple[int, int], int], runs: Mapping[_Key, _Run], *, rtl: bool
) -> None:
    """Orders what holds words among the element and its descendants; `rtl` is the way of the text
    around."""
    from pikepdf import Dictionary, Name

    if Name.Lang in element:
        rtl = is_right_to_left(str(element.Lang))
    if str(element.get(Name.S)) in _OF_WORDS:
        keys = sorted(_keys(element, pages))
        if any(key in runs and runs[key].way == "R" for key in keys):
            if rtl and _share(keys, runs, "R") * 4 < _share(keys, runs, "L"):
                rtl = False  # a work cited, which direction.lua sets from left to right
            said = [key for line in _lines(keys, runs) for key in logical(line, runs, rtl=rtl)]
            _sort(element, pages, {key: place for place, key in enumerate(said)})
        return
    for part in parts(element):
        if isinstance(part, Dictionary) and Name.S in part:
            _order(part, pages, runs, rtl=rtl)


def parts(element: "Object") -> list["Object"]:
    """What an element holds: elements, pieces of content, annotations."""
    from pikepdf import Array, Name

    inner = element.get(Name.K, Array())
    return list(inner) if isinstance(inner, Array) else [inner]


def _keys(element: "Object", pages: Mapping[tuple[int, int], int]) -> Iterator[_Key]:
    from pikepdf import Dictionary, Name

    for part in parts(element):
        if isinstance(part, Dictionary) and Name.S in part:
            yield from _keys(part, pages)
        elif key := _key(part, element, pages):
            yield key


def _key(part: "Object", element: "Object", pages: Mapping[tuple[int, int], int]) -> _Key | None:
    from pikepdf import Dictionary, Name

    if not isinstance(part, Dictionary):
        return pages[element.Pg.objgen], int(part)
    if Name.MCID in part:
        page = part.Pg if Name.Pg in part else element.Pg
        return pages[page.objgen], int(part.MCID)
    return None


def _share(keys: Sequence[_Key], runs: Mapping[_Key, _Run], way: str) -> int:
    return sum(runs[key].length for key in keys if key in runs and runs[key].way == way)


def _lines(keys: Sequence[_Key], runs: Mapping[_Key, _Run]) -> Iterator[list[_Key]]:
    """Pieces in the order of drawing, line by line, each line from left to right."""
    line: list[_Key] = []
    for key in keys:
        if line and not _is_beside(key, line[-1], runs):
            yield line
            line = []
        line.append(key)
        line.sort(key=lambda key: runs[key].x if key in runs else 0.0)
    yield line


def _is_beside(key: _Key, before: _Key, runs: Mapping[_Key, _Run]) -> bool:
    if key[0] != before[0] or key not in runs or before not in runs:
        return False
    one, other = runs[key], runs[before]
    return abs(one.y - other.y) < 0.6 * min(one.size, other.size)


def logical(line: Sequence[_Key], runs: Mapping[_Key, _Run], *, rtl: bool) -> list[_Key]:
    """A line's pieces, from left to right, in the order in which they are read."""
    order = list(reversed(line)) if rtl else list(line)
    against = "L" if rtl else "R"
    ways = [runs[key].way if key in runs else "N" for key in order]
    start = 0
    while start < len(order):
        if ways[start] != against:
            start += 1
            continue
        end = last = start
        while end < len(order) and ways[end] in {against, "N"}:
            last = end if ways[end] == against else last
            end += 1
        order[start : last + 1] = reversed(order[start : last + 1])
        start = last + 1
    return order


def _sort(
    element: "Object", pages: Mapping[tuple[int, int], int], place: Mapping[_Key, int]
) -> None:
    """The element's parts by where they begin; what has no text goes last."""
    from pikepdf import Array, Dictionary, Name

    def begin(part: "Object") -> int:
        if isinstance(part, Dictionary) and Name.S in part:
            return min((place[key] for key in _keys(part, pages)), default=len(place))
        key = _key(part, element, pages)
        return place[key] if key else len(place)

    ordered = sorted(parts(element), key=begin)
    element.K = Array(ordered)
    for part in ordered:
        if isinstance(part, Dictionary) and Name.S in part:
            _sort(part, pages, place)


def _runs(page: "Page") -> Iterator[tuple[int, _Run]]:
    """Each piece of tagged text of the page, by its number."""
    from pikepdf import Matrix, parse_content_stream

    fonts = {str(name): _characters(font) for name, font in page.Resources.Font.items()}
    stack, matrix = [], Matrix()
    marks: list[int] = []
    font, size = "", 0.0
    found: dict[int, _Run] = {}
    for instruction in parse_content_stream(page):
        operands = instruction.operands
        match str(instruction.operator):
            case "q":
                stack.append(matrix)
            case "Q":
                matrix = stack.pop()
            case "cm":
                matrix = Matrix(*map(float, operands)) @ matrix
            case "BDC" | "BMC":
                marks.append(_number(operands))
            case "EMC":
                marks.pop()
            case "Tf":
                font, size = str(operands[0]), float(operands[1])
            case "Tj" | "TJ":
                number = max(marks, default=-1)
                text = _text(operands[0], fonts[font])
                known = found.get(number)
                if number >= 0 and (known is None or known.way == "N"):
                    at = float(matrix.e), float(matrix.f)
                    found[number] = _Run(*at, size, _way(text), len(text))
    yield from found.items()


def _number(operands: Iterable["Object"]) -> int:
    """The number of the piece of content that is begun; -1 for none."""
    from pikepdf import Dictionary, Name

    *_, properties = operands
    return int(properties.get(Name.MCID, -1)) if isinstance(properties, Dictionary) else -1


def _text(shown: "Object", characters: Mapping[int, str]) -> str:
    from pikepdf import Array, String

    strings = shown if isinstance(shown, Array) else [shown]
    codes = b"".join(bytes(part) for part in strings if isinstance(part, String))
    pairs = zip(codes[::2], codes[1::2], strict=False)
    return "".join(characters.get(high << 8 | low, "") for high, low in pairs)


def _way(text: str) -> str:
    ways = {unicodedata.bidirectional(character) for character in text}
    return "R" if ways & {"R", "AL"} else "L" if ways & {"L", "EN", "AN"} else "N"


def _characters(font: "Object") -> Mapping[int, str]:
    """What the font's two-byte codes stand for (ISO 32000-1, 9.10.3), as Typst lists it."""
    listed = _MAPPED.findall(font.ToUnicode.read_bytes())
    return {int(code, 16): bytes.fromhex(t.decode()).decode("utf-16-be") for code, t in listed}
