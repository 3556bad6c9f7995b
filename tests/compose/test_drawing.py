"""Figures are told by what they are drawn from, and drawn when somebody wants to see them."""

import pickle
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import pytest

from report import disclosure
from report.check import Checked, check
from report.clearance import cleared
from report.compose import figures
from report.compose.drawing import Chart, later
from report.config import example, settings, templates
from report.model.drawing import Drawing, content, identity
from report.model.term import Term
from report.model.withheld import Name, Withheld

FONTS = (templates() / "theme" / "fonts",)
GROUPS = (("Managers", 17), ("Peer workers", 12))
COMMENT = re.compile(r"<!-- (.*?) -->", re.DOTALL)
"""matplotlib writes each text of a figure beside its outlines."""


def people(groups: tuple[tuple[str, int], ...] = GROUPS, colour: str = "#0b4f55") -> Chart:
    return Chart(partial(figures.people, groups, colour), ())


@cache
def checked() -> Checked:
    return check(settings(example()))


def drawings() -> dict[str, Drawing]:
    return {
        path: asset
        for document in checked().documents.values()
        for path, asset in document.assets.items()
        if isinstance(asset, Drawing)
    }


def test_a_figure_says_no_word_that_its_drawing_does_not_tell_of() -> None:
    read = {path: d for path, d in drawings().items() if path.endswith(".svg")}
    assert {path.rpartition("/")[2] for path in read} == {
        "people.svg", "speakers.svg", "timeline.svg"
    }  # fmt: skip
    for path, drawing in read.items():
        drawn = {line for line in COMMENT.findall(drawing.draw().decode()) if line.strip()}
        assert drawn
        # A label may stand there line by line.
        untold = [line for line in drawn if not any(line in words for words in drawing.words)]
        assert untold == [], path


@pytest.mark.parametrize(
    "other",
    [
        people((("Managers", 17), ("Peer workers", 13))),
        people((("Managers", 17), ("Peers", 12))),
        people(colour="#000000"),
        Chart(partial(figures.speakers, (), ()), ()),
    ],
)
def test_another_figure_has_another_key(other: Chart) -> None:
    keys = [drawing.key for chart in (people(), other) for drawing in later(chart, FONTS)]
    assert len(set(keys)) == 4  # its SVG and its PNG are two


def test_a_figure_in_another_font_has_another_key(tmp_path: Path) -> None:
    shutil.copy(FONTS[0] / "SourceSans3-Regular.ttf", tmp_path)
    assert later(people(), FONTS)[0] != later(people(), (tmp_path, *FONTS))[0]


def test_the_same_figure_has_the_same_key_and_the_same_bytes() -> None:
    one, other = later(people(), FONTS), later(people(), FONTS)
    assert one == other
    assert [identity(drawing) for drawing in one] == [drawing.key for drawing in one]
    figures.people.cache_clear()
    before = [content(drawing) for drawing in one]
    figures.people.cache_clear()
    assert [content(drawing) for drawing in other] == before


def test_figures_may_be_drawn_in_several_threads() -> None:
    wanted = list(drawings().values())
    before = [drawing.draw() for drawing in wanted]
    for figure in (figures.people, figures.speakers, figures.timeline):
        figure.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(content, wanted)) == before


def test_in_another_process_a_figure_is_its_file() -> None:
    svg, png = later(people(), FONTS)
    assert pickle.loads(pickle.dumps({"svg": svg, "png": png})) == {
        "svg": svg.draw(), "png": png.draw()
    }  # fmt: skip


def test_words_of_a_figure_go_through_the_gate() -> None:
    """They need not stand in the text."""
    made = checked()
    variant = next(v for v in made.composed if v.name == "journal.en")
    composed = made.composed[variant]
    assert made.study
    assert composed.document
    said = Drawing("key", ("Managers", "Zenobia Quillfeather"), lambda: b"")
    document = replace(composed.document, assets={"journal.en_files/people.svg": said})
    held = Withheld(names=(Name("key", "a name", Term("Zenobia Quillfeather", names=True)),))
    clear = cleared(made.study, variant, ())
    found = list(disclosure.in_texts(clear, replace(composed, document=document), held))
    assert [str(leak) for leak in found] == [
        "journal.en_files/people.svg:line 2: error[leak] key: a name stands here"
    ]
