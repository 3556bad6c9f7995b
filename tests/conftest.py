"""What all tests share: re-recording, studies built once, and programs that a machine may lack."""

import os
import shutil
import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.built import Built, build, once

PROGRAMS = {
    "chromium": ("chromium", "chromium"),
    "gettext": ("msgfmt", "gettext"),
    "java": ("java", "default-jre-headless"),
    "libreoffice": ("soffice", "libreoffice-writer-nogui"),
    "poppler": ("pdftotext", "poppler-utils"),
    "quarto": ("quarto", "quarto-cli, from PyPI or quarto.org"),
    "strace": ("strace", "strace"),
}
"""Markers, the program that each needs, and what installs it."""


def found(program: str) -> str | None:
    """Where the program is; QUARTO_PATH may name a Quarto that PATH has not."""
    return (program == "quarto" and os.environ.get("QUARTO_PATH")) or shutil.which(program)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="record what comes out as expected")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be re-recorded."""
    return bool(request.config.getoption("--accept"))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Every document of a study, as a user builds them."""
    return lambda name: once(tmp_path_factory, name, lambda folder: build(name, folder))


@pytest.fixture(scope="session")
def composed_texts(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The texts that a study's documents are made of, with their pictures."""
    return lambda name: once(
        tmp_path_factory, f"{name}-qmd", lambda folder: build(name, folder, "--to", "qmd")
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    with sync_playwright() as driver:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        chromium = driver.chromium.launch(executable_path=found("chromium"), args=options)
        yield chromium
        chromium.close()


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, (program, package) in PROGRAMS.items():
        if item.get_closest_marker(marker) and found(program) is None:
            reason = f"{program} is not installed: {package}"
            if os.environ.get("CI") and marker != "quarto":
                pytest.fail(f"in CI nothing is skipped: {reason}")
            pytest.skip(reason)


@pytest.fixture
def listening() -> Iterator[None]:
    """Programs are started that hear Ctrl-C and a closing terminal, even where the tests do not:
    under nohup, or behind an & of the shell."""
    before = {
        signal.SIGINT: signal.signal(signal.SIGINT, signal.default_int_handler),
        signal.SIGHUP: signal.signal(signal.SIGHUP, signal.SIG_DFL),
    }
    yield
    for number, handler in before.items():
        signal.signal(number, handler)
