"""What the machine, the environment and _quarto.yml say. Nothing else reads them."""

import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Final

from report.errors import UsageError
from report.model.diagnostic import Diagnostic, Location, did_you_mean
from report.model.project import ProjectFile, QuartoProject, Wishes
from report.sources import encoding, yaml
from report.sources.file import read as read_file
from report.validate import validate

RENDERER_NAMES: Final = ("builtin", "quarto")
_PROJECT: Final = "_quarto.yml"
_NOT_FOR_DOCUMENTS: Final = {"project", "profile", "report"}
"""The keys of _quarto.yml that say nothing of how a document looks."""


@dataclass(frozen=True)
class Settings:
    """Where a study lies, where its templates come from, where its documents go."""

    root: Path
    output: Path
    templates: tuple[Path, ...]
    """The study's own templates first, then ours."""
    epoch: int | None
    """SOURCE_DATE_EPOCH, where it is set."""
    jobs: int
    renderer: str
    """The name of what makes files of documents."""
    quarto: str
    """The command that Quarto is called by: QUARTO_PATH, else what PATH has; empty for none."""
    project: QuartoProject
    """What the study asks of Quarto."""
    profiles: tuple[str, ...]
    """Quarto's active profiles (QUARTO_PROFILE), for `report compose`."""
    diagnostics: tuple[Diagnostic, ...]
    """What is wrong with _quarto.yml."""

    @property
    def themes(self) -> tuple[Path, ...]:
        """The folders of looks, in the order of `templates`."""
        return tuple(folder / "theme" for folder in self.templates)


def settings(
    study: Path,
    output: Path | None = None,
    renderer: str | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Settings:
    """The settings of the study in the folder `study`; `output` and `renderer` go before what its
    _quarto.yml says. Raises UsageError where one is wrong."""
    root = study.resolve()
    own = root / "templates"
    if renderer is not None and renderer not in RENDERER_NAMES:
        raise UsageError(
            f"there is no renderer “{renderer}”", did_you_mean(renderer, RENDERER_NAMES)
        )
    wishes, project, problems = _project(root)
    return Settings(
        root=root,
        output=output.resolve() if output else (root / wishes.output_dir).resolve(),
        templates=tuple(dict.fromkeys(f for f in (own, templates()) if f.is_dir())),
        epoch=_epoch(environment.get("SOURCE_DATE_EPOCH", "")),
        jobs=os.cpu_count() or 1,
        renderer=renderer or wishes.renderer,
        quarto=_quarto(environment),
        project=project,
        profiles=tuple(re.findall(r"[^ ,]+", environment.get("QUARTO_PROFILE", ""))),
        diagnostics=tuple(problems),
    )


def _quarto(environment: Mapping[str, str]) -> str:
    return (
        environment.get("QUARTO_PATH") or shutil.which("quarto", path=environment.get("PATH")) or ""
    )


def _project(root: Path) -> tuple[Wishes, QuartoProject, Sequence[Diagnostic]]:
    """What the study's _quarto.yml says to us and to Quarto; as if it were not there where it
    cannot be read, and why."""
    brand = frozenset(_of_brand(root))
    nothing = Wishes(), QuartoProject(strings=brand)
    file = root / _PROJECT
    if not file.is_file():
        return *nothing, []
    content, problems = read_file(file, _PROJECT)
    tree, problems = (None, problems) if content is None else yaml.parse(content, _PROJECT)
    if content is None or tree is None:
        return *nothing, problems
    read, problems = validate(tree, ProjectFile)
    if read is None or not isinstance(tree.data, dict):
        return *nothing, problems
    text, _ = encoding.text(content, _PROJECT)
    lines, problems = _for_documents(text or "", tree)
    formats = tree.data.get("format")
    project = QuartoProject(
        text=lines,
        formats={
            name: options if isinstance(options, dict) else {}
            for name, options in (formats if isinstance(formats, dict) else {}).items()
        },
        strings=brand.union(_strings(tree.data)),
    )
    return read.report or Wishes(), project, problems


def _for_documents(text: str, tree: yaml.Tree) -> tuple[str, list[Diagnostic]]:
    """The lines of the file but those of the keys that are not for documents."""
    starts = sorted((line, name) for (name, *inner), (line, _) in tree.keys.items() if not inner)
    lines = text.splitlines(keepends=True)
    ends = [line for line, _ in starts[1:]] + [len(lines) + 1]
    if len({line for line, _ in starts}) < len(starts):
        what = "two keys stand on one line, and report passes the file on by its lines"
        hint = "write each key of the file on a line of its own, without braces around all"
        return "", [Diagnostic("keys-on-one-line", what, Location(_PROJECT, 1, 1), hint)]
    kept = [
        "".join(lines[start - 1 : end - 1])
        for (start, name), end in zip(starts, ends, strict=True)
        if name not in _NOT_FOR_DOCUMENTS
    ]
    return "".join(kept), []


def _of_brand(root: Path) -> Iterator[str]:
    """The texts of _brand.yml, which names logos and fonts; Quarto tells of what is wrong there."""
    file = root / "_brand.yml"
    tree = yaml.read(file, file.name)[0] if file.is_file() else None
    yield from _strings(tree.data if tree else None)


def _strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from _strings(inner)
        case list():
            for inner in value:
                yield from _strings(inner)


def _epoch(value: str) -> int | None:
    if not value:
        return None
    try:
        epoch = int(value)
        datetime.fromtimestamp(epoch, UTC)
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH is “{value}”, which is not a number of seconds since 1970"
        raise UsageError(message, "unset it, or set it to what date +%s prints") from None
    return epoch


def epoch_of(date: str) -> int:
    """The first second (UTC) of a day, month or year written 2024-09-02, 2024-09 or 2024."""
    year, month, day = (int(part) for part in f"{date}-1-1".split("-")[:3])
    return int(datetime(year, month, day, tzinfo=UTC).timestamp())


def example() -> Path:
    """The folder of the example study."""
    package = _package()
    installed = package / "shipped" / "example"
    return installed if installed.is_dir() else package.parent


def skeleton() -> Path:
    """The folder that a new study is a copy of."""
    return templates() / "study"


def templates() -> Path:
    """Our templates: in the package where it was installed from a wheel, else beside it."""
    package = _package()
    installed = package / "shipped" / "templates"
    return installed if installed.is_dir() else package.parent / "templates"


def _package() -> Path:
    return Path(str(resources.files("report")))
