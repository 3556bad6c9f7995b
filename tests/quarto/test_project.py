"""A study is a Quarto project: quarto render and quarto preview by themselves."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.quarto import reading
from tests.quarto.conftest import ROOT

pytestmark = pytest.mark.quarto

QUARTO = os.environ.get("QUARTO_PATH") or shutil.which("quarto") or ""
ENVIRONMENT = {**os.environ, "QUARTO_PYTHON": sys.executable, "NO_COLOR": "1"}


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """The example study, where no quarto has been."""
    folder = tmp_path / "a stúdy"
    shutil.copytree(ROOT / "data", folder / "data")
    for name in ("_quarto.yml", "_compose.py", "_gate.py", ".gitignore"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def quarto(study: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [QUARTO, *arguments], cwd=study, env=ENVIRONMENT, check=False,
        capture_output=True, text=True, timeout=200,
    )  # fmt: skip


def test_a_profile_renders_what_report_builds(study: Path, both: dict[str, Path]) -> None:
    before = {path: path.read_bytes() for path in study.rglob("*") if path.is_file()}
    done = quarto(study, "render", "--profile", "lay")
    assert done.returncode == 0, done.stderr
    made = study / "_quarto" / "composed"
    assert {file.name for file in made.iterdir()} == {
        f"lay.{code}.{form}" for code in ("en", "nb", "nn") for form in ("html", "pdf")
    }
    assert reading.web(made / "lay.en.html") == reading.web(both["builtin"] / "lay.en.html")
    assert reading.page(made / "lay.en.pdf") == reading.page(both["builtin"] / "lay.en.pdf")
    for path, content in before.items():
        assert path.read_bytes() == content
    new = {path.relative_to(study).parts[0] for path in study.rglob("*")}
    here = {"data", "_quarto.yml", "_compose.py", "_gate.py"}
    assert new <= here | {"_quarto", ".quarto", "composed", ".gitignore"}


def test_what_may_not_be_handed_out_is_removed(study: Path) -> None:
    """What Quarto itself puts into a page is read too: here, on its way, an id."""
    (study / "_quarto-lay.yml").write_text(
        'format:\n  html:\n    include-in-header:\n      text: "<!-- PW12 -->"\n', "utf-8"
    )
    done = quarto(study, "render", "--profile", "lay")
    assert "lay.en.html:comment on line" in done.stderr
    assert "error[leak] ids: a participant's id stands here" in done.stderr
    left = {file.name for file in (study / "_quarto" / "composed").iterdir()}
    assert left == {f"lay.{code}.pdf" for code in ("en", "nb", "nn")}


def test_one_document_can_be_rendered(study: Path) -> None:
    """As the Render button does."""
    assert quarto(study, "render", "--profile", "briefing").returncode == 0
    done = quarto(study, "render", "composed/briefing.en.qmd", "--to", "html")
    assert done.returncode == 0, done.stderr
    assert len(list((study / "composed").glob("*.qmd"))) == 8  # no profile: all were composed


def test_an_unknown_profile_renders_nothing(study: Path) -> None:
    done = quarto(study, "render", "--profile", "lai")
    assert done.returncode != 0
    assert (
        "error: there is no audience “lai” for the profile of that name\n  did you mean lay?"
        in (done.stderr)
    )
    assert not list(study.rglob("*.html"))


def test_an_error_in_the_study_is_told_where_one_types(study: Path) -> None:
    why = study / "data" / "text" / "lay" / "why.md"
    why.write_text("{{ nobody }}\n", "utf-8")
    done = quarto(study, "render", "--profile", "lay")
    assert done.returncode != 0
    assert "data/text/lay/why.md:1:4: error[unknown-name]" in done.stderr


def test_a_preview_shows_the_document_and_ends(study: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = study.parent / "preview.log"
    with log.open("w") as said:
        preview = subprocess.Popen(
            [QUARTO, "preview", "--profile", "lay", "--no-browser", "--port", str(port)],
            cwd=study, env=ENVIRONMENT, stdout=said, stderr=said, start_new_session=True,
        )  # fmt: skip
    try:
        page = ""
        for _ in range(240):
            try:
                address = f"http://127.0.0.1:{port}/composed/lay.en.html"
                with urllib.request.urlopen(address, timeout=30) as answer:
                    page = answer.read().decode()
                break
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.5)
        assert "Peer workers" in page, log.read_text()
        rendered = log.read_text().count("Output created")
        time.sleep(4)  # a preview that saw its own changes would by now have rendered again
        assert log.read_text().count("Output created") == rendered
    finally:
        os.killpg(preview.pid, signal.SIGKILL)
        preview.wait()
