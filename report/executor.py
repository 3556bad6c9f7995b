"""Where files are rendered: on the cores of this machine, or on those of a Dask cluster."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from typing import ParamSpec, TypeVar

from report.cluster import connected
from report.config import Settings
from report.process import dismiss, end_all

P = ParamSpec("P")
T = TypeVar("T")


@dataclass
class Workers:
    """Who renders. Nobody is called before there is something to render."""

    settings: Settings
    _ends: ExitStack

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have a worker do the call. Raises RenderError where there is no such cluster."""
        executor, _ = self._called
        return executor.submit(fn, *args, **kwargs)

    @property
    def at_once(self) -> int:
        """How many files are made at a time just now."""
        return self._called[1]()

    @cached_property
    def _called(self) -> tuple[Executor, Callable[[], int]]:
        if self.settings.scheduler:
            cluster = self._ends.enter_context(connected(self.settings.scheduler))
            return cluster, cluster.threads
        # pandoc is a process of its own, and Typst lets other threads run.
        pool = _Threads(self.settings.jobs)
        self._ends.callback(pool.end)
        return pool, lambda: self.settings.jobs


@contextmanager
def workers(settings: Settings) -> Iterator[Workers]:
    """The workers that the settings ask for. What they have not begun when the block is left they
    do not begin."""
    with ExitStack() as ends:
        yield Workers(settings, ends)


class _Threads(ThreadPoolExecutor):
    """Threads that know which calls they are at: where Ctrl-C comes upon the start of a thread,
    the pool never hears of it."""

    def __init__(self, jobs: int) -> None:
        super().__init__(jobs)
        self._over = False
        self._calls: set[object] = set()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have a thread do the call."""
        return super().submit(self._call, partial(fn, *args, **kwargs))

    def _call(self, call: Callable[[], T]) -> T:
        mine = object()
        self._calls.add(mine)
        try:
            if self._over:  # asked only now: `end` waits for who is at a call
                raise CancelledError
            return call()
        finally:
            self._calls.discard(mine)

    def end(self) -> None:
        """Begin nothing new, and end the programs that run; only Typst, which runs in this very
        process, sets its last page."""
        self._over = True
        self.shutdown(wait=False, cancel_futures=True)
        while self._calls:
            end_all()
            time.sleep(0.05)
        dismiss()
