"""What happened to the output folder since is noticed, and made good."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from report.build import build
from report.config import settings
from report.errors import ReportError, UsageError
from tests.freshness.conftest import ALL, Study, clean


def _link(file: Path) -> None:
    """A link to the same bytes: handed out, it would lead nowhere."""
    aside = file.with_name("aside")
    file.rename(aside)
    file.symlink_to(aside)


def _to_dangle(file: Path) -> None:
    file.unlink()
    file.symlink_to("nowhere")


SPOILT: dict[str, Callable[[Path], object]] = {
    "edited": lambda file: file.write_bytes(file.read_bytes() + b"by hand"),
    "cut off": lambda file: file.write_bytes(file.read_bytes()[:-100]),
    "emptied": lambda file: file.write_bytes(b""),
    "deleted": Path.unlink,
    "a link": _link,
    "a link to nowhere": _to_dangle,
}


@pytest.mark.parametrize("how", SPOILT)
@pytest.mark.parametrize("name", ["lay.en.html", "journal.en.jats.xml"])
def test_a_spoilt_document_is_made_anew(built: Study, how: str, name: str) -> None:
    before = built.contents()
    SPOILT[how](built.output / name)
    said = {name for name, status in built.status().items() if status != "up to date"}
    assert said == {name}
    assert built.changed_by() == {name}
    (built.output / "aside").unlink(missing_ok=True)
    assert built.contents() == before
    assert not (built.output / name).is_symlink()
    assert set(built.status().values()) == {"up to date"}


@pytest.mark.parametrize("how", SPOILT)
def test_a_spoilt_picture_beside_an_article(built: Study, how: str) -> None:
    before = built.contents()
    picture = next(file for file in built.output.glob("journal.en_files/*"))
    SPOILT[how](picture)
    assert built.changed_by() == {"journal.en.jats.xml"}
    picture.with_name("aside").unlink(missing_ok=True)
    assert built.contents() == before


@pytest.mark.parametrize("how", SPOILT)
def test_a_spoilt_list_of_the_documents(built: Study, how: str) -> None:
    before = built.contents()
    SPOILT[how](built.output / "index.html")
    assert built.changed_by() == frozenset()
    (built.output / "aside").unlink(missing_ok=True)
    assert built.contents() == before


def test_a_folder_in_a_documents_place_is_told_and_nothing_else_touched(built: Study) -> None:
    before = built.files()
    (built.output / "lay.en.html").unlink()
    (built.output / "lay.en.html").mkdir()
    built.edit("data/text/briefing/done.md", "We asked", "So we asked")
    with pytest.raises(ReportError, match=r"lay\.en\.html: a folder lies in its place"):
        built.build()
    del before["lay.en.html"]
    assert built.files() == before
    (built.output / "lay.en.html").rmdir()
    built.build()
    assert built.contents() == clean(built, built.root.parent / "clean")


DAMAGED = {
    "empty": b"",
    "cut off": b'{"artifacts": {"journal.en.html": {"audience": "jour',
    "no JSON": b"\xff\xfe\x00",
    "a list": b"[]",
    "too new": b'{"manifest": 999, "artifacts": {"lay.en.html": {"more": "than we know"}}}',
    "too old": b'{"manifest": 1, "artifacts": {}}',
    "nothing said of a document": b'{"manifest": 5, "artifacts": {"lay.en.html": null}}',
}


@pytest.mark.parametrize("how", DAMAGED)
def test_a_damaged_manifest(built: Study, how: str) -> None:
    """Everything is made anew; what is no longer wanted goes all the same."""
    if how == "a list":  # it may be somebody's own
        (built.output / "manifest.json").write_bytes(DAMAGED[how])
        with pytest.raises(UsageError, match=r"manifest\.json is there already"):
            built.build()
        return
    (built.output / "manifest.json").write_bytes(DAMAGED[how])
    built.edit("data/audiences.yml", "journal: {}", "journal: {formats: [html]}")
    wanted = ALL - {"journal.en.pdf", "journal.en.docx", "journal.en.jats.xml"}
    with pytest.raises(ReportError, match=r"manifest\.json is damaged") as told:
        built.build("lay")
    assert "report build without options" in told.value.hint
    assert built.changed_by() == wanted
    assert built.contents() == clean(built, built.root.parent / "clean")


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": 5},
        {"files": None},
        {"files": ["journal.en.html"]},
        {"tools": {"pandoc": {}}},
        {"bytes": "many"},
        {"audience": []},
        {"unknown": "key"},
    ],
    ids=str,
)
def test_an_entry_of_the_manifest_that_makes_no_sense(
    built: Study, change: dict[str, object]
) -> None:
    before = built.contents()
    manifest = json.loads((built.output / "manifest.json").read_bytes())
    manifest["artifacts"]["lay.en.html"] |= change
    built.write("_output/manifest.json", json.dumps(manifest))
    assert built.changed_by() == ALL
    assert built.contents() == before


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", ".staging/commit.json", "a/b/c", ""])
def test_a_manifest_leads_nowhere_else(built: Study, name: str) -> None:
    """Whoever can write a manifest must not have a build remove other files."""
    secret = built.write("secret", "kept")
    manifest = json.loads((built.output / "manifest.json").read_bytes())
    manifest["artifacts"][name] = manifest["artifacts"]["lay.en.html"]
    built.write("_output/manifest.json", json.dumps(manifest))
    built.build()
    assert secret.read_text() == "kept"


def test_without_its_private_state(built: Study) -> None:
    """The documents are up to date all the same; they are read for leaks once more."""
    before = built.files()
    state = (built.root / ".report" / "state.json").read_bytes()
    shutil.rmtree(built.root / ".report")
    assert built.changed_by() == frozenset()
    assert built.files() == before
    assert (built.root / ".report" / "state.json").read_bytes() == state


@pytest.mark.parametrize(
    "damage",
    [
        lambda state: state[: len(state) // 2],
        lambda _: b"",
        lambda _: b"[1, 2]",
        lambda _: b"\xff",
        lambda state: state.replace(b'"told"', b'"tell"'),
        lambda state: state.replace(b'"N1"', b'"N7"'),
        lambda state: state.replace(b'"verdicts": [', b'"verdicts": [\n   5,'),
    ],
    ids=["cut off", "empty", "a list", "no text", "a key lost", "an id changed", "a wrong kind"],
)
def test_a_damaged_private_state(built: Study, damage: Callable[[bytes], bytes]) -> None:
    file = built.root / ".report" / "state.json"
    state = file.read_bytes()
    file.write_bytes(damage(state))
    assert file.read_bytes() != state
    assert built.changed_by() == frozenset()
    assert file.read_bytes() == state


def test_a_folder_that_no_build_made_is_not_written_to(study: Study) -> None:
    study.write("_output/lay.en.html", "mine")
    with pytest.raises(UsageError, match="no build made it"):
        build(settings(study.root, environment={}))
    assert study.contents() == {"lay.en.html": b"mine"}
