"""The layering that ARCHITECTURE.md draws, held by reading the imports."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "report"
LAYERS = (
    {"cli"},
    {"cli_build", "cli_diff", "cli_translate", "cli_verify"},
    {"cli_options"},
    {
        *("build", "withdraw", "quarto_project", "quarto_gate", "new", "doctor", "terminal"),
        *("readability_table", "status", "changed_files", "explain", "verify"),
        "translate",
    },
    {"changes", "diff_page", "causes"},
    {"rendering", "inspection", "traces", "freshness", "snapshot", "drawn"},
    {"check"},
    {"examination"},
    {"disclosure", "fingerprint", "diff", "redline"},
    {
        *("audiences", "catalogues", "crate", "index", "manifest", "state", "load", "checks"),
        *("compose", "renderers", "gate", "publish", "executor", "revision"),
    },
    {"clearance"},
    {"config"},
    {"project_file"},
    {"validate"},
    {"cluster", "pandoc"},
    {
        *("sources", "process", "scratch", "fonts", "languages", "contrast", "stylesheet"),
        *("readability", "software", "stopping"),
    },
    {"model", "errors"},
)
"""From the top down. A name is a module of report/, or a package with all that is in it."""
SIBLINGS = {
    ("index", "compose"): "the page of documents words its dates and languages as they do",
    ("index", "manifest"): "the page lists what the manifest lists",
    ("crate", "compose"): "the metadata name audiences and documents as they do",
    ("crate", "manifest"): "the metadata tell what the manifest lists",
}
"""Imports inside a layer, each with its reason."""
MOST_LINES = 350
ROLES = {"manager", "service", "helper", "helpers", "utils", "util", "core", "processor"}


def name_of(file: Path) -> str:
    parts = ["report", *file.relative_to(PACKAGE).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(file): file for file in sorted(PACKAGE.rglob("*.py"))}
TREES = {name: ast.parse(file.read_text("utf-8")) for name, file in MODULES.items()}


def imported(node: ast.AST) -> Iterator[str]:
    """Our own modules that one statement imports."""
    match node:
        case ast.Import():
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        case ast.ImportFrom(module=str(module), level=0) if module in MODULES:
            for alias in node.names:
                inner = f"{module}.{alias.name}"
                yield inner if inner in MODULES else module
        case ast.ImportFrom(level=level) if level:
            pytest.fail(f"line {node.lineno}: imports are written from the top: from report.…")
        case _:
            return


def imports(name: str) -> set[str]:
    return {module for node in ast.walk(TREES[name]) for module in imported(node)}


def part(name: str) -> str:
    """The module or package of report/ that a module belongs to; nothing for report itself."""
    return name.split(".")[1] if "." in name else ""


def layer(name: str) -> int:
    return next(n for n, names in enumerate(LAYERS) if part(name) in names)


def laid() -> list[str]:
    """Every module but report itself, which says its version, and report.__main__, which runs."""
    return [name for name in MODULES if part(name) not in {"", "__main__"}]


@pytest.mark.parametrize("name", laid())
def test_every_module_has_its_layer(name: str) -> None:
    assert [part(name) in names for names in LAYERS].count(True) == 1


@pytest.mark.parametrize("name", laid())
def test_imports_point_down(name: str) -> None:
    for other in imports(name) - {"report"}:
        if part(other) == part(name):
            continue
        if layer(other) == layer(name):
            assert (part(name), part(other)) in SIBLINGS, f"{name} imports its sibling {other}"
        else:
            assert layer(other) > layer(name), f"{name} imports {other}, which lies above it"


def test_every_exception_among_siblings_is_needed() -> None:
    pairs = {(part(name), part(other)) for name in laid() for other in imports(name)}
    assert set(SIBLINGS) <= pairs


def test_imports_make_no_cycle() -> None:
    try:
        TopologicalSorter({name: imports(name) for name in MODULES}).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


@pytest.mark.parametrize("name", [name for name in MODULES if part(name) == "model"])
def test_the_model_imports_nothing_of_ours_but_the_model(name: str) -> None:
    assert {part(other) for other in imports(name)} <= {"model"}


@pytest.mark.parametrize("name", [name for name in MODULES if not part(name).startswith("cli")])
def test_our_own_modules_are_imported_at_the_top(name: str) -> None:
    top = {id(node) for node in TREES[name].body}
    late = [
        f"line {node.lineno}: {', '.join(imported(node))}"
        for node in ast.walk(TREES[name])
        if isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in top
        if any(imported(node))
    ]
    assert late == []


@pytest.mark.parametrize("name", MODULES)
def test_no_module_is_long(name: str) -> None:
    lines = len(MODULES[name].read_text("utf-8").splitlines())
    assert lines <= MOST_LINES


@pytest.mark.parametrize("name", MODULES)
def test_modules_are_named_after_things(name: str) -> None:
    words = {word.removesuffix("s") for word in name.replace("_", ".").split(".")}
    assert not words & {role.removesuffix("s") for role in ROLES}


@pytest.mark.parametrize("name", MODULES)
def test_no_exception_is_caught_unnamed(name: str) -> None:
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"line {node.lineno}: a bare except"
            caught = {leaf.id for leaf in ast.walk(node.type) if isinstance(leaf, ast.Name)}
            assert not caught & {"Exception", "BaseException"}, f"line {node.lineno}"


def test_only_what_looks_for_its_words_reads_the_key() -> None:
    """Who the participants are must not come near to what composes documents."""
    readers = {name for name in MODULES if "report.load.key" in imports(name)}
    assert readers == {"report.check"}
    composing = [name for name in MODULES if part(name) in {"compose", "renderers", "index"}]
    assert not [name for name in composing if "report.model.key" in imports(name)]
