"""Documents made anew and compared with those that are there."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from report.build import build
from report.cli import app
from report.config import settings
from report.crate import CRATE
from report.errors import ReportError
from report.model.document import Artifact, Document
from report.renderers import builtin
from report.verify import Comparison, verify
from tests.built import Built, in_three_scripts
from tests.scratch import left_in

ROOT = Path(__file__).parents[2]
BASE = ROOT / "tests" / "studies" / "base"
NAME = "lay.en.html"
WHY = "data/text/lay/why.md"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """The base study with its plain-language summary as a web page and as Quarto Markdown."""
    root = shutil.copytree(BASE, tmp_path / "study")
    assert not build(settings(root), ["lay"], ["html", "qmd"]).failed
    return root


@pytest.fixture(scope="module")
def output(built: Built) -> Path:
    """The documents of the example study."""
    return built("example")


def found(study: Path, **more: Any) -> Mapping[str, Comparison]:
    verified = verify(settings(study, **more))
    assert verified.diagnostics == ()
    assert verified.same == all(each.same for each in verified.files.values())
    return verified.files


def why(study: Path, name: str = NAME) -> str:
    """The reasons why the document is not the same; there are some."""
    each = found(study)[name]
    assert not each.same
    assert each.why
    return "; ".join(each.why)


def forgotten(study: Path) -> Path:
    """The study as a clone of it is: without what its own people remember."""
    shutil.rmtree(study / ".report")
    return study


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def rewrite(study: Path, change: Callable[[dict[str, Any]], object], name: str = NAME) -> None:
    """Change what the manifest says of the document."""
    file = study / "_output" / "manifest.json"
    data = json.loads(file.read_text("utf-8"))
    change(data["artifacts"][name])
    file.write_text(json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")


def state_of(folder: Path) -> dict[Path, tuple[bytes, int]]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in files}


def test_all_documents_of_the_example_are_the_same_made_anew(output: Path) -> None:
    before = state_of(output)
    files = found(ROOT, output=output)
    assert len(files) == 20
    assert [name for name, each in files.items() if not each.same] == []
    assert state_of(output) == before


def test_nothing_is_written(study: Path) -> None:
    before = state_of(study)
    assert {name: each.same for name, each in found(study).items()} == {
        NAME: True, "lay.en.qmd": True, "index.html": True, CRATE: True,
    }  # fmt: skip
    assert state_of(study) == before


def test_everything_is_rendered_and_nothing_taken_over(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    render = builtin.Builtin.render

    def noting(self: builtin.Builtin, document: Document, form: str) -> Artifact:
        made.append(f"{document.name}.{form}")
        return render(self, document, form)

    monkeypatch.setattr(builtin.Builtin, "render", noting)
    found(study)
    assert made == [NAME]


def test_no_scratch_is_left(study: Path, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    command = [sys.executable, "-m", "report", "verify", "--study", str(study)]
    subprocess.run(command, env={**os.environ, "TMPDIR": str(scratch)}, check=True)
    assert left_in(scratch) == []


def test_a_file_that_was_edited_is_told_apart_from_a_study_that_was(study: Path) -> None:
    with (study / "_output" / NAME).open("a") as page:
        page.write("x")
    each = found(study)[NAME]
    assert (each.rebuilt, each.intact) == (True, False)
    assert each.why == (f"{NAME} was changed by hand, after it was built",)


def test_a_file_that_is_gone_is_told(study: Path) -> None:
    (study / "_output" / NAME).unlink()
    assert why(study) == f"{NAME} is gone"


def test_a_picture_beside_a_document_is_compared_too(tmp_path: Path) -> None:
    study = shutil.copytree(BASE, tmp_path / "study")
    name = "journal.en.jats.xml"
    assert not build(settings(study), ["journal"], ["jats"]).failed
    assert found(study)[name].same
    (picture, *_) = (study / "_output" / "journal.en_files").iterdir()
    picture.write_bytes(b"")
    each = found(study)[name]
    assert (each.rebuilt, each.intact) == (True, False)
    assert each.why[0].startswith(f"journal.en_files/{picture.name} was changed by hand")


@pytest.mark.parametrize("page", ["index.html", CRATE])
def test_the_lists_of_documents_are_compared_where_they_are(study: Path, page: str) -> None:
    file = study / "_output" / page
    file.write_bytes(file.read_bytes() + b" ")
    assert "changed by hand" in why(study, page)
    file.unlink()
    assert page not in found(study)


def test_a_text_that_changed_is_named_with_and_without_what_is_remembered(study: Path) -> None:
    edit(study / WHY, "To sleep well", "To sleep very well")
    told = why(study)
    assert f"the study has changed since: {WHY}" in told
    assert "in the document these are not the same: text" in told
    assert why(forgotten(study)) == f"the study has changed since: {WHY}"


def test_a_table_that_changed_is_told_without_its_hash(study: Path) -> None:
    with (study / "data" / "participants.csv").open("a") as table:
        table.write("P3,FG2,South\n")
    told = why(forgotten(study))
    assert told.startswith("the study has changed since; it is a table, a template")


def test_another_version_of_a_program_is_told(study: Path) -> None:
    def older(entry: dict[str, Any]) -> None:
        entry["tools"]["pandoc"] = "3.1"
        entry["fingerprint"] = entry["sha256"] = "0" * 64

    now = json.loads((study / "_output" / "manifest.json").read_text("utf-8"))
    pandoc = now["artifacts"][NAME]["tools"]["pandoc"]
    rewrite(study, older)
    assert f"pandoc 3.1 then, {pandoc} now" in why(study)


def test_another_look_is_told_by_its_file_where_that_is_remembered(study: Path) -> None:
    look = study / "templates" / "theme" / "html"
    look.mkdir(parents=True)
    (look / "lay.css").write_text("h1 { letter-spacing: 1px }\n", "utf-8")
    assert why(study) == "templates/theme/html/lay.css has changed since"
    assert why(forgotten(study)).startswith("its look has changed since")


def test_other_bytes_from_the_same_sources_are_called_a_fault(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builtin.Builtin, "render", lambda *_: Artifact(b"other"))
    each = found(study)[NAME]
    assert (each.rebuilt, each.intact) == (False, True)
    assert "report is at fault" in "; ".join(each.why)


def test_what_was_remembered_of_other_documents_is_not_believed(study: Path) -> None:
    """.report is of the last build, and the folder may hold documents of an earlier one."""
    handed = shutil.copytree(study / "_output", study / "handed")
    edit(study / WHY, "To sleep well", "To sleep very well")
    assert not build(settings(study), ["lay"], ["html"]).failed
    each = verify(settings(study, handed)).files[NAME]
    assert each.why == (f"the study has changed since: {WHY}",)


@pytest.mark.parametrize("now", [None, "1"])
def test_the_date_is_that_of_the_build_whatever_the_environment_says(
    tmp_path: Path, now: str | None
) -> None:
    study = shutil.copytree(BASE, tmp_path / "study")
    then = settings(study, environment={"SOURCE_DATE_EPOCH": "1000000000"})
    assert not build(then, ["lay"], ["html"]).failed
    assert "2001" in (study / "_output" / NAME).read_text("utf-8")
    environment = {"SOURCE_DATE_EPOCH": now} if now else {}
    assert verify(settings(study, environment=environment)).same


def test_a_date_of_the_study_is_its_own(study: Path) -> None:
    """Without SOURCE_DATE_EPOCH, a later one plays no part."""
    assert verify(settings(study, environment={"SOURCE_DATE_EPOCH": "1"})).same


def test_a_draft_is_verified_as_a_draft(tmp_path: Path) -> None:
    study = in_three_scripts(tmp_path / "study")
    (study / "data" / "locale" / "ar.po").unlink()
    here = settings(study)
    assert not build(here, ["lay"], ["html"], spoken=["ar"], draft=True).failed
    manifest = json.loads((study / "_output" / "manifest.json").read_text("utf-8"))
    assert manifest["artifacts"]["lay.ar.html"]["draft"]
    assert verify(here).same


def test_the_document_of_one_recipient_is_verified(tmp_path: Path) -> None:
    study = shutil.copytree(BASE, tmp_path / "study")
    shutil.copytree(BASE.parent / "recipients", study, dirs_exist_ok=True)
    built = build(settings(study), ["briefing"], ["html"], spoken=["en"], recipients=["harbour"])
    assert built.artifacts == ("briefing.harbour.en.html",)
    assert set(found(study)) == {*built.artifacts, "index.html", CRATE}
    assert verify(settings(study)).same
    edit(study / "data" / "recipients.csv", "\nharbour,", "\nport,")
    assert why(study, *built.artifacts) == "the study does not make it any more"


def test_errors_elsewhere_in_the_study_are_nobodys_concern(study: Path) -> None:
    (study / "data" / "text" / "discussion.md").write_text("{{ nothing }}\n", "utf-8")
    assert found(study)[NAME].same


def test_a_document_that_the_study_makes_no_more_is_told(study: Path) -> None:
    edit(study / "data" / "audiences.yml", "audiences:", "audiences:\n  lay: {used: false}")
    assert why(study) == "the study does not make it any more"


def test_another_renderer_is_asked_for_by_name(study: Path) -> None:
    rewrite(study, lambda entry: entry.update(renderer="mill"))
    assert why(study) == "it was made by a renderer that is not known here: mill"


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.update(files=["a"]),
        lambda entry: entry.update(tools={"pandoc": 3}),
        lambda entry: entry.update(renderer=["builtin"]),
        lambda entry: entry.pop("sha256"),
        lambda entry: entry.update(files={"../../secret.txt": "0"}),
    ],
)
def test_a_manifest_that_is_none_is_told(
    study: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    rewrite(study, change)
    with pytest.raises(ReportError, match=r"manifest\.json is damaged"):
        verify(settings(study))


@pytest.mark.parametrize("epoch", ['"yesterday"', "1e30", "[]"])
def test_a_manifest_with_no_date_is_told(study: Path, epoch: str) -> None:
    edit(study / "_output" / "manifest.json", '"source_date_epoch": null',
         f'"source_date_epoch": {epoch}')  # fmt: skip
    with pytest.raises(ReportError, match=r"manifest\.json is damaged"):
        verify(settings(study))


@pytest.mark.parametrize("day", ["yesterday", "", "2024-13-01", "20240131"])
def test_a_manifest_with_a_day_that_is_none_is_told(study: Path, day: str) -> None:
    file = study / "_output" / "manifest.json"
    data = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps({**data, "date": day}), "utf-8")
    with pytest.raises(ReportError, match=r"manifest\.json is damaged"):
        verify(settings(study))


def test_a_manifest_of_an_earlier_version_is_compared_as_far_as_it_goes(study: Path) -> None:
    def older(entry: dict[str, Any]) -> None:
        del entry["fingerprint"], entry["composed"]
        entry["tools"] = {"pandoc": "3.1"}

    rewrite(study, older)
    assert found(study)[NAME].same
    rewrite(study, lambda entry: entry.update(sha256="0" * 64))
    told = why(study)
    assert "an earlier version of report made it" in told
    assert "pandoc 3.1 then" in told


def test_a_build_that_goes_on_meanwhile_is_told(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    render = builtin.Builtin.render

    def meanwhile(self: builtin.Builtin, document: Document, form: str) -> Artifact:
        rewrite(study, lambda entry: entry.update(bytes=1))
        return render(self, document, form)

    monkeypatch.setattr(builtin.Builtin, "render", meanwhile)
    with pytest.raises(ReportError, match="at the same time"):
        verify(settings(study))


def test_a_file_that_may_not_be_read_is_told(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_bytes

    def refusing(self: Path) -> bytes:
        if self.name == NAME:
            raise PermissionError(13, "Permission denied", str(self))
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", refusing)
    with pytest.raises(ReportError, match=f"{NAME} cannot be read: Permission denied"):
        verify(settings(study))


def told(*arguments: str | Path) -> tuple[int, str]:
    outcome = CliRunner().invoke(app, [*map(str, arguments)], catch_exceptions=False)
    return outcome.exit_code, outcome.stdout


def test_what_the_command_says(study: Path) -> None:
    code, text = told("verify", "--study", study)
    assert code == 0
    assert text.endswith("4 files, made anew: the same, bit by bit.\n")
    assert told("verify", "--study", study, "--quiet") == (0, "")
    edit(study / WHY, "To sleep well", "To sleep very well")
    code, text = told("verify", "--study", forgotten(study), "--quiet")
    assert code == 1
    assert text.splitlines()[:2] == [
        "lay.en.html             differs",
        f"  the study has changed since: {WHY}",
    ]
    code, text = told("verify", "--study", study, "--json")
    assert code == 1
    assert json.loads(text)[NAME] == {
        "same": False,
        "rebuilt": False,
        "intact": True,
        "why": [f"the study has changed since: {WHY}"],
    }


def test_documents_that_were_handed_over_are_verified_with_the_study(
    study: Path, tmp_path: Path
) -> None:
    """Somebody has a clone of the study, and a folder with documents and manifest.json."""
    handed = tmp_path / "handed"
    handed.mkdir()
    for name in (NAME, "manifest.json"):
        shutil.copy(study / "_output" / name, handed)
    shutil.rmtree(study / "_output")
    rewrite_to_one(handed / "manifest.json")
    code, text = told("verify", "--study", forgotten(study), "--output-dir", handed)
    assert (code, text.splitlines()[-1]) == (0, "1 file, made anew: the same, bit by bit.")
    assert not (study / ".report").exists()
    assert not (study / "_output").exists()


def rewrite_to_one(manifest: Path) -> None:
    """Let the manifest list the web page alone."""
    data = json.loads(manifest.read_text("utf-8"))
    data["artifacts"] = {NAME: data["artifacts"][NAME]}
    manifest.write_text(json.dumps(data), "utf-8")
