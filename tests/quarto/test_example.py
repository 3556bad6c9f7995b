"""A real Quarto makes the documents that pandoc and Typst make."""

import json
from pathlib import Path

import pytest

from tests.quarto import reading

pytestmark = pytest.mark.quarto

READ = {
    "html": reading.web,
    "pdf": reading.vocabulary,
    "docx": reading.word,
    "jats.xml": reading.article,
}
AUDIENCES = ("journal", "reviewer", "briefing", "lay")


NOTES = ("1withstresscodeandalink", "2firstsecond")


def test_every_document_is_made_and_says_by_whom(both: dict[str, Path]) -> None:
    names = [{p.name for p in folder.iterdir() if p.is_file()} for folder in both.values()]
    assert names[0] == names[1]
    manifest = json.loads((both["quarto"] / "manifest.json").read_text("utf-8"))
    for entry in manifest["artifacts"].values():
        assert entry["renderer"] == "quarto"
        assert {"report", "quarto"} <= entry["tools"].keys()
        assert "pandoc" not in entry["tools"]
    assert manifest["diagnostics"] == []


@pytest.mark.parametrize("audience", ["journal", "briefing", "lay"])
def test_web_pages_say_the_same(audience: str, both: dict[str, Path]) -> None:
    ours, theirs = (reading.web(folder / f"{audience}.en.html") for folder in both.values())
    assert len(ours) > 4000
    assert theirs == ours


@pytest.mark.parametrize("audience", ["journal", "briefing", "lay"])
def test_title_blocks_of_web_pages_lose_nothing_but_addresses(
    audience: str, both: dict[str, Path]
) -> None:
    ours, theirs = (reading.title_block(folder / f"{audience}.en.html") for folder in both.values())
    behind_signs = {"ORCID", "Corresponding", "author"}  # and the addresses themselves
    lost = set(ours.split()) - set(theirs.split()) - behind_signs
    assert {word for word in lost if "@" not in word and not word.startswith("0000-")} == set()


@pytest.mark.parametrize("audience", AUDIENCES)
def test_pdfs_say_the_same(audience: str, both: dict[str, Path]) -> None:
    ours, theirs = (reading.page(folder / f"{audience}.en.pdf") for folder in both.values())
    assert len(ours) > 3000
    assert theirs == ours


@pytest.mark.parametrize("audience", ["journal", "reviewer"])
def test_word_files_say_the_same_in_the_same_styles(audience: str, both: dict[str, Path]) -> None:
    ours, theirs = (reading.word(folder / f"{audience}.en.docx") for folder in both.values())
    assert len(ours) > 300
    assert theirs == ours


def test_jats_says_the_same(both: dict[str, Path]) -> None:
    ours, theirs = (reading.article(folder / "journal.en.jats.xml") for folder in both.values())
    assert len(ours) > 40000
    assert theirs == ours


def test_the_same_bytes_come_out_again(both: dict[str, Path], tmp_path: Path) -> None:
    from tests.quarto.conftest import ROOT, report

    report(
        "build", "--study", ROOT, "--renderer", "quarto", "--audience", "lay",
        "--output-dir", tmp_path,
    )  # fmt: skip
    for name in ("lay.en.html", "lay.en.pdf"):
        assert (tmp_path / name).read_bytes() == (both["quarto"] / name).read_bytes()


def test_another_study_says_the_same_in_every_format(others: dict[str, Path]) -> None:
    ours, theirs = others.values()
    names = {file.name for file in ours.iterdir() if file.is_file()}
    assert names == {file.name for file in theirs.iterdir() if file.is_file()}
    for name in sorted(names - {"index.html", "manifest.json", "ro-crate-metadata.json"}):
        read = READ[name.split(".", 2)[2]]
        assert read(theirs / name) == read(ours / name), name


def test_notes_stand_on_both_pages(others: dict[str, Path]) -> None:
    for folder in others.values():
        text = reading.page(folder / "journal.en.pdf")
        assert [text.count(note) for note in NOTES] == [1, 1]


def test_a_name_keeps_its_braces(others: dict[str, Path]) -> None:
    name = "Made{up and Jr."
    for folder in others.values():
        assert name in reading.title_block(folder / "journal.en.html")
        assert "".join(name.split()) in reading.article(folder / "journal.en.jats.xml")
