"""Where files are rendered: on the cores of this machine."""

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from report.config import Settings


@dataclass(frozen=True)
class Workers:
    """Who renders, and how many files at a time."""

    executor: Executor
    at_once: int


@contextmanager
def workers(settings: Settings) -> Iterator[Workers]:
    """The workers that the settings ask for. What they have not begun when the block is left they
    do not begin."""
    # pandoc is a process of its own, and Typst lets other threads run.
    pool = ThreadPoolExecutor(settings.jobs)
    try:
        yield Workers(pool, settings.jobs)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
