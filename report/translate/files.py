"""The catalogues of a study on disk: which there are, read to be changed, written whole."""

from dataclasses import dataclass
from pathlib import Path

import polib

from report.config import Settings, templates
from report.errors import ReportError
from report.model.catalogue import Domain
from report.sources import po
from report.sources.file import read
from report.sources.file import write as write_whole
from report.translate.merge import new


@dataclass(frozen=True)
class CatalogueFile:
    """A catalogue of a study: the domain of its messages, and where it is."""

    domain: Domain
    language: str
    root: Path

    @property
    def path(self) -> str:
        """From the study's folder."""
        folder = "templates" if self.domain is Domain.TEMPLATES else "data"
        return f"{folder}/locale/{self.language}.po"

    def read(self, project: str, date: str) -> polib.POFile:
        """The catalogue as it is; a new one where there is none. Raises ReportError where it
        cannot be read."""
        file = self.root / self.path
        if not file.is_file():
            return new(self.language, project, date)
        content, problems = read(file, self.path)
        if content is not None:
            found, problems = po.entries(content, self.path)
            if found is not None:
                return found
        raise ReportError(f"{problems[0].location}: {problems[0].message}", problems[0].hint)

    def write(self, catalogue: polib.POFile) -> bool:
        """Write it where it differs from what is there; whether it did."""
        catalogue.metadata["Content-Type"] = "text/plain; charset=UTF-8"  # whatever it was
        catalogue.metadata["Content-Transfer-Encoding"] = "8bit"
        return write(self.root / self.path, str(catalogue).rstrip("\n").encode() + b"\n", self.path)


def write(file: Path, content: bytes, path: str) -> bool:
    """The file with this content, whole or not at all; whether it was another. Raises ReportError
    where it cannot be written."""
    try:
        return write_whole(file, content)
    except OSError as error:
        why = error.strerror or str(error)
        hint = "close it in other programs, and see that the folder may be written to"
        raise ReportError(f"{path} cannot be written: {why}", hint) from error


def makes_templates(settings: Settings) -> bool:
    """Whether the study's templates are the ones that we ship: then their catalogues are ours."""
    return (settings.root / "templates").resolve() == templates().resolve()
