"""What a build costs after one quote was reworded, over the bare pandoc and Typst calls for the
documents that show it.

In one run and in turn: S, the time of a Python that only imports what a build imports; the bare
calls; the whole command, each time after another rewording. The files of all other documents must
keep their modification time.
"""

import csv
import json
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.build import IMPORTS, NOTES, ROOT, TURNS, note_calls, run, timed

ALLOWED = 0.3  # seconds
LIMIT = 1.5
QUOTE = "Q01"


def main() -> None:
    start, bare, build = [], [], []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        study = folder / "study"
        shutil.copytree(ROOT / "data", study / "data")
        built(study)
        reword(study)
        before = times(study)
        shown = built(study)
        moved = {name for name, time in times(study).items() if before.get(name) != time}
        strangers = {n for n in moved if not n.startswith(tuple(shown))} - ALWAYS
        note_calls(folder, study, shown)
        for _ in range(TURNS):
            start.append(timed(lambda: run([sys.executable, "-c", IMPORTS])))
            bare.append(float(run([sys.executable, "-m", "benchmarks.build", str(folder / NOTES)])))
            reword(study)
            build.append(timed(lambda: built(study)))
    s, b, f = (statistics.median(taken) for taken in (start, bare, build))
    most = ALLOWED + LIMIT * b
    print(f"S, the imports alone     {s:6.2f} s")
    print(f"bare pandoc and Typst    {b:6.2f} s   {len(shown)} documents show the quote")
    print(f"report build             {f:6.2f} s")
    print(f"build − S                {f - s:6.2f} s   at most {most:.2f}: 0.3 s + {LIMIT} × bare")
    print(f"other files touched      {len(strangers):6}     {' '.join(sorted(strangers))}")
    sys.exit(0 if f - s <= most and not strangers else 1)


ALWAYS = {"index.html", "manifest.json", "ro-crate-metadata.json"}
"""What tells of all documents."""


def built(study: Path) -> list[str]:
    """The names of the documents that a build made."""
    out = run([sys.executable, "-m", "report", "build", "--study", str(study), "--json"])
    names: list[str] = json.loads(out)["artifacts"]
    return names


def times(study: Path) -> dict[str, int]:
    output = study / "_output"
    files = [file for file in output.rglob("*") if file.is_file()]
    return {file.relative_to(output).as_posix(): file.stat().st_mtime_ns for file in files}


def reword(study: Path) -> None:
    """One more word at the end of the quote."""
    file = study / "data" / "quotes.csv"
    with file.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        if row["quote"] == QUOTE:
            row["text"] = f"{row['text'].rstrip('.')} again."
    with file.open("w", newline="", encoding="utf-8") as stream:
        table = csv.DictWriter(stream, rows[0])
        table.writeheader()
        table.writerows(rows)


if __name__ == "__main__":
    main()
