"""What share of a full build the leak gate takes: reading the composed documents, and then every
finished one.

Each build runs in a process of its own, on a copy of the example study that remembers no verdict.
Printed are the medians.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
TURNS = 5
LIMIT = 0.15


def main() -> None:
    shares, gates, builds = [], [], []
    for _ in range(TURNS):
        with tempfile.TemporaryDirectory() as scratch:
            study = Path(scratch) / "study"
            shutil.copytree(ROOT / "data", study / "data")
            command = [sys.executable, __file__, str(study)]
            out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            gated, whole = (float(seconds) for seconds in out.split())
        gates.append(gated)
        builds.append(whole)
        shares.append(gated / whole)
    share = statistics.median(shares)
    print(f"the gate                 {statistics.median(gates):6.2f} s")
    print(f"the build around it      {statistics.median(builds):6.2f} s")
    print(f"its share                {share:6.1%}   at most {LIMIT:.0%}")
    sys.exit(0 if share <= LIMIT else 1)


def one_build(study: Path) -> tuple[float, float]:
    """Seconds of computing in the gate, which works while others do, and of the whole build."""
    from unittest import mock

    from report import build, disclosure, inspection
    from report.config import settings
    from report.gate import gate

    spent = 0.0

    def timed(*arguments: Any) -> Any:
        nonlocal spent
        start = time.thread_time()
        found = gate(*arguments)
        spent += time.thread_time() - start
        return found

    start = time.perf_counter()
    with mock.patch.object(inspection, "gate", timed), mock.patch.object(disclosure, "gate", timed):
        built = build.build(settings(study))
    whole = time.perf_counter() - start
    assert not built.failed, built.diagnostics
    return spent, whole


if __name__ == "__main__":
    if sys.argv[1:]:
        print(*one_build(Path(sys.argv[1])))
    else:
        main()
