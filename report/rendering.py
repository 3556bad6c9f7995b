"""Documents into files, several at a time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import replace

from report.check import Checked, Target
from report.checks import origin
from report.errors import RenderError
from report.executor import Workers
from report.model.audience import SOURCE_FORMAT
from report.model.diagnostic import Diagnostic
from report.model.document import Artifact
from report.model.study import Study
from report.process import end_all
from report.renderers import Renderer
from report.renderers.job import Job, done

Arrival = Callable[[Target, Artifact], None]
"""Called with a file as soon as it is made, while others are being made; always in one thread."""
Progress = Callable[[str, Sequence[str], int, int], None]
"""Called with the name of the file that is done, or none at first, those that are being made, how
many are done, and how many there will be."""


def render(
    study: Study,
    checked: Checked,
    targets: Sequence[Target],
    renderer: Renderer,
    workers: Workers,
    arrived: Arrival,
    progress: Progress,
) -> tuple[Mapping[Target, Artifact], list[Diagnostic]]:
    """The file of each of the targets, and what the renderer noticed, at places of the study.

    Raises RenderError where one fails. However it ends, no program that it started runs on.
    """
    # The long ones first, so that no core waits at the end.
    order = sorted(targets, key=lambda t: (t.format != "pdf", t.name))
    tools = renderer.versions() if any(t.format != SOURCE_FORMAT for t in order) else {}

    def begun(target: Target) -> Future[Artifact]:
        document = checked.documents[target.variant.name]
        if target.format == SOURCE_FORMAT:
            source: Future[Artifact] = Future()
            source.set_result(Artifact(document.text.encode(), document.assets))
            return source
        job = Job(renderer.only_for(document, target.format), document, target.format, tools)
        return workers.executor.submit(done, job)

    rendered: dict[Target, Artifact] = {}
    problems: list[Diagnostic] = []
    under_way: dict[Future[Artifact], Target] = {}
    left = iter(order)
    try:
        while len(rendered) < len(order):
            # One waits while others are made, and no more: a job holds all that it needs.
            while len(under_way) <= workers.at_once and (target := next(left, None)):
                under_way[begun(target)] = target
            running = [t.name for t in under_way.values()][: workers.at_once]
            progress("", running, len(rendered), len(order))
            for job in wait(under_way, return_when=FIRST_COMPLETED).done:
                target = under_way.pop(job)
                try:
                    artifact = job.result()
                except RenderError as error:
                    raise _placed(error, study, checked, target) from error
                rendered[target] = artifact
                problems += (_at_home(p, study, checked, target) for p in artifact.diagnostics)
                arrived(target, artifact)
                running = [t.name for t in under_way.values()][: workers.at_once]
                progress(target.name, running, len(rendered), len(order))
    finally:
        _stop(under_way)
    return {target: rendered[target] for target in order}, problems


def _stop(jobs: Iterable[Future[Artifact]]) -> None:
    """Nothing new is begun, and programs that run are ended; only Typst, which runs in this very
    process, sets its last page."""
    for job in jobs:
        job.cancel()
    while not all(job.done() for job in jobs):
        end_all()
        wait(jobs, timeout=0.1)


def _placed(error: RenderError, study: Study, checked: Checked, target: Target) -> RenderError:
    """The error with the place in the study, where the renderer named one in the document, or
    with the name of the document at least."""
    if not error.line:
        named = target.variant.name in error.message
        return error if named else RenderError(f"{target.name}: {error.message}", error.hint)
    document = checked.documents[target.variant.name]
    at = origin.of_line(study, target.variant, document, error.line)
    return RenderError(f"{at}: {error.message}", error.hint)


def _at_home(problem: Diagnostic, study: Study, checked: Checked, target: Target) -> Diagnostic:
    """A diagnostic of a composed document as one of the study that it was composed of."""
    document = checked.documents[target.variant.name]
    if problem.location.path != f"{document.name}.qmd":
        return problem
    at = origin.of_line(study, target.variant, document, problem.location.line)
    return replace(problem, location=at)
