"""Disks that are full, may not be written to or read, and folders that are gone."""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.conftest import LAY, Study, bound
from tests.scratch import left_in

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="rights and mounts are Linux's")

SMALL = 150_000  # bytes; a page with its fonts has more


# --- full ---------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of three megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no right to mount a disk: what a limit of files' size shows has to do")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def fill(place: Path) -> Path:
    """A file that leaves not a byte."""
    file = place / "filler"
    with file.open("wb", buffering=0) as filler:
        for size in (4096, 1):
            try:
                while True:
                    filler.write(b"x" * size)
            except OSError:
                continue
    return file


def test_a_full_disk_for_documents(
    study: Study, changed: dict[str, bytes], small_disk: Path
) -> None:
    output = ("--output-dir", str(small_disk / "out"))
    assert study.run("build", "--to", "html", "--audience", "lay", *output).code == 0
    before = (small_disk / "out" / "lay.en.html").read_bytes()
    filler = fill(small_disk)
    study.change()
    ended = study.run("build", "--to", "html", "--audience", "lay", *output)
    assert ended.code == 1
    assert "the disk is full; the last good outputs are still there, unchanged" in ended.said
    assert "Free some space, then build again" in ended.said
    assert (small_disk / "out" / "lay.en.html").read_bytes() == before
    filler.unlink()
    assert study.run("build", "--to", "html", "--audience", "lay", *output).code == 0
    assert (small_disk / "out" / "lay.en.html").read_bytes() == changed["lay.en.html"]


def test_a_full_disk_for_scratch_files(
    study: Study, changed: dict[str, bytes], small_disk: Path
) -> None:
    before = study.contents()
    study.change()
    filler = fill(small_disk)
    os.truncate(filler, filler.stat().st_size - SMALL)
    ended = study.run("build", environment={"TMPDIR": str(small_disk)})
    assert ended.code == 3
    assert f"the renderer's scratch files in {small_disk} cannot be written" in ended.said
    assert "the disk is full" in ended.said
    assert "set TMPDIR to another one" in ended.said
    assert study.contents() == before
    assert left_in(small_disk) == [filler], "nothing is left there"
    filler.unlink()
    fill(small_disk)  # then Python looks for another folder by itself
    assert study.run("build", environment={"TMPDIR": str(small_disk)}).code == 0
    assert study.contents() == changed


def _no_large_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, SMALL))


def test_files_that_grow_too_large(study: Study, changed: dict[str, bytes]) -> None:
    """As a quota does, without the right to mount a disk."""
    before = study.contents()
    study.change()
    ended = study.run("build", before=_no_large_files)
    assert ended.code == 3
    assert "cannot be written or read: File too large" in ended.said
    assert study.contents() == before
    assert study.builds() == changed


def test_the_private_state_cannot_be_kept(study: Study, changed: dict[str, bytes]) -> None:
    """Nothing is published of which `withdraw` would not know."""
    before = study.contents()
    state = study.root / ".report" / "state.json"
    study.change()
    patch = (
        "import os, errno\nfrom pathlib import Path\nreal = os.fsync\n"
        "def full(number):\n"
        "    if '.report' in os.readlink(f'/proc/self/fd/{number}'):\n"
        "        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))\n"
        "    real(number)\n"
        "os.fsync = full"
    )
    ended = study.run("build", patch=patch)
    assert ended.code == 1
    assert ".report in the study's folder cannot be written: No space left" in ended.said
    assert study.contents() == before
    assert not list(state.parent.rglob(".*.new")), "nothing half written is left"
    assert study.builds() == changed


@pytest.mark.parametrize("options", [(), ("--json",)], ids=["text", "JSON"])
def test_nowhere_to_print_to(study: Study, options: tuple[str, ...]) -> None:
    command = study.command("check", *options)
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=study.root
        )
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert "No space left" in ended.stderr


def test_nobody_reads_what_is_printed(study: Study) -> None:
    study.change()
    process = study.start("build", "--force")
    assert process.stdout
    process.stdout.close()
    assert process.stderr
    with process.stderr as stderr:
        said = stderr.read()
    process.wait()
    assert "Traceback" not in said
    assert "BrokenPipe" not in said


# --- rights -------------------------------------------------------------------------------------


@pytest.fixture
def locked() -> Iterator[Callable[[Path, int], None]]:
    """Takes rights from files and folders, and gives them back at the end."""
    before: dict[Path, int] = {}

    def lock(path: Path, mode: int) -> None:
        before.setdefault(path, path.stat().st_mode)
        path.chmod(mode)

    yield lock
    for path, mode in before.items():
        path.chmod(mode)


def test_an_output_folder_that_may_not_be_written_to(
    study: Study, changed: dict[str, bytes], locked: Callable[[Path, int], None]
) -> None:
    before = study.contents()
    study.change()
    locked(study.output, 0o500)
    ended = study.run("build", before=bound)
    assert ended.code == 1
    assert "may not be written; the last good outputs are still there, unchanged" in ended.said
    assert "allow writing to it and its folder, then build again" in ended.said
    assert study.contents() == before
    locked(study.output, 0o700)
    assert study.builds() == changed


def test_a_study_that_may_not_be_written_to(
    study: Study, locked: Callable[[Path, int], None]
) -> None:
    """It can be checked, and not built; an output folder elsewhere has no private state."""
    before = study.contents()
    locked(study.root, 0o500)
    locked(study.root / ".report", 0o500)
    (study.root.parent / "study" / "_output.lock").unlink(missing_ok=True)
    assert study.run("check", before=bound).code == 0
    assert study.run("status", before=bound).code == 0
    study.change()
    ended = study.run("build", before=bound)
    assert (ended.code, "cannot" in ended.said) == (1, True)
    elsewhere = study.root.parent / "elsewhere"
    ended = study.run("build", "--output-dir", str(elsewhere), before=bound)
    assert (ended.code, ".report in the study's folder cannot be written" in ended.said) == (
        1,
        True,
    )
    assert not elsewhere.exists()
    assert study.contents() == before


UNREADABLE = {
    "data/quotes.csv": (1, "data/quotes.csv", "this file may not be read"),
    "data/text/lay/why.md": (1, "data/text/lay/why.md", "this file may not be read"),
    "_quarto.yml": (1, "_quarto.yml", "this file may not be read"),
    "_output/manifest.json": (1, "manifest.json cannot be read", "allow reading it"),
    "templates/lay/document.qmd.j2": (1, "document.qmd.j2", "Permission denied"),
    "templates/lay/audience.yml": (1, "templates/lay/audience.yml", "this file may not be read"),
    "templates/theme/html/base.css": (3, "templates/theme/html/base.css", "allow reading it"),
    "templates/theme/fonts/SourceSans3-It.ttf": (3, "SourceSans3-It.ttf", "allow reading it"),
    "templates/theme/html/index.html.j2": (1, "index.html.j2", "Permission denied"),
    "private/key.csv": (1, "private/key.csv", "this file may not be read"),
}


@pytest.mark.parametrize("path", UNREADABLE)
def test_a_file_that_may_not_be_read(
    path: str, study: Study, locked: Callable[[Path, int], None]
) -> None:
    code, words, hint = UNREADABLE[path]
    file, here = study.root / path, Path(__file__).parents[2] / path
    file.parent.mkdir(parents=True, exist_ok=True)
    if path.startswith("templates"):
        shutil.copytree(here.parent, file.parent, dirs_exist_ok=True)
    elif not file.exists():
        file.write_text("participant,name\nN1,Nobody At All\n")
    study.change()
    before = study.contents()
    locked(file, 0o000)
    ended = study.run("build", before=bound)
    assert ended.code == code, ended.said
    assert words in ended.said
    assert hint in ended.said
    locked(file, 0o600)
    assert study.contents() == before


def test_a_document_that_may_not_be_read_is_made_anew(
    study: Study, locked: Callable[[Path, int], None]
) -> None:
    before = study.contents()
    file = study.output / "lay.en.html"
    locked(file, 0o000)
    ended = study.run("build", "--audience", "briefing", before=bound)
    assert ended.code == 1
    assert "lay.en.html cannot be read" in ended.said
    assert "delete it: the next build makes it anew" in ended.said
    file.unlink()
    file.write_bytes(b"")
    assert study.builds() == before


def test_no_folder_for_scratch_files(study: Study, tmp_path: Path) -> None:
    """Python then looks for another one by itself."""
    study.change()
    ended = study.run("build", "--to", "html", environment={"TMPDIR": str(tmp_path / "nothing")})
    assert ended.code == 0
    patch = "import tempfile\ntempfile._candidate_tempdir_list = lambda: []"
    ended = study.run("check", patch=patch)
    assert ended.code == 1
    assert "there is no folder for scratch files" in ended.said
    assert "set TMPDIR" in ended.said


# --- gone ---------------------------------------------------------------------------------------


def test_the_output_folder_is_removed_while_a_build_runs(
    study: Study, changed: dict[str, bytes]
) -> None:
    study.change()
    patch = (
        "import shutil\nfrom report.rendering import Rendering\nreal = Rendering.finished\n"
        "def finished(*words):\n"
        f"    made = real(*words)\n    shutil.rmtree({str(study.output)!r})\n    return made\n"
        "Rendering.finished = finished"
    )
    ended = study.run("build", patch=patch)
    assert ended.code == 1
    assert "was removed while this build ran" in ended.said
    assert "build again" in ended.said
    assert study.builds() == changed


def test_the_folder_that_the_command_is_called_in_is_gone(study: Study, tmp_path: Path) -> None:
    place = tmp_path / "gone"
    place.mkdir()
    where = repr(str(place))
    patch = f"import os\nos.makedirs({where}, exist_ok=True)\nos.chdir({where})\nos.rmdir({where})"
    study.change()
    ended = study.run("build", "--to", "html", patch=patch)
    assert ended.code == 0, ended.said
    ended = study.run("build", "--to", "html", "--output-dir", "there", patch=patch)
    assert (ended.code, "the system refuses" in ended.said) == (1, True)


def test_a_text_is_removed_between_listing_and_reading(study: Study) -> None:
    before = study.contents()
    patch = (
        "from pathlib import Path\nreal = Path.read_bytes\n"
        "def read(self):\n"
        f"    if self.name == {Path(LAY).name!r}:\n        self.unlink(missing_ok=True)\n"
        "    return real(self)\nPath.read_bytes = read"
    )
    ended = study.run("build", patch=patch)
    assert ended.code == 1
    assert study.contents() == before
