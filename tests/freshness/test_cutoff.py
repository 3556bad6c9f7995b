"""A document is rendered where something that it shows, or is made by, has changed; and nowhere
else."""

from collections.abc import Iterator

import pytest

from tests.freshness.conftest import ALL, Kept, Study, copied, kept
from tests.studies.broken_study import BASE


def test_the_first_build_makes_everything_and_the_second_nothing(built: Study) -> None:
    before = built.files()
    state = (built.root / ".report" / "state.json").stat().st_ino
    again = built.build()
    assert built.rendered() == frozenset()
    assert (again.artifacts, frozenset(again.fresh)) == ((), ALL)
    assert built.files() == before, "index.html and the manifest are left alone too"
    assert (built.root / ".report" / "state.json").stat().st_ino == state


def test_a_build_of_some_calls_those_fresh_that_were_asked_for(built: Study) -> None:
    assert built.build("lay").fresh == ("lay.en.html", "lay.en.pdf")
    assert built.build(to=("docx",)).fresh == ("journal.en.docx", "reviewer.en.docx")


def test_force_renders_all_that_is_asked_for(built: Study) -> None:
    before = built.contents()
    assert built.changed_by(force=True) == ALL
    assert built.contents() == before
    built.build("lay", force=True)
    assert built.rendered() == {"lay.en.html", "lay.en.pdf"}


# --- the study ----------------------------------------------------------------------------------

MARKED = {
    "a quote": ("data/quotes.csv", "A small lamp helps", "A ¤ lamp helps"),
    "a quote of one audience": (
        "data/text/lay/found.md", "A lamp helps", '{{ quote("Q2") }}\n\nA ¤ lamp helps',
    ),
    "the label of a code": ("data/codebook.yml", "label: Talk", "label: ¤"),
    "an explanation": ("data/glossary.yml", "a part of a hospital", "a ¤ of a hospital"),
    "the title": ("data/study.yml", "Invented: what helps", "Invented: what ¤ helps"),
    "an author's name": ("data/study.yml", "family: Example", "family: ¤"),
    "how people were recruited": ("data/study.yml", "how: a notice", "how: a ¤"),
    "a finding": ("data/text/findings/talk.md", "{{", "They say ¤.\n\n{{"),
    "a line of the briefing": ("data/text/briefing/done.md", "We asked", "By ¤ we asked"),
    "a work that is cited": ("data/references.bib", "Using thematic", "Using ¤ thematic"),
    "a value of a participant": ("data/participants.csv", "P2,FG2,South", "P2,FG2,¤"),
    "a theme": ("data/codebook.yml", "label: At night", "label: At ¤"),
}  # fmt: skip
"""What is changed, and a word in it that documents show, or do not."""


@pytest.fixture(scope="module")
def marked_build(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """The study with a word of its own in each of the places, built."""
    with copied(BASE, tmp_path_factory.mktemp("marked")) as study:
        for place, (path, old, new) in MARKED.items():
            study.edit(path, old, new.replace("¤", _word(place)))
        study.build()
    return kept(study, tmp_path_factory.mktemp("kept"))


@pytest.fixture
def marked(marked_build: Kept) -> Iterator[Study]:
    """The same for each test."""
    with marked_build.again() as study:
        yield study


def _word(place: str) -> str:
    """No such word is a part of another."""
    return f"Rubel{''.join(filter(str.isalpha, place))}lebur"


@pytest.mark.parametrize("place", MARKED)
def test_what_shows_it_is_rendered_and_nothing_else(marked: Study, place: str) -> None:
    """Who shows it is read from the finished files."""
    showing = marked.showing(_word(place))
    assert showing
    marked.edit(MARKED[place][0], _word(place), "Tolvmaning")
    assert marked.changed_by() == showing
    assert marked.showing("Tolvmaning") == showing
