"""Rendering by the quarto command, as its users know it: their themes, brands and extensions."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from report.config import Settings
from report.errors import RenderError
from report.model.document import Artifact, Document
from report.model.project import QuartoProject
from report.process import MORE, ProgramError, end_of, run
from report.renderers import quarto_messages
from report.renderers.pdf_tags import mended
from report.renderers.quarto_files import FOLDER, laid_out, part, quarto_format
from report.renderers.theme import Theme, theme
from report.scratch import scratch

_OLDEST: Final = (1, 6)
_INSTALL: Final = "install it with pip install quarto-cli, or from https://quarto.org/docs/download"

_TIMEOUT: Final = 600.0  # seconds; a manuscript takes three
_ENDINGS: Final = {"html": "html", "pdf": "pdf", "docx": "docx", "jats": "xml"}


@dataclass(frozen=True)
class Quarto:
    """The quarto command, with a study's looks, what the study asks of Quarto, and the study's
    files that Quarto needs for that, by their path."""

    command: str
    theme: Theme
    project: QuartoProject
    own: Mapping[str, bytes]

    def versions(self) -> Mapping[str, str]:
        """Quarto's version; RenderError where Quarto is missing or too old."""
        if not self.command:
            raise RenderError("quarto is not installed", _INSTALL)
        if not Path(self.command).is_file():
            hint = (
                "QUARTO_PATH, where it is set, has to name the quarto command itself; with "
                "--executor Quarto has one place on all machines"
            )
            raise RenderError(f"there is no Quarto at {self.command}", hint)
        return {"quarto": _version(self.command)}

    def reads(self) -> Mapping[str, str]:
        """The hashes of the files that it reads beside a document, by their names."""
        texts = {"_quarto.yml": self.project} | {
            f"_quarto-{name}.yml": profile for name, profile in self.project.profiles.items()
        }
        said = {name: sha256(project.text.encode()).hexdigest() for name, project in texts.items()}
        looks = {f"templates/theme/{path}": sha for path, sha in self.theme.hashes.items()}
        return said | looks | {p: sha256(content).hexdigest() for p, content in self.own.items()}

    def only_for(self, document: Document, form: str) -> "Quarto":
        """The same with what the document and the format need."""
        profiles = self.project.profiles
        mine = {name: profiles[name] for name in profiles if name == document.audience}
        project = replace(self.project, profiles=mine)
        own = {name: self.own[name] for name in _files(project)}
        return replace(self, theme=part(self.theme, [form]), project=project, own=own)

    def render(self, document: Document, form: str) -> Artifact:
        """The document as html, pdf, docx or jats."""
        with scratch() as folder:
            # Quarto's own temporary files lie there too, so that none is left after Ctrl-C.
            study, temporary = folder / "study", folder / "temporary"
            temporary.mkdir()
            # quarto render --profile has the audience's own options too
            profile = document.audience if document.audience in self.project.profiles else ""
            own = self.project.formats_in([profile])
            files = laid_out(document, [form], self.theme, own)
            for path, content in {**dict(self._own_files(profile)), **files}.items():
                (study / path).parent.mkdir(parents=True, exist_ok=True)
                (study / path).write_bytes(content)
            source = f"{FOLDER}/{document.name}.qmd"
            added = files[source].count(b"\n") - document.text.count("\n")
            command = ["render", source, "--to", quarto_format(form, own)]
            said = self._quarto(command, study, profile, document, added)
            return self._artifact(document, form, study, said)

    def _quarto(
        self, arguments: list[str], study: Path, profile: str, document: Document, added: int
    ) -> str:
        """What Quarto complained of; RenderError, with the place where it names one."""
        temporary = str(study.parent / "temporary")
        try:
            _, said = run(
                [self.command, *arguments, "--no-execute"],
                cwd=study,
                environment={
                    "NO_COLOR": "1",
                    "SOURCE_DATE_EPOCH": str(document.epoch),
                    "QUARTO_PROFILE": profile,
                    **dict.fromkeys(("TMPDIR", "TMP", "TEMP"), temporary),
                },
                timeout=_TIMEOUT,
            )
        except ProgramError as error:
            said = error.said.replace(f"{study}/", "")
            end = end_of(quarto_messages.plain(said))
            message = f"{error.how}, and said:\n{end}"
            at = quarto_messages.place(said, document, added)
            if at and not at.path.endswith(".qmd"):
                raise RenderError(f"{at}: {message}", error.hint) from error
            raise RenderError(message, error.hint, at.line if at else 0) from error
        return said.replace(f"{study}/", "")

    def _artifact(self, document: Document, form: str, study: Path, said: str) -> Artifact:
        made = study / FOLDER / f"{document.name}.{_ENDINGS[form]}"
        try:
            content = made.read_bytes()
        except FileNotFoundError:
            content = b""
        if not content:
            end = end_of(quarto_messages.plain(said))
            raise RenderError(f"quarto render made no {made.name}, and said:\n{end}", MORE)
        if form == "pdf":
            content = mended(content)
        pictures = document.pictures if form == "jats" else {}
        problems = tuple(quarto_messages.diagnostics(said, document))
        return Artifact(content, pictures, problems)

    def _own_files(self, profile: str) -> Iterator[tuple[str, bytes]]:
        """What the study asks of Quarto, without how projects are rendered, and the files that it
        needs for that."""
        yield "_quarto.yml", self.project.text.encode()
        files = self.project.files
        if profile:
            mine = self.project.profiles[profile]
            files |= mine.files
            yield f"_quarto-{profile}.yml", mine.text.encode()
        for name in sorted(files):
            yield name, self.own[name]


@cache
def _version(command: str) -> str:
    with scratch() as folder:
        out, _ = run([command, "--version"], cwd=folder, environment={}, timeout=_TIMEOUT)
    said = out.decode("utf-8", "replace").strip()
    number = re.match(r"(\d+)\.(\d+)", said)
    if not number:
        message = f"{command} says “{said[:40]}” for its version"
        raise RenderError(message, f"it seems not to be Quarto: {_INSTALL}")
    if (int(number[1]), int(number[2])) < _OLDEST:
        oldest = ".".join(map(str, _OLDEST))
        message = f"{command} is Quarto {said}; report needs {oldest} or newer"
        raise RenderError(message, _INSTALL)
    return said


def _files(project: QuartoProject) -> list[str]:
    return sorted(project.files.union(*(p.files for p in project.profiles.values())))


def renderer(settings: Settings) -> Quarto:
    """Quarto, set up for a study. Raises RenderError where a file that it needs cannot be read."""
    return of(settings.quarto, settings.root, settings.themes, settings.project)


def of(command: str, root: Path, themes: Sequence[Path], project: QuartoProject) -> Quarto:
    """That command, for the study in `root` with those looks."""
    own: dict[str, bytes] = {}
    for name in _files(project):
        try:
            own[name] = (root / name).read_bytes()
        except OSError as error:
            why = error.strerror or str(error)
            raise RenderError(f"{name} cannot be read for Quarto: {why}") from error
    return Quarto(command, theme(themes), project, own)
