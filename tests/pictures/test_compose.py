"""Where audiences have pictures, in which words, and what is said of them."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from report.check import Checked, check
from report.compose.pictures import assets, drawn
from report.config import example, settings
from report.model.blocks import blocks
from report.model.catalogue import Domain
from report.model.diagnostic import Severity
from report.model.drawing import content
from report.translate.messages import shown

from .conftest import SVG, png

Check = Callable[..., Checked]


def audiences(study: Path, text: str) -> None:
    (study / "data" / "audiences.yml").write_text(text, "utf-8")


def told(checked: Checked) -> list[str]:
    return [d.code for d in checked.diagnostics if d.severity is not Severity.NOTE]


def test_a_picture_is_shown_with_its_words_escaped(checked: Check) -> None:
    made = checked("lay")
    assert told(made) == []
    document = made.documents["lay.en"]
    assert (
        '::: {.picture}\n![](lay.en_files/picture-1){fig-alt="A lamp, lit\\*"}\n:::'
    ) in document.text
    assert '![](lay.en_files/picture-2.png){fig-alt="A bed"}' in document.text
    assert document.assets["lay.en_files/picture-1.svg"] == SVG.encode()
    assert document.assets["lay.en_files/picture-2.png"] == png()


def test_what_files_are_called_stays_here(checked: Check) -> None:
    document = checked("lay").documents["lay.en"]
    assert not any("lamp" in path or "bed" in path for path in document.assets)
    assert "lamp.svg" not in document.text


def test_other_audiences_have_none(study: Path, checked: Check) -> None:
    shutil.copy(study / "data" / "text" / "lay" / "why.md", study / "data" / "text" / "briefing")
    made = checked("briefing")
    assert told(made) == []
    document = made.documents["briefing.en"]
    assert "Beside the lamp." in document.text
    assert ".picture" not in document.text
    assert re.findall(r"!\[.*#(fig-[a-z]+)", document.text) == ["fig-people"]
    assert not any("picture" in path for path in document.assets)


def test_a_study_may_say_which_audiences_have_pictures(study: Path, checked: Check) -> None:
    shutil.copy(study / "data" / "text" / "lay" / "why.md", study / "data" / "text" / "briefing")
    audiences(study, "audiences:\n  briefing: {pictures: true}\n  lay: {pictures: false}\n")
    documents = checked().documents
    assert "briefing.en_files/picture-1" in documents["briefing.en"].text
    assert ".picture" not in documents["lay.en"].text


def test_a_picture_that_is_not_there_is_told_wherever_a_text_asks(
    study: Path, checked: Check
) -> None:
    text = study / "data" / "text" / "limitations.md"
    text.write_text('{{ picture("lamb") }}\n', "utf-8")
    (problem,) = [d for d in checked().diagnostics if d.code == "unknown-picture"]
    assert (str(problem.location), problem.hint) == (
        "data/text/limitations.md:1:13",
        "did you mean lamp?",
    )


def test_a_picture_stands_in_a_paragraph_of_its_own(study: Path, checked: Check) -> None:
    text = study / "data" / "text" / "lay" / "done.md"
    text.write_text('They slept. {{ picture("lamp") }}\n', "utf-8")
    assert told(checked("lay")) == ["not-alone"]


@pytest.mark.parametrize(("wanted", "codes"), [("true", ["unused-picture"]), ("false", [])])
def test_an_unused_picture_is_told_of_where_somebody_has_pictures(
    study: Path, checked: Check, wanted: str, codes: list[str]
) -> None:
    audiences(study, f"audiences:\n  lay: {{pictures: {wanted}}}\n")
    text = study / "data" / "text" / "lay" / "why.md"
    text.write_text('{{ picture("lamp") }}\n\nTo sleep.\n', "utf-8")
    made = checked()
    assert told(made) == codes
    assert [str(d.location) for d in made.diagnostics if d.code in codes] == [
        "data/pictures.csv:3:1" for _ in codes
    ]
    # Some documents alone tell nothing of what others show.
    assert told(checked("journal")) == []


def test_where_pictures_are_from_is_said_at_the_end(study: Path, checked: Check) -> None:
    assert "Pictures: Ada Draws, CC0 1.0." in checked("lay").documents["lay.en"].text
    table = study / "data" / "pictures.csv"
    table.write_text(table.read_text().replace("A bed,,", "A bed,Bo Draws*,"))
    assert "Pictures: Ada Draws, CC0 1.0; Bo Draws\\*." in checked("lay").documents["lay.en"].text
    table.write_text(table.read_text().replace("Ada Draws", "").replace("Bo Draws*", ""))
    assert "Pictures:" not in checked("lay").documents["lay.en"].text


def test_a_picture_is_no_message_and_its_words_are() -> None:
    text = '{{ picture("lamp") }}\n\nWords.\n'
    assert [block.text for block in blocks(text) if block.text] == ["Words."]
    made = check(settings(example()), ["lay"], spoken=["nn"])
    said = {wanted.message.text for wanted in shown(made, "nn", Domain.STUDY)}
    assert made.study
    assert {picture.alt for picture in made.study.pictures} <= said
    assert not any("picture(" in text for text in said)


@pytest.mark.parametrize(
    ("language", "alt"),
    [
        ("en", "Two people talk with each other"),
        ("nb", "To mennesker snakker med hverandre"),
        ("nn", "To menneske snakkar med kvarandre"),
    ],
)
def test_the_words_are_in_the_language_of_the_document(language: str, alt: str) -> None:
    made = check(settings(example()), ["lay"], spoken=[language])
    assert f'fig-alt="{alt}"' in made.documents[f"lay.{language}"].text


def test_a_name_in_a_picture_is_told_at_its_file(study: Path, checked: Check) -> None:
    key = study / "private" / "key.csv"
    key.parent.mkdir()
    key.write_text("participant,name\nN1,Zenobia Quillfeather\n")
    drawn = SVG.replace("<circle", "<metadata>Zenobia Quillfeather</metadata><circle")
    (study / "data" / "pictures" / "lamp.svg").write_text(drawn)
    leaks = [d for d in checked("lay").diagnostics if d.code == "leak"]
    assert {d.location.path for d in leaks} == {"data/pictures/lamp.svg"}


def test_a_drawing_becomes_the_same_png_each_time_without_its_metadata() -> None:
    drawing = SVG.replace("<circle", "<metadata>Zenobia Quillfeather</metadata><circle").encode()
    path, files = assets("lay.en_files/picture-1", "lamp.SVG", drawing, ["html", "docx"])
    assert path == "lay.en_files/picture-1"
    made = content(files[f"{path}.png"])
    assert made.startswith(b"\x89PNG")
    assert b"Zenobia" not in made
    assert int.from_bytes(made[16:20]) == int.from_bytes(made[20:24]) == 800
    drawn.cache_clear()
    assert content(assets("a", "lamp.SVG", drawing, ["jats"])[1]["a.png"]) == made
    assert assets("a", "lamp.SVG", drawing, ["html", "pdf"]) == ("a", {"a.svg": drawing})
