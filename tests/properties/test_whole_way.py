"""Hostile texts in every place of a study come out of every format as they went in."""

import itertools
import random
import re
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from unicodedata import combining

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lxml import html

from report.build import Built, build
from report.config import settings as settings_of
from report.config import templates
from report.fonts import coverage
from report.model.diagnostic import Severity
from tests.build import reading
from tests.properties import hostile_study
from tests.properties.hostile import LANGUAGES, MARKUP, UNSEEN

READERS: dict[str, Callable[[Path], str]] = {
    "html": reading.web,
    "docx": reading.docx,
    "pdf": reading.pdf,
    "xml": reading.jats,
}
KNOWN = (*MARKUP, *LANGUAGES, *UNSEEN, "x" * 200)
COVERED = coverage((templates() / "theme",))
# A PDF's text tells a rare pile of accents more than once: those of LANGUAGES it has as they are.
# A first letter may become a capital.
PRINTABLE = [
    c for c in sorted(COVERED) if c.isprintable() and not combining(c) and set(c.upper()) <= COVERED
]
HARMLESS_LINKS = re.compile(r"#|mailto:krbaa@hvl\.no$|https://(?!x\.)")


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_known_to_be_hostile(seed: int) -> None:
    texts = list(KNOWN)
    random.Random(seed).shuffle(texts)
    comes_out_as_it_went_in(texts, ["journal", "lay"])


@settings(max_examples=3, deadline=None, database=None, phases=[Phase.generate])
@given(st.lists(st.text(PRINTABLE, min_size=1, max_size=12), min_size=20, max_size=50))
def test_anything_that_can_be_printed(texts: list[str]) -> None:
    comes_out_as_it_went_in([text for text in texts if text.strip()] or ["x"], ["journal"])


def comes_out_as_it_went_in(
    texts: Sequence[str],
    audiences: Sequence[str],
    renderer: str = "builtin",
    acts: Callable[[Path], None] | None = None,
) -> None:
    """A study of these texts, built for the audiences, shows each just so; `acts` raises where
    something in a page does something."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "study"
        written = hostile_study.write(root, itertools.cycle(texts))
        built = build(settings_of(root, renderer=renderer), audiences)
        assert not built.failed, built.diagnostics
        for file in sorted((root / "_output").glob("*.en.*")):
            if reader := READERS.get(file.suffix[1:]):
                shown = bare(reader(file))
                here = [t for n, t in enumerate(written) if f"q{n}q" in shown]
                assert len(here) > (100 if "journal" in file.name else 10), "too few are shown"
                for text in here:
                    # A row of a table may go on on the next page, below its head.
                    whole = text.split() if file.suffix == ".pdf" else [text]
                    assert all(pattern(part).search(shown) for part in whole), (file.name, text)
            if file.suffix == ".html":
                (acts or nothing_acts)(file)


def bare(text: str) -> str:
    """Without white space and capitals, with one kind of quotation mark and of line-end hyphen; and
    without the sign that asks for no emoji, which pandoc writes after ↔ in HTML."""
    text = re.sub('["“”‘’]', "'", text.casefold())
    return re.sub(r"[\s\u00ad\ufe0e]", "", re.sub("[\x02\ufffe]", "\x02", text))


def pattern(text: str) -> re.Pattern[str]:
    """The text, its words broken at the ends of lines or not."""
    return re.compile("\x02?".join("[-\x02]" if c == "-" else re.escape(c) for c in bare(text)))


def nothing_acts(file: Path) -> None:
    page = html.fromstring(file.read_bytes())
    assert not page.xpath("//script | //iframe | //math | //code | //del | //b | //@onclick")
    assert not [link for link in page.xpath("//@href") if not HARMLESS_LINKS.match(link)]
    assert not [image for image in page.xpath("//@src") if not image.startswith("data:")]


def built_with(folder: Path, file: str, old: str, new: str) -> Built:
    """The example study's lay documents with a change in one of its files."""
    hostile_study.copy(folder)
    hostile_study.in_english(folder)
    text = (folder / "data" / file).read_text("utf-8")
    assert old in text
    (folder / "data" / file).write_text(text.replace(old, new, 1), "utf-8")
    return build(settings_of(folder, None), ["journal"], ["pdf"])


PLACES = {
    "quotes.csv": "PWs help us",
    "participants.csv": "Manager",
    "codebook.yml": "Empowered co-production roles",
    "study.yml": "Empowered service users",
    "references.bib": "Public Values",
    "text/introduction.md": "Public services depend",
}


@pytest.mark.parametrize("file", PLACES)
@pytest.mark.parametrize("character", ["😀", "中", "\ufeff"])
def test_a_character_that_no_font_has_is_named_with_its_place(
    tmp_path: Path, file: str, character: str
) -> None:
    built = built_with(tmp_path / "s", file, PLACES[file], f"{character}{PLACES[file]}")
    told = [d for d in built.diagnostics if d.code == "missing-glyph"]
    assert {d.location.path for d in told} == {f"data/{file}"}
    assert f"U+{ord(character):04X}" in told[0].message
    assert all(d.location.line for d in told)
    assert built.failed
    assert not list((tmp_path / "s").rglob("*.pdf"))


@pytest.mark.parametrize("file", PLACES)
def test_a_control_character_is_an_error_with_its_place(tmp_path: Path, file: str) -> None:
    built = built_with(tmp_path / "s", file, PLACES[file], f"\x07{PLACES[file]}")
    errors = [d for d in built.diagnostics if d.severity is Severity.ERROR]
    assert {d.location.path for d in errors if d.location.line} == {f"data/{file}"}
    assert built.failed


@pytest.mark.parametrize("escape", [r"\0", r"\a", r"\u0085", r"\ud800", r"\uffff"])
def test_a_control_character_that_yaml_escapes(tmp_path: Path, escape: str) -> None:
    title = 'title: "Empowered'
    built = built_with(tmp_path / "s", "study.yml", title, f'title: "{escape}Empowered')
    assert built.failed == (escape != r"\u0085")  # which is white space


def test_a_bibliography_does_nothing(tmp_path: Path) -> None:
    """LaTeX is what BibTeX is written in, but it reads no file and makes no element."""
    copied = (
        r"<script>x</script> \textbf{bold} \# $x$ \input{/etc/passwd} \write18{ls} @x {{ 7*7 }}"
    )
    old, new = "Public Values? {A}", f"{copied} Public Values? {{A}}"
    folder = tmp_path / "s"
    hostile_study.copy(folder)
    hostile_study.in_english(folder)
    file = folder / "data" / "references.bib"
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    built = build(settings_of(folder, None), ["journal"], ["html", "docx", "jats"])
    assert not built.failed, built.diagnostics
    for name in built.artifacts:
        shown = READERS[name.rpartition(".")[2]](folder / "_output" / name)
        assert "<script>x</script>" in shown.casefold()
        assert "{{ 7*7 }}" in shown or "7*7" in shown
        assert "root:" not in shown
    page = html.fromstring((folder / "_output" / "journal.en.html").read_bytes())
    assert not page.xpath("//script")
