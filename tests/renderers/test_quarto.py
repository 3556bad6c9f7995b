"""The wrapper around quarto, against a stand-in that does what real ones were seen to do."""

import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from report.errors import RenderError
from report.model.diagnostic import Severity
from report.model.document import Document
from report.model.project import QuartoProject
from report.renderers import quarto as module
from report.renderers.quarto import of

from .conftest import MakeQuarto, MakeStandIn

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the stand-in is a script")


@pytest.mark.parametrize(
    ("form", "to"), [("html", "html"), ("pdf", "typst"), ("docx", "docx"), ("jats", "jats")]
)
def test_each_format_is_asked_for_by_quartos_name(
    form: str, to: str, stand_in: MakeStandIn, quarto: MakeQuarto, document: Document
) -> None:
    program = stand_in("made.write_text(made.name)")
    artifact = quarto(program).render(document, form)
    (call,) = program.calls
    assert call["arguments"] == ["render", "composed/lay.en.qmd", "--to", to, "--no-execute"]
    ending = {"html": "html", "pdf": "pdf", "docx": "docx", "jats": "xml"}[form]
    assert artifact.content == f"lay.en.{ending}".encode()
    assert artifact.diagnostics == ()
    assert set(artifact.files) == ({"lay.en_files/one.png"} if form == "jats" else set())


def test_the_environment_is_that_of_a_reproducible_run(
    stand_in: MakeStandIn, quarto: MakeQuarto, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUARTO_PROFILE", "production")
    program = stand_in()
    quarto(program).render(document, "html")
    (call,) = program.calls
    environment = call["environment"]
    assert environment["NO_COLOR"] == "1"
    assert environment["SOURCE_DATE_EPOCH"] == "1725235200"
    assert environment["QUARTO_PROFILE"] == ""
    for name in ("TMPDIR", "TMP", "TEMP"):
        assert Path(environment[name]).parent == Path(call["cwd"]).parent


def test_nothing_is_left_and_the_study_is_not_touched(
    stand_in: MakeStandIn, quarto: MakeQuarto, document: Document, tmp_path: Path
) -> None:
    program = stand_in(
        "pathlib.Path('.quarto').mkdir(); made.with_suffix('.typ').write_text('left');"
        "pathlib.Path(os.environ['TMPDIR'], 'session').mkdir(); made.write_text('made')"
    )
    before = sorted(path for path in tmp_path.rglob("*") if "bin" not in path.parts)
    quarto(program).render(document, "pdf")
    (call,) = program.calls
    assert not Path(call["cwd"]).parent.exists()
    assert Path(call["cwd"]).is_relative_to(Path(tempfile.gettempdir()).resolve())
    assert sorted(path for path in tmp_path.rglob("*") if "bin" not in path.parts) == before


def test_two_at_a_time_do_not_meet(
    stand_in: MakeStandIn, quarto: MakeQuarto, document: Document
) -> None:
    program = stand_in("time.sleep(0.3); made.write_text(os.getcwd())")
    renderer = quarto(program)
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda form: renderer.render(document, form).content, ["html"] * 4))
    assert len(set(made)) == 4


def test_the_document_lies_in_the_project_with_its_looks_and_figures(
    stand_in: MakeStandIn, quarto: MakeQuarto, document: Document
) -> None:
    program = stand_in()
    quarto(program).render(document, "html")
    (call,) = program.calls
    files = call["files"]
    assert files["_quarto.yml"] == ""
    assert {"composed/theme/reading.lua", "composed/lay.en_files/one.svg"} <= files.keys()
    text = files["composed/lay.en.qmd"]
    assert text.startswith("---\nengine: markdown\n")
    assert text.endswith(document.text.removeprefix("---\n"))


def test_the_studys_own_quarto_files_come_along(
    stand_in: MakeStandIn, quarto: MakeQuarto, document: Document, tmp_path: Path
) -> None:
    for path in ("ours.scss", "_extensions/acme/_extension.yml", "other.scss"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path)
    files = frozenset(["ours.scss", "_extensions/acme/_extension.yml"])
    project = QuartoProject("format:\n  html:\n    theme: ours.scss\n", files=files)
    program = stand_in()
    quarto(program, project).render(document, "html")
    (call,) = program.calls
    there = {path for path in call["files"] if not path.startswith("composed/")}
    assert there == {"_quarto.yml", *files}
    assert call["files"]["_quarto.yml"] == project.text


def test_what_is_asked_for_an_audience_holds_for_its_documents(
    stand_in: MakeStandIn, quarto: MakeQuarto, document: Document
) -> None:
    lay = QuartoProject("format:\n  html:\n    toc: true\n", {"html": {"toc": True}})
    project = QuartoProject(profiles={"lay": lay, "journal": QuartoProject()})
    program = stand_in()
    quarto(program, project).render(document, "html")
    (call,) = program.calls
    assert call["environment"]["QUARTO_PROFILE"] == "lay"
    assert call["files"]["_quarto-lay.yml"] == lay.text
    assert "_quarto-journal.yml" not in call["files"]
    assert "toc:" not in call["files"]["composed/lay.en.qmd"]


def test_an_extension_is_asked_for_its_own_format(
    stand_in: MakeStandIn, quarto: MakeQuarto, document: Document
) -> None:
    program = stand_in()
    quarto(program, QuartoProject(formats={"acme-html": {}})).render(document, "html")
    (call,) = program.calls
    assert call["arguments"][3] == "acme-html"


def test_a_failure_shows_command_code_and_end_without_traces(
    stand_in: MakeStandIn, quarto: MakeQuarto, document: Document
) -> None:
    program = stand_in(
        "sys.stderr.write('\\x1b[31mERROR: no such thing\\x1b[39m\\n\\nStack trace:\\n"
        "    at render (file:///opt/quarto.js:1:2)\\n    at async main (file:///q.js:3:4)\\n');"
        "sys.exit(1)"
    )
    with pytest.raises(RenderError) as told:
        quarto(program).render(document, "html")
    assert told.value.message == (
        "quarto render composed/lay.en.qmd --to html --no-execute failed with exit code 1, "
        "and said:\n    ERROR: no such thing"
    )
    assert told.value.line == 0


def test_a_failure_names_the_line_of_the_documents_own_text(
    stand_in: MakeStandIn, quarto: MakeQuarto, document: Document
) -> None:
    program = stand_in(
        "at = source.read_text().splitlines().index(\"lang: 'en'\") + 1\n"
        "sys.stderr.write(f'ERROR: In file lay.en.qmd\\n(line {at}, columns 1--4) Field lang\\n')\n"
        "sys.exit(1)"
    )
    with pytest.raises(RenderError) as told:
        quarto(program).render(document, "html")
    assert document.text.splitlines()[told.value.line - 1] == "lang: 'en'"


@pytest.mark.parametrize("does", ["pass", "made.write_text('')"], ids=["nothing", "an empty file"])
def test_success_without_a_file_is_a_failure(
    does: str, stand_in: MakeStandIn, quarto: MakeQuarto, document: Document
) -> None:
    with pytest.raises(RenderError, match=r"made no lay\.en\.html"):
        quarto(stand_in(does)).render(document, "html")


def test_half_a_file_and_a_crash_is_a_failure(
    stand_in: MakeStandIn, quarto: MakeQuarto, document: Document
) -> None:
    program = stand_in("made.write_text('<p>ha'); os.kill(os.getpid(), 9)")
    with pytest.raises(RenderError, match="was ended by SIGKILL"):
        quarto(program).render(document, "html")


def test_a_hang_is_ended(
    stand_in: MakeStandIn, quarto: MakeQuarto, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_TIMEOUT", 1.0)
    program = stand_in("time.sleep(60)")
    with pytest.raises(RenderError, match="was stopped: not done after 1 seconds"):
        quarto(program).render(document, "html")
    (call,) = program.calls
    assert not Path(call["cwd"]).exists()


def test_what_quarto_lets_through_is_an_error_at_its_place(
    stand_in: MakeStandIn, quarto: MakeQuarto, document: Document
) -> None:
    program = stand_in(
        "sys.stderr.write('WARNING (/m.lua:1) Unable to resolve crossref @tbl-none\\n');"
        "made.write_text('?@tbl-none')"
    )
    (problem,) = quarto(program).render(document, "html").diagnostics
    assert (problem.severity, problem.code) == (Severity.ERROR, "unknown-crossref")
    assert document.text.splitlines()[problem.location.line - 1] == "A reference to @tbl-none."


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("1.6.0", None),
        ("1.10.3", None),
        ("2.0.1", None),
        ("99.9.9", None),
        ("1.5.57", "is Quarto 1.5.57; report needs 1.6 or newer"),
        ("0.9", "is Quarto 0.9; report needs 1.6 or newer"),
        ("", "says “” for its version"),
        ("command not found", "says “command not found” for its version"),
    ],
)
def test_the_version_is_read_and_checked(said: str, told: str | None, tmp_path: Path) -> None:
    program = tmp_path / "quarto"
    program.write_text(f"#!/bin/sh\necho '{said}'\n")
    program.chmod(0o755)
    renderer = of(str(program), tmp_path, (), QuartoProject())
    if told is None:
        assert renderer.versions() == {"quarto": said}
    else:
        with pytest.raises(RenderError) as error:
            renderer.versions()
        assert told in error.value.message
        assert "pip install quarto-cli" in error.value.hint


def test_a_quarto_that_is_not_there_is_told_how_to_get(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="not installed") as told:
        of("", tmp_path, (), QuartoProject()).versions()
    assert "pip install quarto-cli" in told.value.hint
    with pytest.raises(RenderError, match="there is no Quarto at"):
        of(str(tmp_path / "no"), tmp_path, (), QuartoProject()).versions()
