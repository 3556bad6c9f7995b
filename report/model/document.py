"""A composed document, ready for any renderer."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Document:
    """Quarto Markdown with its front matter, and the files that it refers to.

    `assets` are by their path relative to where the text lies. Figures come in pairs, SVG and PNG;
    the text names a figure without its ending, and each format takes the one that it can show.
    """

    name: str
    text: str
    language: str
    theme: str
    epoch: int
    """Seconds since 1970 of the day that the document bears."""
    assets: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Artifact:
    """A rendered document and the files that lie beside it, by path relative to it."""

    content: bytes
    files: Mapping[str, bytes] = field(default_factory=dict)
