"""The figures, drawn from numbers that templates put words to. Nothing is told by colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from report.compose import drawing
from report.compose.drawing import GREY, INK, RULE, Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.path import Path as Outline

SHADES = (
    (GREY, "white"),
    ("white", INK),
    ("#d0d0d0", INK),
    ("#8c8c8c", "white"),
)
"""The fill of a circle and the colour of the number in it, told apart without colour."""
DARK = 0
_WIDE = 5
"""So many columns of `speakers` leave room for a number beside each dot."""
_ROW, _TIGHT, _LINE = 0.29, 0.2, 0.15
"""Inches: a row of `speakers`, one where there are many, and each further line of a label."""
_HEAD = 4
"""Lines of a heading of a column."""
_GAP, _SMALL_GAP = 0.04, 0.03
"""Between the centres of two circles of `timeline`, with a number in them and without."""
_PERSON, _ACROSS, _TALL = 0.215, 20, 0.37
"""Inches from one person of `people` to the next, how many stand side by side, inches a line."""


@dataclass(frozen=True)
class Row:
    """A row of `speakers`: its label, whether it is a heading, and a count a column."""

    label: str
    heading: bool = False
    counts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Mark:
    """A session in `timeline`: where along the axis (0 to 1), how many people, which of SHADES."""

    at: float
    size: int
    shade: int


@dataclass(frozen=True)
class Lane:
    """A line of `timeline`."""

    label: str
    marks: tuple[Mark, ...]


@lru_cache(maxsize=64)
def people(groups: tuple[tuple[str, int], ...], colour: str, fonts: tuple[Path, ...]) -> Picture:
    """A person for each one of a group, in the colour, after the group's number and label."""
    with drawing.style(fonts):
        lines = [max(1, -(-count // _ACROSS)) for _, count in groups]
        labels = [drawing.wrapped(label, 16) for label, _ in groups]
        left = drawing.WIDTH - _PERSON * _ACROSS
        sizes = [drawing.fitting(w, left - 0.7, "normal", 1.2 * drawing.SIZE) for w in labels]
        tall = [
            max(0.1 + _TALL * number, 0.05 + drawing.extent(words, size, weight="normal")[1])
            for number, words, size in zip(lines, labels, sizes, strict=True)
        ]
        figure, axes = drawing.axes(sum(tall))
        axes.set(xlim=(0, drawing.WIDTH), ylim=(sum(tall), 0))
        for (top, bottom), (_, count), words, size, number in zip(
            pairwise(accumulate(tall, initial=0.0)), groups, labels, sizes, lines, strict=True
        ):
            middle = (top + bottom) / 2
            large = drawing.fitting(str(count), 0.5, "semibold", 20)
            axes.text(0.5, middle, str(count), ha="right", va="center", weight="semibold",
                      size=large, color=colour)  # fmt: skip
            axes.text(0.62, middle, words, va="center", size=size)
            first = middle - _TALL * number / 2
            places = [divmod(person, _ACROSS) for person in range(count)]
            axes.plot(
                [left + _PERSON * (column + 0.5) for _, column in places],
                [first + _TALL * (row + 0.5) for row, _ in places],
                marker=_person(), markersize=22, color=colour, linestyle="none", markeredgewidth=0,
            )  # fmt: skip
            if top:
                axes.axhline(top, color=RULE, linewidth=0.6)
        return drawing.picture(figure)


@lru_cache(maxsize=64)
def speakers(columns: tuple[str, ...], rows: tuple[Row, ...], fonts: tuple[Path, ...]) -> Picture:
    """A dot a cell, its area the count, the number beside it; the labels are set in `fonts`."""
    with drawing.style(fonts):
        narrow = len(columns) > _WIDE
        # The columns keep to the right of the labels.
        left = 0.4 if narrow else max(0.5, 1 - 0.17 * len(columns))
        step = (1 - left) / max(len(columns), 1)
        labels = [drawing.wrapped(row.label, 38 if narrow else int(90 * left)) for row in rows]
        heads, size, angle = _headings(columns, step * drawing.WIDTH)
        above = 0.25 + max((drawing.extent(head, size, angle)[1] for head in heads), default=0)
        row_height = _ROW
        further = _LINE * sum(label.count("\n") for label in labels)
        if above + further + row_height * len(rows) > drawing.HEIGHT:
            row_height = max(_TIGHT, (drawing.HEIGHT - above - further) / len(rows))
        tall = [row_height + _LINE * label.count("\n") for label in labels]
        edges = list(accumulate(tall, initial=0.0))  # inches below the headings
        figure, axes = drawing.axes(edges[-1] + above + 0.03)
        axes.set(xlim=(0, 1), ylim=(edges[-1] + 0.03, -above))
        centres = [left + step * (number + 0.5) for number in range(len(columns))]
        most = max((count for row in rows for count in row.counts), default=1) or 1
        for centre, head in zip(centres, heads, strict=True):
            axes.text(centre, -0.06, head, ha="center", va="bottom", weight="semibold",
                      size=size, rotation=angle)  # fmt: skip
        for (top, bottom), row, label in zip(pairwise(edges), rows, labels, strict=True):
            y = (top + bottom) / 2
            weight = "semibold" if row.heading else "normal"
            start = 0 if row.heading else 0.015
            fitting = drawing.fitting(label, (left - start) * drawing.WIDTH, weight)
            axes.text(start, y, label, va="center", weight=weight, size=fitting)
            if row.heading:
                axes.axhline(top, color=RULE, linewidth=0.6, clip_on=False)
            for centre, count in zip(centres, row.counts, strict=False):
                if count and narrow:
                    _circle(axes, centre, y, str(count), DARK, 100 + 110 * count / most)
                elif count:
                    axes.scatter(centre - 0.015, y, s=170 * count / most, color=GREY, linewidths=0)
                    axes.text(centre + 0.025, y, str(count), va="center")
        axes.axhline(edges[-1], color=RULE, linewidth=0.6, clip_on=False)
        return drawing.picture(figure)


@lru_cache(maxsize=64)
def timeline(
    lanes: tuple[Lane, ...],
    ends: tuple[str, str],
    note: str,
    legend: tuple[tuple[str, int], ...],
    fonts: tuple[Path, ...],
) -> Picture:
    """A line a lane with a circle a session; `ends` stand below. The number of people is in the
    circle, unless there is one person in each.

    `legend` says in words what each shade of a circle means.
    """
    with drawing.style(fonts):
        labels = [drawing.wrapped(lane.label, 22) for lane in lanes]
        lines = max((label.count("\n") + 1 for label in labels), default=1)
        tall = max(0.46, 0.12 + _LINE * lines)  # inches
        figure, axes = drawing.axes(0.75 + tall * len(lanes))
        left, bottom, inch = 0.27, len(lanes) - 0.5, 1 / tall
        alone = all(mark.size == 1 for lane in lanes for mark in lane.marks)
        axes.set(xlim=(0, 1), ylim=(bottom + 0.75 * inch, -0.5))
        for y, (lane, label) in enumerate(zip(lanes, labels, strict=True)):
            fitting = drawing.fitting(label, (left - 0.01) * drawing.WIDTH, "semibold")
            axes.text(0, y, label, va="center", weight="semibold", size=fitting)
            axes.plot([left, 1], [y, y], color=RULE, linewidth=0.8, zorder=1)
            places = [left + 0.03 + mark.at * (1 - left - 0.06) for mark in lane.marks]
            gap = _SMALL_GAP if alone else _GAP
            for x, mark in zip(_apart(places, gap, 1 - 0.03), lane.marks, strict=True):
                size = 110 if alone else 210
                _circle(axes, x, y, "" if alone else str(mark.size), mark.shade, size)
        bottom += 0.07 * inch
        arrow = {
            "arrowstyle": "-|>",
            "color": GREY,
            "linewidth": 0.9,
            "shrinkA": 0,
            "shrinkB": 0,
        }
        axes.annotate("", (1, bottom), (left, bottom), arrowprops=arrow)
        under = bottom + 0.08 * inch
        axes.text(left, under, ends[0], ha="left", va="top")
        axes.text(1, under, ends[1], ha="right", va="top")
        middle = (left + 1) / 2
        axes.text(middle, under, note, ha="center", va="top", color=GREY, size=8.5)
        at, under = left, bottom + 0.45 * inch
        for words, shade in legend:
            _circle(axes, at + 0.012, under, "", shade, 80)
            axes.text(at + 0.032, under, words, va="center")
            at += 0.07 + 0.0125 * len(words)
        return drawing.picture(figure)


def _circle(axes: "Axes", x: float, y: float, text: str, shade: int, size: float) -> None:
    fill, ink = SHADES[min(shade, len(SHADES) - 1)]
    axes.scatter(x, y, s=size, color=fill, edgecolors=GREY, linewidths=1.1, zorder=2)
    axes.text(x, y, text, ha="center", va="center_baseline", size=8.5, color=ink, zorder=3,
              weight="semibold")  # fmt: skip


@lru_cache
def _person() -> "Outline":
    """A head above shoulders, 1 high, around its middle."""
    from matplotlib.path import Path as Outline

    shoulders = [(-0.26, -0.5), (-0.26, -0.2), (-0.26, 0.03), (-0.13, 0.07), (0, 0.07),
                 (0.13, 0.07), (0.26, 0.03), (0.26, -0.2), (0.26, -0.5), (-0.26, -0.5)]  # fmt: skip
    codes = [Outline.MOVETO, Outline.LINETO, *[Outline.CURVE4] * 6, Outline.LINETO]
    body = Outline(shoulders, [*codes, Outline.CLOSEPOLY])
    return Outline.make_compound_path(Outline.circle((0, 0.32), 0.18), body)


def _apart(places: Sequence[float], gap: float, end: float) -> list[float]:
    """The places in their order, those that would hide each other moved on by as much as needed,
    and back again from the end; where there are too many for the room, they overlap evenly."""
    order = sorted(range(len(places)), key=lambda number: places[number])
    room = end - min(places, default=end)
    gap = min(gap, room / max(len(places) - 1, 1))
    moved = list(places)
    for before, after in pairwise(order):
        moved[after] = max(moved[after], moved[before] + gap)
    limit = end
    for number in reversed(order):
        moved[number] = min(moved[number], limit)
        limit = moved[number] - gap
    return moved


def _headings(columns: Sequence[str], room: float) -> tuple[list[str], float, int]:
    """The headings in lines, their size and angle: upright, small, or on end, as they fit a column
    of so many inches."""
    for size in (drawing.SIZE, 8.5, 7.5):
        heads = [
            drawing.wrapped(column, max(4, min(15, int(room * 72 / (0.51 * size)))))
            for column in columns
        ]
        widest = max((drawing.extent(head, size)[0] for head in heads), default=0)
        if widest <= room - 0.05 and all(head.count("\n") < _HEAD for head in heads):
            return heads, size, 0
    size = max(5.0, min(8.5, room * 72 / 1.3))
    lines = max(1, int(room * 72 / (1.25 * size)))
    wraps = [
        next(
            (
                head
                for width in (20, 26, 34, 44)
                if (head := drawing.wrapped(column, width)).count("\n") < lines
            ),
            drawing.wrapped(column, 1000),
        )
        for column in columns
    ]
    return wraps, size, 90
