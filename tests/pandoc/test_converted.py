"""The pandoc that stays makes the same as the one that is called for one document."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from report import pandoc
from report.errors import RenderError
from report.process import dismiss

READER = "--from=markdown-raw_html-raw_tex-raw_attribute"
FRONT = """\
---
title: T
lang: en
date: 2024-09-02
references:
- {id: x, title: Book, type: book, author: [{family: Doe, given: J}], issued: 2020}
---

"""
PIECES = (
    "word ", "fig. 3 ", "e.g. x ", "a\tb", "\t code\n", "\n\n", "\n", "\r", "\r\n", " ", "\x1e",
    "# Head {#sec-x}\n\n", "| a | b |\n|---|---|\n| 1 | 2 |\n\n: cap {#tbl-a}\n\n",
    "![alt](x){fig-alt='y'}", "\n\n![cap](x.png)\n\n", "[@x]", "@x ", "[-@x p. 3]", "@nope ",
    "^[note]", "[^1]", "\n\n[^1]: foot\n\n", "**b**", "*i*", "`c`",
    "```python\ndef f():\n\tx\n```\n",
    "\n> quote\n", "$x^2$", "<b>", "- it\n", "1. one\n", "(@) ex\n", "::: {.who}\nword\n:::\n",
    "[s]{lang=nb}", "[l](http://a.b/c?d=e&f)", "...", "--", "'q' \"r\"", "&amp;", "é\tж", "😀\tعر",
    "\n\n| a | b |\n|--|----|\n| 1 | " + "wide " * 13 + "|\n\n",
    "\n\n+---+-----+\n| a | b   |\n+---+-----+\n\n",
    "\n\n----- ------\na     b\n\nc     d\n----- ------\n\n",
    "H~2~O", "~~s~~", "`#let`{=typst}", "#hash", "=", "\u00a0", "term\n: def\n",
)  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def _dismissed() -> Iterator[None]:
    yield
    dismiss()


@pytest.fixture
def filters(tmp_path: Path) -> list[str]:
    """Arguments of every kind that there is, with filters and a template in two files."""
    theme = tmp_path / "theme"
    theme.mkdir()
    (theme / "main.typ").write_text(
        "$pandoc-version$ $curdir$ $sourcefile$ $outputfile$\n"
        "$date$ $title$ $for(author)$$author$$endfor$\n$part()$\n"
    )
    (theme / "part.typ").write_text("PART $body$\n")
    (theme / "count.lua").write_text(
        "local seen = 0\n"
        "function Str(str)\n"
        "  seen = seen + 1\n"
        "  if str.text == 'word' then return pandoc.Str(FORMAT) end\n"
        "end\n"
        "function Pandoc(doc) doc.meta.title = tostring(seen); return doc end\n"
    )
    (theme / "named.lua").write_text(
        "function Meta(meta)\n"
        "  meta.author = pandoc.path.filename(PANDOC_SCRIPT_FILE) .. tostring(Str)\n"
        "  return meta\n"
        "end\n"
    )
    return [
        READER,
        "--to=typst-smart",
        "--standalone",
        "--default-image-extension=svg",
        "--wrap=none",
        f"--template={theme / 'main.typ'}",
        f"--lua-filter={theme / 'count.lua'}",
        "--citeproc",
        f"--lua-filter={theme / 'named.lua'}",
    ]


def converted(arguments: list[str], content: bytes, *, folder: Path) -> tuple[bytes, str]:
    environment = {"SOURCE_DATE_EPOCH": "86400"}
    return pandoc.converted(arguments, content, folder=folder, environment=environment)


def same(arguments: list[str], text: str, folder: Path) -> bytes:
    made, complaints = converted(arguments, text.encode(), folder=folder)
    alone, alone_complaints = pandoc.convert(
        arguments, text.encode(), folder=folder, environment={"SOURCE_DATE_EPOCH": "86400"}
    )
    assert made == alone
    assert complaints.split() == alone_complaints.split()
    return made


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_text(filters: list[str], tmp_path: Path, text: str) -> None:
    same(filters, FRONT + text, tmp_path)


def test_no_space_is_broken_after_any_abbreviation(filters: list[str], tmp_path: Path) -> None:
    """The command line knows more of them than pandoc's Lua."""
    listed, _ = pandoc.convert(["--print-default-data-file=abbreviations"], b"")
    words = listed.decode().split()
    assert len(words) > 50
    made = same(filters, "\n\n".join(f"See {word} 3" for word in words), tmp_path)
    assert made.count(b".~3") == len(words)


def test_warnings_come_in_their_order(filters: list[str], tmp_path: Path) -> None:
    text = "[@one] and [@two]\n\n[^1]: unused\n"
    _, complaints = converted(filters, text.encode(), folder=tmp_path)
    first, second, third = complaints.strip().splitlines()
    assert "Note with key '1'" in first
    assert (first[:9], "one" in second, "two" in third) == ("[WARNING]", True, True)
    same(filters, text, tmp_path)


def test_a_filter_that_fails_says_so_and_the_next_document_is_made(
    filters: list[str], tmp_path: Path
) -> None:
    bad = tmp_path / "bad.lua"
    bad.write_text("function Pandoc(doc) error('no such table') end\n")
    (tmp_path / "below").mkdir()
    with pytest.raises(RenderError) as told:
        converted([*filters, f"--lua-filter={bad}"], b"word", folder=tmp_path / "below")
    assert "pandoc failed, and said:" in told.value.message
    assert "Error running filter bad.lua:" in told.value.message
    assert "no such table" in told.value.message
    assert "bad.lua:1" in told.value.message
    assert "pandoc.lua" not in told.value.message, "how we came there"
    same(filters, "word", tmp_path)


@pytest.mark.parametrize("fails", ["error({})", "error(nil)", "return 5", "return {5}"])
def test_a_filter_that_says_nothing_is_named(
    fails: str, filters: list[str], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    bad = tmp_path / "bad.lua"
    bad.write_text(f"function Para() {fails} end\n")
    with pytest.raises(RenderError, match=r"Error running filter bad\.lua:"):
        converted([*filters, f"--lua-filter={bad}"], b"word", folder=tmp_path)
    assert "Error running filter bad.lua:" in caplog.text


def test_warnings_reach_the_log(
    filters: list[str], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    converted(filters, b"[^1]: unused\n", folder=tmp_path)
    assert "[WARNING] Note with key '1'" in caplog.text


@pytest.mark.parametrize(
    "writes",
    ["io.stderr:write('so it says')", "io.write('so it says')", "print('\\x1e{} so it says')"],
)
def test_whatever_a_filter_writes_is_a_complaint_about_its_document(
    writes: str, filters: list[str], tmp_path: Path
) -> None:
    loud = tmp_path / "loud.lua"
    loud.write_text(f"{writes}\n")
    made, complaints = converted([*filters, f"--lua-filter={loud}"], b"first", folder=tmp_path)
    assert "so it says" in complaints
    assert "first" in made.decode()
    made, complaints = converted(filters, b"second", folder=tmp_path)
    assert ("second" in made.decode(), complaints) == (True, "")


def test_what_a_filter_prints_is_a_complaint(filters: list[str], tmp_path: Path) -> None:
    loud = tmp_path / "loud.lua"
    loud.write_text("print('{}')\nio.stderr:write('und so weiter\\n')\nwarn('third')\n")
    made, complaints = converted([*filters, f"--lua-filter={loud}"], b"word", folder=tmp_path)
    assert "typst" in made.decode()
    assert {"{}", "und so weiter"} < set(complaints.splitlines())


def test_a_filter_keeps_nothing_for_the_next_document(filters: list[str], tmp_path: Path) -> None:
    first = same(filters, "one two", tmp_path)
    assert first == same(filters, "one two", tmp_path)
    keeps = tmp_path / "keeps.lua"
    keeps.write_text("kept = (kept or '') .. 'x'\nfunction Str() return pandoc.Str(kept) end\n")
    filters = [*filters, f"--lua-filter={keeps}"]
    assert same(filters, "one", tmp_path) == same(filters, "one", tmp_path)


LEFT = {
    "a module": "local m = require 'counted'; m.n = m.n + 1; local left = m.n",
    "a medium": (
        "local left = #pandoc.mediabag.list(); pandoc.mediabag.insert('a', 'text/plain', 'a')"
    ),
    "the environment": "local left = os.getenv 'SOURCE_DATE_EPOCH'",
    "the reader's options": "local left = PANDOC_READER_OPTIONS.columns",
    "the writer's options": "local left = PANDOC_WRITER_OPTIONS.wrap_text",
}


@pytest.mark.parametrize("what", LEFT)
def test_a_filter_finds_what_it_would_find_alone(
    what: str, filters: list[str], tmp_path: Path
) -> None:
    (tmp_path / "counted.lua").write_text("return { n = 0 }\n")
    filter_ = tmp_path / "finds.lua"
    path = f"package.path = '{tmp_path}/?.lua'\n"
    filter_.write_text(
        f"{path}{LEFT[what]}\nfunction Str() return pandoc.Str(tostring(left)) end\n"
    )
    arguments = [*filters, f"--lua-filter={filter_}"]
    assert same(arguments, "word", tmp_path) == same(arguments, "word", tmp_path)


def test_a_template_as_windows_writes_it(filters: list[str], tmp_path: Path) -> None:
    (tmp_path / "theme" / "main.typ").write_bytes("\ufeffå\r\n$body$\r\n".encode())
    assert same(filters, "word", tmp_path).decode() == "å\ntypst\n"


def test_a_template_that_is_no_utf_8_is_an_error(filters: list[str], tmp_path: Path) -> None:
    (tmp_path / "theme" / "main.typ").write_bytes(b"\xe5 $body$")
    with pytest.raises(RenderError, match=r"Error compiling template main\.typ"):
        converted(filters, b"word", folder=tmp_path)


def test_it_works_in_the_folder_of_the_document(tmp_path: Path) -> None:
    reads = tmp_path / "reads.lua"
    reads.write_text("function Str() return pandoc.Str(io.open('word.txt'):read('a')) end\n")
    arguments = [READER, "--to=typst-smart", f"--lua-filter={reads}"]
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "word.txt").write_text(name)
        made, _ = converted(arguments, b"word", folder=tmp_path / name)
        assert made.decode().strip() == name


def test_an_argument_that_it_does_not_know_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"--toc is no argument that pandoc\.lua knows"):
        converted([READER, "--to=html", "--toc"], b"word", folder=tmp_path)


def test_a_template_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    arguments = [READER, "--to=typst-smart", f"--template={tmp_path / 'none.typ'}"]
    with pytest.raises(RenderError, match=r"none\.typ"):
        converted(arguments, b"word", folder=tmp_path)


def test_the_users_own_files_play_no_part(
    filters: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = same(filters, "Dr. Who", tmp_path)
    dismiss()
    for folder in (".pandoc", ".local/share/pandoc"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "abbreviations").write_text("word\n")
        (tmp_path / folder / "init.lua").write_text("error('a trap')\n")
    (tmp_path / "start.lua").write_text("error('a trap')\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / ".local" / "share"))
    monkeypatch.setenv("LUA_INIT", f"@{tmp_path / 'start.lua'}")
    try:
        assert converted(filters, b"Dr. Who", folder=tmp_path)[0] == plain
    finally:
        dismiss()
