"""The throughput of one briefing for each of 300 recipients in two languages, as PDF, over that of
the bare pandoc and Typst calls on the same cores.

In one run and in turn: S, the time of a Python that only imports what a build imports; the bare
calls for a sample of the documents; the whole command for all of them, figures and gate included.
Printed are the documents a second of both, and their ratio. Another number of recipients can be
given: python -m benchmarks.recipients 60.
"""

import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.build import IMPORTS, NOTES, ROOT, note_calls, run, timed

RECIPIENTS = 300
SAMPLE = 20  # recipients
TURNS = 3
LIMIT = 0.85


def main(count: int) -> None:
    starts, bares, builds = [], [], []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        study = folder / "study"
        write(study, count)
        sample = [f"briefing.{name(n)}.{code}.pdf" for n in range(SAMPLE) for code in ("en", "nb")]
        calls = note_calls(folder, study, sample)
        for _ in range(TURNS):
            starts.append(timed(lambda: run([sys.executable, "-c", IMPORTS])))
            notes = str(folder / NOTES)
            bares.append(calls / float(run([sys.executable, "-m", "benchmarks.build", notes])))
            shutil.rmtree(study / "_output", ignore_errors=True)
            shutil.rmtree(study / ".report", ignore_errors=True)
            command = [sys.executable, "-m", "report", "build", "--study", str(study)]
            taken = timed(lambda: run([*command, "--audience", "briefing", "--quiet"]))  # noqa: B023
            builds.append(2 * count / (taken - starts[-1]))
    share = statistics.median(built / bare for built, bare in zip(builds, bares, strict=True))
    print(f"S, the imports alone     {statistics.median(starts):6.2f} s")
    print(f"bare pandoc and Typst    {statistics.median(bares):6.2f} documents a second")
    print(f"report build             {statistics.median(builds):6.2f} documents a second")
    print(f"its share                {share:6.0%}   at least {LIMIT:.0%}, {2 * count} documents")
    sys.exit(0 if share >= LIMIT else 1)


def name(number: int) -> str:
    return f"recipient-{number}"


def write(study: Path, count: int) -> None:
    """The example study with that many recipients of its briefing."""
    shutil.copytree(ROOT / "data", study / "data")
    rows = [f"{name(n)},Organisation {n},Contact {n}\n" for n in range(count)]
    table = "recipient,organisation,contact\n" + "".join(rows)
    (study / "data" / "recipients.csv").write_text(table, "utf-8")
    file = study / "data" / "audiences.yml"
    text = file.read_text("utf-8")
    before = "  briefing:\n    languages: [en, nb, nn]\n"
    assert text.count(before) == 1
    wish = "  briefing:\n    each: recipients\n    formats: [pdf]\n    languages: [en, nb]\n"
    file.write_text(text.replace(before, wish), "utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else RECIPIENTS)
