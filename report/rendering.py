"""Documents into files, as many at a time as the machine has cores."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed, wait
from dataclasses import replace

from report.check import Checked, Target
from report.checks import origin
from report.errors import RenderError
from report.model.audience import SOURCE_FORMAT
from report.model.diagnostic import Diagnostic
from report.model.document import Artifact
from report.model.study import Study
from report.process import end_all
from report.renderers import Renderer

Arrival = Callable[[Target, Artifact], None]
"""Called with a file as soon as it is made, while others are being made; always in one thread."""
Progress = Callable[[str, int, int], None]
"""Called with the name of a file that is done, how many are, and how many there will be."""


def render(
    study: Study,
    checked: Checked,
    renderer: Renderer,
    jobs: int,
    arrived: Arrival,
    progress: Progress,
) -> tuple[Mapping[Target, Artifact], list[Diagnostic]]:
    """Every target's file, `jobs` at a time, and what the renderer noticed, at places of the study.

    Raises RenderError where one fails. However it ends, no program that it started runs on.
    """

    def one(target: Target) -> Artifact:
        document = checked.documents[target.variant.name]
        if target.format == SOURCE_FORMAT:
            return Artifact(document.text.encode(), document.files)
        return renderer.render(document, target.format)

    # The long ones first, so that no core waits at the end.
    order = sorted(checked.targets, key=lambda t: (t.format != "pdf", t.name))
    rendered: dict[Target, Artifact] = {}
    problems: list[Diagnostic] = []
    with ThreadPoolExecutor(jobs) as pool:
        under_way = {pool.submit(one, target): target for target in order}
        try:
            for job in as_completed(under_way):
                target = under_way[job]
                try:
                    rendered[target] = job.result()
                except RenderError as error:
                    raise _placed(error, study, checked, target) from error
                problems += (
                    _at_home(problem, study, checked, target)
                    for problem in rendered[target].diagnostics
                )
                arrived(target, rendered[target])
                progress(target.name, len(rendered), len(order))
        finally:
            _stop(pool, under_way)
    return {target: rendered[target] for target in order}, problems


def _stop(pool: ThreadPoolExecutor, jobs: Iterable[Future[Artifact]]) -> None:
    """Nothing new is begun, and programs that run are ended; only Typst, which runs in this very
    process, sets its last page."""
    pool.shutdown(wait=False, cancel_futures=True)
    while not all(job.done() for job in jobs):
        end_all()
        wait(jobs, timeout=0.1)


def _placed(error: RenderError, study: Study, checked: Checked, target: Target) -> RenderError:
    """The error with the place in the study, where the renderer named one in the document."""
    if not error.line:
        return error
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
