"""The transaction that puts a build's files into the output folder.

Files are written whole under ``.staging/new``, by their own names, so that what the file system
refuses it refuses here. ``.staging/commit.json`` then decides: without it nothing has happened;
with it the steps that it lists get done in their order, if need be by the next command.
"""

import errno
import json
import os
import shutil
import stat
import sys
import time
from collections.abc import Callable, Collection, Generator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from report.errors import ReportError
from report.model.output_name import is_output_name

_STAGING, _NEW, _RECORD = ".staging", "new", "commit.json"
_LOCK_WAIT = 1.0  # seconds
_PAUSES = (0.05, 0.1, 0.2, 0.4)  # seconds: a virus scanner holds a new file for a moment
_OPEN_FILES_STAY = os.name == "nt"  # Windows replaces and removes no file that is open
_UNCHANGED = ("the last good outputs are still there, unchanged", "then build again")
_DECIDED = (
    "the new outputs are safe in .staging, those not yet in place are still the last good ones",
    "then run any report command: it completes the publication",
)
_FULL = ("the disk is full", "Free some space")
_SHUT = (
    "it is open in another program, or may not be written",
    "Close the program that has it open, or allow writing to it and its folder",
)
_WORDS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EACCES: _SHUT,
    errno.EPERM: _SHUT,
    errno.EROFS: ("the disk may only be read", "Choose an output folder on another disk"),
    errno.EISDIR: ("a folder lies in its place", "Move that away"),
    errno.ENOTDIR: ("a file lies where its folder is to go", "Move that away"),
    errno.ELOOP: ("a link on its way leads elsewhere", "Remove the link"),
    errno.ENAMETOOLONG: ("its path is too long", "Choose a shorter output folder"),
}
_Step = tuple[str, str]  # "put" or "remove", and the file's name


class PublishError(ReportError):
    """Files could not be put into the output folder."""


class BusyError(PublishError):
    """Another build is writing to the output folder."""


def publish(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    remove: Collection[str] = (),
    last: str = "manifest.json",
) -> None:
    """Put *files* into *folder* and take *remove* away: all of it or nothing.

    Names are relative, with ``/`` and at most one folder level, and such as every system can hold.
    The file named *last* is moved last. A file whose bytes are there already is left as it is; a
    name to remove that is no file there is no error. What an interrupted publish left is settled
    first. The lock is taken, unless this thread has it. A link in a file's place is itself replaced
    or removed, never followed; one in a subfolder's place is refused.

    Raises ValueError for names that cannot be or contradict each other, PublishError for what the
    disk, its rights or another build refuse.
    """
    _check_names(files, remove, last)
    with lock(folder):
        recover(folder)
        folder = folder.resolve()
        steps = _plan(folder, files, remove, last)
        if steps:
            try:
                _decide(folder, steps, files)
            except PublishError:
                with suppress(OSError):  # else the next command does it
                    _discard(folder / _STAGING)
                raise
            _complete(folder, steps)


def recover(folder: Path) -> Literal["undone", "completed"] | None:
    """Settle what an interrupted publish left in *folder*; None if that is nothing.

    A transaction that was decided gets completed, any other undone. Where there is nothing to
    settle, nothing is written and no lock taken. May itself be interrupted, and called again.
    Raises PublishError where files cannot be moved or another build runs.
    """
    if not os.path.lexists(folder / _STAGING):
        return None
    with lock(folder):
        folder = folder.resolve()
        staging = _place(folder, f"{_STAGING}/{_RECORD}", _UNCHANGED).parent
        with _plainly(staging, _UNCHANGED):
            steps = _read_record(staging)
            if steps is None:
                begun = any(path.is_file() for path in staging.rglob("*"))
                _discard(staging)
                return "undone" if begun else None
        _complete(folder, steps)
        return "completed"


@contextmanager
def lock(folder: Path) -> Generator[None, None, None]:
    """Keep every other build out of *folder*; the same thread may enter again.

    The lock file is ``<folder>.lock``: beside the folder, so never among what is handed out. On
    POSIX it stays there, for where lock files are deleted two builds can each hold one. It does no
    harm: the system frees a killed build's lock.

    Raises PublishError if another build has the lock, or if its file cannot be made.
    """
    place = Path(f"{folder.resolve()}.lock")
    guard = FileLock(place, is_singleton=True)
    with _plainly(place, _UNCHANGED):
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            guard.acquire(timeout=_LOCK_WAIT)
        except Timeout:
            message = f"another build is writing to {folder}"
            raise BusyError(message, "Wait until it has ended, then try again.") from None
    try:
        yield
    finally:
        guard.release()


def _check_names(files: Collection[str], remove: Collection[str], last: str) -> None:
    for name in (*files, *remove, last):
        _check_name(name)
    alike = [name.casefold() for name in files]
    for name, plain in zip(files, alike, strict=True):
        if alike.count(plain) > 1 or plain.rpartition("/")[0] in alike or name in remove:
            message = f"{name!r} is to be two things at once"
            raise ValueError(message)


def _check_name(name: str) -> str:
    if not is_output_name(name):
        message = f"no name for an output file: {name!r}"
        raise ValueError(message)
    return name


def _place(folder: Path, name: str, state: tuple[str, str]) -> Path:
    """Where *name* lies in the resolved *folder*, refused if a link leads elsewhere."""
    target = folder / name
    with _plainly(target, state):
        if Path(os.path.realpath(target.parent)) != target.parent:
            raise OSError(errno.ELOOP, "")
    return target


def _plan(
    folder: Path, files: Mapping[str, bytes], remove: Collection[str], last: str
) -> list[_Step]:
    """List what is to be done, in order, having refused what would stop it half-way."""
    new = [n for n in sorted(files) if not _has(_place(folder, n, _UNCHANGED), files[n])]
    gone = []
    for name in sorted(set(remove)):
        target = _place(folder, name, _UNCHANGED)
        if os.path.lexists(target) and not _is_folder(target):
            # Where capitals make no difference, "A.html" is the very file that is to be "a.html".
            others = [folder / other for other in files if other.casefold() == name.casefold()]
            if not any(
                path.exists() and os.path.samestat(path.lstat(), target.lstat()) for path in others
            ):
                gone.append(name)
    for target in (folder / name for name in (*new, *gone)):
        with _plainly(target, _UNCHANGED):
            _refuse_obstacle(target)
    steps = [("put", name) for name in new] + [("remove", name) for name in gone]
    return sorted(steps, key=lambda step: (step == ("put", last), step))


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _has(target: Path, content: bytes) -> bool:
    with _plainly(target, _UNCHANGED), suppress(FileNotFoundError, NotADirectoryError):
        status = target.lstat()
        like = stat.S_ISREG(status.st_mode) and status.st_size == len(content)
        return like and target.read_bytes() == content
    return False


def _refuse_obstacle(target: Path) -> None:
    """Raise now the OSError that moving or removing *target* would raise half-way."""
    if _is_folder(target):
        raise OSError(errno.EISDIR, "")
    if target.parent.exists():
        if not target.parent.is_dir():
            raise OSError(errno.ENOTDIR, "")
        if not os.access(target.parent, os.W_OK):
            raise OSError(errno.EACCES, "")
    if _OPEN_FILES_STAY and target.is_file():
        target.open("r+b").close()


def _decide(folder: Path, steps: list[_Step], files: Mapping[str, bytes]) -> None:
    """Write the new files, then the record of what is to be done with them."""
    staging = folder / _STAGING
    draft = staging / "draft.json"
    for verb, name in steps:
        if verb == "put":
            with _plainly(folder / name, _UNCHANGED):
                _write(staging / _NEW / name, files[name])
    with _plainly(folder, _UNCHANGED):
        _write(draft, json.dumps(steps).encode())
        _sync(staging, *(path for path in staging.rglob("*") if path.is_dir()))
        _insist(draft.replace, staging / _RECORD)
        _sync(staging, folder)


def _read_record(staging: Path) -> list[_Step] | None:
    """Read which steps were decided; None if none were, or if the record is not whole."""
    try:
        steps = json.loads((staging / _RECORD).read_bytes())
        whole = bool(steps) and {verb for verb, _ in steps} <= {"put", "remove"}
        return [(verb, _check_name(name)) for verb, name in steps] if whole else None
    except (FileNotFoundError, ValueError, TypeError):
        return None


def _complete(folder: Path, steps: list[_Step]) -> None:
    """Do those of the *steps* that are not done yet, then clear the staging folder away."""
    staging = folder / _STAGING
    for verb, name in steps:
        target, new = _place(folder, name, _DECIDED), staging / _NEW / name
        with _plainly(target, _DECIDED):
            if verb == "put" and new.exists():
                target.parent.mkdir(exist_ok=True)
                _insist(new.replace, target)
            elif verb == "remove":
                if os.path.lexists(target):
                    _insist(target.unlink)
                if target.parent.is_dir() and not any(target.parent.iterdir()):
                    target.parent.rmdir()  # never the output folder itself: .staging is in it
    with _plainly(staging, _DECIDED):
        _sync(folder, *{(folder / name).parent for _, name in steps})
        _discard(staging)


def _discard(staging: Path) -> None:
    (staging / _RECORD).unlink(missing_ok=True)  # first: a record must not outlive its files
    with suppress(OSError):
        _sync(staging)
    shutil.rmtree(staging)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(*folders: Path) -> None:
    """Have the disk hold what *folders* list, where the system can."""
    for folder in folders if sys.platform != "win32" else ():
        with suppress(FileNotFoundError):
            number = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(number)
            except OSError as problem:
                if problem.errno not in {errno.EINVAL, errno.ENOTSUP}:
                    raise
            finally:
                os.close(number)


def _insist(action: Callable[..., object], *values: Path) -> None:
    for pause in _PAUSES:
        with suppress(PermissionError):
            action(*values)
            return
        time.sleep(pause)
    action(*values)


@contextmanager
def _plainly(path: Path, state: tuple[str, str]) -> Generator[None, None, None]:
    """Say in plain words what went wrong with *path*, and how that leaves the outputs."""
    try:
        yield
    except OSError as problem:
        other = (problem.strerror or type(problem).__name__, "Mend that")
        what, advice = _WORDS.get(problem.errno or 0, other)
        message = f"cannot write {path}: {what}; {state[0]}"
        raise PublishError(message, f"{advice}, {state[1]}.") from problem
