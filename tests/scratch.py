"""What commands leave in a folder for scratch files."""

from pathlib import Path


def left_in(folder: Path) -> list[Path]:
    """All of it, but for the code of our own templates, which Jinja keeps there."""
    return [file for file in folder.iterdir() if not file.name.startswith("_jinja2-cache")]
