"""Secrets planted in a study, a template, a look or the literature, on their way through the real
renderers: the gate finds each in every finished document that it came out in.

The composed text is not asked: this is about what the gate reads in the files.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from report.check import Target, check
from report.config import Settings, settings, templates
from report.gate import gate
from report.model.document import Artifact
from report.model.term import Term
from report.model.withheld import Name, Withheld, Words
from report.renderers import RENDERERS
from report.rendering import rendering
from tests.properties import hostile_study

QUOTE = "Nobody ever asked me whether the blue bicycle was mine to keep"
PART = "whether the blue bicycle was mine"
NAME = "Zenobia Quillfeather"
SECRET = f"{PART} {NAME}"
MANUSCRIPTS = ("journal", "reviewer")
BRIEF = ("briefing", "lay")
TEXTS = {"manuscripts": "conclusion", "briefing": "briefing/why", "lay": "lay/why"}


@dataclass(frozen=True)
class Site:
    """Where the secret is planted, and the audiences and formats in which it then must be found."""

    plant: Callable[[Path], None]
    audiences: tuple[str, ...] = (*MANUSCRIPTS, *BRIEF)
    formats: tuple[str, ...] = ("html", "pdf", "docx", "jats")


def in_file(path: str, old: str, new: str) -> Callable[[Path], None]:
    """In a file of the study, or in its own copy of a template of ours."""

    def plant(study: Path) -> None:
        file = study / path
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(templates() / Path(path).relative_to("templates"), file)
        text = file.read_text("utf-8")
        assert old in text, (path, old)
        file.write_text(text.replace(old, new, 1), "utf-8")

    return plant


def in_prose(text: str, *names: str) -> Callable[[Path], None]:
    """At the end of a text of each audience, or of those named."""

    def plant(study: Path) -> None:
        for name in names or TEXTS:
            file = study / "data" / "text" / f"{TEXTS[name]}.md"
            file.write_text(f"{file.read_text('utf-8').rstrip()}\n\n{text}\n", "utf-8")

    return plant


def together(*plants: Callable[[Path], None]) -> Callable[[Path], None]:
    def plant(study: Path) -> None:
        for one in plants:
            one(study)

    return plant


def below_front_matter(new: str) -> Callable[[Path], None]:
    """In the template of each audience."""

    def plant(study: Path) -> None:
        for name in ("journal", "briefing", "lay"):
            file = study / "templates" / name / "document.qmd.j2"
            file.parent.mkdir(parents=True)
            ours = (templates() / name / "document.qmd.j2").read_text("utf-8")
            before, fence, after = ours.rpartition("\n---\n")
            file.write_text(f"{before}{fence}{new}{after}", "utf-8")

    return plant


def in_reference(study: Path) -> None:
    """In the header of the Word documents that the manuscripts are modelled on."""
    from docx import Document

    folder = study / "templates" / "theme" / "docx"
    folder.mkdir(parents=True)
    for name in ("manuscript", "review"):
        document = Document(str(templates() / "theme" / "docx" / f"{name}.docx"))
        document.sections[0].header.paragraphs[0].text = SECRET
        document.save(str(folder / f"{name}.docx"))


STUDY, PARTIALS, THEME = "data/study.yml", "templates/partials", "templates/theme"
SITES = {
    "a paragraph": Site(in_prose(f"They said: {SECRET}.")),
    "words set apart": Site(
        in_prose("whether *the blue* **bicycle** was mine Zenobia *Quillfeather*")
    ),
    "a list": Site(in_prose(f"- one\n- {SECRET}")),
    "a table": Site(in_prose(f"| a | b |\n|---|---|\n| {PART} | {NAME} |")),
    "a heading": Site(in_prose(f"## {SECRET}")),
    "a footnote": Site(in_prose(f"Yes.[^1]\n\n[^1]: {SECRET}")),
    "an address": Site(in_prose(f"[Here](https://example.org/?q={SECRET.replace(' ', '-')})")),
    "a paragraph that is hyphenated": Site(
        in_prose("Considerably. " * 9 + SECRET + ". Considerably" * 30 + ".")
    ),
    "an alternative text": Site(
        together(
            in_file(
                f"{PARTIALS}/figure_speakers.md.j2", "Dots, the larger", f"{SECRET}, the larger"
            ),
            in_prose('{{ figure("speakers") }}', *BRIEF),
        )
    ),
    "the label of a sub-theme": Site(
        in_file("data/codebook.yml", "label: Accessing management directly", f"label: {SECRET}"),
        MANUSCRIPTS,
    ),
    "the title": Site(
        in_file(STUDY, 'title: "Empowered', f'title: "{SECRET} Empowered'), MANUSCRIPTS
    ),
    "a keyword": Site(in_file(STUDY, "  - co-production\n", f"  - {SECRET}\n"), MANUSCRIPTS),
    "the contact": Site(in_file(STUDY, "contact: {name: ", f"contact: {{name: {SECRET} "), BRIEF),
    "a work of the literature": Site(
        in_file("data/references.bib", "title = {", f"title = {{{SECRET} "), MANUSCRIPTS
    ),
    "a comment of a template": Site(below_front_matter(f"<!-- {SECRET} -->\n")),
    "an attribute of a template": Site(
        below_front_matter(f'::: {{.x title="{SECRET}"}}\n.\n:::\n'), formats=("html",)
    ),
    "the front matter": Site(
        in_file(f"{PARTIALS}/front_matter.yml.j2", "date-text:", f"subtitle: {SECRET}\ndate-text:"),
        MANUSCRIPTS,
    ),
    "a style sheet": Site(
        in_file(f"{THEME}/html/pieces.css", "", f'.x::after {{content: "{SECRET}"}}\n'),
        formats=("html",),
    ),
    "a page's template": Site(
        in_file(f"{THEME}/html/document.html", "</body>", f"<!-- {SECRET} --></body>"),
        formats=("html",),
    ),
    "a header of Word": Site(in_reference, MANUSCRIPTS, ("docx",)),
    "the information of a PDF": Site(
        in_file(
            f"{THEME}/typst/base.typ",
            "keywords: front.keywords",
            f'keywords: (..front.keywords, "{SECRET}")',
        ),
        formats=("pdf",),
    ),
    "an attribute of JATS": Site(
        in_file(f"{THEME}/jats/article.xml", "<article ", f'<article specific-use="{SECRET}" '),
        ("journal",),
        ("jats",),
    ),
}


def study_with(folder: Path, plant: Callable[[Path], None]) -> Settings:
    study = folder / "study"
    hostile_study.copy(study)
    hostile_study.in_english(study)
    plant(study)
    return settings(study)


def rendered(here: Settings, site: Site) -> dict[Target, tuple[Artifact, Withheld]]:
    """The documents that the secret must be in, with what they may not hold."""
    checked = check(here)
    assert checked.study
    assert not checked.failed, [str(d) for d in checked.diagnostics]
    targets = [
        target for target in checked.targets
        if target.variant.audience_name in site.audiences and target.format in site.formats
    ]  # fmt: skip
    with rendering(here, RENDERERS["builtin"](here)) as files:
        for target in targets:
            files.begin(target, checked.documents[target.variant.name])
        made, _ = files.finished(checked, lambda *_: None, lambda *_: None)
    return {
        target: (artifact, checked.withheld[target.variant]) for target, artifact in made.items()
    }


@cache
def secrets() -> Withheld:
    return Withheld(
        words=(Words("consent", "quote Q99", QUOTE),),
        names=(Name("key", "a name", Term(NAME, names=True)),),
    )


def found(target: Target, artifact: Artifact) -> set[str]:
    files = {target.name: artifact.content, **artifact.files}
    return {leak.message.partition(":")[0] for leak in gate(files, secrets())}


@pytest.mark.parametrize("name", SITES)
def test_the_gate_finds_what_was_planted(tmp_path: Path, name: str) -> None:
    site = SITES[name]
    made = rendered(study_with(tmp_path, site.plant), site)
    assert made
    for target, (artifact, _) in made.items():
        assert found(target, artifact) == {"consent", "key"}, target.name


def test_the_gate_finds_nothing_where_nothing_was_planted(tmp_path: Path) -> None:
    site = Site(lambda _: None)
    for target, (artifact, held) in rendered(study_with(tmp_path, site.plant), site).items():
        assert found(target, artifact) == set()
        assert gate({target.name: artifact.content, **artifact.files}, held) == ()


def test_canaries_are_many() -> None:
    """Each site counts once a secret, an audience and a format that its document comes in."""
    having = {
        "html": {"journal", *BRIEF},
        "pdf": {*MANUSCRIPTS, *BRIEF},
        "docx": {*MANUSCRIPTS},
        "jats": {"journal"},
    }
    count = sum(
        2
        for site in SITES.values()
        for audience in site.audiences
        for form in site.formats
        if audience in having[form]
    )
    assert count >= 200
