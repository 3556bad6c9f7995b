"""How much a build costs in which nothing has changed, over the imports that it needs.

In one run and in turn, so that a noisy machine hurts both alike: S, the time of a Python that only
imports what such a build has imported when it ends; and the whole command. Printed are the medians
and their ratio.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
TURNS = 9
LIMIT = 1.7

LISTED = """\
import json, sys
before = set(sys.modules)
from report.cli import main
try:
    main()
except SystemExit:
    print(json.dumps([name for name in sys.modules if name not in before]), file=sys.stderr)
"""
"""Runs a command and tells what it has imported, in the order that it did."""

IMPORTS = """\
import importlib, sys
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except ImportError:  # it was made by another module, under that name
        pass
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        build = ["build", "--study", str(ROOT), "--output-dir", str(Path(scratch, "out"))]
        run([sys.executable, "-m", "report", *build])
        told = run([sys.executable, "-c", LISTED, *build])
        names = json.loads(told.stderr.splitlines()[-1])
        if b"Nothing to do" not in told.stdout:
            sys.exit("the second build has made something")
        start, whole = [], []
        for _ in range(TURNS):
            start.append(timed([sys.executable, "-c", IMPORTS, *names]))
            whole.append(timed([sys.executable, "-m", "report", *build]))
    s, b = statistics.median(start), statistics.median(whole)
    print(f"S, the imports alone          {s:6.2f} s   {len(names)} modules")
    print(f"report build, nothing changed {b:6.2f} s")
    print(f"ratio                         {b / s:6.2f}     at most {LIMIT}")
    sys.exit(0 if b / s <= LIMIT else 1)


def timed(command: Sequence[str]) -> float:
    start = time.perf_counter()
    run(command)
    return time.perf_counter() - start


def run(command: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
