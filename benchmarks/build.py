"""How much a full build costs over the bare pandoc and Typst calls for the same documents.

In one run and in turn, so that a noisy machine hurts both alike: S, the time of a Python that only
imports what a build imports; the bare calls, two at a time; the whole command. Printed are the
medians, the ratio (build − S) / bare, and the peak memory of the build's own process.
"""

import os
import pickle
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from unittest import mock

import typst

import report.check
from report import pandoc
from report.config import settings
from report.process import run as run_program
from report.renderers import builtin
from report.renderers.theme import theme

ROOT = Path(__file__).parents[1]
TURNS = 5
LIMIT = 1.5
MEMORY = 500  # MB
NOTES = "calls.pickle"

IMPORTS = (
    "import report.cli, report.build, matplotlib.figure, matplotlib.backends.backend_agg, "
    "matplotlib.backends.backend_svg, typst, polib, bibtexparser, unicode_rbnf, docx, "
    "fontTools.ttLib, pikepdf, pypdfium2, lxml.etree"
)


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        calls = note_calls(folder)
        start, bare, build = [], [], []
        for _ in range(TURNS):
            start.append(timed(lambda: run([sys.executable, "-c", IMPORTS])))
            bare.append(float(run([sys.executable, __file__, str(folder / NOTES)])))
            build.append(timed(lambda: full_build(folder)))
        memory = peak(folder)
    s, b, f = (statistics.median(times) for times in (start, bare, build))
    ratio = (f - s) / b
    print(f"S, the imports alone     {s:6.2f} s")
    print(f"bare pandoc and Typst    {b:6.2f} s   {calls} documents, two at a time")
    print(f"report build             {f:6.2f} s")
    print(f"(build − S) / bare       {ratio:6.2f}     at most {LIMIT}")
    print(f"peak memory              {memory:6.0f} MB  at most {MEMORY}")
    sys.exit(0 if ratio <= LIMIT and memory <= MEMORY else 1)


def full_build(folder: Path) -> None:
    shutil.rmtree(folder / "out", ignore_errors=True)
    shutil.rmtree(ROOT / ".report", ignore_errors=True)  # it remembers what the gate let through
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


def note_calls(folder: Path, study: Path = ROOT, names: Collection[str] = ()) -> int:
    """Render the study's documents once, or those of the names given, noting how pandoc and Typst
    are called and keeping what they read; returns the number of documents."""
    checked = report.check.check(settings(study))
    themes = settings(study).themes
    looks = theme(themes)
    notes: list[dict[str, Any]] = []

    def noting(command: Sequence[str], **how: Any) -> tuple[bytes, str]:
        environment = {**os.environ, **how["environment"]}
        notes[-1]["pandoc"] = {
            "args": command, "cwd": how["cwd"], "input": how["stdin"], "env": environment
        }  # fmt: skip
        return run_program(command, **how)

    # One call a document, as by hand: a build has the same pandoc make many for Typst.
    single = mock.patch.object(pandoc, "converted", pandoc.convert)
    with single, mock.patch.object(pandoc, "run", noting):
        for target in [t for t in checked.targets if not names or t.name in names]:
            place = folder / "bare" / target.name
            place.mkdir(parents=True)
            document = checked.documents[target.variant.name]
            for path, content in document.files.items():
                (place / path).parent.mkdir(parents=True, exist_ok=True)
                (place / path).write_bytes(content)
            main = str(place / "main.typ") if target.format == "pdf" else ""
            notes.append({"main": main, "root": str(place), "epoch": document.epoch})
            builtin._FORMATS[target.format](document, place, looks)
    fonts = [str(folder / "fonts") for folder in themes]
    (folder / NOTES).write_bytes(pickle.dumps((notes, fonts)))
    return len(notes)


def bare(notes: Path) -> float:
    """Seconds that the noted calls take, two at a time. In a process of its own: Typst remembers
    what it has compiled, and a build starts without that."""
    calls, paths = pickle.loads(notes.read_bytes())  # noqa: S301  # written just now, by us
    start = time.perf_counter()
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)

    def again(call: dict[str, Any]) -> None:
        subprocess.run(**call["pandoc"], check=True, capture_output=True)
        if call["main"]:
            typst.compile(call["main"], root=call["root"], font_paths=fonts,
                          pdf_standards=["ua-1", "a-2a"], timestamp=call["epoch"])  # fmt: skip

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(again, call) for call in calls]:
            done.result()
    return time.perf_counter() - start


def timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def run(command: list[str]) -> bytes:
    return subprocess.run(command, check=True, capture_output=True).stdout


if __name__ == "__main__":
    if sys.argv[1:]:
        print(bare(Path(sys.argv[1])))
    else:
        main()
