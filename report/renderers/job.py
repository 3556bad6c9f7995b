"""One file to be rendered, with all that it takes: here, in another process, on another machine."""

from collections.abc import Mapping
from dataclasses import dataclass

from report.model.document import Artifact, Document
from report.renderers import Renderer
from report.software import require


@dataclass(frozen=True)
class Job:
    """A document, its format and what renders it. `tools` are the versions of its programs where
    the job was made."""

    renderer: Renderer
    document: Document
    form: str
    tools: Mapping[str, str]


def done(job: Job) -> Artifact:
    """The file. Raises RenderError where it fails, or where this machine has other programs than
    the one that made the job."""
    require(job.tools, job.renderer.versions())
    return job.renderer.render(job.document, job.form)
