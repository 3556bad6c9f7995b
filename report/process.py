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
from typing import Final, NamedTuple

from report.errors import RenderError

_TAIL: Final = 2000  # characters of output that a person reads
MORE: Final = "--verbose shows all that it says"
_KILLED: Final = {-9, 137}  # the second by way of a launcher
_NO_MEMORY: Final = "if the machine ran out of memory, close other programs or build with --jobs 1"
_LAST_WORDS: Final = 5.0  # seconds; something that the program left behind may hold its output open
_ANSWER: Final = b"\x1e"  # what begins a text among others, by RFC 7464
_REST: Final = 30.0  # seconds that a program stays and is asked nothing
_LARGE: Final = 1_000_000  # bytes of a question; a program keeps the memory that it took
_LOG: Final = logging.getLogger(__name__)

_running: Final[set["subprocess.Popen[bytes]"]] = set()
_idle: Final[dict[tuple[str, ...], list["_Idle"]]] = {}
"""Programs that stay, by their commands."""


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
        process = _started(command, cwd, environment, theirs)
    except RenderError:
        os.close(ours)
        raise
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
        raise _stopped(command, timeout, "".join(complaints)) from expired
    finally:
        if not over:  # a time-out, or Ctrl-C; a child may hold its output open
            _kill(process)
            with suppress(subprocess.TimeoutExpired):
                process.communicate(timeout=_LAST_WORDS)
            _close(process)
        _running.discard(process)
        listener.join(_LAST_WORDS)
    said = "".join(complaints)
    if process.returncode:
        raise ProgramError(command, process.returncode, said)
    return out, said


def ask(
    command: Sequence[str],
    question: bytes,
    *,
    cwd: Path,
    environment: Mapping[str, str],
    timeout: float,
    times: int,
) -> tuple[bytes, str]:
    """Ask a program that stays for the next question: one of this command that is asked nothing
    now, or else a new one. None is asked more than so many times, and none stays for half a minute
    without being asked.

    The question is a line, and gets a number before it. The answer is a line that begins with a
    record separator (RFC 7464), the number and a space, which are left away; what comes before it
    are complaints, and go to the log too. A program that ends well answers nothing. Errors are
    those of `run`.
    """
    left = _left(command)
    process = left.process if left else _started(command, cwd, environment, subprocess.STDOUT)
    asked = left.asked + 1 if left else 1
    late = threading.Event()

    def give_up() -> None:
        late.set()
        _kill(process)

    patience = threading.Timer(timeout, give_up)
    patience.daemon = True
    complaints: list[str] = []
    answer = b""
    _running.add(process)
    try:
        patience.start()
        answer = _answer(process, b"%d " % asked, question, complaints, _shown(command))
    finally:
        patience.cancel()
        _running.discard(process)
        if answer and not late.is_set() and asked < times and len(question) < _LARGE:
            _rest(tuple(command), process, asked)
        else:
            _end(process)
    said = "".join(complaints)
    if late.is_set():
        raise _stopped(command, timeout, said)
    if process.returncode and not answer:
        raise ProgramError(command, process.returncode, said)
    return answer.strip(), said


def dismiss() -> None:
    """End the programs that stay and are asked nothing."""
    for command in tuple(_idle):
        while left := _left(command):
            _end(left.process)


def end_all() -> None:
    """End every program that is running now, with its children; whoever called it gets an error."""
    for process in tuple(_running):
        _kill(process)


class ProgramError(RenderError):
    """A program that ended with another code than 0, or by a signal: minus its number. `said` is
    all that it complained of, `how` in words how it ended."""

    def __init__(self, command: Sequence[str], code: int, said: str) -> None:
        self.how = f"{_shown(command)} {_ended(code)}"
        self.code = code
        self.said = said
        hint = _NO_MEMORY if code in _KILLED else MORE
        super().__init__(f"{self.how}, and said:\n{end_of(said)}", hint)


def end_of(said: str) -> str:
    """The end of what a program said, set off from our own words."""
    return indent(said.strip()[-_TAIL:] or "nothing", "    ")


def _started(
    command: Sequence[str], cwd: Path, environment: Mapping[str, str], complaints: int
) -> "subprocess.Popen[bytes]":
    try:
        return subprocess.Popen(  # noqa: S603  # the program is ours to choose
            command,
            cwd=cwd,
            env={**os.environ, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            start_new_session=os.name == "posix",
        )
    except OSError as error:
        hint = "see what is installed with: report doctor"
        raise RenderError(f"{Path(command[0]).name} cannot be started: {error}", hint) from error


class _Idle(NamedTuple):
    """A program that waits for a question, how often it was asked, and what ends it some time."""

    process: "subprocess.Popen[bytes]"
    asked: int
    ending: threading.Timer


def _rest(command: tuple[str, ...], process: "subprocess.Popen[bytes]", asked: int) -> None:
    idle = _idle.setdefault(command, [])

    def end() -> None:
        with suppress(ValueError):  # it was asked again just now
            idle.remove(rests)
            _end(process)

    rests = _Idle(process, asked, threading.Timer(_REST, end))
    rests.ending.daemon = True
    idle.append(rests)
    rests.ending.start()


def _left(command: Sequence[str]) -> _Idle | None:
    """A program that waits for a question."""
    idle = _idle.get(tuple(command), [])
    with suppress(IndexError):  # there is none any more
        while True:
            left = idle.pop()
            left.ending.cancel()
            if left.process.poll() is None:
                return left
            _close(left.process)
    return None


def _answer(
    process: "subprocess.Popen[bytes]",
    number: bytes,
    question: bytes,
    complaints: list[str],
    who: str,
) -> bytes:
    """The line that answers, or nothing where the program ends instead; whole lines only."""
    assert process.stdin
    assert process.stdout
    with suppress(OSError):  # it has ended, and says why
        process.stdin.write(number + question + b"\n")
        process.stdin.flush()
    for line in process.stdout:
        if line.startswith(_ANSWER + number) and line.endswith(b"\n"):
            return line.removeprefix(_ANSWER + number)
        if line.strip():  # the answer may have one before it, for what does not end its line
            complaints.append(line.decode("utf-8", "replace"))
            _LOG.info("%s: %s", who, complaints[-1].rstrip())
    with suppress(subprocess.TimeoutExpired):  # it has closed its output, and is about to end
        process.wait(_LAST_WORDS)
    return b""


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.returncode is None:
        _kill(process)
    _close(process)


def _close(process: "subprocess.Popen[bytes]") -> None:
    """See off a program that has ended or was killed."""
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):  # nobody reads any more what was to be written
            pipe.close()  # type: ignore[union-attr]  # both are pipes of ours
    process.wait()


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


def _stopped(command: Sequence[str], timeout: float, said: str) -> RenderError:
    message = f"{_shown(command)} was stopped: not done after {timeout:.0f} seconds"
    if said.strip():
        message = f"{message}; it said:\n{end_of(said)}"
    return RenderError(
        message, f"build again when the machine is less busy, or with --jobs 1; {MORE}"
    )


def _ended(code: int) -> str:
    if code >= 0:
        return f"failed with exit code {code}"
    known = code in {-number for number in signal.Signals}
    return f"was ended by {signal.Signals(-code).name if known else f'signal {-code}'}"


def _shown(command: Sequence[str]) -> str:
    """The command as a person would type it; paths of scratch folders only as their last part."""
    return " ".join(Path(part).name if Path(part).is_absolute() else part for part in command)
