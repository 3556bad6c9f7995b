"""The two figures, drawn from numbers that the templates put words to.

Black, white and greys only, text as outlines: they look the same in print, on any machine, in
any reader. The files hold no date and no name of a program's run, so the same numbers give the
same bytes.
"""

import io
import textwrap
import warnings
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 6.3
"""Inches: the measure of an A4 page."""
INK, GREY, RULE = "#1a1a1a", "#595959", "#bfbfbf"
SHADES = ((GREY, "white"), ("white", INK), ("#d0d0d0", INK), ("#8c8c8c", "white"))
"""The fill of a circle and the colour of the number in it, told apart without colour."""
DARK = 0
_WIDE = 5
"""So many columns of `speakers` leave room for a number beside each dot."""
_GAP, _SMALL_GAP = 0.04, 0.03
"""Between the centres of two circles of `timeline`, with a number in them and without."""


@dataclass(frozen=True)
class Picture:
    """One figure in both forms."""

    svg: bytes
    png: bytes


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
def speakers(columns: tuple[str, ...], rows: tuple[Row, ...], fonts: tuple[Path, ...]) -> Picture:
    """A dot a cell, its area the count, the number beside it; the labels are set in `fonts`."""
    with _style(fonts):
        narrow = len(columns) > _WIDE
        labels = [_wrapped(row.label, 38 if narrow else 60) for row in rows]
        heads = [_wrapped(column, 15) for column in columns]
        above = 1.0 + 0.55 * max((head.count("\n") for head in heads), default=0)
        tall = 0.29 + 0.12 * max((label.count("\n") for label in labels), default=0)
        figure, axes = _axes(tall * (len(rows) + above))
        # The columns keep to the right of the labels.
        left = 0.4 if narrow else max(0.5, 1 - 0.17 * len(columns))
        axes.set(xlim=(0, 1), ylim=(len(rows) - 0.4, -0.4 - above))
        step = (1 - left) / max(len(columns), 1)
        centres = [left + step * (number + 0.5) for number in range(len(columns))]
        most = max((count for row in rows for count in row.counts), default=1) or 1
        for centre, head in zip(centres, heads, strict=True):
            axes.text(centre, -0.62, head, ha="center", va="bottom", weight="semibold")
        for y, (row, label) in enumerate(zip(rows, labels, strict=True)):
            weight = "semibold" if row.heading else "normal"
            axes.text(0 if row.heading else 0.015, y, label, va="center", weight=weight)
            if row.heading:
                axes.axhline(y - 0.52, color=RULE, linewidth=0.6, clip_on=False)
            for centre, count in zip(centres, row.counts, strict=False):
                if count and narrow:
                    _circle(axes, centre, y, str(count), DARK, 100 + 110 * count / most)
                elif count:
                    axes.scatter(centre - 0.015, y, s=170 * count / most, color=GREY, linewidths=0)
                    axes.text(centre + 0.025, y, str(count), va="center")
        axes.axhline(len(rows) - 0.48, color=RULE, linewidth=0.6, clip_on=False)
        return _picture(figure)


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
    with _style(fonts):
        figure, axes = _axes(0.95 + 0.46 * len(lanes))
        left, bottom = 0.27, len(lanes) - 0.35
        alone = all(mark.size == 1 for lane in lanes for mark in lane.marks)
        axes.set(xlim=(0, 1), ylim=(bottom + 1.25, -0.5))
        for y, lane in enumerate(lanes):
            axes.text(0, y, _wrapped(lane.label, 22), va="center", weight="semibold")
            axes.plot([left, 1], [y, y], color=RULE, linewidth=0.8, zorder=1)
            places = [left + 0.03 + mark.at * (1 - left - 0.06) for mark in lane.marks]
            gap = _SMALL_GAP if alone else _GAP
            for x, mark in zip(_apart(places, gap, 1 - 0.03), lane.marks, strict=True):
                size = 110 if alone else 210
                _circle(axes, x, y, "" if alone else str(mark.size), mark.shade, size)
        arrow = {"arrowstyle": "-|>", "color": GREY, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0}
        axes.annotate("", (1, bottom), (left, bottom), arrowprops=arrow)
        axes.text(left, bottom + 0.18, ends[0], ha="left", va="top")
        axes.text(1, bottom + 0.18, ends[1], ha="right", va="top")
        middle = (left + 1) / 2
        axes.text(middle, bottom + 0.18, note, ha="center", va="top", color=GREY, size=8.5)
        at = left
        for words, shade in legend:
            _circle(axes, at + 0.012, bottom + 0.98, "", shade, 80)
            axes.text(at + 0.032, bottom + 0.98, words, va="center")
            at += 0.07 + 0.0125 * len(words)
        return _picture(figure)


def _circle(axes: "Axes", x: float, y: float, text: str, shade: int, size: float) -> None:
    fill, ink = SHADES[min(shade, len(SHADES) - 1)]
    axes.scatter(x, y, s=size, color=fill, edgecolors=GREY, linewidths=1.1, zorder=2)
    axes.text(x, y + 0.02, text, ha="center", va="center", size=8.5, color=ink, zorder=3,
              weight="semibold")  # fmt: skip


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


def _wrapped(text: str, width: int) -> str:
    return "\n".join(textwrap.wrap(text, width, break_long_words=False))


def _style(fonts: tuple[Path, ...]) -> AbstractContextManager[None]:
    """Settings that a figure needs from its first text to its last byte."""
    import matplotlib as mpl

    return mpl.rc_context(
        {
            "font.family": _families(fonts),
            "font.size": 9.5,
            "text.color": INK,
            "text.parse_math": False,  # a $ in a label is a $
            "svg.fonttype": "path",
            "svg.hashsalt": "qualreport",  # else every run names its parts anew
        }
    )


@lru_cache
def _families(fonts: tuple[Path, ...]) -> list[str]:
    """The names of the families in the folders, each stepping in for what those before it lack."""
    from matplotlib import font_manager

    names: dict[str, None] = {}
    for file in (file for folder in fonts for file in sorted(folder.glob("*.[ot]tf"))):
        font_manager.fontManager.addfont(str(file))
        if file.stem.endswith("-Regular"):  # other cuts may go by names of their own
            names[font_manager.fontManager.ttflist[-1].name] = None
    return list(names)


def _axes(height: float) -> tuple["Figure", "Axes"]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, height))
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.axis("off")
    return figure, axes


def _picture(figure: "Figure") -> Picture:
    svg, png = io.BytesIO(), io.BytesIO()
    with warnings.catch_warnings():
        # A check of the document tells of the character, and where the study has it.
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
        figure.savefig(png, format="png", dpi=200, metadata={"Software": None})
    return Picture(svg.getvalue(), png.getvalue())
