import shutil
from pathlib import Path

import pytest
import yaml
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from report.config import example
from tests.built import in_three_scripts, once, report

ENGLISH = ("journal.en", "reviewer.en", "briefing.en", "lay.en")
NAMES = [
    *(f"example/{name}" for name in ENGLISH),
    *(f"example/{audience}.{code}" for audience in ("briefing", "lay") for code in ("nb", "nn")),
    *(f"languages/{audience}.{code}" for audience in ("journal", "lay") for code in ("uk", "ar")),
    *(f"languages/briefing.{code}" for code in ("uk", "ar")),
]
"""Every document that is made for Word, by its study and name."""


def style_of(paragraph: Paragraph) -> ParagraphStyle:
    """Its style, or the document's default one if it names none."""
    style = paragraph.style
    assert style is not None
    return style


def make(folder: Path) -> None:
    """Both studies with a document for Word of each audience."""
    shutil.copytree(example() / "data", folder / "example" / "data")
    for study in (folder / "example", in_three_scripts(folder / "languages")):
        file = study / "data" / "audiences.yml"
        tree = yaml.safe_load(file.read_bytes())
        for wishes in tree["audiences"].values():
            wishes["formats"] = ["pdf", "docx"]
        file.write_text(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False), "utf-8")
        report("build", "--to", "docx", "--study", study)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "word", make)


@pytest.fixture
def file(folder: Path, name: str) -> Path:
    study, document = name.split("/")
    return folder / study / "_output" / f"{document}.docx"
