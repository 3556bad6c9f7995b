"""What turns a composed document into a file: a module each, none knows what a study is."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol

from report.model.document import Artifact, Document
from report.renderers import builtin


class Renderer(Protocol):
    """A module with these two functions is a renderer."""

    def versions(self) -> Mapping[str, str]:
        """The programs that it uses and their versions; RenderError where one is missing."""

    def render(self, document: Document, form: str, themes: Sequence[Path]) -> Artifact:
        """The document in a format. Theme files come from the first of the folders `themes` that
        has them. Raises RenderError."""


RENDERERS: Final[Mapping[str, Renderer]] = {"builtin": builtin}
