"""Figures are drawn once, and never mistaken for others."""

import functools  # noqa: TC003  # an annotation
import shutil
from pathlib import Path

import pytest

from report.build import build
from report.compose import drawing
from report.config import settings
from report.errors import ReportError
from report.withdraw import withdraw
from tests.changes.studies import SAID, built, edit, study_in


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return study_in(tmp_path)


@pytest.fixture
def drawings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the figures that are drawn from now on."""
    names: list[str] = []
    for form in ("_svg", "_png"):
        draw = getattr(drawing, form)

        def noting(
            figure: "functools.partial[drawing.Picture]",
            fonts: tuple[Path, ...],
            draw: "functools.partial[bytes]" = draw,
        ) -> bytes:
            names.append(figure.func.__name__)
            return draw(figure, fonts)

        monkeypatch.setattr(drawing, form, noting)
    return names


def kept(study: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (study / ".report" / "figures").glob("*")}


def made(study: Path) -> dict[str, bytes]:
    output = study / "_output"
    return {f.relative_to(output).as_posix(): f.read_bytes() for f in output.rglob("*.svg")}


def test_what_was_drawn_is_not_drawn_again(study: Path, drawings: list[str]) -> None:
    built(study, "qmd")
    assert drawings
    figures, files = made(study), kept(study)
    assert figures
    drawings.clear()
    edit(study, "data/quotes.csv", SAID, "a large lamp helps")
    built(study, "qmd")
    assert drawings == []
    assert made(study) == figures
    assert kept(study) == files


def test_a_figure_of_other_data_is_another(study: Path, drawings: list[str]) -> None:
    build(settings(study))
    files = kept(study)
    drawings.clear()
    edit(study, "data/codebook.yml", "label:", "label: Another")
    build(settings(study))
    assert set(drawings) == {"speakers"}
    assert len(kept(study)) == len(files)  # what nothing shows any more has gone
    assert kept(study).keys() != files.keys()


@pytest.mark.parametrize("damage", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_a_damaged_figure_is_drawn_anew(study: Path, drawings: list[str], damage: bytes) -> None:
    built(study, "qmd")
    figures, files = made(study), kept(study)
    for name in files:
        (study / ".report" / "figures" / name).write_bytes(damage)
    drawings.clear()
    shutil.rmtree(study / "_output")
    built(study, "qmd")
    assert drawings
    assert made(study) == figures
    assert kept(study) == files


def test_force_draws_anew(study: Path, drawings: list[str]) -> None:
    built(study, "qmd")
    drawings.clear()
    build(settings(study), formats=["qmd"], force=True)
    assert drawings


def test_other_programs_draw_anew(
    study: Path, drawings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    built(study, "qmd")
    drawings.clear()
    monkeypatch.setattr("report.drawn.programs_of_source", lambda: {"matplotlib": "another"})
    edit(study, "data/quotes.csv", SAID, "a large lamp helps")
    built(study, "qmd")
    assert drawings


def test_a_build_of_one_audience_leaves_the_figures_of_others(
    study: Path, drawings: list[str]
) -> None:
    built(study, "qmd")
    before = kept(study)
    edit(study, "data/quotes.csv", SAID, "a large lamp helps")
    built(study, "qmd", audiences=("lay",))
    assert kept(study) == before
    drawings.clear()
    built(study, "qmd")
    assert drawings == []


def test_a_withdrawal_leaves_none(study: Path) -> None:
    built(study, "qmd")
    assert kept(study)
    withdraw(settings(study), "N1", ["journal"])
    assert kept(study) == {}


def test_a_folder_that_refuses_is_told(study: Path) -> None:
    built(study, "qmd")
    figures = study / ".report" / "figures"
    for file in figures.iterdir():
        file.unlink()
    figures.rmdir()
    figures.write_text("in the way")
    edit(study, "data/codebook.yml", "label:", "label: Another")
    with pytest.raises(ReportError) as refused:
        built(study, "qmd")
    assert "figures are kept there" in refused.value.hint
