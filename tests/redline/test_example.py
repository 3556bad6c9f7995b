"""Whole documents, of each look, with edits all over them."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from report import redline
from report.model.document import Document
from report.redline import word
from tests.built import Built
from tests.redline import office, tracked, untracked
from tests.redline.made import EPOCH, MARKING, RENDERER

NAMES = {
    "journal.en": "manuscript", "reviewer.en": "review", "briefing.nb": "briefing", "lay.nn": "lay"
}  # fmt: skip


def composed(folder: Path, name: str) -> Document:
    files = [file for file in (folder / f"{name}_files").rglob("*") if file.is_file()]
    assets = {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
    audience, language = name.split(".")
    text = (folder / f"{name}.qmd").read_text("utf-8")
    return Document(name, audience, text, language, NAMES[name], EPOCH, assets)


def edited(text: str) -> str:
    """A text with each fifth paragraph gone, each other fifth reworded, split, or added to; a row
    of each table gone."""
    text = re.sub(r"(\|:?-.*\n.*\n)\|.*\n", r"\1", text)
    head, body = text.split("\n---\n", 1)
    made = []
    for number, block in enumerate(body.split("\n\n")):
        if not re.match(r"[A-ZÆØÅ]", block):
            made.append(block)
            continue
        match number % 5:
            case 0:
                continue
            case 1:
                made.append(block.replace(" og ", " eller ").replace(" and ", " or "))
            case 2:
                made.append(re.sub(r"\. (?=[A-ZÆØÅ])", ".\n\n", block, count=1))
            case 3:
                made += [block, f"Here is another paragraph, which is number {number}."]
            case _:
                made.append(block)
    return re.sub(r"(title: '[^ ]+)", r"\1 anew", head, count=1) + "\n---\n" + "\n\n".join(made)


@pytest.mark.parametrize("name", ["journal.en", "reviewer.en"])
def test_in_word_all_edits_are_accepted_and_refused(name: str, composed_texts: Built) -> None:
    old = composed(composed_texts("example"), name)
    new = replace(old, text=edited(old.text))
    before, after = (RENDERER.render(d, "docx").content for d in (old, new))
    both = redline.render(old, new, "docx", RENDERER, MARKING).content
    assert tracked.marks(both) > 10
    assert tracked.shown(tracked.accepted(both)) == tracked.shown(after)
    assert tracked.shown(tracked.refused(both)) == tracked.shown(before)


@pytest.mark.parametrize("name", NAMES)
def test_on_a_page_all_edits_are_accepted_and_refused(name: str, composed_texts: Built) -> None:
    old = composed(composed_texts("example"), name)
    new = replace(old, text=edited(old.text))
    before, after = (RENDERER.render(d, "html").content for d in (old, new))
    both = redline.render(old, new, "html", RENDERER, MARKING).content
    assert untracked.shown(untracked.accepted(both)) == untracked.shown(after)
    assert untracked.shown(untracked.refused(both)) == untracked.shown(before)
    assert untracked.lost_anchors(both) == untracked.lost_anchors(after)


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", ["journal.en", "reviewer.en"])
def test_libreoffice_leaves_no_trace(name: str, composed_texts: Built, tmp_path: Path) -> None:
    old = composed(composed_texts("example"), name)
    new = replace(old, text=edited(old.text))
    files = {"old": old, "new": new}
    made = {n: RENDERER.render(d, "docx").content for n, d in files.items()}
    made["both"] = word.redlined(made["old"], made["new"], epoch=EPOCH)
    for called, content in made.items():
        (tmp_path / f"{called}.docx").write_bytes(content)
    was, now, both = (tmp_path / f"{called}.docx" for called in ("old", "new", "both"))
    orders = [(both, office.ACCEPT, "txt"), (both, office.REJECT, "txt")]
    office.settle([*orders, (was, "", "txt"), (now, "", "txt")], tmp_path)
    for command, single in ((office.ACCEPT, now), (office.REJECT, was)):
        said = office.result(both, command, "txt").read_text("utf-8-sig").splitlines()
        assert said == office.result(single, "", "txt").read_text("utf-8-sig").splitlines()
