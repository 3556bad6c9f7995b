from pathlib import Path

import pytest

from tests.built import Built


@pytest.fixture(scope="session")
def output(built: Built) -> Path:
    """The documents of the example study."""
    return built("example")
