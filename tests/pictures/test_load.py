"""The table of pictures and their files: only what lies in data/pictures is ever read."""

import os
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.check import Checked
from report.load import load
from report.load.pictures import _is_plain

from .conftest import SVG, chunk, png

Check = Callable[..., Checked]


def table(study: Path, *rows: str) -> None:
    text = "\n".join(("picture,file,alt,source,licence", *rows))
    (study / "data" / "pictures.csv").write_text(f"{text}\n", "utf-8")


def codes(study: Path) -> list[str]:
    return [problem.code for problem in load(study).diagnostics]


def test_the_pictures_are_read(study: Path) -> None:
    loaded = load(study)
    assert loaded.diagnostics == ()
    assert loaded.study
    assert [(p.id, p.file) for p in loaded.study.pictures] == [
        ("bed", "bed.png"),
        ("lamp", "lamp.svg"),
    ]
    assert loaded.study.picture_files == {"bed.png": png(), "lamp.svg": SVG.encode()}
    assert {"data/pictures.csv", "data/pictures/bed.png", "data/pictures/lamp.svg"} <= set(
        loaded.inputs
    )


def test_the_table_may_be_a_workbook(study: Path) -> None:
    (study / "data" / "pictures.csv").unlink()
    book = openpyxl.Workbook()
    for row in (("picture", "file", "alt"), ("lamp", "lamp.svg", "A lamp")):
        book.worksheets[0].append(row)
    book.save(study / "data" / "pictures.xlsx")
    loaded = load(study)
    assert loaded.study
    assert loaded.study.picture_by_id["lamp"].alt == "A lamp"


def test_a_study_may_do_without(study: Path) -> None:
    (study / "data" / "pictures.csv").unlink()
    loaded = load(study)
    assert loaded.study
    assert loaded.study.pictures == ()
    assert loaded.diagnostics == ()


def test_a_file_serves_several_pictures_and_is_told_of_once(study: Path) -> None:
    table(study, "a,lamp.svg,A lamp,,", "b,lamp.svg,Light,,")
    assert codes(study) == []
    (study / "data" / "pictures" / "lamp.svg").write_text("<svg")
    assert codes(study) == ["damaged-picture"]


def test_an_ending_may_be_in_capitals(study: Path) -> None:
    (study / "data" / "pictures" / "BED.PNG").write_bytes(png())
    table(study, "bed,BED.PNG,A bed,,")
    assert codes(study) == []


@pytest.mark.parametrize(
    ("file", "content"), [("lamp.svg", png()), ("bed.png", SVG.encode()), ("bed.png", b"")]
)
def test_a_file_is_what_its_name_says(study: Path, file: str, content: bytes) -> None:
    (study / "data" / "pictures" / file).write_bytes(content)
    assert codes(study) == ["damaged-picture"]


def test_a_folder_in_the_place_of_a_picture_is_told(study: Path) -> None:
    (study / "data" / "pictures" / "dir.svg").mkdir()
    table(study, "a,dir.svg,A lamp,,")
    assert codes(study) == ["unreadable-file"]


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
@pytest.mark.parametrize("target", ["../study.yml", "/etc/hostname", "/dev/zero", "gone.svg"])
def test_a_link_that_leads_elsewhere_is_not_followed(study: Path, target: str) -> None:
    (study / "data" / "pictures" / "link.svg").symlink_to(target)
    table(study, "a,link.svg,A lamp,,")
    loaded = load(study)
    assert [problem.code for problem in loaded.diagnostics] == ["unreadable-file"]
    assert "data/pictures/link.svg" not in loaded.inputs


def test_a_large_file_is_told_before_it_is_looked_into(study: Path) -> None:
    file = study / "data" / "pictures" / "bed.png"
    file.write_bytes(png(8, 8, chunk(b"zzZz", b"\0" * 2_100_000)))
    (problem,) = load(study).diagnostics
    assert (problem.code, str(problem.location)) == ("large-picture", "data/pictures/bed.png")
    assert "2.1 MB" in problem.message


@pytest.mark.parametrize(("wide", "high", "fits"), [(32, 8, True), (33, 8, False), (8, 33, False)])
def test_a_picture_is_not_too_long_to_stand_beside_a_text(
    study: Path, wide: int, high: int, *, fits: bool
) -> None:
    (study / "data" / "pictures" / "bed.png").write_bytes(png(wide, high))
    assert codes(study) == ([] if fits else ["long-picture"])


NAMES = st.text(st.sampled_from("ab./\\:~%\0\n å\ud800"), max_size=8)


@given(NAMES, st.sampled_from(["", ".svg", ".png", ".SVG", ".svg/", ".svg\0"]))
def test_a_plain_name_stays_in_its_folder(start: str, ending: str) -> None:
    name = start + ending
    if not _is_plain(name):
        return
    folder = Path("/study/data/pictures")
    assert Path(os.path.normpath(folder / name)).parent == folder
    assert not set(name) & set("/\\:\0\n")


def test_plain_names_are_let_in() -> None:
    for name in ("lamp.svg", "Lamp 2.PNG", "lampe-å.svg", "a.b.svg", "..a.svg"):
        assert _is_plain(name), name


def test_control_characters_in_words_are_told(study: Path, checked: Check) -> None:
    table(study, "lamp,lamp.svg,A\x07 lamp,,", "bed,bed.png,TODO,,")
    told = {problem.code: str(problem.location) for problem in checked().diagnostics}
    assert told["control-character"] == "data/pictures.csv:2:15"
    assert told["placeholder"] == "data/pictures.csv:3:13"
