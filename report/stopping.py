"""Being told to stop: by Ctrl-C, by the system, by a terminal that closes.

Python drops what a signal raises in the middle of a callback, such as that of an import. So it is
noted too, and raised again where we wait.
"""

import signal
import sys
from typing import Final

_heard: Final[list[int]] = []


def listen() -> None:
    """Stop as after Ctrl-C: what was started ends too, and the last good documents stay."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # Windows has no terminal that hangs up
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) is not signal.SIG_IGN:  # as nohup sets it
            signal.signal(number, _hear)


def ask() -> None:
    """Stop where somebody has said so. Raises KeyboardInterrupt or SystemExit."""
    if _heard:
        _stop(_heard[-1])


def _hear(number: int, _frame: object) -> None:
    _heard.append(number)
    _stop(number)


def _stop(number: int) -> None:
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    sys.exit(128 + number)
