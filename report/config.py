"""What the machine, the environment and _quarto.yml say. Nothing else reads them."""

import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Final

from report import project_file
from report.errors import ReportError, UsageError
from report.model.diagnostic import Diagnostic, did_you_mean
from report.model.project import QuartoProject

RENDERER_NAMES: Final = ("builtin", "quarto")


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
    """How many files are made at a time on this machine."""
    scheduler: str
    """HOST:PORT of the scheduler of the Dask cluster that makes the files; empty: this machine."""
    renderer: str
    """The name of what makes files of documents."""
    quarto: str
    """The command that Quarto is called by: QUARTO_PATH, else what PATH has; empty for none."""
    project: QuartoProject
    """What the study asks of Quarto."""
    rendered: tuple[Path, ...] | None
    """What Quarto has just rendered (QUARTO_PROJECT_OUTPUT_FILES), for `report gate`. None: Quarto
    did not call."""
    profiles: tuple[str, ...]
    """Quarto's active profiles (QUARTO_PROFILE), for `report compose`."""
    diagnostics: tuple[Diagnostic, ...]
    """What is wrong with _quarto.yml."""
    machine: tuple[str, ...]
    """Folders of this machine that no document may name: the study's, the user's, the one for
    scratch."""

    def told(self, file: Path) -> str:
        """A file as users know it: from the study's folder where it lies in it."""
        inside = file.is_relative_to(self.root)
        return (file.relative_to(self.root) if inside else file).as_posix()

    @property
    def themes(self) -> tuple[Path, ...]:
        """The folders of looks, in the order of `templates`."""
        return tuple(folder / "theme" for folder in self.templates)


def settings(
    study: Path,
    output: Path | None = None,
    renderer: str | None = None,
    environment: Mapping[str, str] = os.environ,
    *,
    jobs: int | None = None,
    executor: str = "",
) -> Settings:
    """The settings of the study in the folder `study`; `output` and `renderer` go before what its
    _quarto.yml says, `jobs` before the machine's cores; `executor` names a cluster that is to do
    the work. Raises UsageError where one is wrong."""
    root = study.resolve()
    own = root / "templates"
    if renderer is not None and renderer not in RENDERER_NAMES:
        raise UsageError(
            f"there is no renderer “{renderer}”", did_you_mean(renderer, RENDERER_NAMES)
        )
    wishes, project, problems = project_file.read(root)
    return Settings(
        root=root,
        output=output.resolve() if output else (root / wishes.output_dir).resolve(),
        templates=tuple(dict.fromkeys(f for f in (own, templates()) if f.is_dir())),
        epoch=_epoch(environment.get("SOURCE_DATE_EPOCH", "")),
        jobs=jobs or _cores(),
        scheduler=_scheduler(executor),
        renderer=renderer or wishes.renderer,
        quarto=_quarto(environment),
        project=project,
        rendered=_rendered(root, environment.get("QUARTO_PROJECT_OUTPUT_FILES")),
        profiles=tuple(re.findall(r"[^ ,]+", environment.get("QUARTO_PROFILE", ""))),
        diagnostics=tuple(problems),
        machine=_folders(root, environment),
    )


def _scheduler(executor: str) -> str:
    """The HOST:PORT in dask://HOST:PORT."""
    if not executor:
        return ""
    named = re.fullmatch(r"dask://([\w.-]+|\[[0-9a-fA-F:.]+\]):(\d{1,5})", executor)
    if not named or not 0 < int(named[2]) < 2**16:
        raise UsageError(
            f"--executor {executor} names no cluster",
            "write it as dask://HOST:PORT, the address that dask scheduler prints: "
            "dask://10.0.0.5:8786",
        )
    return f"{named[1]}:{named[2]}"


def _cores() -> int:
    """Those that this process may use, where the system tells."""
    may = getattr(os, "sched_getaffinity", None)
    return len(may(0)) if may else os.cpu_count() or 1


def _quarto(environment: Mapping[str, str]) -> str:
    if named := environment.get("QUARTO_PATH"):
        path = Path(named).absolute()
        return str(path / "quarto" if path.is_dir() else path)
    return shutil.which("quarto", path=environment.get("PATH", "")) or ""


def _folders(root: Path, environment: Mapping[str, str]) -> tuple[str, ...]:
    home = environment.get("HOME") or environment.get("USERPROFILE") or ""
    try:
        scratch = tempfile.gettempdir()
    except OSError as error:
        message = "there is no folder for scratch files that may be written to, or the disk is full"
        raise ReportError(message, "free some space, or set TMPDIR to such a folder") from error
    folders = (str(root), home if len(Path(home).parts) > 1 else "", scratch)
    return tuple(dict.fromkeys(folder for folder in folders if folder))


def _rendered(root: Path, names: str | None) -> tuple[Path, ...] | None:
    return None if names is None else tuple(root / name for name in names.splitlines())


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
