"""A build that is stopped leaves no program, no scratch folder and no half a document."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.scratch import left_in

BASE = Path(__file__).parents[1] / "studies" / "base"

# Like quarto's launcher: it starts the real program as its child and waits.
LAUNCHER = """\
#!/bin/sh
[ "$1" = --version ] && echo 1.9.38 && exit
sleep 60 &
echo $! >> "$PIDS"
wait
"""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="process groups are POSIX's")


def alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc").is_dir():
        return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"
    return subprocess.run(["ps", "-p", str(pid)], capture_output=True, check=False).returncode == 0


@pytest.mark.usefixtures("listening")
@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)],
    ids=["Ctrl-C", "SIGTERM", "a closed terminal"],
)
def test_a_stopped_build_leaves_nothing(number: int, code: int, tmp_path: Path) -> None:
    study = Path(shutil.copytree(BASE, tmp_path / "study"))
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    output = study / "_output"
    command = [sys.executable, "-m", "report", "build", "--study", str(study), "--to", "html"]
    subprocess.run(command, check=True, capture_output=True)
    before = {f: hashlib.sha256(f.read_bytes()).digest() for f in output.iterdir()}
    program, pids = tmp_path / "quarto", tmp_path / "pids"
    program.write_text(LAUNCHER)
    program.chmod(0o755)
    build = subprocess.Popen(
        [*command, "--renderer", "quarto"],
        env={**os.environ, "QUARTO_PATH": str(program), "PIDS": str(pids), "TMPDIR": str(scratch)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    for _ in range(400):
        if pids.exists() and pids.read_text().strip():
            break
        time.sleep(0.05)
    build.send_signal(number)
    try:
        _, said = build.communicate(timeout=30)
    except subprocess.TimeoutExpired:
        build.kill()
        _, said = build.communicate()
    assert build.returncode == code, said
    assert "Traceback" not in said
    started = [int(line) for line in pids.read_text().split()]
    assert started
    for _ in range(40):
        if not any(alive(pid) for pid in started):
            break
        time.sleep(0.05)
    assert [pid for pid in started if alive(pid)] == []
    assert left_in(scratch) == []
    assert {f: hashlib.sha256(f.read_bytes()).digest() for f in output.iterdir()} == before


DROPPED = """\
import os, signal, weakref
from report import stopping

class Thing:
    pass

stopping.listen()
thing = Thing()
known = weakref.ref(thing, lambda _: os.kill(os.getpid(), int(os.environ["NUMBER"])))
del thing
print("goes on")
stopping.ask()
print("is not reached")
"""
"""Python says that it ignores an exception in a callback, and goes on."""


@pytest.mark.usefixtures("listening")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_what_python_drops_is_heard_where_we_wait(number: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DROPPED],
        env={**os.environ, "NUMBER": str(int(number))},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout == "goes on\n"
    assert done.returncode == (-number if number == signal.SIGINT else 128 + number)
