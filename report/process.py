"""Programs that we call. Nothing else in the package starts one."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from report.errors import RenderError

_TAIL = 2000  # characters of output that a person reads


def run(
    command: Sequence[str],
    *,
    cwd: Path,
    environment: Mapping[str, str],
    timeout: float,
    stdin: bytes = b"",
) -> tuple[bytes, str]:
    """Run a program to its end and return what it printed, and what it complained of.

    `environment` is added to the machine's own. Raises RenderError with the command, its exit code
    and the end of its complaints where it fails, cannot be started, or takes more than `timeout`
    seconds; then its children are gone too.
    """
    try:
        process = subprocess.Popen(  # noqa: S603  # the program is ours to choose
            command,
            cwd=cwd,
            env={**os.environ, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=os.name == "posix",
        )
    except OSError as error:
        hint = "see what is installed with: report doctor"
        raise RenderError(f"{Path(command[0]).name} cannot be started: {error}", hint) from error
    try:
        out, err = process.communicate(stdin, timeout)
    except subprocess.TimeoutExpired as expired:
        message = f"{_shown(command)} was stopped: not done after {timeout:.0f} seconds"
        raise RenderError(message) from expired
    finally:
        if process.poll() is None:  # a time-out, or Ctrl-C
            _end(process)
    complaints = err.decode("utf-8", "replace")
    if process.returncode:
        said = complaints.strip()[-_TAIL:] or "it said nothing"
        raise RenderError(f"{_shown(command)} failed with exit code {process.returncode}:\n{said}")
    return out, complaints


def _end(process: subprocess.Popen[bytes]) -> None:
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate()


def _shown(command: Sequence[str]) -> str:
    """The command as a person would type it; paths of scratch folders only as their last part."""
    return " ".join(Path(part).name if Path(part).is_absolute() else part for part in command)
