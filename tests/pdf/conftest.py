"""The PDFs of three studies, and the texts that they were made of."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.built import Built
from tests.pdf.reading import Page, pages
from tests.pdf.tags import Tagged, read

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


@pytest.fixture(scope="session")
def texts(composed_texts: Built) -> Callable[[str], Path]:
    """The composed text of a document, by "study/name"."""

    def text(name: str) -> Path:
        study, document = name.split("/")
        return composed_texts(study) / f"{document}.qmd"

    return text


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    """Each document in turn: "study/audience.language"."""
    return str(request.param)


@pytest.fixture
def file(built: Built, name: str) -> Path:
    """The document's PDF."""
    study, document = name.split("/")
    return built(study) / f"{document}.pdf"


@pytest.fixture
def composed(texts: Callable[[str], Path], name: str) -> Path:
    """The text that the PDF was made of."""
    return texts(name)


@pytest.fixture
def tagged(file: Path) -> Tagged:
    return read(file)


@pytest.fixture
def drawn(file: Path) -> list[Page]:
    return pages(file)
