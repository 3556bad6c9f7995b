"""How long Quarto takes for the documents that pandoc and Typst make.

In one run and in turn, so that a noisy machine hurts both alike: `report build` of the example
study by each renderer, all documents, two at a time. Printed are the medians and their ratio, with
and without S, the time of a Python that only imports what a build imports.
"""

import sys
import tempfile
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.build import IMPORTS, ROOT, run, timed
from report.config import settings
from report.errors import RenderError
from report.renderers import RENDERERS

TURNS = 5


def main() -> None:
    try:
        versions = RENDERERS["quarto"](settings(ROOT)).versions()
    except RenderError as error:
        print(f"Quarto is not measured: {error.message}; {error.hint}")
        return
    times: dict[str, list[float]] = {"imports": [], "builtin": [], "quarto": []}
    with tempfile.TemporaryDirectory() as scratch:
        for turn in range(TURNS):
            times["imports"].append(timed(lambda: run([sys.executable, "-c", IMPORTS])))
            for name in ("builtin", "quarto"):
                folder = Path(scratch, f"{name}-{turn}")
                command = [sys.executable, "-m", "report", "build", "--study", str(ROOT)]
                command += ["--renderer", name, "--output-dir", str(folder), "--quiet"]
                times[name].append(timed(partial(run, command)))
    s, builtin, quarto = (median(times[name]) for name in ("imports", "builtin", "quarto"))
    print(f"S, the imports alone     {s:6.2f} s")
    print(f"builtin                  {builtin:6.2f} s")
    print(f"quarto {versions['quarto']:<17} {quarto:6.2f} s")
    print(f"quarto / builtin         {quarto / builtin:6.2f}")
    print(f"the same without S       {(quarto - s) / (builtin - s):6.2f}")


if __name__ == "__main__":
    main()
