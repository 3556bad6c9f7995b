"""Folders for files that live as long as a renderer works on them.

They hold a study's texts. So all lie in one folder of this process, which nobody else may read, and
which the next command removes where this one was killed.
"""

import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Final

from report.errors import RenderError

_PREFIX: Final = "qualreport-"
_LOCK: Final = "lock"
_FULL: Final = {errno.ENOSPC, errno.EDQUOT}

_mine: Final[list["tempfile.TemporaryDirectory[str]"]] = []
_making: Final = Lock()


@contextmanager
def scratch() -> Iterator[Path]:
    """A new folder, which is gone when the block is left.

    Raises RenderError where files in it, or in any of `lasting`, cannot be read or written.
    """
    with told(), tempfile.TemporaryDirectory(dir=_process(), ignore_cleanup_errors=True) as made:
        yield Path(made)


def lasting() -> Path:
    """A new folder, which is gone when this process ends. Raises OSError."""
    return Path(tempfile.mkdtemp(dir=_process()))


@contextmanager
def told() -> Iterator[None]:
    """Where the disk refuses within the block, a RenderError that says so."""
    try:
        yield
    except OSError as error:
        full = error.errno in _FULL
        why = "the disk is full" if full else error.strerror or str(error)
        place = tempfile.gettempdir()
        message = f"the renderer's scratch files in {place} cannot be written or read: {why}"
        hint = "free some space there" if full else "see that this folder may be written to"
        raise RenderError(message, f"{hint}, or set TMPDIR to another one") from error


def sweep() -> None:
    """Remove what processes of this user that were killed have left. Those that run are let be."""
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            if entry.name.startswith(_PREFIX) and _is_of_this_user(entry):
                with suppress(OSError):
                    _remove_if_left(Path(entry.path))


def _process() -> Path:
    """The folder of this process."""
    with _making:
        if not _mine:
            made = tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True)
            _mine.append(made)
            _hold(Path(made.name))
        return Path(_mine[0].name)


def _is_of_this_user(entry: "os.DirEntry[str]") -> bool:
    """Others may put anything into a folder that all share, links to our own among it."""
    if not entry.is_dir(follow_symlinks=False):
        return False
    return sys.platform == "win32" or entry.stat(follow_symlinks=False).st_uid == os.geteuid()


if sys.platform == "win32":

    def _hold(folder: Path) -> None:
        """Keep the folder's file open: nobody can remove it as long as this process lives."""
        os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR)

    def _remove_if_left(folder: Path) -> None:
        (folder / _LOCK).unlink()
        shutil.rmtree(folder)

else:
    import fcntl

    def _hold(folder: Path) -> None:
        """Lock the folder's file, as long as this process lives; it bears its name when it is."""
        new = folder / "new"
        fcntl.flock(os.open(new, os.O_CREAT | os.O_RDWR, 0o600), fcntl.LOCK_EX)
        new.rename(folder / _LOCK)

    def _remove_if_left(folder: Path) -> None:
        held = os.open(folder / _LOCK, os.O_RDWR | os.O_NOFOLLOW)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder)
        finally:
            os.close(held)
