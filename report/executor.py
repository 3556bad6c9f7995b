"""Where files are rendered: on the cores of this machine, or on those of a Dask cluster."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import ParamSpec, TypeVar

from report.cluster import connected
from report.config import Settings

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
        self._ends.callback(pool.shutdown, wait=False, cancel_futures=True)
        return pool, lambda: self.settings.jobs


@contextmanager
def workers(settings: Settings) -> Iterator[Workers]:
    """The workers that the settings ask for. What they have not begun when the block is left they
    do not begin."""
    with ExitStack() as ends:
        yield Workers(settings, ends)
