"""What of a _brand.yml becomes the looks of documents, and that no file of that name breaks us."""

import copy
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from report import contrast
from report.load import load
from report.load.brand import brand
from report.load.folder import Folder
from report.model.brand import DARK, LIGHT, Brand
from tests.studies.broken_study import BASE

from .conftest import BRAND

ROOT = Path(__file__).parents[2]


def loaded(folder: Path) -> Brand:
    found = load(folder)
    assert [str(problem) for problem in found.diagnostics] == []
    assert found.study
    assert found.study.brand
    return found.study.brand


def said(folder: Path, text: str) -> tuple[Brand | None, list[str]]:
    """What comes of a _brand.yml with this text, and the codes of what is wrong."""
    (folder / "_brand.yml").write_text(text, "utf-8")
    reading = Folder(folder)
    found, _ = brand(reading)
    return found, [problem.code for problem in reading.problems]


def test_a_study_without_one_has_none() -> None:
    found = load(BASE).study
    assert found
    assert found.brand is None


def test_the_name_logo_colours_and_typefaces(study: Path) -> None:
    found = loaded(study)
    assert found.name == "Invented Peer Centre"
    assert found.logo
    assert found.logo.dark
    assert found.logo.alt == "Invented Peer Centre"
    assert found.logo.content == (study / "looks" / "logo.svg").read_bytes()
    assert found.logo.png.startswith(b"\x89PNG")
    assert found.logo.dark.content == (study / "looks" / "logo-on-dark.svg").read_bytes()
    assert (found.light.band, found.light.on_band) == ("#f2a900", "#1c1f20")
    assert (found.light.accent, found.light.paper) == ("#5b2150", LIGHT.paper)
    assert found.text
    assert found.headings
    assert (found.text.family, found.headings.family) == ("Invented Text", "Invented Display")
    assert [(font.weight, font.italic) for font in found.text.fonts] == [(400, False), (700, False)]
    assert found.text.names == ("Invented Text",)
    assert "å" in found.text.characters


def test_a_tone_for_the_dark_is_made_of_the_light_one(study: Path) -> None:
    dark = loaded(study).dark
    assert (dark.paper, dark.band) == (DARK.paper, "#f2a900")
    assert dark.accent != "#5b2150"
    assert contrast.passes(dark.accent, (dark.paper, dark.tint))


def test_what_it_consists_of_is_told_in_the_manifest(study: Path) -> None:
    names = {name for name in load(study).inputs if not name.startswith("data/")}
    assert names == {
        "_brand.yml",
        *(f"looks/{file.name}" for file in (study / "looks").iterdir()),
    }


def test_a_name_and_a_single_logo_in_short(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes((BRAND / "looks" / "logo.svg").read_bytes())
    found, wrong = said(tmp_path, "meta: {name: Invented}\nlogo: logo.svg\n")
    assert wrong == []
    assert found
    assert found.logo
    assert (found.name, found.logo.alt, found.logo.dark) == ("Invented", "Invented", None)
    assert (found.light, found.dark, found.text) == (LIGHT, DARK, None)


def test_a_logo_for_the_dark_alone_is_the_logo(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes((BRAND / "looks" / "logo.svg").read_bytes())
    found, _ = said(tmp_path, "meta: {name: Invented}\nlogo: {small: {dark: logo.svg}}\n")
    assert found
    assert found.logo
    assert found.logo.dark is None


def test_colours_for_light_and_dark(tmp_path: Path) -> None:
    text = """\
color:
  palette: {night: "#101018"}
  background: {light: "#fdf6e3", dark: night}
  foreground: {light: "#222", dark: "#EEE"}
  primary: {light: "#0b4f55", dark: "#94d4d6"}
"""
    found, wrong = said(tmp_path, text)
    assert wrong == []
    assert found
    assert (found.light.paper, found.light.ink) == ("#fdf6e3", "#222222")
    assert (found.dark.paper, found.dark.ink, found.dark.accent) == (
        "#101018",
        "#eeeeee",
        "#94d4d6",
    )


@pytest.mark.parametrize(
    "text",
    [
        'color: {primary: "#843c00"}',
        'color: {background: "#000000"}',
        'color: {background: "#000000", foreground: "#ffffff", primary: "#ffcc00"}',
        'color: {foreground: "#000000"}',
        'color: {background: "#ffe9c7"}',
        'color: {primary: {dark: "#ffcc00"}}',
        'color: {primary: "#ffcc00"}\ntypography: {headings: {color: "#634e00"}}',
        'typography: {headings: {color: {light: "#634e00", dark: "#ffcc00"}}}',
    ],
)
def test_all_that_is_made_of_the_colours_can_be_read(text: str, tmp_path: Path) -> None:
    found, wrong = said(tmp_path, f"{text}\n")
    assert wrong == []
    assert found
    for scheme in (found.light, found.dark):
        for colour in (scheme.ink, scheme.muted, scheme.accent):
            assert contrast.passes(colour, (scheme.paper, scheme.tint)), (colour, scheme)
        assert contrast.passes(scheme.on_band, (scheme.band,)), scheme


COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(COLOURS)
@example("#00febf")  # its box is a little lighter than that of the tone
def test_the_tone_that_an_error_names_is_no_error(tmp_path: Path, colour: str) -> None:
    (tmp_path / "_brand.yml").write_text(f'color:\n  primary: "{colour}"\n', "utf-8")
    reading = Folder(tmp_path)
    found, _ = brand(reading)
    if found is None:
        (problem,) = reading.problems
        assert (problem.code, problem.location.line) == ("low-contrast", 2)
        near = problem.hint.partition(" is ")[2][:7]
        found, wrong = said(tmp_path, f'color:\n  primary: "{near}"\n')
        assert wrong == [], (colour, near)
    assert found
    assert contrast.passes(found.light.accent, (found.light.paper, found.light.tint))


def test_yaml_with_the_long_ending_is_found_too(tmp_path: Path) -> None:
    (tmp_path / "_brand.yaml").write_text("meta: {name: Invented}\n", "utf-8")
    found, _ = brand(Folder(tmp_path))
    assert found
    assert found.name == "Invented"


def test_a_link_out_of_the_study_is_no_logo(tmp_path: Path) -> None:
    inside = tmp_path / "study"
    inside.mkdir()
    (tmp_path / "secret.svg").write_bytes((BRAND / "looks" / "logo.svg").read_bytes())
    (inside / "logo.svg").symlink_to(tmp_path / "secret.svg")
    found, wrong = said(inside, "meta: {name: Invented}\nlogo: logo.svg\n")
    assert (found, wrong) == (None, ["file-outside"])


def test_an_svg_takes_nothing_in_from_outside(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        '<image href="/etc/passwd" width="9" height="9"/></svg>',
        "utf-8",
    )
    found, wrong = said(tmp_path, "meta: {name: Invented}\nlogo: logo.svg\n")
    assert (found, wrong) == (None, ["unreadable-logo"])


def places(value: object, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value)  # type: ignore[arg-type]
    found = []
    for key, one in inner:
        found.append((*way, key))
        if isinstance(one, dict | list):
            found += places(one, (*way, key))
    return found


GOOD = yaml.safe_load((BRAND / "_brand.yml").read_text("utf-8"))
ODD: list[Any] = [
    *(None, True, 7, -1, "", " ", "x", "#", "#12", "~nobody/logo.svg", "/logo.svg", "..", "x.svg"),
    *("https://example.org/x.svg", "primary", "plum", "a" * 400, "x\x85y", "300..900", "auto"),
    *([], {}, [[]], [{}], {"x": 1}, {"light": "plum"}, {"path": 1}, {"light": []}, {"family": 3}),
]


@settings(
    deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.sampled_from(places(GOOD)), st.sampled_from(ODD)), max_size=3))
def test_no_brand_breaks_us(tmp_path: Path, changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    """Whatever stands at whatever place: a brand, or reasons at places of the file."""
    data = copy.deepcopy(GOOD)
    for (*way, last), odd in changes:
        holder = data
        for key in way:
            holder = holder[key] if isinstance(holder, dict | list) and _has(holder, key) else None
        if isinstance(holder, dict | list) and _has(holder, last):
            holder[last] = copy.deepcopy(odd)  # YAML would write the same list as a reference
    (tmp_path / "_brand.yml").write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    reading = Folder(tmp_path)
    brand(reading)
    for problem in reading.problems:
        assert problem.location.path == "_brand.yml" or problem.location.path.startswith("looks")
        for word in ("{", "BrandLogo", "pydantic", "FileLocation", "NoneType"):
            assert word not in problem.message, problem


def _has(holder: Any, key: Any) -> bool:
    return key in holder if isinstance(holder, dict) else isinstance(key, int) and key < len(holder)


def test_brand_yml_is_imported_only_where_there_is_a_brand() -> None:
    asks = (
        "import sys; from pathlib import Path; from report.load import load; "
        f"load(Path({str(BASE)!r})); print('brand_yml' in sys.modules, 'typst' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", asks], capture_output=True, check=True, encoding="utf-8"
    )
    assert done.stdout == "False False\n"


def test_the_example_in_the_docs_is_one(looks: Path, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "brand.md").read_text("utf-8")
    example = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)[0]
    shutil.copytree(looks, tmp_path, dirs_exist_ok=True)
    found, wrong = said(tmp_path, textwrap.dedent(f"   {example.strip()}\n"))
    assert wrong == []
    assert found
    assert found.text
    assert (found.light.band, found.light.accent) == ("#f2a900", "#5b2150")


def test_the_error_in_the_docs_is_one(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "brand.md").read_text("utf-8")
    (tmp_path / "_brand.yml").write_text("\n" * 5 + 'color: {  primary: "#ee7203"}\n', "utf-8")
    reading = Folder(tmp_path)
    brand(reading)
    (problem,) = reading.problems
    assert f"error[low-contrast] {problem.message}\n  {problem.hint}\n" in page
