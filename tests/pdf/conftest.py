"""The PDFs of three studies, built once a session as a user builds them."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
import pytest

from tests.pdf.reading import Page, pages
from tests.pdf.tags import Tagged, read

ROOT = Path(__file__).parents[2]
STUDIES = ROOT / "tests" / "studies"
DOCUMENTS = {
    "example": (
        *("briefing.en", "briefing.nb", "briefing.nn", "journal.en"),
        *("lay.en", "lay.nb", "lay.nn", "reviewer.en"),
    ),
    "languages": (
        *("briefing.ar", "briefing.uk", "journal.ar", "journal.en", "journal.uk"),
        *("lay.ar", "lay.en", "lay.uk", "reviewer.en"),
    ),
    "interviews": ("briefing.en", "journal.en", "lay.en", "reviewer.en"),
}
"""Every document that has a PDF, by study."""
NAMES = [f"{study}/{name}" for study, names in DOCUMENTS.items() for name in names]

Make = Callable[[str], Path]


def report(*arguments: str | Path) -> None:
    command = [sys.executable, "-m", "report", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def in_three_scripts(folder: Path) -> Path:
    """The study in base/, what languages/ lays over it, and fonts that have Arabic letters."""
    study = folder / "study"
    shutil.copytree(STUDIES / "base", study)
    shutil.copytree(STUDIES / "languages", study, dirs_exist_ok=True)
    fonts = study / "templates" / "theme" / "fonts"
    fonts.mkdir(parents=True)
    for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"):
        shutil.copy(Path(mpl.get_data_path()) / "fonts" / "ttf" / name, fonts)
    return study


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Where the files of a document lie, by "study/name", without an ending: its PDF, and the
    composed text that the PDF was made of."""
    folders: dict[str, Path] = {}

    def make(name: str) -> Path:
        of, document = name.split("/")
        if of not in folders:
            folder = tmp_path_factory.mktemp(of)
            study = {
                "example": lambda: ROOT,
                "languages": lambda: in_three_scripts(folder),
                "interviews": lambda: STUDIES / "interviews",
            }[of]()
            folders[of] = folder / "built"
            report("build", "--study", study, "--output-dir", folders[of],
                   "--to", "pdf", "--to", "qmd")  # fmt: skip
            found = {file.stem for file in folders[of].glob("*.pdf")}
            assert found == set(DOCUMENTS[of])
        return folders[of] / document

    return make


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    """Each document in turn: "study/audience.language"."""
    return str(request.param)


@pytest.fixture
def file(made: Make, name: str) -> Path:
    """The document's PDF."""
    return made(name).with_name(f"{name.split('/')[1]}.pdf")


@pytest.fixture
def composed(file: Path) -> Path:
    """The text that the PDF was made of."""
    return file.with_suffix(".qmd")


@pytest.fixture
def tagged(file: Path) -> Tagged:
    return read(file)


@pytest.fixture
def drawn(file: Path) -> list[Page]:
    return pages(file)
