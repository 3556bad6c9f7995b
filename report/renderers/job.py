"""One file to be rendered, with all that it takes: here, in another process, on another machine."""

from collections.abc import Mapping
from dataclasses import dataclass

from report import __version__
from report.errors import RenderError
from report.model.document import Artifact, Document
from report.renderers import Renderer


@dataclass(frozen=True)
class Job:
    """A document, its format and what renders it. `tools` are the versions of its programs, and
    `version` is ours, where the job was made."""

    renderer: Renderer
    document: Document
    form: str
    tools: Mapping[str, str]
    version: str = __version__


def done(job: Job) -> Artifact:
    """The file. Raises RenderError where it fails, or where this machine has other versions than
    the one that made the job: it would make other bytes."""
    here = {"report": __version__, **job.renderer.versions()}
    asked = {"report": job.version, **job.tools}
    if here != asked:
        raise RenderError(
            f"a machine that renders has {_told(here)}; this one has {_told(asked)}",
            "install the same versions on both: see report doctor",
        )
    return job.renderer.render(job.document, job.form)


def _told(versions: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {version}" for name, version in versions.items())
