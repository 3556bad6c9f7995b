"""Looks, programs, pictures and settings: what each goes into is rendered, and nothing else."""

from pathlib import Path

import pytest

from report import fingerprint, pandoc
from report.config import templates
from report.renderers import builtin, quarto
from report.software import programs
from tests.freshness.conftest import ALL, Study
from tests.pictures.conftest import SVG

HTML, PDF, DOCX, JATS = (
    frozenset(name for name in ALL if name.endswith(ending))
    for ending in (".html", ".pdf", ".docx", ".xml")
)
BRANDED = frozenset(name for name in ALL if name.startswith(("lay", "briefing")))
CITING = frozenset(name for name in ALL if name.startswith(("journal", "reviewer")))
CSL = """\
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>T</title><id>t</id><updated>2024-01-01T00:00:00Z</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography><layout><text variable="title"/></layout></bibliography>
</style>
"""


DRAWN = ALL - {"lay.en.html", "lay.en.pdf"}
"""They have figures, which are set in the fonts."""


@pytest.fixture
def counted(built: Study) -> Study:
    """The built study, of which only what is rendered counts, and not how it looks then."""
    built.only_counts = True
    return built


@pytest.mark.parametrize(
    ("path", "expected"),
    {
        "html/base.css": HTML,
        "html/document.html": HTML,
        "html/page.lua": HTML,
        "typst/base.typ": PDF,
        "typst/document.typ": PDF,
        "fonts/SourceSans3-It.ttf": DRAWN | PDF,
        "docx/tables.lua": DOCX,
        "docx/document.openxml": DOCX,
        "docx/review.docx": DOCX,
        "jats/article.xml": JATS,
        "quotes.lua": ALL,
        "crossref.lua": ALL,
    }.items(),
)
def test_a_file_of_a_look_of_the_studys_own(
    counted: Study, path: str, expected: frozenset[str]
) -> None:
    ours = (templates() / "theme" / path).read_bytes()
    counted.write(f"templates/theme/{path}", ours)
    assert counted.changed_by() == frozenset(), "it is the same as ours"
    counted.write(f"templates/theme/{path}", ours + b"\n")
    assert counted.changed_by() == expected
    assert counted.changed_by() == frozenset()
    counted.root.joinpath("templates", "theme", path).unlink()
    assert counted.changed_by() == expected


def test_a_font_that_the_study_adds(counted: Study) -> None:
    font = (templates() / "theme" / "fonts" / "SourceSans3-It.ttf").read_bytes()
    counted.write("templates/theme/fonts/Another.ttf", font + b"\n")
    assert counted.changed_by() == DRAWN | PDF


@pytest.mark.parametrize("name", [".base.css.swp", "base.css~", "~$lay.docx", ".~lock.lay.docx#"])
def test_what_an_editor_leaves_beside_a_look_is_none_of_it(counted: Study, name: str) -> None:
    for folder in ("html", "docx"):
        counted.write(f"templates/theme/{folder}/{name}", "not a look")
    assert counted.changed_by() == frozenset()


def test_a_page_that_is_no_document_and_a_licence(counted: Study) -> None:
    counted.write("templates/theme/html/other.html.j2", "a page")
    counted.write("templates/theme/fonts/LICENSE.md", "a licence")
    assert counted.changed_by() == frozenset()


def test_a_citation_style(counted: Study) -> None:
    counted.edit(
        "data/study.yml", "language: en\ndate", "language: en\ncitation_style: a.csl\ndate"
    )
    counted.write("data/a.csl", CSL)
    assert counted.changed_by() == CITING
    counted.write("data/a.csl", CSL + "<!-- another -->")
    assert counted.changed_by() == CITING


def test_a_picture(counted: Study) -> None:
    counted.write("data/pictures/lamp.svg", SVG)
    row = "picture,file,alt,source,licence\nlamp,lamp.svg,A lamp,Ada Draws,CC0 1.0\n"
    counted.write("data/pictures.csv", row)
    counted.edit("data/text/lay/why.md", "To sleep", '{{ picture("lamp") }}\n\nTo sleep')
    lay = {"lay.en.html", "lay.en.pdf"}
    assert counted.changed_by() == lay
    counted.write("data/pictures/lamp.svg", SVG.replace("0b4f55", "0b4f56"))
    assert counted.changed_by() == lay


def test_a_brand(counted: Study) -> None:
    counted.write("_brand.yml", 'color:\n  palette: {sea: "#0b4f55"}\n  primary: sea\n')
    assert counted.changed_by() == BRANDED
    counted.write("_brand.yml", 'color:\n  palette: {sea: "#0b4f66"}\n  primary: sea\n')
    assert counted.changed_by() == BRANDED
    counted.edit("data/audiences.yml", "journal: {}", "lay: {brand: false}")
    assert counted.changed_by() == {"lay.en.html", "lay.en.pdf"}


@pytest.mark.parametrize("what", ["pandoc", "typst", "pikepdf", "ourselves", "Python"])
def test_another_version_of_what_makes_files(
    counted: Study, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    match what:
        case "pandoc":
            monkeypatch.setattr(pandoc, "version", lambda: "9.9")
        case "typst":
            monkeypatch.setattr(builtin, "_typst_version", lambda: "9.9")
        case _:
            other = {"report" if what == "ourselves" else what: "9.9"}
            assert other.keys() <= programs({}).keys()
            monkeypatch.setattr(fingerprint, "programs", lambda tools: {**programs(tools), **other})
    assert counted.changed_by() == ALL
    assert counted.changed_by() == frozenset()


def test_another_day(counted: Study) -> None:
    day = {"SOURCE_DATE_EPOCH": "1700000000"}
    assert counted.changed_by(environment=day) == ALL
    assert counted.changed_by(environment=day) == frozenset()
    assert counted.changed_by() == ALL


def test_another_renderer(counted: Study, tmp_path: Path) -> None:
    program = tmp_path / "quarto"
    program.write_text("#!/bin/sh\necho 1.9.38\n")
    program.chmod(0o755)
    there = {"QUARTO_PATH": str(program)}
    assert counted.changed_by(renderer="quarto", environment=there) == ALL
    assert counted.changed_by(renderer="quarto", environment=there) == frozenset()
    counted.write("_quarto.yml", "format:\n  html:\n    toc-depth: 2\n")
    assert counted.changed_by(renderer="quarto", environment=there) == ALL, "every one has it"
    counted.write("_quarto-lay.yml", "format:\n  html:\n    toc-depth: 1\n")
    lay = {"lay.en.html", "lay.en.pdf"}
    assert counted.changed_by(renderer="quarto", environment=there) == lay
    program.write_text("#!/bin/sh\necho 1.9.39\n")
    quarto._version.cache_clear()  # as in the next process
    assert counted.changed_by(renderer="quarto", environment=there) == ALL
    assert counted.changed_by() == ALL
