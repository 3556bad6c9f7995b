"""Whatever was changed, built and spoilt before, a build of everything is like a first one."""

import shutil
import tempfile
from pathlib import Path

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from report.build import build
from report.config import settings, templates
from tests.freshness.conftest import Study, clean
from tests.studies.broken_study import BASE

CSS = (templates() / "theme" / "html" / "base.css").read_text("utf-8")
VERSIONS = {
    "data/text/lay/why.md": ("To sleep well.", "So to sleep.", '{{ quote("Q2") }}'),
    "data/text/findings/talk.md": ('{{ quote("Q3") }}', 'Dark.\n\n{{ quote("Q3") }}'),
    "data/audiences.yml": tuple(
        f"audiences:\n  reviewer: {{used: false}}\n  briefing: {{formats: [html]}}\n{others}"
        for others in (
            "  journal: {formats: [html, jats]}\n  lay: {formats: [html]}\n",
            "  journal: {formats: [jats, docx]}\n  lay: {formats: [html]}\n",
            "  journal: {formats: [html]}\n  lay: {used: false}\n",
        )
    ),
    "data/participants.csv": tuple(
        f"participant,session,ward,withdrawn\nN1,FG1,North,\nN2,FG1,South,{when}\nP1,FG2,North,\n"
        "P2,FG2,South,\n"
        for when in ("", "2024-04-01")
    ),
    "templates/theme/html/base.css": (CSS, CSS + "p { color: #111 }\n"),
}
"""Files of the study, and what they may say."""

EDITS = st.sampled_from(
    [("edit", path, text) for path, texts in VERSIONS.items() for text in texts]
)
BUILDS = st.sampled_from(
    [
        *(("build", "", form) for form in ("html", "docx", "jats", "qmd")),
        *(("build", name, "") for name in ("journal", "lay", "briefing")),
        ("build", "", ""),
    ]
)
SPOILS = st.sampled_from(
    [("spoil", name, "") for name in ("lay.en.html", "journal.en.html", "index.html")]
    + [("forget", "", "")]
)


@pytest.mark.usefixtures("study")  # which counts what is rendered, and renders it once
@hypothesis.settings(
    phases=[Phase.generate],
    max_examples=7,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # the fixture only counts
)
@given(steps=st.lists(st.one_of(EDITS, BUILDS, SPOILS), min_size=2, max_size=8))
def test_the_last_build_is_as_the_first(steps: list[tuple[str, str, str]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        mine = Study(Path(shutil.copytree(BASE, Path(place, "study"))))
        mine.write("data/audiences.yml", VERSIONS["data/audiences.yml"][0])
        for what, name, text in steps:
            match what:
                case "edit":
                    mine.write(name, text)
                case "build" if name == "lay" and "lay: {used" in _wishes(mine):
                    continue
                case "build":  # which refuses where what it leaves behind tells of who withdrew
                    here = settings(mine.root, environment={})
                    build(here, tuple(filter(None, [name])), tuple(filter(None, [text])))
                case "spoil" if (mine.output / name).exists():
                    mine.write(f"_output/{name}", "spoilt")
                case _:
                    shutil.rmtree(mine.root / ".report", ignore_errors=True)
        mine.build()
        made = mine.contents()
        # Sources for Quarto stay where they were asked for, and are as new as all else.
        sources = {n.partition(".")[0] for n in made if n.endswith(".qmd")}
        fresh = clean(mine, Path(place, "clean"), sources=sources)
        assert made == fresh
        assert set(mine.status().values()) <= {"up to date"}


def _wishes(study: Study) -> str:
    return (study.root / "data" / "audiences.yml").read_text("utf-8")
