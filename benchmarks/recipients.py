"""How many briefings a minute a build makes, of what bare pandoc and Typst make of the same.

The example study with 300 recipients, each with a PDF in two languages. In one run: the bare calls
for a hundred of the documents, one of pandoc and one of Typst for each, two documents at a time;
the whole command; the bare calls once more. Printed are documents a second, and the build's share
of the bare calls'. Another number of recipients can be given as an argument.
"""

import csv
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.build import NOTES, ROOT, note_calls, run, timed

RECIPIENTS = 300
SAMPLE = 100
SHARE = 0.85
AUDIENCES = """\
audiences:
  briefing:
    formats: [pdf]
    languages: [en, nb]
    each: recipients
"""


def main(recipients: int) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        study = folder / "study"
        shutil.copytree(ROOT / "data", study / "data")
        names = written(study, recipients)
        command = [sys.executable, "-m", "report", "build", "--audience", "briefing"]
        command += ["--study", str(study), "--jobs", "2", "--quiet"]
        sample = names[:: max(len(names) // SAMPLE, 1)]
        note_calls(folder, study, sample)
        calls = [sys.executable, "-m", "benchmarks.build", str(folder / NOTES)]
        before = float(run(calls))
        build = timed(lambda: run(command))
        after = float(run(calls))
        made = sorted(file.name for file in (study / "_output").glob("briefing.*.pdf"))
        assert made == sorted(names)
    bare = 2 * len(sample) / (before + after)
    whole = len(names) / build
    print(f"bare pandoc and Typst    {bare:6.2f} documents a second, {len(sample)} of them")
    print(f"report build             {whole:6.2f} documents a second, all {len(names)}")
    print(f"its share                {whole / bare:6.1%}   at least {SHARE:.0%}")
    sys.exit(0 if whole >= SHARE * bare else 1)


def written(study: Path, recipients: int) -> list[str]:
    """The names of the documents of a study with so many recipients."""
    ids = [f"org-{number:04}" for number in range(recipients)]
    with (study / "data" / "recipients.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["recipient", "organisation", "contact"])
        rows.writerows([each, f"Organisation of number {each[4:]}", ""] for each in ids)
    (study / "data" / "audiences.yml").write_text(AUDIENCES, "utf-8")
    return [f"briefing.{each}.{language}.pdf" for each in ids for language in ("en", "nb")]


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else RECIPIENTS)
