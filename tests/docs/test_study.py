"""The pages in docs/ describe every column, key, name and filter, and no other."""

import re
import typing
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel

from report.compose import composition, environment
from report.compose.escape import Markdown
from report.compose.prose import Instead, fill
from report.compose.selection import selections
from report.load import tables
from report.model.audience import Audience, AudiencesFile
from report.model.codebook import Codebook
from report.model.diagnostic import Diagnostic
from report.model.glossary import Glossary
from report.model.project import Wishes
from report.model.study import Prose
from report.model.study_file import StudyFile

from .pages import ROOT, example, expressions, known, rows, shown
from .test_readme import run

STUDY, AUDIENCES = ROOT / "docs" / "study.md", ROOT / "docs" / "audiences.md"
QUARTO = ROOT / "docs" / "quarto.md"
FILES = (StudyFile, Codebook, Glossary, AudiencesFile, Audience, Wishes)


def models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The model and every model that its keys hold."""
    yield model
    for field in model.model_fields.values():
        yield from inside(field.annotation)


def inside(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from models(annotation)
    for argument in typing.get_args(annotation):
        yield from inside(argument)


MODELS = {model.__name__: model for file in FILES for model in models(file)}
# Its keys are those of Audience, none of which must be there.
del MODELS["AudienceOverride"]


def described(kind: str, name: str) -> dict[str, bool]:
    """The first column of the table under a comment, and whether the second says “yes”."""
    text = "".join(page.read_text("utf-8") for page in (STUDY, AUDIENCES, QUARTO))
    found = re.search(rf"<!-- {kind}: {name} -->\n((?:\|.*\n)+)", text)
    assert found, f"no page has a table of the {kind} of {name}"
    table = [line.split("|")[1:3] for line in found[1].splitlines()[2:]]
    return {key.strip().strip("`"): must.strip() == "yes" for key, must in table}


@pytest.mark.parametrize("name", MODELS)
def test_every_key_is_described_and_no_other(name: str) -> None:
    keys = {
        field.alias or key: field.is_required() for key, field in MODELS[name].model_fields.items()
    }
    assert described("keys", name) == keys


@pytest.mark.parametrize("name", tables._COLUMNS)
def test_every_column_is_described_and_no_other(name: str) -> None:
    required, optional = tables._COLUMNS[name]
    columns = dict.fromkeys(required, True) | dict.fromkeys(optional, False)
    assert described("columns", name) == columns


def test_every_name_that_where_asks_for_is_described() -> None:
    attributes = {attribute.id for attribute in example().file.attributes}
    there = {
        kind: set(selection._values.names) - attributes
        for kind, selection in selections(
            example(),
            example(),
            lambda _: None,
            lambda one: one,
            lambda quote: quote,
            limited=False,
        ).items()
    }
    said = {kind: set(re.findall("`(.+?)`", names)) for kind, names in rows(STUDY, "where")}
    assert {kind.strip("`"): names for kind, names in said.items()} == there


def test_every_filter_is_described() -> None:
    cells = " ".join(row[0] for row in rows(STUDY, "filters"))
    said = set(re.findall(r"`(\w+)", cells))
    assert said == set(environment.prose("en").filters)


def test_every_name_of_prose_is_described(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names: set[str] = set()

    def spy(
        prose: Prose,
        known_names: Mapping[str, object],
        expressions: ImmutableSandboxedEnvironment,
        instead: Iterable[Instead] = (),
    ) -> tuple[Markdown, list[Diagnostic]]:
        names.update(known_names)
        return fill(prose, known_names, expressions, instead)

    monkeypatch.setattr(composition, "fill", spy)
    shown(tmp_path, "words")
    table = STUDY.read_text("utf-8").partition("| name | what it is |\n")[2].partition("\n\n")[0]
    first = " ".join(line.split("|")[1] for line in table.splitlines()[1:])
    assert set(re.findall(r"`(\w+)", first)) == names | {"recipient"}


@pytest.mark.parametrize("line", expressions(STUDY, "expressions"), ids=lambda line: line[0])
def test_an_expression_becomes_what_the_page_says(line: list[str], tmp_path: Path) -> None:
    expression, result = line
    if result.startswith("("):
        assert shown(tmp_path, expression)
    else:
        assert shown(tmp_path, expression) == result


def test_every_text_that_templates_ask_for_is_described() -> None:
    page = STUDY.read_text("utf-8").partition("## The texts")[2].partition("\n\n\n")[0]
    for file in (ROOT / "templates").rglob("*.j2"):
        for name, rest in re.findall(r'section\("([\w/-]+)"( ~)?', file.read_text("utf-8")):
            assert f"`{name}<" if rest else f"`{name}`" in page, f"{name} in {file.name}"


def code(page: Path, start: str) -> str:
    """The fenced block of the page that starts with these words."""
    blocks: list[str] = re.findall(
        r"^```\w*\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    return next(block for block in blocks if block.startswith(start))


def test_the_worked_example_of_a_new_audience_works(tmp_path: Path) -> None:
    study = tmp_path / "study"
    assert run("init", "--example", str(study))[0] == 0
    folder = study / "templates" / "funder"
    folder.mkdir(parents=True)
    (folder / "audience.yml").write_text(code(AUDIENCES, "label: Report to the funder"), "utf-8")
    (folder / "document.qmd.j2").write_text(code(AUDIENCES, "---\n"), "utf-8")
    exit_code, output = run("check", "--study", str(study))
    assert (exit_code, output.strip()) == (1, code(AUDIENCES, "data/text/").strip())
    (study / "data" / "text" / "funder").mkdir()
    text = code(AUDIENCES, "{{ participants")
    (study / "data" / "text" / "funder" / "done.md").write_text(text, "utf-8")
    arguments = ["build", "--study", str(study), "--audience", "funder", "--to", "docx"]
    exit_code, output = run(*arguments)
    assert exit_code == 0, output
    assert (study / "_output" / "funder.en.docx").is_file()


def test_the_worked_change_of_an_audience_works(tmp_path: Path) -> None:
    study = tmp_path / "study"
    assert run("init", "--example", str(study))[0] == 0
    (study / "data" / "audiences.yml").write_text(code(AUDIENCES, "audiences:"), "utf-8")
    exit_code, output = run("build", "--study", str(study), "--audience", "lay", "--to", "docx")
    assert exit_code == 0, output
    assert run("build", "--study", str(study), "--audience", "reviewer")[0] == 2


def test_the_looks_are_those_of_the_theme() -> None:
    text = AUDIENCES.read_text("utf-8")
    looks = {file.stem for file in (ROOT / "templates" / "theme" / "docx").glob("*.docx")}
    assert looks == {audience.theme for audience in known().values()}
    assert all(f"`{look}`" in text for look in looks)
