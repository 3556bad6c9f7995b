import shutil
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import pytest
import yaml
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from report.config import example

STUDIES = Path(__file__).parents[1] / "studies"
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


def _built(study: Path) -> None:
    file = study / "data" / "audiences.yml"
    tree = yaml.safe_load(file.read_bytes())
    for wishes in tree["audiences"].values():
        wishes["formats"] = ["pdf", "docx"]
    file.write_text(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False), "utf-8")
    command = [sys.executable, "-m", "report", "build", "--to", "docx", "--study", str(study)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example and the study in three scripts, each audience with a document for Word."""
    folder = tmp_path_factory.mktemp("word")
    shutil.copytree(example() / "data", folder / "example" / "data")
    study = folder / "languages"
    shutil.copytree(STUDIES / "base", study)
    shutil.copytree(STUDIES / "languages", study, dirs_exist_ok=True)
    fonts = study / "templates" / "theme" / "fonts"
    fonts.mkdir(parents=True)
    for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"):
        shutil.copy(Path(mpl.get_data_path()) / "fonts" / "ttf" / name, fonts)
    _built(folder / "example")
    _built(study)
    return folder


@pytest.fixture
def file(folder: Path, name: str) -> Path:
    study, document = name.split("/")
    return folder / study / "_output" / f"{document}.docx"
