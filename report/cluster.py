"""A Dask cluster as an executor: what is submitted is done by its workers, on other machines."""

import asyncio
import hashlib
import io
import logging
import pickle
import warnings
from collections.abc import Callable, Iterator, Mapping
from concurrent import futures
from concurrent.futures import (
    CancelledError,
    Executor,
    Future,
    InvalidStateError,
    ThreadPoolExecutor,
)
from contextlib import contextmanager, suppress
from functools import partial
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar, cast

from report.errors import RenderError
from report.software import require, software

if TYPE_CHECKING:
    import distributed

P = ParamSpec("P")
T = TypeVar("T")

_ANSWER: Final = 5.0  # seconds that a scheduler has to answer, and a first worker to be there
_PULSE: Final = 1.0  # seconds between two looks at how many workers there are
_PATIENCE: Final = 30.0  # seconds without any worker, until nothing more is waited for
_LARGE: Final = 8 * 1024  # bytes; fonts, filters and pictures have more, and are shared
_WARNS_OF: Final = 10**12  # bytes that are sent at once; Dask warns of a font


@contextmanager
def connected(scheduler: str) -> Iterator["Cluster"]:
    """The cluster whose scheduler listens at HOST:PORT. What it has not begun when the block is
    left it does not begin.

    Raises RenderError where Dask is not installed here, where no such scheduler answers, where it
    has no workers, or where machines have other versions of Dask, Python or report.
    """
    try:
        import dask
        import distributed
    except ImportError as error:
        raise RenderError(
            "--executor needs Dask, which is not installed", 'pip install "qualreport[dask]"'
        ) from error
    for name in ("distributed", "distributed.client"):  # what goes wrong is told by us
        logging.getLogger(name).setLevel(logging.CRITICAL)
    # Dask warns of other versions, which we refuse, and of large bytes, which we mean to send.
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": _WARNS_OF}):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", distributed.versions.VersionMismatchWarning)
            try:
                with ThreadPoolExecutor(1) as aside:  # this thread may have a loop of its own
                    aside.submit(asyncio.run, _ask(scheduler)).result()
                client = distributed.Client(scheduler, timeout=_ANSWER, set_as_default=False)
            except (OSError, ImportError, ValueError) as error:
                raise RenderError(
                    f"no Dask scheduler answers at {scheduler}",
                    "start one there with: dask scheduler; see docs/cluster.md",
                ) from error
        with client:
            _inspect(client, scheduler)
            cluster = Cluster(client, scheduler)
            try:
                yield cluster
            finally:
                cluster.shutdown(wait=False, cancel_futures=True)


async def _ask(scheduler: str) -> None:
    """Raises OSError where nothing like a scheduler answers. A Client would wait for ever where
    something else listens."""
    import distributed
    from distributed.comm.core import connect

    how = distributed.Security().get_connection_args("client")
    comm = await asyncio.wait_for(connect(scheduler, timeout=_ANSWER, **how), _ANSWER)
    await comm.close()


def _inspect(client: "distributed.Client", scheduler: str) -> None:
    """Raises RenderError where the scheduler has no workers, or not our versions."""
    try:
        client.wait_for_workers(1, _ANSWER)
        versions = client.get_versions(packages=["report"])
    except TimeoutError as error:
        raise RenderError(
            f"the Dask scheduler at {scheduler} has no workers",
            f"start one on each machine with: dask worker {scheduler}",
        ) from error
    except OSError as error:
        raise _gone(scheduler) from error
    _compare(cast("Mapping[str, Any]", versions))


def _compare(versions: Mapping[str, Any]) -> None:
    """Raises RenderError where machines could not understand each other; what makes other bytes
    is looked at job by job."""
    others = {f"the worker {address}": told for address, told in versions["workers"].items()}
    others["the scheduler"] = versions["scheduler"]
    here = _versions(versions["client"])
    for who, told in others.items():
        there = _versions(told)
        for name, version in here.items():
            if there[name] != version:
                raise RenderError(
                    f"{who} has {name} {there[name] or 'not at all'}, this machine has {version}",
                    "install the same versions on all machines; see docs/cluster.md",
                )


def _versions(told: Mapping[str, Any]) -> dict[str, str]:
    packages = told["packages"]
    versions = {name: packages.get(name) or "" for name in ("report", "dask", "distributed")}
    return {"Python": ".".join(packages["python"].split(".")[:3]), **versions}


class Cluster(Executor):
    """The workers of a cluster.

    What many calls share is sent once: a font, or a picture that all documents show. A worker that
    dies loses nothing: others do what it was to do.
    """

    def __init__(self, client: "distributed.Client", scheduler: str) -> None:
        self._client = client
        self._scheduler = scheduler
        self._shared: dict[str, distributed.Future[Any]] = {}
        self._waiting: set[Future[Any]] = set()
        self._threads = 0
        self._count()
        self._over = Event()
        self._watch = Thread(target=self._watched, daemon=True)
        self._watch.start()

    def threads(self) -> int:
        """How many calls the workers do at a time just now."""
        return self._threads

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Let a worker do the call. What it raises is raised here, with RenderError where the
        cluster fails."""
        if self._client.status != "running":
            raise _gone(self._scheduler)
        call, large = packed((fn, args, kwargs))
        shared = [self._sent(sha, content) for sha, content in large.items()]
        sent = self._client.submit(called, software(), call, list(large), *shared, pure=False)
        future: Future[T] = Future()
        self._waiting.add(future)
        future.add_done_callback(partial(self._finish, sent))
        sent.add_done_callback(partial(self._hand_over, future))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001
        """Wait for what was submitted, or cancel it, as any executor does."""
        if cancel_futures:
            for future in tuple(self._waiting):
                future.cancel()
        if wait:
            futures.wait(tuple(self._waiting))
        self._over.set()
        self._watch.join()

    def _sent(self, sha: str, content: bytes) -> "distributed.Future[Any]":
        """The bytes on the workers. They come as the result of a call, which is repeated where all
        workers that had them have died."""
        if sha not in self._shared:
            self._shared[sha] = self._client.submit(bytes, content, key=f"report-{sha}")
        return self._shared[sha]

    def _finish(self, sent: "distributed.Future[Any]", future: Future[Any]) -> None:
        self._waiting.discard(future)
        if future.cancelled():
            sent.cancel()

    def _hand_over(self, future: Future[Any], sent: "distributed.Future[Any]") -> None:
        """What became of a call, told to whoever waits for it."""
        from distributed import KilledWorker

        outcome: BaseException | None = _gone(self._scheduler)
        try:
            if sent.status == "finished":
                result = sent.result()
                outcome = None
            elif sent.status == "error":
                outcome = sent.exception()
        except (OSError, CancelledError):
            pass  # the scheduler went while it told
        finally:
            if isinstance(outcome, KilledWorker):
                outcome = RenderError(
                    "several workers of the cluster died, one after the other, over one document",
                    "they may have too little memory: see what they print",
                )
            with suppress(InvalidStateError):  # given up meanwhile
                if outcome:
                    future.set_exception(outcome)
                else:
                    future.set_result(result)

    def _watched(self) -> None:
        """Keep count of the workers, and give up where all are gone for long: Dask would wait for
        ever."""
        seen = monotonic()
        while not self._over.wait(_PULSE):
            self._count()
            if self._threads:
                seen = monotonic()
            elif monotonic() - seen > _PATIENCE:
                self._give_up()

    def _count(self) -> None:
        with suppress(OSError):  # the scheduler is gone, which each call is told
            self._threads = sum(self._client.nthreads().values())

    def _give_up(self) -> None:
        for future in tuple(self._waiting):
            with suppress(InvalidStateError):
                future.set_exception(
                    ClusterError(
                        f"all workers of the Dask scheduler at {self._scheduler} are gone",
                        "the last good documents are still there; start workers and build again",
                    )
                )


class ClusterError(RenderError):
    """The cluster is gone, whatever document it was to make."""


def _gone(scheduler: str) -> ClusterError:
    return ClusterError(
        f"the Dask scheduler at {scheduler} is gone",
        "the last good documents are still there; start the scheduler and build again",
    )


def packed(call: object) -> tuple[bytes, Mapping[str, bytes]]:
    """The value pickled, without the large bytes in it, and these, by their SHA-256."""
    written = io.BytesIO()
    packer = _Packer(written, protocol=5)
    packer.dump(call)
    return written.getvalue(), packer.large


def called(asked: Mapping[str, str], call: bytes, names: list[str], *large: bytes) -> object:
    """On a worker: the result of a packed call. Raises RenderError where the software here is not
    what is `asked` for, before anything of another version is unpacked."""
    require(asked, software())
    fn, args, kwargs = _Unpacker(call, dict(zip(names, large, strict=True))).load()
    result: object = fn(*args, **kwargs)
    return result


class _Packer(pickle.Pickler):
    def __init__(self, file: io.BytesIO, protocol: int) -> None:
        super().__init__(file, protocol)
        self.large: dict[str, bytes] = {}

    def persistent_id(self, value: object) -> str | None:
        if type(value) is not bytes or len(value) < _LARGE:
            return None
        sha = hashlib.sha256(value).hexdigest()
        self.large[sha] = value
        return sha


class _Unpacker(pickle.Unpickler):
    def __init__(self, call: bytes, large: Mapping[str, bytes]) -> None:
        super().__init__(io.BytesIO(call))
        self._large = large

    def persistent_load(self, sha: str) -> bytes:
        return self._large[sha]
