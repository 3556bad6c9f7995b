"""Works are put where they are cited, and a document without any does not wait for it."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from report import pandoc
from report.config import example, settings
from report.errors import RenderError
from report.model.document import Document
from report.renderers.builtin import renderer

BOOK = "{id: x, title: A book, type: book, author: [{family: Doe, given: Jo}], issued: 2020}"
FRONTS = (
    "bibliography: lay.en_files/references.bib",
    f"references:\n- {BOOK}",
    '"bibliography": lay.en_files/references.bib',
    "bibliography : lay.en_files/references.bib",
    f"---\n\n---\nreferences:\n- {BOOK}",
)
BIB = b"@book{x, title = {A book}, author = {Doe, Jo}, year = {2020}}"


def document(front: str, body: str) -> Document:
    text = (
        f"---\ntitle: T\ndate: 2024-09-02\nlang: en\nlook: lay\n{front}\n---\n\n# Why\n\n{body}\n"
    )
    return Document("lay.en", "lay", text, "en", "lay", 0, {"lay.en_files/references.bib": BIB})


@pytest.mark.parametrize("front", FRONTS)
def test_a_work_is_cited_wherever_it_stands(front: str) -> None:
    made = renderer(settings(example())).render(document(front, "As said [@x]."), "html")
    words = re.sub(r"<[^>]+>", "", made.content.decode())
    assert "As said (Doe 2020)." in " ".join(words.split())
    assert "Doe, Jo. 2020. A Book." in " ".join(words.split())


def test_works_that_nobody_cites_can_be_listed() -> None:
    front = f"{FRONTS[0]}\nnocite: '@*'"
    made = renderer(settings(example())).render(document(front, "So it is."), "html")
    assert "Doe, Jo. 2020." in " ".join(re.sub(r"<[^>]+>", "", made.content.decode()).split())


@pytest.mark.parametrize(
    "cites", ["[@y]", "@y", "*@y*", "a [see @y, p. 3]", "@{y}", r"\\@y", "-@y", "<^&#64;y|^-"]
)
@pytest.mark.parametrize("form", ["html", "pdf", "docx", "jats"])
def test_a_work_that_is_not_there_is_an_error(form: str, cites: str) -> None:
    with pytest.raises(RenderError, match="citation y not found"):
        renderer(settings(example())).render(document("", cites), form)


@pytest.mark.parametrize("form", ["html", "pdf", "docx", "jats"])
def test_without_works_the_file_is_the_same_and_nothing_is_cited(
    form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Sequence[str]] = []
    plain = document(
        "keywords: [bibliography]",
        "“bibliography: none”, ‘she’ said. See @sec-a.\n\n"
        "[a\\@b.no](mailto:a\\@b.no)\n\n# B {#sec-a}\n\n> So.",
    )
    builtin = renderer(settings(example()))
    made = builtin.render(plain, form)

    def citing(
        arguments: Sequence[str], content: bytes, *, folder: Path, **_: object
    ) -> tuple[bytes, str]:
        asked.append(arguments)
        at = next(i for i, each in enumerate(arguments) if "quotes.lua" in each)
        arguments = [*arguments[:at], "--citeproc", *arguments[at:]]
        environment = {"SOURCE_DATE_EPOCH": "0"}
        return convert(arguments, content, folder=folder, environment=environment)

    convert = pandoc.convert
    monkeypatch.setattr(pandoc, "convert", citing)
    monkeypatch.setattr(pandoc, "converted", citing)
    assert builtin.render(plain, form).content == made.content
    assert ["--citeproc" in arguments for arguments in asked] == [False]
