"""What every figure is drawn with: type, sizes, the way to a file.

Text is outlines: a figure looks the same in print, on any machine, in any reader. The files hold no
date and no name of a program's run, so the same numbers give the same bytes.
"""

import io
import logging
import re
import textwrap
import warnings
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from report.model.checksum import checksum
from report.model.drawing import Drawing

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontManager

WIDTH = 6.3
"""Inches: the measure of an A4 page."""
HEIGHT = 8.2
"""Inches: a taller picture is shown smaller, so that it stays on a page with its caption."""
INK, GREY, RULE = "#1a1a1a", "#595959", "#bfbfbf"
SIZE = 9.5
"""Points: a label."""


@dataclass(frozen=True)
class Picture:
    """One figure in both forms."""

    svg: bytes
    png: bytes


@dataclass(frozen=True)
class Chart:
    """One of `figures` with all that it is drawn from, but for the folders of fonts, which it is
    called with; and the words that it says."""

    figure: "partial[Picture]"
    words: tuple[str, ...]


_one_at_a_time: Final = Lock()
"""matplotlib has one set of settings for all threads."""


def later(chart: Chart, fonts: tuple[Path, ...]) -> tuple[Drawing, Drawing]:
    """The SVG and the PNG of a figure; neither is drawn yet."""
    figure = chart.figure
    said = f"{figure.func.__name__} {figure.args!r} {_state(fonts)}"
    svg, png = (checksum(f"{form} {said}".encode()) for form in ("svg", "png"))
    return (
        Drawing(svg, chart.words, partial(_svg, figure, fonts)),
        Drawing(png, (), partial(_png, figure, fonts)),
    )


def _svg(figure: "partial[Picture]", fonts: tuple[Path, ...]) -> bytes:
    with _one_at_a_time:
        return figure(fonts).svg


def _png(figure: "partial[Picture]", fonts: tuple[Path, ...]) -> bytes:
    with _one_at_a_time:
        return figure(fonts).png


def _state(fonts: tuple[Path, ...]) -> str:
    """A text that is another one where a font is."""
    files = (file for folder in fonts for file in _files(folder))
    # The same file a second time changes nothing.
    return " ".join(dict.fromkeys(_hash(file, file.stat().st_mtime_ns) for file in files))


@lru_cache
def _hash(file: Path, _changed: int) -> str:
    return checksum(file.read_bytes())


def extent(text: str, size: float, angle: int = 0, weight: str = "semibold") -> tuple[float, float]:
    """Inches: how wide and how high the text is."""
    figure, renderer = _empty_page()
    words = figure.text(0, 0, text, size=size, weight=weight, rotation=angle)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        box = words.get_window_extent(renderer)
    words.remove()
    return box.width / figure.dpi, box.height / figure.dpi


@lru_cache
def _empty_page() -> tuple["Figure", "RendererAgg"]:
    """Where texts are measured, one at a time."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure()
    return figure, FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]


def fitting(text: str, room: float, weight: str, size: float = SIZE) -> float:
    """The size, smaller where the text would be wider than so many inches."""
    return size * min(1, room / max(extent(text, size, weight=weight)[0], 0.01))


def wrapped(text: str, width: int) -> str:
    """The text in lines of so many characters at most, no word broken."""
    return "\n".join(textwrap.wrap(text, width, break_long_words=False))


def style(fonts: tuple[Path, ...]) -> AbstractContextManager[None]:
    """Settings that a figure needs from its first text to its last byte. A user's own matplotlibrc
    has no say: it is no part of what a document is made from."""
    import matplotlib as mpl

    defaults = {n: v for n, v in mpl.rcParamsDefault.items() if not n.startswith("backend")}
    return mpl.rc_context(
        {
            **defaults,
            "font.family": _families(fonts),
            "font.size": SIZE,
            "text.color": INK,
            "text.parse_math": False,  # a $ in a label is a $
            "svg.fonttype": "path",
            "svg.hashsalt": "qualreport",  # else every run names its parts anew
        }
    )


_CUTS: Final = ("Semibold", "SemiBold", "Light", "ExtraLight", "Black", "Medium")
"""What the name of a family ends in that is a cut of another."""
_OURS: Final = "Source "


@lru_cache
def _families(fonts: tuple[Path, ...]) -> list[str]:
    """The names of the families in the folders, each stepping in for what those before it lack."""
    manager = _fonts()
    names: dict[str, None] = {}
    for file in (file for folder in fonts for file in _files(folder)):
        manager.addfont(str(file))
        names[manager.ttflist[-1].name] = None
    there = {name: None for name in names if not name.endswith(_CUTS)}
    # Ours first, in which nearly everything is set, and then what a study adds.
    return sorted(there, key=lambda name: not name.startswith(_OURS))


@lru_cache
def _fonts() -> "FontManager":
    """matplotlib's list of fonts, without those that the user or the machine has: one of them could
    have the name of one of ours."""
    import matplotlib as mpl
    from matplotlib import font_manager

    # It warns of every weight that an added font has not.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    manager, own = font_manager.fontManager, mpl.get_data_path()
    manager.ttflist = [font for font in manager.ttflist if font.fname.startswith(own)]
    return manager


def _files(fonts: Path) -> list[Path]:
    return sorted(fonts.glob("*.[ot]tf"))


def axes(height: float) -> tuple["Figure", "Axes"]:
    """An empty figure, so many inches high, and its whole area to draw on."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, height))
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.axis("off")
    return figure, axes


def picture(figure: "Figure") -> Picture:
    """The figure, which shows smaller where it would not fit on a page."""
    svg, png = io.BytesIO(), io.BytesIO()
    scale = min(1, HEIGHT / figure.get_figheight())
    with warnings.catch_warnings():
        # A check of the document tells of the character, and where the study has it.
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        figure.savefig(
            svg, format="svg", transparent=True, metadata={"Date": None, "Creator": None}
        )
        figure.savefig(png, format="png", dpi=200, metadata={"Software": None},
                       pil_kwargs={"dpi": (200 / scale, 200 / scale)})  # fmt: skip
    sized = re.sub(
        rb'(width|height)="([\d.]+)pt"',
        lambda found: b'%s="%.3fpt"' % (found[1], float(found[2]) * scale),
        svg.getvalue(),
        count=2,
    )
    return Picture(sized, png.getvalue())
