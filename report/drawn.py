"""Figures as they were drawn before: .report/figures/, which git ignores.

Drawing takes longer than typesetting. Each file is named by what the figure was drawn from and with
and by what it holds: one that was damaged, or that another version drew, is nobody's, and the
figure is drawn anew.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path, PurePosixPath
from typing import Final

from report.errors import ReportError
from report.model.checksum import checksum
from report.model.document import Document
from report.model.drawing import Asset, Drawing
from report.software import programs_of_source
from report.sources.file import write as write_whole
from report.state import FOLDER

_FIGURES: Final = "figures"


@dataclass
class Drawn:
    """The figures of the study in `root`; with `anew`, none that was drawn before is taken."""

    root: Path
    anew: bool = False
    _new: dict[str, bytes] = field(default_factory=dict)

    def put_into(self, document: Document) -> Document:
        """The document with the figures that are there. The others are remembered where somebody
        has them drawn."""
        assets = {path: self._asset(path, asset) for path, asset in document.assets.items()}
        return replace(document, assets=assets)

    def _asset(self, path: str, asset: Asset) -> Asset:
        if not isinstance(asset, Drawing):
            return asset
        name = _name(path, asset)
        content = None if self.anew else self._before(name)
        return replace(asset, draw=partial(self._draw, name, asset)) if content is None else content

    def _draw(self, name: str, drawing: Drawing) -> bytes:
        content = self._new[name] = drawing.draw()
        return content

    def _before(self, name: str) -> bytes | None:
        for file in self._there.get(name, ()):
            with suppress(OSError):
                content = file.read_bytes()
                if file.name == _file_name(name, content):
                    return content
        return None

    @cached_property
    def _there(self) -> dict[str, list[Path]]:
        found: dict[str, list[Path]] = {}
        for file in (self.root / FOLDER / _FIGURES).glob("*"):
            found.setdefault(_name_of(file), []).append(file)
        return found

    def keep(self, documents: Iterable[Document], *, all_of_them: bool) -> None:
        """Remember what was drawn; where the `documents` are all that may go on, take away what
        none of them shows. Raises ReportError where the folder refuses."""
        folder = self.root / FOLDER / _FIGURES
        try:
            for name, content in self._new.items():
                write_whole(folder / _file_name(name, content), content)
            if all_of_them:
                shown = {
                    _name(path, asset)
                    for document in documents
                    for path, asset in document.assets.items()
                    if isinstance(asset, Drawing)
                }
                for file in folder.glob("*"):
                    if _name_of(file) not in shown:
                        file.unlink()
        except OSError as error:
            message = f"{FOLDER} in the study's folder cannot be written: "
            raise ReportError(
                message + (error.strerror or str(error)),
                "figures are kept there; allow writing to it, then build again",
            ) from error


def forget(root: Path) -> None:
    """Take all of them away. Raises OSError where the folder refuses."""
    for file in (root / FOLDER / _FIGURES).glob("*"):
        file.unlink()


def _name(path: str, drawing: Drawing) -> str:
    """By which a figure is found: that of another picture, or of other programs, is another."""
    made_from = json.dumps([drawing.key, *sorted(programs_of_source().items())])
    return checksum(made_from.encode()) + PurePosixPath(path).suffix


def _file_name(name: str, content: bytes) -> str:
    known = PurePosixPath(name)
    return f"{known.stem}-{checksum(content)}{known.suffix}"


def _name_of(file: Path) -> str:
    return file.stem.partition("-")[0] + file.suffix
