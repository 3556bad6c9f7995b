"""A small study, real processes that build it, and what is done to them."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from report.cli import app
from tests.freshness.conftest import study as counted  # noqa: F401  # a fixture
from tests.studies.broken_study import BASE

ROOT = Path(__file__).parents[2]
WISHES = """\
audiences:
  journal: {formats: [html, jats]}
  briefing: {formats: [html]}
  lay: {formats: [html, pdf]}
  reviewer: {used: false}
"""
LAY = "data/text/lay/why.md"


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    said: str
    printed: str


@dataclass(frozen=True)
class Study:
    """A study's folder, and the command `report` for it, in processes of their own."""

    root: Path

    @property
    def output(self) -> Path:
        return self.root / "_output"

    def command(self, *words: str, patch: str = "") -> list[str]:
        """`report` with these words; `patch` is Python that is run in the process before it."""
        start = f"{patch}\nimport sys\nfrom report.cli import main\nsys.argv[0] = 'report'\nmain()"
        return [sys.executable, "-c", start, words[0], "--study", str(self.root), *words[1:]]

    def start(
        self,
        *words: str,
        patch: str = "",
        environment: Mapping[str, str] | None = None,
        before: Callable[[], None] | None = None,
    ) -> "subprocess.Popen[str]":
        """The command, running. `before` is called in the new process."""
        return subprocess.Popen(
            self.command(*words, patch=patch),
            env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
            preexec_fn=before,  # noqa: PLW1509  # no thread of ours runs then
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(
        self,
        *words: str,
        patch: str = "",
        environment: Mapping[str, str] | None = None,
        before: Callable[[], None] | None = None,
    ) -> Ended:
        """The command, ended. However it ends, it shows no traceback."""
        process = self.start(*words, patch=patch, environment=environment, before=before)
        printed, said = process.communicate(timeout=120)
        assert "Traceback" not in said, said
        return Ended(process.returncode, said, printed)

    def call(self, *words: str) -> Ended:
        """The command in this process, quicker, and as a test has patched it."""
        result = CliRunner().invoke(app, [words[0], "--study", str(self.root), *words[1:]])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ended(result.exit_code, result.stderr, result.stdout)

    def builds(self) -> dict[str, bytes]:
        """A build that goes well, and what lies there after it."""
        ended = self.call("build")
        assert ended.code == 0, ended.said
        return self.contents()

    def contents(self) -> dict[str, bytes]:
        """What lies in the output folder."""
        files = (file for file in self.output.rglob("*") if file.is_file())
        return {file.relative_to(self.output).as_posix(): file.read_bytes() for file in files}

    def change(self) -> None:
        """Other words in the summary: its two documents are to be made anew."""
        file = self.root / LAY
        file.write_text("So " + file.read_text("utf-8"), "utf-8")


def clean(study: Study, folder: Path) -> dict[str, bytes]:
    """What a first build of the same data gives."""
    made = Study(Path(shutil.copytree(study.root, folder / study.root.name)))
    for left in ("_output", ".report"):
        shutil.rmtree(made.root / left, ignore_errors=True)
    return made.builds()


def bound() -> None:
    """Rights bind this process, root's too: it gives up the capabilities to pass over them."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            assert libc.prctl(24, capability, 0, 0, 0) == 0  # PR_CAPBSET_DROP


@pytest.fixture(scope="session")
def first_build(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The study, built once for all tests of this process."""
    study = Study(Path(shutil.copytree(BASE, tmp_path_factory.mktemp("faults") / "study")))
    (study.root / "data" / "audiences.yml").write_text(WISHES, "utf-8")
    study.builds()
    return study


@pytest.fixture(scope="session")
def changed(first_build: Study, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a first build gives of the study with other words in the summary."""
    study = Study(
        Path(shutil.copytree(first_build.root, tmp_path_factory.mktemp("faults") / "study"))
    )
    study.change()
    return clean(study, tmp_path_factory.mktemp("faults"))


@pytest.fixture
def study(first_build: Study, tmp_path: Path) -> Study:
    """A copy of the built study."""
    return Study(Path(shutil.copytree(first_build.root, tmp_path / "study")))
