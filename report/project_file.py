"""_quarto.yml and the files beside it: what a study asks of us, and of Quarto."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from report.model.diagnostic import Diagnostic, Location
from report.model.project import ProjectFile, QuartoProject, Wishes
from report.sources import encoding, yaml
from report.sources.file import read as read_file
from report.validate import validate

_NAME: Final = "_quarto.yml"
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
_LONGEST: Final = 200  # a longer text is no name of a file


def read(root: Path) -> tuple[Wishes, QuartoProject, list[Diagnostic]]:
    """What the study in the folder `root` asks of us and of Quarto: in _quarto.yml, and for one
    profile in _quarto-<profile>.yml. Where a file cannot be read it is as if it were not there, and
    why is told."""
    wishes, project, problems = _read(root, _NAME)
    profiles = {}
    for file in sorted(root.glob("_quarto-*.y*ml")):
        if file.suffix in _YAML:
            _, profile, trouble = _read(root, file.name)
            profiles[file.stem.removeprefix("_quarto-")] = profile
            problems += trouble
    whole = QuartoProject(project.text, project.formats, project.files, profiles)
    return wishes, whole, problems


def _read(root: Path, name: str) -> tuple[Wishes, QuartoProject, list[Diagnostic]]:
    nothing = Wishes(), QuartoProject(files=_files(root, iter(())))
    file = root / name
    if not file.is_file():
        return *nothing, []
    content, problems = read_file(file, name)
    tree, problems = (None, problems) if content is None else yaml.parse(content, name)
    if content is None or tree is None:
        return *nothing, problems
    said, problems = validate(tree, ProjectFile)
    if said is None or not isinstance(tree.data, dict):
        return *nothing, problems
    text, _ = encoding.text(content, name)
    lines, problems = _for_documents(text or "", tree)
    formats = tree.data.get("format")
    project = QuartoProject(
        text=lines,
        formats={
            name: options if isinstance(options, dict) else {}
            for name, options in (formats if isinstance(formats, dict) else {}).items()
        },
        files=_files(root, _strings(tree.data)),
    )
    return said.report or Wishes(), project, problems


def _for_documents(text: str, tree: yaml.Tree) -> tuple[str, list[Diagnostic]]:
    """The lines of the file but those of the keys that are not for documents."""
    starts = sorted((line, name) for (name, *inner), (line, _) in tree.keys.items() if not inner)
    lines = text.splitlines(keepends=True)
    ends = [line for line, _ in starts[1:]] + [len(lines) + 1]
    if len({line for line, _ in starts}) < len(starts):
        what = "two keys stand on one line, and report passes the file on by its lines"
        hint = "write each key of the file on a line of its own, without braces around all"
        return "", [Diagnostic("keys-on-one-line", what, Location(tree.path, 1, 1), hint)]
    kept = [
        "".join(lines[start - 1 : end - 1])
        for (start, name), end in zip(starts, ends, strict=True)
        if name not in _NOT_FOR_DOCUMENTS
    ]
    return "".join(kept), []


def _files(root: Path, names: Iterator[str]) -> frozenset[str]:
    """The study's files that Quarto will ask for: those that `names` are the paths of, what these
    name in their turn, and what lies beside a style sheet; none outside the study."""
    found: set[str] = set()
    waiting = [*names, *_ALONGSIDE]
    while waiting:
        name = waiting.pop()
        path = Path(name)
        usual = 0 < len(name) < _LONGEST and name.isprintable()
        if not usual or path.is_absolute() or ".." in path.parts or not (root / path).is_file():
            continue
        if path.as_posix() in found:
            continue
        found.add(path.as_posix())
        if path.suffix in _YAML:
            tree, _ = yaml.read(root / path, name)
            waiting += _strings(tree.data if tree else None)
        if path.suffix in _STYLES:
            folder = (root / path).parent
            waiting += (
                file.relative_to(root).as_posix()
                for file in folder.iterdir()
                if file.suffix.lower() in _OF_STYLES
            )
    extensions = (root / "_extensions").rglob("*")
    return frozenset(found).union(
        file.relative_to(root).as_posix() for file in extensions if file.is_file()
    )


def _strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Mapping():
            for inner in value.values():
                yield from _strings(inner)
        case list():
            for inner in value:
                yield from _strings(inner)
