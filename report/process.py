"""Programs that we call. Nothing else in the package starts one."""

import logging
import os
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from textwrap import indent
from typing import Final

from report.errors import RenderError

_TAIL: Final = 2000  # characters of output that a person reads
MORE: Final = "--verbose shows all that it says"
_KILLED: Final = {-9, 137}  # the second by way of a launcher
_NO_MEMORY: Final = "if the machine ran out of memory, close other programs or build with --jobs 1"
_LAST_WORDS: Final = 5.0  # seconds; something that the program left behind may hold its output open
_LOG: Final = logging.getLogger(__name__)

_running: Final[set["subprocess.Popen[bytes]"]] = set()


def run(
    command: Sequence[str],
    *,
    cwd: Path,
    environment: Mapping[str, str],
    timeout: float,
    stdin: bytes = b"",
) -> tuple[bytes, str]:
    """Run a program to its end and return what it printed, and what it complained of.

    `environment` is added to the machine's own. Each line that it complains of goes to the log as
    it comes. Raises RenderError with the command, its exit code and the end of its complaints where
    it fails, cannot be started, or takes more than `timeout` seconds; then its children are gone
    too.
    """
    ours, theirs = os.pipe()
    try:
        process = subprocess.Popen(  # noqa: S603  # the program is ours to choose
            command,
            cwd=cwd,
            env={**os.environ, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=theirs,
            start_new_session=os.name == "posix",
        )
    except OSError as error:
        os.close(ours)
        hint = "see what is installed with: report doctor"
        raise RenderError(f"{Path(command[0]).name} cannot be started: {error}", hint) from error
    finally:
        os.close(theirs)
    complaints: list[str] = []
    listener = threading.Thread(
        target=_listen, args=(ours, complaints, _shown(command)), daemon=True
    )
    listener.start()
    _running.add(process)
    over = False
    try:
        out, _ = process.communicate(stdin, timeout)
        over = True
    except subprocess.TimeoutExpired as expired:
        message = f"{_shown(command)} was stopped: not done after {timeout:.0f} seconds"
        hint = f"build again when the machine is less busy, or with --jobs 1; {MORE}"
        raise RenderError(message, hint) from expired
    finally:
        if not over:  # a time-out, or Ctrl-C; a child may hold its output open
            _kill(process)
            with suppress(subprocess.TimeoutExpired):
                process.communicate(timeout=_LAST_WORDS)
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):  # nobody reads any more what was to be written
                    pipe.close()  # type: ignore[union-attr]  # both are pipes of ours
            process.wait()  # it was killed
        _running.discard(process)
        listener.join(_LAST_WORDS)
    said = "".join(complaints)
    if process.returncode:
        raise ProgramError(command, process.returncode, said)
    return out, said


class ProgramError(RenderError):
    """A program that ended with another code than 0, or by a signal: minus its number. `said` is
    all that it complained of, `how` in words how it ended."""

    def __init__(self, command: Sequence[str], code: int, said: str) -> None:
        self.how = f"{_shown(command)} {_ended(code)}"
        self.code = code
        self.said = said
        hint = _NO_MEMORY if code in _KILLED else MORE
        super().__init__(f"{self.how}, and said:\n{end_of(said)}", hint)


def _ended(code: int) -> str:
    if code >= 0:
        return f"failed with exit code {code}"
    known = code in {-number for number in signal.Signals}
    return f"was ended by {signal.Signals(-code).name if known else f'signal {-code}'}"


def end_of(said: str) -> str:
    """The end of what a program said, set off from our own words."""
    return indent(said.strip()[-_TAIL:] or "nothing", "    ")


def end_all() -> None:
    """End every program that is running now, with its children; whoever called it gets an error."""
    for process in tuple(_running):
        _kill(process)


def _listen(pipe: int, complaints: list[str], who: str) -> None:
    with open(pipe, encoding="utf-8", errors="replace") as heard:  # a number
        for line in heard:
            complaints.append(line)
            _LOG.info("%s: %s", who, line.rstrip())


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """A launcher may have started the real program as its child: the whole group goes."""
    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):  # over by itself
            os.killpg(process.pid, signal.SIGKILL)
    else:
        subprocess.run(  # noqa: S603
            ["taskkill", "/F", "/T", "/PID", str(process.pid)],  # noqa: S607
            check=False,
            capture_output=True,
        )


def _shown(command: Sequence[str]) -> str:
    """The command as a person would type it; paths of scratch folders only as their last part."""
    return " ".join(Path(part).name if Path(part).is_absolute() else part for part in command)
