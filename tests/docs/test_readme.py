"""What README.md says of the program is what the program does."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.core
from typer.testing import CliRunner

from report.cli import app
from report.config import templates

from .pages import ROOT, between, composed, expressions, known, rows, shown

README = ROOT / "README.md"
ATTRIBUTION = {"id": "M6, manager", "stakeholder": "a manager", "none": "nobody"}
NAMES = {"html": "HTML", "pdf": "PDF", "docx": "Word", "jats": "JATS"}


def commands() -> dict[str, Any]:
    """The command itself, by an empty name, and its own commands."""
    command = typer.main.get_command(app)
    assert isinstance(command, typer.core.TyperGroup)
    inner = {
        f"{name} {sub}": below
        for name, group in command.commands.items()
        if isinstance(group, typer.core.TyperGroup)
        for sub, below in group.commands.items()
    }
    return {"": command, **command.commands, **inner}


def run(*arguments: str) -> tuple[int, str]:
    # Wide enough that no width of a terminal plays a part: Click stops at 80 columns.
    outcome = CliRunner(env={"COLUMNS": "80", "NO_COLOR": "1"}).invoke(
        app, arguments, prog_name="report"
    )
    return outcome.exit_code, outcome.output


def helps() -> Iterator[str]:
    for name in commands():
        code, text = run(*name.split(), "--help")
        assert code == 0
        yield f"```text\n$ {' '.join(['report', *name.split(), '--help'])}\n{text.rstrip()}\n```\n"


def test_the_help_in_the_readme_is_that_of_the_commands(*, accept: bool) -> None:
    expected = "\n" + "\n".join(helps()) + "\n"
    if accept:
        old = f"<!-- help:start -->\n{between(README, 'help')}<!-- help:end -->"
        new = f"<!-- help:start -->\n{expected}<!-- help:end -->"
        README.write_text(README.read_text("utf-8").replace(old, new), "utf-8")
    assert between(README, "help") == expected, "re-record it with: pytest --accept tests/docs"


def test_every_command_and_option_is_in_the_readme() -> None:
    text = between(README, "help")
    for name, command in commands().items():
        part = text.partition(f"$ report {name} --help".replace("  ", " "))[2].partition("```")[0]
        options = [option for p in command.params for option in p.opts if option.startswith("-")]
        assert [option for option in options if f"  {option} " not in part] == []


@pytest.mark.parametrize("line", expressions(README, "expressions"), ids=lambda line: line[0])
def test_an_expression_becomes_what_the_readme_says(line: list[str], tmp_path: Path) -> None:
    expression, result = line
    if result.startswith("("):
        assert shown(tmp_path, expression)
    else:
        assert shown(tmp_path, expression) == result


@pytest.mark.parametrize("line", expressions(README, "tables"), ids=lambda line: line[0])
def test_a_table_or_figure_has_the_label_that_the_readme_says(
    line: list[str], tmp_path: Path
) -> None:
    expression, _, reference = line
    assert f"#{reference.removeprefix('@')}" in shown(tmp_path, expression)


def test_the_readme_names_every_table_and_figure() -> None:
    named = {line[0] for line in expressions(README, "tables")}
    there = {
        f'{{{{ {kind}("{file.name.removeprefix(f"{kind}_").removesuffix(".md.j2")}") }}}}'
        for kind in ("table", "figure")
        for file in (templates() / "partials").glob(f"{kind}_*.md.j2")
    }
    assert named == there


def test_the_audiences_are_those_of_the_templates() -> None:
    said = {name.strip("`"): (formats, by) for name, _, formats, by in rows(README, "audiences")}
    assert said == {
        name: (", ".join(NAMES[f] for f in audience.formats), ATTRIBUTION[audience.attribution])
        for name, audience in known().items()
    }


@pytest.mark.parametrize("name", ["journal", "lay"])
def test_a_quote_is_by_whom_the_table_of_audiences_says(name: str, tmp_path: Path) -> None:
    by = {row[0].strip("`"): row[3] for row in rows(README, "audiences")}
    document = composed(tmp_path, '{{ quote("Q26") }}', name).document
    assert document
    assert document.text.strip().endswith(f"({by[name]})")


def test_the_error_in_the_readme_is_a_real_one(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    text = tmp_path / "data" / "text" / "lay" / "found.md"
    text.write_text(text.read_text("utf-8").replace('"Q16"', '"Q161"'), "utf-8")
    code, output = run("check", "--study", str(tmp_path))
    assert (code, output.strip()) == (
        1,
        between(README, "error").strip("`\n").removeprefix("text\n"),
    )


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        (0, ["check", "--study", str(ROOT)]),
        (2, ["build", "--study", str(ROOT), "--audience", "nobody"]),
        (2, ["build", "--study", str(ROOT), "--to", "odt"]),
        (2, ["check", "--study", str(ROOT / "report")]),
        (2, ["build", "--nothing"]),
    ],
)
def test_exit_codes(code: int, arguments: list[str], tmp_path: Path) -> None:
    if arguments[0] == "build":
        arguments = [*arguments, "--output-dir", str(tmp_path)]
    assert run(*arguments)[0] == code


def test_the_readme_lists_the_exit_codes_of_the_help() -> None:
    codes = re.findall(r"^\| (\d+) \|", README.read_text("utf-8"), re.MULTILINE)
    epilog = between(README, "help").partition("Exit codes:")[2].partition("```")[0]
    assert codes == re.findall(r"\d+", epilog)
