"""What a build promises, whatever happens to it."""

import hashlib
import json
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BASE = ROOT / "tests" / "studies" / "base"


def report(
    *arguments: object, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "report", *(str(argument) for argument in arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A copy of the smallest study, to do things to."""
    return Path(shutil.copytree(BASE, tmp_path / "study"))


def state(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def test_a_fifth_audience_is_a_folder(study: Path) -> None:
    folder = study / "templates" / "funder"
    folder.mkdir(parents=True)
    (folder / "audience.yml").write_text(
        "label: Report to the funder\ndescription: For the funder.\n"
        "theme: manuscript\nformats: [html, docx]\nattribution: stakeholder\n",
        "utf-8",
    )
    (folder / "document.qmd.j2").write_text(
        '---\n{% include "partials/front_matter.yml.j2" %}\n---\n\n# Who\n\n'
        "{{ participants | counted('person', 'people') }} spoke.\n\n"
        '{% include "partials/colophon.md.j2" %}\n',
        "utf-8",
    )
    done = report("build", "--study", study)
    assert done.returncode == 0, done.stderr
    assert "four people spoke" in (study / "_output" / "funder.en.html").read_text("utf-8")
    assert (study / "_output" / "funder.en.docx").is_file()
    assert "Report to the funder" in (study / "_output" / "index.html").read_text("utf-8")


def test_some_targets_can_be_built_and_the_others_stay(study: Path) -> None:
    assert report("build", "--study", study, "--audience", "lay", "--to", "html").returncode == 0
    assert (study / "_output" / "lay.en.html").is_file()
    done = report("build", "--study", study, "--audience", "briefing", "--to", "html")
    assert done.returncode == 0, done.stderr
    manifest = json.loads((study / "_output" / "manifest.json").read_text("utf-8"))
    assert list(manifest["artifacts"]) == ["briefing.en.html", "lay.en.html"]


def test_qmd_is_handed_over_with_its_pictures(study: Path) -> None:
    done = report("build", "--study", study, "--audience", "journal", "--to", "qmd")
    assert done.returncode == 0, done.stderr
    text = (study / "_output" / "journal.en.qmd").read_text("utf-8")
    assert "::: {#tbl-participants}" in text
    assert "](journal.en_files/speakers){#fig-speakers" in text
    assert (study / "_output" / "journal.en_files" / "speakers.svg").is_file()


def test_an_error_leaves_the_last_good_outputs(study: Path) -> None:
    assert report("build", "--study", study, "--to", "html").returncode == 0
    before = state(study / "_output")
    quotes = study / "data" / "quotes.csv"
    good = quotes.read_text("utf-8")
    quotes.write_text(good.replace("P1", "P9"), "utf-8")
    assert report("build", "--study", study, "--to", "html").returncode == 1
    assert state(study / "_output") == before


def test_a_renderer_that_fails_leaves_the_last_good_outputs(study: Path) -> None:
    assert report("build", "--study", study, "--audience", "lay").returncode == 0
    before = state(study / "_output")
    theme = study / "templates" / "theme" / "typst"
    theme.mkdir(parents=True)
    (theme / "lay.typ").write_text("#let theme = nothing\n", "utf-8")
    done = report("build", "--study", study, "--audience", "lay")
    assert done.returncode == 3
    assert done.stderr.startswith("error: lay.en.pdf: Typst refused it")
    assert "Traceback" not in done.stderr
    assert state(study / "_output") == before


def test_an_output_that_is_no_target_any_more_goes(study: Path) -> None:
    assert report("build", "--study", study, "--to", "html").returncode == 0
    mine = study / "_output" / "mine.html"
    mine.write_text("not yours", "utf-8")
    wishes = study / "data" / "audiences.yml"
    wishes.write_text("audiences:\n  lay: {used: false}\n", "utf-8")
    assert report("build", "--study", study).returncode == 0
    names = {p.name for p in (study / "_output").iterdir()}
    assert "lay.en.html" not in names
    assert {"mine.html", "journal.en.pdf"} <= names


def test_output_goes_where_it_is_told_to(study: Path, tmp_path: Path) -> None:
    done = report("build", "--study", study, "--output-dir", tmp_path / "out", "--to", "html",
                  "--quiet")  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "out" / "lay.en.html").is_file()
    assert not (study / "_output").exists()


def test_source_date_epoch_dates_the_documents(study: Path) -> None:
    environment = {"SOURCE_DATE_EPOCH": "1000000000"}
    done = report("build", "--study", study, "--audience", "lay", "--to", "html", env=environment)
    assert done.returncode == 0, done.stderr
    assert "9 September 2001" in (study / "_output" / "lay.en.html").read_text("utf-8")


def test_two_builds_at_once_do_not_mix(study: Path) -> None:
    command = [sys.executable, "-m", "report", "build", "--study", str(study), "--quiet"]
    one, other = (subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2))
    said = [process.communicate()[1] for process in (one, other)]
    codes = sorted([one.returncode, other.returncode])
    assert codes in ([0, 0], [0, 1])
    if codes == [0, 1]:
        assert "another" in "".join(said)
    manifest = json.loads((study / "_output" / "manifest.json").read_text("utf-8"))
    for name, entry in manifest["artifacts"].items():
        assert state(study / "_output")[name] == entry["sha256"]


def test_no_file_is_half_written_when_a_build_is_killed(study: Path) -> None:
    """Builds of two states of the study, killed at random moments: whole or as before."""
    output = study / "_output"
    why = study / "data" / "text" / "lay" / "why.md"
    texts = [why.read_text("utf-8"), f"{why.read_text('utf-8')}\nAnd that is why.\n"]
    good = []
    for text in texts:
        why.write_text(text, "utf-8")
        assert report("build", "--study", study, "--audience", "lay").returncode == 0
        good.append(state(output))
    assert good[0] != good[1]
    command = [sys.executable, "-m", "report", "build", "--study", str(study), "--audience", "lay"]
    randomly = random.Random(7)
    start = time.monotonic()
    report("build", "--study", study, "--audience", "lay", "--force")
    whole = time.monotonic() - start
    killed = 0
    for turn in range(30):
        why.write_text(texts[turn % 2], "utf-8")
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(randomly.uniform(0.3, 1.0) * whole)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            killed += 1
        if not (output / ".staging").exists():
            assert state(output) in good
        if killed > 3:
            break
    assert killed > 3
    why.write_text(texts[0], "utf-8")
    assert report("build", "--study", study, "--audience", "lay").returncode == 0
    assert state(output) == good[0]


NUMERIC = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
  <info><title>Numbers</title><id>numbers</id><updated>2024-01-01T00:00:00Z</updated></info>
  <citation><layout prefix="«" suffix="»" delimiter=","><text variable="citation-number"/></layout>
  </citation>
  <bibliography><layout><text variable="citation-number" suffix=". "/><text variable="title"/>
  </layout></bibliography>
</style>
"""


def test_a_study_cites_in_a_style_of_its_own(study: Path) -> None:
    (study / "data" / "numbers.csl").write_text(NUMERIC, "utf-8")
    facts = study / "data" / "study.yml"
    facts.write_text(facts.read_text("utf-8") + "\ncitation_style: numbers.csl\n", "utf-8")
    text = study / "data" / "text" / "introduction.md"
    text.write_text("Others have listened [@braun2006].\n", "utf-8")
    done = report("build", "--study", study, "--audience", "journal")
    assert done.returncode == 0, done.stderr
    page = (study / "_output" / "journal.en.html").read_text("utf-8")
    assert re.search(r"listened <span[^>]*>«<a [^>]*>1</a>»</span>", page)
    assert "2006)" not in page


@pytest.mark.parametrize("command", ["check", "build"])
def test_the_next_command_settles_what_a_killed_build_left(study: Path, command: str) -> None:
    staging = study / "_output" / ".staging" / "new"
    staging.mkdir(parents=True)
    (staging / "lay.en.html").write_text("half", "utf-8")
    assert report(command, "--study", study).returncode == 0
    assert not (study / "_output" / ".staging").exists()
    assert (study / "_output" / "lay.en.html").is_file() == (command == "build")


def test_notes_of_two_texts_do_not_mix(study: Path) -> None:
    texts = study / "data" / "text"
    (texts / "introduction.md").write_text("One[^1].\n\n[^1]: First note.\n", "utf-8")
    (texts / "discussion.md").write_text("Two[^1].\n\n[^1]: Second note.\n", "utf-8")
    done = report("build", "--study", study, "--audience", "journal", "--to", "html")
    assert (done.returncode, done.stderr) == (0, "")
    page = (study / "_output" / "journal.en.html").read_text("utf-8")
    assert page.index("First note.") < page.index("Second note.")
