"""The pages and the checkers of this folder's tests."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.built import Built, once

from . import studies

MODULES = Path(__file__).parent / "node_modules"


@pytest.fixture(scope="session")
def pages(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the pages, a folder a study."""
    drafts = once(tmp_path_factory, "drafts", studies.drafts)
    once(tmp_path_factory, "changes", studies.changes)
    for study in studies.DOCUMENTS.keys() - {"drafts"}:
        assert built(study).parent == drafts.parent
    return drafts.parent


def checker(name: str) -> Path:
    """A file of one of the checkers that package.json names."""
    if not (MODULES / name).is_file():
        reason = f"{name} is not installed: make checkers"
        if os.environ.get("CI"):
            pytest.fail(f"in CI nothing is skipped: {reason}")
        pytest.skip(reason)
    return MODULES / name


@pytest.fixture(scope="session")
def probe() -> str:
    """The code that measures a page in the browser."""
    return (Path(__file__).parent / "probe.js").read_text("utf-8")


@pytest.fixture(scope="session")
def axe() -> str:
    """The code of axe-core."""
    return checker("axe-core/axe.min.js").read_text("utf-8")


@pytest.fixture(scope="session")
def nu() -> Path:
    """The Nu HTML checker, for Java."""
    return checker("vnu-jar/build/dist/vnu.jar")


@pytest.fixture
def opened(browser: Browser, pages: Path) -> Iterator[Callable[..., Page]]:
    """Opens a page, as in `PAGES`, in a browser with these settings."""
    contexts: list[BrowserContext] = []

    def open_page(name: str, width: int = 1280, height: int = 900, **settings: Any) -> Page:
        viewport: ViewportSize = {"width": width, "height": height}
        contexts.append(browser.new_context(viewport=viewport, **settings))
        page = contexts[-1].new_page()
        page.goto((pages / f"{name}.html").as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
