"""A real cluster of processes on this machine, told by lines what to do; it says a line to each.

Its workers' folder and scratch folder are of their own, and they note what they open and start.
"""

import json
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Any
from unittest import mock

import dask
import distributed

from report.software import software

OPENED: list[str] = []
YOUTH: list[Any] = []


def note() -> None:
    def heard(event: str, arguments: tuple[object, ...]) -> None:
        if event in {"open", "os.listdir", "os.scandir", "subprocess.Popen"}:
            OPENED.append(str(arguments))

    sys.addaudithook(heard)


def opened() -> list[str]:
    return OPENED


def age() -> None:
    """Let this worker be of another time."""
    old = {**software(), "lxml": "0.1"}
    YOUTH.append(mock.patch("report.cluster.software", return_value=old))
    YOUTH[-1].start()


def rejuvenate() -> None:
    YOUTH.pop().stop()


def kill(cluster: Any, _: distributed.Client) -> str:
    """Kills a worker that is making a document, and says which."""
    for _turn in range(1000):
        for worker in tuple(cluster.scheduler.workers.values()):
            made = [task.key for task in tuple(worker.processing) if task.key.startswith("called")]
            if made:
                (pid,) = (
                    w.pid for w in cluster.workers.values() if w.worker_address == worker.address
                )
                os.kill(pid, signal.SIGKILL)
                return str(made[0])
        time.sleep(0.01)
    return ""


COMMANDS: dict[str, Callable[[Any, distributed.Client], object]] = {
    "kill": kill,
    "note": lambda _, client: client.run(note),
    "opened": lambda _, client: client.run(opened),
    "age": lambda _, client: client.run(age),
    "rejuvenate": lambda _, client: client.run(rejuvenate),
    "tasks": lambda cluster, _: list(cluster.scheduler.tasks),
}


def main() -> None:
    dask.config.set({"distributed.scheduler.allowed-failures": 1})
    options = {"threads_per_worker": 1, "dashboard_address": None, "silence_logs": logging.CRITICAL}
    with (
        distributed.LocalCluster(n_workers=2, **options) as cluster,
        distributed.Client(cluster) as client,
    ):
        print(cluster.scheduler_address.removeprefix("tcp://"), flush=True)
        for line in sys.stdin:
            print(json.dumps(COMMANDS[line.strip()](cluster, client)), flush=True)
