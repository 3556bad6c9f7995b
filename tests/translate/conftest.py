import shutil
from pathlib import Path

import pytest

from tests.translate import small_study
from tests.translate.small_study import SmallStudy


@pytest.fixture(scope="session")
def translated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small study, extracted and translated; to be copied, not changed."""
    return small_study.new(tmp_path_factory.mktemp("translated") / "study").folder


@pytest.fixture
def study(translated: Path, tmp_path: Path) -> SmallStudy:
    """A copy of the small study, extracted and translated in full."""
    return SmallStudy(Path(shutil.copytree(translated, tmp_path / "study")))
