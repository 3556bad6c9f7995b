"""pandoc that hangs, dies or gives rubbish, and Typst that does: nothing of it is published."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import typst

from report import pandoc
from report.errors import RenderError
from tests.faults.conftest import Study

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the stand-in is a shell's script")

REAL = pandoc.program()


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts a script in pandoc's place, and waits for it no longer than two seconds."""

    def put(script: str) -> None:
        program = tmp_path / "pandoc"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setattr(pandoc, "program", lambda: str(program))
        monkeypatch.setattr(pandoc, "_TIMEOUT", 2.0)

    return put


PANDOCS = {
    ("html", "hangs"): ("sleep 60", "was stopped: not done after 2 seconds", "--jobs 1"),
    ("html", "fails"): (
        "echo no, thanks >&2; exit 83", "83, and said:\n    no, thanks", "--verbose"
    ),
    ("html", "crashes"): ("kill -SEGV $$", "was ended by SIGSEGV", "--verbose"),
    ("html", "is killed"): ("kill -KILL $$", "was ended by SIGKILL", "ran out of memory"),
    ("html", "gives nothing"): ("exit 0", "what it made is no html5", "install it anew"),
    ("html", "gives rubbish"): ("echo What is this?", "made is no html5", "install it anew"),
    ("html", "warns"): (
        f'echo "[WARNING] no" >&2; exec "{REAL}" "$@"', "pandoc complained", "[WARNING] no"
    ),
    # The one that stays. Of nothing Typst would make an empty page, and be content.
    ("pdf", "hangs"): ("sleep 60", "was stopped: not done after 2 seconds", "--jobs 1"),
    ("pdf", "hangs in its answer"): (
        "printf '\\0361 {\"made'; sleep 60", "was stopped: not done after 2 seconds", "--jobs 1"
    ),
    ("pdf", "fails"): (
        "echo no, thanks >&2; exit 83", "83, and said:\n    no, thanks", "--verbose"
    ),
    ("pdf", "crashes"): ("read line; kill -SEGV $$", "was ended by SIGSEGV", "--verbose"),
    ("pdf", "is killed"): (
        "read line; kill -KILL $$", "was ended by SIGKILL", "ran out of memory"
    ),
    ("pdf", "gives nothing"): ("exit 0", "what it made is no typst", "install it anew"),
    ("pdf", "answers by half"): (
        "read line; printf '\\0361 {\"made'", "pandoc complained", '{"made'
    ),
    ("pdf", "gives rubbish"): ("echo What is this?", "pandoc complained", "What is this?"),
    ("pdf", "warns"): (
        f'echo "[WARNING] no" >&2; exec "{REAL}" "$@"', "pandoc complained", "[WARNING] no"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("form", "how"), PANDOCS)
def test_a_pandoc_that(
    form: str,
    how: str,
    study: Study,
    changed: dict[str, bytes],
    stand_in: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    script, *words = PANDOCS[form, how]
    before = study.contents()
    study.change()
    stand_in(script)
    begun = time.monotonic()
    ended = study.call("build", "--to", form)
    assert time.monotonic() - begun < 30
    assert ended.code == 3
    assert [each for each in words if each not in ended.said] == []
    assert "lay.en" in ended.said, "which document it was is told"
    assert "qualreport-" not in ended.said.partition("--data-dir=")[0], "no path of scratch files"
    assert study.contents() == before
    monkeypatch.undo()
    assert study.builds() == changed


def test_a_pandoc_that_is_no_program(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    before = study.contents()
    study.change()
    monkeypatch.setattr(pandoc, "program", lambda: str(study.root / "nothing"))
    ended = study.call("build")
    assert (ended.code, study.contents()) == (3, before)
    assert "nothing cannot be started" in ended.said
    assert "report doctor" in ended.said


@pytest.mark.parametrize("says", ["echo rubbish", "exit 0", "exit 7", "kill -KILL $$", "sleep 60"])
def test_a_pandoc_that_does_not_say_its_version(says: str, stand_in: Callable[[str], None]) -> None:
    stand_in(says)
    with pytest.raises(RenderError, match="pandoc"):
        pandoc.version.__wrapped__()


def _fails(*_: object, **__: object) -> object:
    raise RuntimeError("out of luck")


TYPSTS: dict[str, tuple[Callable[..., object], str]] = {
    "fails": (_fails, "Typst failed: out of luck"),
    "gives rubbish": (lambda *_, **__: (b"What?", []), "what it made is no PDF"),
    "gives nothing": (lambda *_, **__: (b"", []), "what it made is no PDF"),
    "warns": (lambda *_, **__: (b"%PDF-1.7", ["no such font"]), "no such font"),
}


@pytest.mark.parametrize("how", TYPSTS)
def test_a_typst_that(
    how: str, study: Study, changed: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    instead, words = TYPSTS[how]
    before = study.contents()
    study.change()
    monkeypatch.setattr(typst, "compile_with_warnings", instead)
    ended = study.call("build")
    assert ended.code == 3
    assert "lay.en.pdf: Typst" in ended.said, "which document it was is told"
    assert words in ended.said
    assert study.contents() == before
    monkeypatch.undo()
    assert study.builds() == changed


def test_a_torn_pdf_is_seen_by_the_gate(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    before = study.contents()
    study.change()
    monkeypatch.setattr(typst, "compile_with_warnings", lambda *_, **__: (b"%PDF-1.7\n1 0 obj", []))
    ended = study.call("build")
    assert ended.code == 1
    assert "lay.en.pdf" in ended.said
    assert "unreadable-artifact" in ended.said
    assert study.contents() == before
