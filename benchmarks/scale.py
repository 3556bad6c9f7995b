"""How a study that grows is loaded, checked and composed.

Each size is a study like the example, with its texts and audiences and a table of quotes as long as
that, and a tenth as many participants. The words in them are chance's and nobody's. A process of
its own does each; printed are the user time without imports, the exponent by which it grows, what
pandas takes to read the same tables, and the peak memory.
"""

import csv
import json
import math
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
SIZES = (2_000, 6_000, 20_000)
TURNS = 3
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
        studies = {size: written(Path(scratch, str(size)), size) for size in SIZES}
        runs = {
            size: [run("check", study) for _ in range(TURNS)] for size, study in studies.items()
        }
        read = [run("read", studies[SIZES[-1]]) for _ in range(TURNS)]
    seconds = {size: min(taken for taken, _ in each) for size, each in runs.items()}
    memory = {size: max(peak for _, peak in each) for size, each in runs.items()}
    for size in SIZES:
        print(f"{size:6} quotes   {seconds[size]:6.2f} s  {memory[size]:5.0f} MB")
    first, last = SIZES[0], SIZES[-1]
    exponent = math.log(seconds[last] / seconds[first]) / math.log(last / first)
    pandas = min(taken for taken, _ in read)
    print(f"exponent        {exponent:6.2f}            at most {EXPONENT}")
    print(f"pandas alone    {pandas:6.2f} s")
    print(f"times pandas    {seconds[last] / pandas:6.1f}            at most {PANDAS}")
    print(f"peak memory     {memory[last]:6.0f} MB         at most {MEMORY}")
    well = exponent <= EXPONENT and seconds[last] <= PANDAS * pandas and memory[last] <= MEMORY
    sys.exit(0 if well else 1)


def run(what: str, study: Path) -> tuple[float, float]:
    """Seconds of user time, and MB, of a process that does it."""
    command = [sys.executable, __file__, what, str(study)]
    seconds, peak = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return seconds, peak / (1024**2 if sys.platform == "darwin" else 1024)


def check(study: Path) -> Callable[[], None]:
    import report.check  # noqa: F401
    from report.cli import main as command

    def checked() -> None:
        sys.argv[1:] = ["check", "--study", str(study), "--quiet"]
        try:
            command()
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
    jobs = [row["profession"] for row in own["participants"] if row["session"] != "FG1"][:3]
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
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    action()
    after = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps([after.ru_utime - before, after.ru_maxrss]))


if __name__ == "__main__":
    if sys.argv[1:]:
        measured(sys.argv[1:])
    else:
        main()
