"""A composed document, ready for any renderer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from report.model.brand import Brand
from report.model.diagnostic import Diagnostic
from report.model.drawing import Asset, content

FRONT_MATTER: Final = re.compile(r"---\n(.*?)^---$", re.DOTALL | re.MULTILINE)
"""What a composed text begins with; its group 1 is YAML."""


@dataclass(frozen=True)
class Document:
    """Quarto Markdown with its front matter, and the files that it refers to.

    `assets` are by their path relative to where the text lies. Figures come in pairs, SVG and PNG;
    the text names a figure without its ending, and each format takes the one that it can show.
    """

    name: str
    audience: str
    text: str
    language: str
    look: str
    epoch: int
    """Seconds since 1970 of the day that the document bears."""
    assets: Mapping[str, Asset] = field(default_factory=dict)
    draft_notice: str = ""
    """What every page says where parts stand there untranslated; empty where none do."""
    brand: Brand | None = None
    """Whose looks it bears; none: ours. Its logo is among the assets."""

    @property
    def front_matter(self) -> str:
        """The YAML between the first two lines of three hyphens; empty where there is none."""
        found = FRONT_MATTER.match(self.text)
        return found[1] if found else ""

    @property
    def files(self) -> Mapping[str, bytes]:
        """The assets, with all drawings drawn."""
        return {path: content(asset) for path, asset in self.assets.items()}

    @property
    def pictures(self) -> Mapping[str, bytes]:
        """The figures as PNG, for what lies beside its pictures; a logo is no part of it."""
        logos = self.brand.files(f"{self.name}_files") if self.brand else {}
        return {
            path: content(asset)
            for path, asset in self.assets.items()
            if path.endswith(".png") and path not in logos
        }


@dataclass(frozen=True)
class Artifact:
    """A rendered document and the files that lie beside it, by path relative to it.

    `diagnostics` are what the renderer noticed, at places of the document's text, which they call
    by its name with .qmd.
    """

    content: bytes
    files: Mapping[str, bytes] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
