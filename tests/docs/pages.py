"""What the documentation's pages hold, and what the program says to it."""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from report.check import check
from report.clearance import cleared
from report.compose.document import Composed, compose
from report.config import epoch_of, settings, templates
from report.load import load
from report.model.audience import Audience, Variant
from report.model.study import Prose, Study

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    page
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "data").glob("*.md")]
)


def between(page: Path, name: str) -> str:
    """What stands between the markers `name` of a page."""
    found = re.search(
        rf"<!-- {name}:start -->\n(.*?)<!-- {name}:end -->", page.read_text("utf-8"), re.DOTALL
    )
    assert found, f"{page.name} has no markers {name}"
    return found[1]


def expressions(page: Path, name: str) -> list[list[str]]:
    """The lines of the block between the markers `name`, split where spaces set columns apart."""
    lines = [line for line in between(page, name).splitlines() if line.startswith("{{")]
    assert lines
    return [re.split(r"\s{2,}", line) for line in lines]


def rows(page: Path, name: str) -> Iterator[list[str]]:
    """The cells of the table between the markers `name`, without its head."""
    lines = [line for line in between(page, name).splitlines() if line.startswith("|")]
    for line in lines[2:]:
        yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


@cache
def example() -> Study:
    study = load(ROOT).study
    assert study
    return study


@cache
def known() -> Mapping[str, Audience]:
    """The audiences of the example study, which sets nothing but titles otherwise."""
    return check(settings(ROOT, environment={}), ["lay"]).audiences


def composed(folder: Path, text: str, audience: str = "journal") -> Composed:
    """A document that consists of one text of the example study, `text`, for an audience."""
    (folder / "probe").mkdir(exist_ok=True)
    (folder / "probe" / "document.qmd.j2").write_text('{{ section("probe") }}\n', "utf-8")
    study = dataclasses.replace(
        example(), prose={"probe": Prose("probe", "data/text/probe.md", text)}
    )
    variant = Variant("probe", known()[audience], study.file.language)
    fonts = templates() / "theme" / "fonts"
    return compose(
        cleared(study, variant, ()),
        (folder, templates()),
        (fonts,),
        epoch_of(study.file.date),
        {},
        {},
    )


def shown(folder: Path, text: str) -> str:
    """What a text of the example study becomes in the manuscript."""
    result = composed(folder, text)
    assert result.diagnostics == ()
    assert result.document
    return result.document.text.strip()
