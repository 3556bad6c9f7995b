"""What a file holds, or in plain words why it cannot be read."""

from pathlib import Path

from report.model.diagnostic import Diagnostic, Location


def read(file: Path, path: str) -> tuple[bytes | None, list[Diagnostic]]:
    """The content of `file`, told of as `path`."""
    try:
        return file.read_bytes(), []
    except OSError as error:
        message, hint = _why(file, error)
        return None, [Diagnostic("unreadable-file", message, Location(path), hint)]


def _why(file: Path, error: OSError) -> tuple[str, str]:
    if file.is_dir():
        return "this is a folder, not a file", "rename or delete it, and put the file there"
    if file.is_symlink():
        return "this is a link to a file that cannot be read", "put the file itself there"
    if isinstance(error, PermissionError):
        hint = "close it in other programs, or ask for the right to read it"
        return "this file may not be read", hint
    why = error.strerror or "no reason given"
    return f"this file cannot be read ({why})", "copy it anew, or look at the disk"
