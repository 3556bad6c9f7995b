"""How a study that grows is loaded, checked and composed.

Each size is a study like the example, with its texts and audiences and a table of quotes as long as
that, and a tenth as many participants; a hundredth of these have withdrawn, a tenth of the quotes
name a place that is masked. The words are chance's and nobody's. A process of its own does each.
Printed are its seconds of computing without its imports, of which there are as many at any size; by
which exponent that grows; how often pandas could read the same tables in that time; and the peak
memory. What the example's eight documents take by themselves, with its own few records, is printed
too.
"""

import contextlib
import csv
import importlib
import json
import math
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks import unchanged

ROOT = Path(__file__).parents[1]
SIZES = (2_000, 6_000, 20_000)
TURNS = 5
EXPONENT = 1.1
PANDAS = 30
MEMORY = 600  # MB

ONSETS = (
    *"bdfghjklmnprstv",
    "bl",
    "br",
    "dr",
    "fl",
    "gr",
    "kl",
    "kr",
    "sk",
    "sl",
    "sp",
    "st",
    "tr",
)
VOWELS = (*"aeiouyæøå", "ei", "au")
ENDS = ("", "", "", "n", "r", "s", "t", "ng", "l", "k")
PLACES = ("Askvål", "Bergta", "Lyngvik", "Ulvøy", "Old Bergta", "the Ulvøy clinic")
IN_A_SESSION = 5
WITHDRAWN = 100
"""Of so many participants one has withdrawn."""
PLACED = 10
"""Of so many quotes one names a place."""


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        own = Path(scratch, "own")
        shutil.copytree(ROOT / "data", own / "data")
        studies = {size: written(Path(scratch, str(size)), size) for size in SIZES}
        runs: dict[int, list[tuple[float, float]]] = {size: [] for size in SIZES}
        alone: list[float] = []
        read: list[float] = []
        for _ in range(TURNS):
            alone.append(run("check", own)[0])
            read.append(run("read", studies[SIZES[-1]])[0])
            for size, study in studies.items():
                runs[size].append(run("check", study))
    seconds = {size: min(taken for taken, _ in each) for size, each in runs.items()}
    first, last = SIZES[0], SIZES[-1]
    exponent = math.log(seconds[last] / seconds[first]) / math.log(last / first)
    times = seconds[last] / min(read)
    memory = max(peak for _, peak in runs[last])
    print(f"the example itself  {min(alone):6.2f} s")
    for size in SIZES:
        print(f"{size:6} quotes       {seconds[size]:6.2f} s")
    print(f"exponent            {exponent:6.2f}     at most {EXPONENT}")
    print(f"pandas alone        {min(read):6.3f} s")
    print(f"times pandas        {times:6.1f}     at most {PANDAS}")
    print(f"peak memory         {memory:6.0f} MB  at most {MEMORY}")
    sys.exit(0 if exponent <= EXPONENT and times <= PANDAS and memory <= MEMORY else 1)


def run(what: str, study: Path) -> tuple[float, float]:
    """Seconds of computing, and MB, of a process that does it."""
    command = [sys.executable, "-m", "benchmarks.scale", what, str(study)]
    seconds, peak = json.loads(unchanged.run(command).stdout)
    return seconds, peak / (1024**2 if sys.platform == "darwin" else 1024)


def check(study: Path) -> Callable[[], None]:
    command = [sys.executable, "-c", unchanged.LISTED, "check", "--study", str(study), "--quiet"]
    for name in json.loads(unchanged.run(command).stderr.splitlines()[-1]):
        with contextlib.suppress(ImportError):  # made by another module, under that name
            importlib.import_module(name)
    from report.cli import main as command_line

    def checked() -> None:
        sys.argv[1:] = ["check", "--study", str(study), "--quiet"]
        try:
            command_line()
        except SystemExit as left:
            if left.code:
                raise

    return checked


def read(study: Path) -> Callable[[], None]:
    import pandas as pd

    def tables() -> None:
        for file in (study / "data").glob("*.csv"):
            pd.read_csv(file, dtype=str, keep_default_na=False)

    return tables


def written(study: Path, size: int) -> Path:
    """A study with so many quotes: the example's own, and others."""
    shutil.copytree(ROOT / "data", study / "data")
    chance = random.Random(size)  # noqa: S311  # no secret
    words = [word(chance) for _ in range(3000)]
    own = {name: list(rows(study, name)) for name in ("sessions", "participants", "quotes")}
    kinds = [row["stakeholder"] for row in own["sessions"]]
    jobs = [row["profession"] for row in own["participants"]]
    sessions, people, quotes = own.values()
    for n in range(size // 10 - len(people)):
        session = f"FG{len(kinds) + 1 + n // IN_A_SESSION}"
        if n % IN_A_SESSION == 0:
            same = {"kind": "focus-group", "mode": "digital", "language": "nb"}
            sessions.append({**same, "session": session, "stakeholder": chance.choice(kinds)})
        withdrawn = "2024-06-01 all" if n % WITHDRAWN == 1 else ""
        people.append(
            {
                "participant": f"X{n}",
                "session": session,
                "profession": chance.choice(jobs),
                "withdrawn": withdrawn,
            }
        )
    codes = [row["codes"] for row in quotes]
    ids = [row["participant"] for row in people[len(own["participants"]) - len(people) :]]
    for n in range(size - len(quotes)):
        text = chance.choices(words, k=chance.randint(10, 40))
        if n % PLACED == 0:
            text.insert(5, chance.choice(PLACES))
        quotes.append(
            {
                "quote": f"Y{n}",
                "participant": chance.choice(ids),
                "codes": chance.choice(codes),
                "text": " ".join(text).capitalize(),
                "language": "en",
            }
        )
    masks = [{"words": place, "kind": "place", "replacement": "a town"} for place in PLACES]
    for name, table in {**own, "masks": masks}.items():
        with (study / "data" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, list(table[0]), restval="")
            out.writeheader()
            out.writerows(table)
    return study


def word(chance: random.Random) -> str:
    """A word of one syllable to three."""
    parts = ((ONSETS, VOWELS, ENDS) for _ in range(chance.randint(1, 3)))
    return "".join(chance.choice(sounds) for part in parts for sounds in part)


def rows(study: Path, name: str) -> Iterator[dict[str, str]]:
    with (study / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def measured(arguments: Sequence[str]) -> None:
    what, study = arguments
    action = {"check": check, "read": read}[what](Path(study))
    before = time.process_time()
    action()
    taken = time.process_time() - before
    print(json.dumps([taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]))


if __name__ == "__main__":
    if sys.argv[1:]:
        measured(sys.argv[1:])
    else:
        main()
