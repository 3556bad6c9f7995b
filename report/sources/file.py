"""Files read, or told in plain words why they cannot be; and files written whole."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from report.model.diagnostic import Diagnostic, Location


def read(file: Path, path: str) -> tuple[bytes | None, list[Diagnostic]]:
    """The content of `file`, told of as `path`."""
    try:
        return file.read_bytes(), []
    except OSError as error:
        message, hint = _why(file, error)
        return None, [Diagnostic("unreadable-file", message, Location(path), hint)]


def write(file: Path, content: bytes) -> bool:
    """Give the file this content, whole or not at all; whether it had another. Its rights stay, and
    where it is a link, that does. Raises OSError, which names the file."""
    if file.is_file() and file.read_bytes() == content:
        return False
    whole = file.resolve()
    part = whole.with_name(f".{whole.name}.{os.getpid()}.new")
    try:
        whole.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as written:
            written.write(content)
            written.flush()
            os.fsync(written.fileno())  # or a power cut leaves an empty file under its name
        if whole.exists():
            shutil.copymode(whole, part)
        part.replace(whole)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        error.filename = str(file)
        raise
    return True


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
