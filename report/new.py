"""New studies, and the files that help to write one."""

import json
import shutil
from pathlib import Path

from report.config import example, skeleton
from report.errors import UsageError
from report.load import schemas

# Quarto would add the lines on .quarto itself.
_IGNORED = """\
/_output/
/_output.lock
/_quarto/
/composed/
/.report/
/private/
/_environment.local
/.quarto/
**/*.quarto_ipynb
"""


def new_study(folder: Path, *, example_study: bool) -> None:
    """Make `folder` a study: the example's copy, or a skeleton.

    Raises UsageError where the folder is there already and not empty, or cannot be made.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is there already", "name a folder that does not exist yet")
    source = example() if example_study else skeleton()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source / "data", folder / "data")
        shutil.copy(source / "_quarto.yml", folder / "_quarto.yml")
        for name in ("_compose.py", "_gate.py"):
            shutil.copy(example() / name, folder / name)
        (folder / ".gitignore").write_text(_IGNORED, "utf-8")
    except OSError as error:
        why = error.strerror or str(error)
        raise UsageError(f"{folder} cannot be made: {why}", "choose another folder") from error
    write_schemas(folder)


def write_schemas(root: Path) -> list[Path]:
    """Write data/schema/*.schema.json in the study's folder `root`; returns their paths."""
    folder = root / "data" / "schema"
    if not (root / "data").is_dir():
        raise UsageError(
            f"there is no study in {root}: it has no folder data",
            "go to the study's folder, or name it with --study",
        )
    folder.mkdir(exist_ok=True)
    files = []
    for name, content in schemas().items():
        file = folder / name
        file.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", "utf-8")
        files.append(file)
    return files
