"""Where files are rendered: on the cores of this machine, or on those of a Dask cluster."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from threading import Thread
from typing import ParamSpec, TypeVar

from report.cluster import connected
from report.config import Settings
from report.process import end_all

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
        pool = ThreadPoolExecutor(self.settings.jobs)
        self._ends.callback(_end, pool)
        return pool, lambda: self.settings.jobs


@contextmanager
def workers(settings: Settings) -> Iterator[Workers]:
    """The workers that the settings ask for. What they have not begun when the block is left they
    do not begin."""
    with ExitStack() as ends:
        yield Workers(settings, ends)


def _end(pool: ThreadPoolExecutor) -> None:
    """Begin nothing new, and end the programs that run: also those of a call that Ctrl-C came upon
    while it was handed over, which nobody else knows of. Only Typst, which runs in this very
    process, sets its last page."""
    closing = Thread(target=pool.shutdown, kwargs={"cancel_futures": True})
    closing.start()
    while closing.is_alive():
        end_all()
        closing.join(0.1)
