"""Documents made by other machines are the same, and what goes wrong there is told here."""

import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from report.cluster import connected
from report.errors import RenderError
from tests.built import ROOT, Built
from tests.cluster import machines
from tests.studies.broken_study import BASE, read

WAIT = 60  # seconds; a machine may have much to do


@dataclass(frozen=True)
class Machines:
    """A scheduler's address, and the process that has it."""

    address: str
    process: "subprocess.Popen[str]"

    def told(self, command: str) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


def start(folder: Path) -> Machines:
    elsewhere, scratch = folder / "elsewhere", folder / "scratch"
    elsewhere.mkdir()
    scratch.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", f"from {machines.__name__} import main; main()"],
        cwd=elsewhere,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(scratch)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    address = process.stdout.readline().strip()
    assert address, "the cluster could not be started"
    return Machines(address, process)


def stop(cluster: Machines) -> None:
    """All its processes are gone afterwards; the workers end where their scheduler does."""
    cluster.process.communicate(timeout=WAIT)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    running = start(tmp_path_factory.mktemp("machines"))
    yield running
    stop(running)


def command(address: str, study: Path, output: Path, *options: str) -> list[str]:
    where = ["--executor", f"dask://{address}"] if address else []
    made = ["--study", str(study), "--output-dir", str(output)]
    return [sys.executable, "-m", "report", "build", *made, *where, *options]


def run(
    address: str, study: Path, output: Path, *options: str
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command(address, study, output, *options), check=False, capture_output=True, text=True
    )


def begun(address: str, study: Path, output: Path) -> "subprocess.Popen[str]":
    """A build that has made its first document just now."""
    build = subprocess.Popen(
        command(address, study, output), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert build.stdout
    assert build.stdout.readline().startswith("1/")
    return build


def hashes(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "study"))


def test_a_worker_killed_in_the_middle_changes_no_byte(
    cluster: Machines, built: Built, tmp_path: Path
) -> None:
    output = tmp_path / "out"
    build = begun(cluster.address, ROOT, output)
    assert cluster.told("kill")
    _, said = build.communicate(timeout=2 * WAIT)
    assert build.returncode == 0, said
    assert said == ""
    assert hashes(output) == hashes(built("example"))


def test_workers_share_no_disk(cluster: Machines, study: Path, tmp_path: Path) -> None:
    cluster.told("note")
    done = run(cluster.address, study, tmp_path / "out", "--audience", "lay")
    assert done.returncode == 0, done.stderr
    opened = [each for some in cluster.told("opened").values() for each in some]
    assert any("pandoc" in each for each in opened), "what workers do was not noted"
    for folder in (study, ROOT / "templates", ROOT / "data"):
        assert not [each for each in opened if str(folder) in each]


def test_what_fails_on_a_worker_is_told_as_if_it_failed_here(
    cluster: Machines, tmp_path: Path
) -> None:
    case = read(BASE.parent / "broken" / "typst-picture-without-words.yml")
    study = tmp_path / "study"
    case.make(study)
    done = run(
        cluster.address, study, tmp_path / "out", "--audience", "journal", "--to", "pdf", "--quiet"
    )
    assert case.expected
    assert case.expected.exit == 3
    assert (done.returncode, done.stderr) == (3, case.expected.stderr)


def test_a_worker_with_other_versions_is_refused(
    cluster: Machines, study: Path, tmp_path: Path
) -> None:
    cluster.told("age")
    done = run(cluster.address, study, tmp_path / "out", "--to", "jats")
    cluster.told("rejuvenate")
    assert done.returncode == 3
    assert "which is to render, has lxml 0.1; this one has lxml " in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("listening")
def test_a_stopped_build_leaves_no_work_behind(
    cluster: Machines, study: Path, tmp_path: Path
) -> None:
    build = begun(cluster.address, study, tmp_path / "out")
    build.send_signal(signal.SIGINT)
    _, said = build.communicate(timeout=WAIT)
    assert build.returncode == 130, said
    assert said == "Stopped. The last good documents are still there.\n"
    end = time.monotonic() + WAIT
    while left := cluster.told("tasks"):
        assert time.monotonic() < end, left
        time.sleep(0.1)


def test_a_scheduler_that_goes_leaves_the_last_good_documents(study: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    assert run("", study, output, "--to", "jats").returncode == 0
    before = hashes(output)
    cluster = start(tmp_path)
    build = begun(cluster.address, study, output)
    cluster.process.kill()
    _, said = build.communicate(timeout=WAIT)
    cluster.process.communicate(timeout=WAIT)
    assert build.returncode == 3, said
    assert said == (
        f"error: the Dask scheduler at {cluster.address} is gone\n"
        "  the last good documents are still there; start the scheduler and build again\n"
    )
    assert hashes(output) == before


def test_a_scheduler_without_workers_is_told(tmp_path: Path) -> None:
    scheduler = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_scheduler",
         "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show"],
        cwd=tmp_path, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert scheduler.stderr
    line = next(line for line in scheduler.stderr if "Scheduler at:" in line)
    address = line.split("tcp://")[1].strip()
    with pytest.raises(RenderError) as told, connected(address):
        pass
    scheduler.terminate()
    scheduler.communicate(timeout=WAIT)
    assert told.value.message == f"the Dask scheduler at {address} has no workers"
    assert told.value.hint == f"start one on each machine with: dask worker {address}"


def test_an_address_where_something_else_listens_is_told_soon() -> None:
    start = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(RenderError, match=f"no Dask scheduler answers at {address}"):
            connected(address).__enter__()
    assert time.monotonic() - start < 10


def test_a_call_that_kills_workers_is_given_up(cluster: Machines) -> None:
    with connected(cluster.address) as executor:
        call = executor.submit(os._exit, 1)
        with pytest.raises(RenderError, match="workers of the cluster died, one after the other"):
            call.result(WAIT)
