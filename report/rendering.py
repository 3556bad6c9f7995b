"""Documents into files, several at a time, while others are still composed and checked."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Final

from report import stopping
from report.check import Checked, Target
from report.checks import origin
from report.cluster import ClusterError
from report.config import Settings
from report.errors import RenderError
from report.executor import Workers, workers
from report.model.audience import SOURCE_FORMAT
from report.model.diagnostic import Diagnostic
from report.model.document import Artifact, Document
from report.renderers import Renderer
from report.renderers.job import Job, done

Arrival = Callable[[Target, Artifact], None]
"""Called with a file as soon as it is made, while others are being made; always in one thread."""
Progress = Callable[[str, Sequence[str], int, int], None]
"""Called with the name of the file that is done, or none at first, those that are being made, how
many are done, and how many there will be."""

_PATIENCE: Final = 0.5  # seconds


@dataclass
class Rendering:
    """Files under way. Nothing of them is anywhere but in memory and in scratch folders."""

    renderer: Renderer
    workers: Workers
    _under_way: dict[Future[Artifact], Target] = field(default_factory=dict)

    def begin(self, target: Target, document: Document) -> None:
        """Have the target's file made of its document, as soon as somebody is free. Raises
        RenderError where the renderer is missing."""
        self._under_way[self._begun(document, target.format)] = target

    def _begun(self, document: Document, form: str) -> Future[Artifact]:
        if form == SOURCE_FORMAT:
            source: Future[Artifact] = Future()
            source.set_result(Artifact(document.text.encode(), document.files))
            return source
        tools = self.renderer.versions()
        job = Job(self.renderer.only_for(document, form), document, form, tools)
        return self.workers.submit(done, job)

    def finished(
        self, checked: Checked, arrived: Arrival, progress: Progress
    ) -> tuple[Mapping[Target, Artifact], list[Diagnostic]]:
        """All files that were begun, and what the renderer noticed, at places of the study.

        Raises RenderError where one fails.
        """
        rendered: dict[Target, Artifact] = {}
        problems: list[Diagnostic] = []
        order = list(self._under_way.values())
        progress("", self._running(), 0, len(order))
        for job in self._over():
            target = self._under_way[job]
            try:
                artifact = job.result()
            except RenderError as error:
                raise _placed(error, checked, target) from error
            rendered[target] = artifact
            problems += (_at_home(p, checked, target) for p in artifact.diagnostics)
            arrived(target, artifact)
            progress(target.name, self._running(), len(rendered), len(order))
        return {target: rendered[target] for target in order}, problems

    def _over(self) -> Iterator[Future[Artifact]]:
        left = set(self._under_way)
        while left:
            over, left = wait(left, timeout=_PATIENCE, return_when=FIRST_COMPLETED)
            stopping.ask()
            yield from over

    def _running(self) -> list[str]:
        names = [target.name for job, target in self._under_way.items() if not job.done()]
        return names[: self.workers.at_once]

    def stop(self) -> None:
        """Nothing new is begun."""
        for job in self._under_way:
            job.cancel()


@contextmanager
def rendering(settings: Settings, renderer: Renderer) -> Iterator[Rendering]:
    """Files under way. However the block is left, no program that they started runs on."""
    with workers(settings) as at_work:
        files = Rendering(renderer, at_work)
        try:
            yield files
        finally:
            files.stop()


def _placed(error: RenderError, checked: Checked, target: Target) -> RenderError:
    """The error with the place in the study, where the renderer named one in the document, or
    with the name of the document at least."""
    if isinstance(error, ClusterError):
        return error
    if not error.line or not checked.study:
        named = target.variant.name in error.message
        return error if named else RenderError(f"{target.name}: {error.message}", error.hint)
    document = checked.documents[target.variant.name]
    at = origin.of_line(checked.study, target.variant, document, error.line)
    return RenderError(f"{at}: {error.message}", error.hint)


def _at_home(problem: Diagnostic, checked: Checked, target: Target) -> Diagnostic:
    """A diagnostic of a composed document as one of the study that it was composed of."""
    document = checked.documents[target.variant.name]
    if problem.location.path != f"{document.name}.qmd" or not checked.study:
        return problem
    at = origin.of_line(checked.study, target.variant, document, problem.location.line)
    return replace(problem, location=at)
