"""What turns a composed document into a file: a module each, none knows of a study's data."""

from collections.abc import Callable, Mapping
from typing import Final, Protocol

from report.config import Settings
from report.model.document import Artifact, Document
from report.renderers import builtin, quarto


class Renderer(Protocol):
    """What makes files of documents, set up for one study."""

    def versions(self) -> Mapping[str, str]:
        """The programs that it uses and their versions; RenderError where one is missing."""

    def reads(self) -> Mapping[str, str]:
        """The SHA-256 of each file that it reads beside a document, by the name that users know."""

    def only_for(self, document: Document, form: str) -> "Renderer":
        """The same, with no more than the document needs in that format. It can be sent to another
        machine and renders there."""

    def render(self, document: Document, form: str) -> Artifact:
        """The document in a format, with what the renderer noticed. Raises RenderError."""


RENDERERS: Final[Mapping[str, Callable[[Settings], Renderer]]] = {
    "builtin": builtin.renderer,
    "quarto": quarto.renderer,
}
