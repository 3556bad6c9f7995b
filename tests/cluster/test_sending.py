"""What is sent to a cluster, and how often, seen by a client that only takes notes."""

import pickle
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Future
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from report import cluster
from report.cluster import Cluster, called, packed
from report.config import settings
from report.errors import RenderError
from report.model.document import Document
from report.process import ProgramError
from report.renderers import builtin
from report.renderers.job import Job
from report.software import software
from tests.built import ROOT


class Notes:
    """Does calls at once, or never where there are no threads, and notes what was sent."""

    status = "running"

    def __init__(self, threads: int) -> None:
        self.threads = threads
        self.sent: list[int] = []

    def nthreads(self) -> Mapping[str, int]:
        return {"tcp://10.0.0.6:1": self.threads} if self.threads else {}

    def submit(self, fn: Callable[..., Any], *args: Any, **_: object) -> Any:
        self.sent.append(sum(len(each) for each in args if isinstance(each, bytes)))
        known = [each.value if isinstance(each, SimpleNamespace) else each for each in args]
        value = fn(*known) if self.threads else None
        return SimpleNamespace(
            value=value, status="finished", result=lambda: value, cancel=lambda: None,
            add_done_callback=lambda tell: tell(answer(value)) if self.threads else None,
        )  # fmt: skip


def answer(value: object) -> Any:
    return SimpleNamespace(status="finished", result=lambda: value)


@pytest.fixture
def a_cluster() -> Iterator[Callable[[Notes], Cluster]]:
    running: list[Cluster] = []

    def made(notes: Notes) -> Cluster:
        running.append(Cluster(notes, "10.0.0.5:8786"))  # type: ignore[arg-type]
        return running[-1]

    yield made
    for each in running:
        each.shutdown(wait=False, cancel_futures=True)


def job(number: int) -> Job:
    looks = builtin.renderer(settings(ROOT))
    name = f"briefing.org-{number}.en"
    document = Document(name, "briefing", f"Number {number}\n", "en", "briefing", 0)
    return Job(looks.only_for(document, "pdf"), document, "pdf", {"pandoc": "3"})


def name_of(job: Job) -> str:
    return job.document.name


def test_fonts_are_sent_once(a_cluster: Callable[[Notes], Cluster]) -> None:
    notes = Notes(4)
    executor = a_cluster(notes)
    jobs = [job(number) for number in range(20)]
    files = builtin.renderer(settings(ROOT)).theme.files
    fonts = sum(len(files[path]) for path in files if path.startswith("fonts/"))
    results = [executor.submit(name_of, each) for each in jobs]
    assert [each.result() for each in results] == [f"briefing.org-{n}.en" for n in range(20)]
    assert fonts > 3_000_000
    assert fonts <= sum(notes.sent) < fonts + 20 * 60_000


def test_what_is_packed_comes_out_the_same() -> None:
    made = job(1)
    call, large = packed((itself, (made,), {}))
    assert len(call) < 60_000 < sum(map(len, large.values()))
    assert called(software(), call, list(large), *large.values()) == made


def itself(job: Job) -> Job:
    return job


def test_other_software_is_refused_before_anything_is_unpacked() -> None:
    other = {**software(), "Python": "2.7.18", "zlib": "1.1"}
    with pytest.raises(RenderError, match=r"has Python 3.* and zlib .*; this one has Python 2.7"):
        called(other, b"no pickle", [])


def test_nothing_is_waited_for_where_all_workers_are_gone(
    a_cluster: Callable[[Notes], Cluster], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_PULSE", 0.01)
    monkeypatch.setattr(cluster, "_PATIENCE", 0.05)
    waiting = a_cluster(Notes(0)).submit(name_of, job(1))
    with pytest.raises(RenderError, match=r"all workers of the Dask scheduler at 10\.0\.0\.5:8786"):
        waiting.result(30)


def test_a_scheduler_that_is_gone_is_told(a_cluster: Callable[[Notes], Cluster]) -> None:
    notes = Notes(1)
    executor = a_cluster(notes)
    notes.status = "closed"
    with pytest.raises(RenderError, match=r"scheduler at 10\.0\.0\.5:8786 is gone"):
        executor.submit(name_of, job(1))


def test_what_is_cancelled_is_not_waited_for(a_cluster: Callable[[Notes], Cluster]) -> None:
    executor = a_cluster(Notes(0))
    waiting: Future[str] = executor.submit(name_of, job(1))
    start = time.monotonic()
    executor.shutdown(wait=False, cancel_futures=True)
    assert time.monotonic() - start < 10
    with pytest.raises(CancelledError):
        waiting.result(0)


def versions(report: str | None, python: str = "3.11.7.final.0") -> dict[str, Any]:
    return {"packages": {"python": python, "report": report, "dask": "1", "distributed": "1"}}


@pytest.mark.parametrize(
    ("scheduler", "worker", "message"),
    [
        (versions("0.1.0"), versions("0.2.0"),
         "the worker tcp://10.0.0.6:1 has report 0.2.0, this machine has 0.1.0"),
        (versions(None), versions("0.1.0"),
         "the scheduler has report not at all, this machine has 0.1.0"),
        (versions("0.1.0", "3.12.1.final.0"), versions("0.1.0"),
         "the scheduler has Python 3.12.1, this machine has 3.11.7"),
    ],
)  # fmt: skip
def test_machines_that_could_not_understand_each_other_are_refused(
    scheduler: dict[str, Any], worker: dict[str, Any], message: str
) -> None:
    told = {
        "client": versions("0.1.0"), "scheduler": scheduler, "workers": {"tcp://10.0.0.6:1": worker}
    }  # fmt: skip
    with pytest.raises(RenderError) as error:
        cluster._compare(told)
    assert error.value.message == message


@pytest.mark.parametrize(
    "error",
    [
        RenderError("no font", "install one", 12),
        ProgramError(["pandoc", "--to=html"], 97, "no such file"),
    ],
)
def test_an_error_comes_back_as_it_was(error: RenderError) -> None:
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is type(error)
    assert back.__dict__ == error.__dict__
    assert str(back) == str(error)


def test_without_dask_its_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(RenderError) as error, cluster.connected("10.0.0.5:8786"):
        pass
    assert error.value.hint == 'pip install "qualreport[dask]"'
    assert 'name = "qualreport"' in Path(ROOT, "pyproject.toml").read_text("utf-8")
