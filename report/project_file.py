"""_quarto.yml and the files beside it: what a study asks of us, and of Quarto."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from report.model.diagnostic import Diagnostic, Location, Severity, excerpt
from report.model.project import ProjectFile, QuartoProject, Wishes
from report.sources import encoding, yaml
from report.sources.file import read as read_file
from report.validate import validate

_NAMES: Final = ("_quarto.yml", "_quarto.yaml")
_NOT_FOR_DOCUMENTS: Final = {"project", "profile", "report"}
"""The keys that say nothing of how a document looks."""

_ALONGSIDE: Final = ("_brand.yml", "_brand.yaml", "_variables.yml")
"""What Quarto finds by its name."""
_YAML: Final = {".yml", ".yaml"}
_STYLES: Final = {".css", ".scss", ".sass"}
_OF_STYLES: Final = _STYLES | {
    *(".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp"),
    *(".woff", ".woff2", ".ttf", ".otf"),
}
"""What a style sheet may ask for, from the folder that it lies in."""
_ASKED_FOR: Final = _STYLES | {".docx", ".csl", ".bib", ".lua", ".typ", ".tex"}
"""A text that ends like this is the name of a file that Quarto reads."""
_PROJECT: Final = "project: {type: default}\n"
"""What is left to say of the project where one document is rendered by itself."""


def read(root: Path) -> tuple[Wishes, QuartoProject, list[Diagnostic]]:
    """What the study in the folder `root` asks of us and of Quarto: in _quarto.yml, and for one
    profile in _quarto-<profile>.yml. Where a file cannot be read it is as if it were not there, and
    why is told."""
    file = next((root / name for name in _NAMES if (root / name).is_file()), root / _NAMES[0])
    wishes, project, problems = _read(root, file)
    profiles = {}
    for file in sorted(root.glob("_quarto-*.y*ml")):
        if file.suffix in _YAML:
            _, profile, trouble = _read(root, file, of_profile=True)
            profiles[file.stem.removeprefix("_quarto-")] = profile
            problems += trouble
    files = project.files | _files(root, _ALONGSIDE) | _extensions(root)
    text = project.text if _PROJECT in project.text else f"{project.text}{_PROJECT}"
    return wishes, replace(project, text=text, files=files, profiles=profiles), problems


def _read(
    root: Path, file: Path, *, of_profile: bool = False
) -> tuple[Wishes, QuartoProject, list[Diagnostic]]:
    nothing = Wishes(), QuartoProject()
    if not file.is_file():
        return *nothing, []
    content, problems = read_file(file, file.name)
    tree, problems = (None, problems) if content is None else yaml.parse(content, file.name)
    if content is None or tree is None:
        # Quarto takes an empty file for one that says nothing
        return *nothing, [p for p in problems if p.code != "empty-file"]
    twice = [problem for problem in problems if problem.code == "duplicate-key"]
    said, problems = validate(tree, ProjectFile)
    if said is None or not isinstance(tree.data, dict):
        return *nothing, problems
    text, _ = encoding.text(content, file.name)
    lines, lined = _for_documents(text or "", tree)
    problems = [*twice, *lined, *_missing(root, tree), *_one_folder(tree, said.report)]
    problems += _ungated(tree)
    if of_profile and said.report:
        message = "“report” says nothing here: renderer and output folder are the same for all"
        at = tree.locate(("report",), of_key=True)
        problems.append(Diagnostic("unknown-key", message, at, f"move it to {_NAMES[0]}"))
    formats = tree.data.get("format")
    if isinstance(formats, str):  # acme-html, for acme-html: default
        formats = {formats: {}}
    kept = {key: value for key, value in tree.data.items() if key not in _NOT_FOR_DOCUMENTS}
    project = QuartoProject(
        text=lines,
        formats={
            name: options if isinstance(options, dict) else {}
            for name, options in (formats if isinstance(formats, dict) else {}).items()
        },
        files=_files(root, _strings(kept)),
        output=_output(tree),
    )
    return said.report or Wishes(), project, problems


def _for_documents(text: str, tree: yaml.Tree) -> tuple[str, list[Diagnostic]]:
    """The file with the keys that are not for documents left out, each line where it was: Quarto
    tells of mistakes by their lines."""
    starts = sorted((line, name) for (name, *inner), (line, _) in tree.keys.items() if not inner)
    lines = text.splitlines(keepends=True)
    ends = [line for line, _ in starts[1:]] + [len(lines) + 1]
    if len({line for line, _ in starts}) < len(starts):
        what = "two keys stand on one line, and report passes the file on by its lines"
        hint = "write each key of the file on a line of its own, without braces around all"
        return "", [Diagnostic("keys-on-one-line", what, Location(tree.path, 1, 1), hint)]
    for (start, name), end in zip(starts, ends, strict=True):
        if name in _NOT_FOR_DOCUMENTS:
            lines[start - 1 : end - 1] = ["\n"] * (end - start)
        if name == "project":
            lines[start - 1] = _PROJECT
    whole = "".join(lines)
    return whole if whole.endswith("\n") else f"{whole}\n", []


def _missing(root: Path, tree: yaml.Tree) -> Iterator[Diagnostic]:
    """Files that are named for documents and that no renderer would find."""
    for key, text in _places(tree.data, ()):
        path = Path(text)
        if path.suffix.lower() not in _ASKED_FOR or "://" in text or key[0] in _NOT_FOR_DOCUMENTS:
            continue
        if path.is_absolute() or ".." in path.parts:
            message = f"{excerpt(text)} lies outside the study, and could not go with it"
            hint = "copy it into the study's folder, and name it from there"
            yield Diagnostic("file-outside", message, tree.locate(key), hint)
        elif not os.path.isfile(root / path):  # noqa: PTH113  # see _files
            message = f"there is no file {excerpt(text)}"
            hint = f"mend its name: it is looked for from the folder that {tree.path} is in"
            yield Diagnostic("missing-file", message, tree.locate(key), hint)


def _one_folder(tree: yaml.Tree, wishes: Wishes | None) -> Iterator[Diagnostic]:
    """Quarto's output folder and ours must not be one: each clears away in its own."""
    folder = _output(tree)
    if folder and Path(folder) == Path((wishes or Wishes()).output_dir):
        message = f"quarto render and report build would both write into {excerpt(folder)}"
        at = tree.locate(("project", "output-dir"))
        yield Diagnostic("one-output-folder", message, at, "name two different folders")


def _ungated(tree: yaml.Tree) -> Iterator[Diagnostic]:
    """What quarto render makes must be read before it is handed out."""
    match tree.data:
        case {"project": {"pre-render": before, **others}} if "_compose.py" in str(before):
            if "_gate.py" not in str(others.get("post-render")):
                message = "nothing reads what quarto render makes before it is handed out"
                hint = (
                    "add post-render: _gate.py below pre-render; report init shows the file in a "
                )
                hint += "new study"
                at = tree.locate(("project", "pre-render"), of_key=True)
                yield Diagnostic("ungated-quarto", message, at, hint, Severity.WARNING)


def _output(tree: yaml.Tree) -> str:
    match tree.data:
        case {"project": {"output-dir": str(folder)}}:
            return folder
    return ""


def _files(root: Path, names: Iterable[str]) -> frozenset[str]:
    """The study's files that Quarto will ask for: those that `names` are the paths of, what these
    name in their turn, and what lies beside a style sheet; none outside the study."""
    found: set[str] = set()
    waiting = [*names]
    while waiting:
        name = waiting.pop()
        path = Path(name)
        inside = name.isprintable() and not path.is_absolute() and ".." not in path.parts
        # Unlike Path.is_file, this takes a text that no file can be called for what it is.
        if not inside or not os.path.isfile(root / path) or path.as_posix() in found:  # noqa: PTH113
            continue
        found.add(path.as_posix())
        if path.suffix in _YAML:
            tree, _ = yaml.read(root / path, name)
            waiting += _strings(tree.data if tree else None)
        if path.suffix in _STYLES:
            waiting += (
                file.relative_to(root).as_posix()
                for file in (root / path).parent.iterdir()
                if file.suffix.lower() in _OF_STYLES
            )
    return frozenset(found)


def _extensions(root: Path) -> frozenset[str]:
    files = (file for file in (root / "_extensions").rglob("*") if file.is_file())
    return frozenset(file.relative_to(root).as_posix() for file in files)


def _places(value: object, key: yaml.Key) -> Iterator[tuple[yaml.Key, str]]:
    """Every text, and the way to it."""
    match value:
        case str():
            yield key, value
        case dict():
            for name, inner in value.items():
                yield from _places(inner, (*key, name))
        case list():
            for number, inner in enumerate(value):
                yield from _places(inner, (*key, number))


def _strings(value: object) -> Iterator[str]:
    return (text for _, text in _places(value, ()))
