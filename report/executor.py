"""Where files are rendered: on the cores of this machine, or on those of a Dask cluster."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from report.cluster import connected
from report.config import Settings


@dataclass(frozen=True)
class Workers:
    """Who renders, and how many files at a time just now."""

    executor: Executor
    at_once: Callable[[], int]


@contextmanager
def workers(settings: Settings, files: int) -> Iterator[Workers]:
    """The workers that the settings ask for, to make that many files. What they have not begun
    when the block is left they do not begin.

    Raises RenderError where there is no such cluster.
    """
    if settings.scheduler and files:
        with connected(settings.scheduler) as cluster:
            yield Workers(cluster, cluster.threads)
        return
    # pandoc is a process of its own, and Typst lets other threads run.
    pool = ThreadPoolExecutor(settings.jobs)
    try:
        yield Workers(pool, lambda: settings.jobs)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
