"""How much a full build costs over the bare pandoc and Typst calls for the same documents.

In one run and in turn, so that a noisy machine hurts both alike: S, the time of a Python that only
imports what a build imports; the bare calls, two at a time; the whole command. Printed are the
medians, the ratio (build − S) / bare, and the peak memory of the build's own process.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from unittest import mock

import typst

import report.build
from report.config import settings
from report.model.document import Document
from report.process import run as run_program
from report.renderers import builtin

ROOT = Path(__file__).parents[1]
TURNS = 5
LIMIT = 1.6
MEMORY = 500  # MB

IMPORTS = (
    "import report.cli, report.build, matplotlib.figure, matplotlib.backends.backend_agg, "
    "matplotlib.backends.backend_svg, typst, pypandoc, bibtexparser, unicode_rbnf, openpyxl, "
    "fontTools.ttLib"
)


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        calls = bare_calls(folder)
        start, bare, build = [], [], []
        for _ in range(TURNS):
            start.append(timed(lambda: run([sys.executable, "-c", IMPORTS])))
            bare.append(timed(lambda: in_pairs(calls)))
            build.append(timed(lambda: full_build(folder)))
        memory = peak(folder)
    s, b, f = (statistics.median(times) for times in (start, bare, build))
    ratio = (f - s) / b
    print(f"S, the imports alone     {s:6.2f} s")
    print(f"bare pandoc and Typst    {b:6.2f} s   {len(calls)} documents, two at a time")
    print(f"report build             {f:6.2f} s")
    print(f"(build − S) / bare       {ratio:6.2f}     at most {LIMIT}")
    print(f"peak memory              {memory:6.0f} MB  at most {MEMORY}")
    sys.exit(0 if ratio <= LIMIT and memory <= MEMORY else 1)


def full_build(folder: Path) -> None:
    shutil.rmtree(folder / "out", ignore_errors=True)
    run([sys.executable, "-m", "report", "build", "--study", str(ROOT), "--quiet",
         "--output-dir", str(folder / "out")])  # fmt: skip


def peak(folder: Path) -> float:
    """MB of the largest process of one build, pandoc's included."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    command = [sys.executable, "-c", code, sys.executable, "-m", "report", "build", "--study",
               str(ROOT), "--quiet", "--output-dir", str(folder / "peak")]  # fmt: skip
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return int(out) / unit


def bare_calls(folder: Path) -> list[Callable[[], object]]:
    """For each document of the example a function that makes it by pandoc and Typst alone, from
    files that lie ready."""
    checked = report.build.check(settings(ROOT, None))
    themes = tuple(place / "theme" for place in settings(ROOT, None).templates)
    calls = []
    for target in checked.targets:
        place = folder / "bare" / target.name
        place.mkdir(parents=True)
        document = checked.documents[target.variant.name]
        for path, content in document.assets.items():
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_bytes(content)
        calls.append(_replayed(document, target.format, place, themes))
    return calls


def _replayed(
    document: Document, form: str, place: Path, themes: Sequence[Path]
) -> Callable[[], object]:
    """Render once, noting how pandoc was called; the function calls it so again, and Typst."""
    noted: dict[str, Any] = {}

    def noting(command: Sequence[str], **how: Any) -> tuple[bytes, str]:
        noted.update(args=command, cwd=how["cwd"], input=how["stdin"])
        noted["env"] = {**os.environ, **how["environment"]}
        return run_program(command, **how)

    with mock.patch.object(builtin, "run", noting):
        builtin._FORMATS[form](document, place, themes)
    fonts = builtin._fonts(tuple(themes))

    def again() -> None:
        subprocess.run(**noted, check=True, capture_output=True)
        if form == "pdf":
            typst.compile(str(place / "main.typ"), root=str(place), font_paths=fonts,
                          pdf_standards=["ua-1"], timestamp=document.epoch)  # fmt: skip

    return again


def in_pairs(calls: Sequence[Callable[[], object]]) -> None:
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(call) for call in calls]:
            done.result()


def timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
