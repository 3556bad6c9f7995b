"""The base study, built, and changed as a test says."""

import shutil
import subprocess
from pathlib import Path

from report.build import build
from report.config import settings

BASE = Path(__file__).parents[1] / "studies" / "base"
SAID = "a small lamp by the window helps me through the longest nights"


def study_in(folder: Path) -> Path:
    """The base study, in which N1 says a sentence."""
    root = shutil.copytree(BASE, folder / "study")
    edit(root, "data/quotes.csv", "A small lamp helps, and it is enough", SAID)
    return root


def edit(root: Path, path: str, old: str, new: str) -> None:
    """Replace words that are in a file of the study."""
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), "utf-8")


def built(root: Path, *formats: str, audiences: tuple[str, ...] = ()) -> None:
    """Make its documents."""
    done = build(settings(root), audiences, formats or ["qmd"])
    assert not done.failed, [str(d) for d in done.diagnostics]


def git(folder: Path, *arguments: str) -> None:
    """Call git as somebody who has no settings."""
    names = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *names, *arguments], cwd=folder, check=True, capture_output=True)


def committed(root: Path, tag: str) -> None:
    """Commit all of the study, in a repository that is made where there is none."""
    if not (root / ".git").exists() and not (root.parent / ".git").exists():
        git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A", ".")
    git(root, "commit", "-q", "--allow-empty", "-m", tag)
    git(root, "tag", tag)
