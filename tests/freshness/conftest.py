"""A small study that is built again and again, in this process, and what each build rendered."""

import hashlib
import os
import pickle
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from report import rendering
from report.build import Built, build
from report.config import settings
from report.model.document import Artifact
from report.renderers.job import Job, done
from report.status import status
from tests.build.reading import docx, jats, pdf, plain, web
from tests.studies.broken_study import BASE

LISTS = {"index.html", "manifest.json", "ro-crate-metadata.json"}
"""What tells of all documents."""
ALL = frozenset(
    f"{name}.en.{ending}"
    for name, endings in {
        "journal": ("html", "pdf", "docx", "jats.xml"),
        "briefing": ("html", "pdf"),
        "lay": ("html", "pdf"),
        "reviewer": ("pdf", "docx"),
    }.items()
    for ending in endings
)
"""The documents of the study in base/."""
_READERS = {".html": web, ".pdf": pdf, ".docx": docx, ".xml": jats}

_made: dict[bytes, Artifact] = {}
"""What was rendered before in this process. Its keys are whole jobs: no fingerprint has a say."""


@dataclass
class Study:
    """A study's folder, and the files that were rendered since anybody looked."""

    root: Path
    only_counts: bool = False
    """Whether a file that was made before of the same text and with other looks will do."""
    _rendered: list[str] = field(default_factory=list)

    @property
    def output(self) -> Path:
        return self.root / "_output"

    def build(
        self,
        *names: str,
        to: tuple[str, ...] = (),
        draft: bool = False,
        force: bool = False,
        renderer: str | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Built:
        """A build that goes well."""
        here = settings(self.root, renderer=renderer, environment=environment or {})
        built = build(here, names, to, draft=draft, force=force)
        assert not built.failed, "\n".join(map(str, built.diagnostics))
        return built

    def rendered(self) -> frozenset[str]:
        """The files that were rendered since the last call."""
        names, self._rendered[:] = frozenset(self._rendered), []
        return names

    def changed_by(self, **how: object) -> frozenset[str]:
        """Build; the names of the documents that were rendered for it. All others, and what lies
        beside them, are the very same files as before."""
        self.rendered()
        before = self.files()
        self.build(**how)  # type: ignore[arg-type]  # of build
        made = self.rendered()
        after = self.files()
        for name, state in before.items():
            of_made = name.startswith(tuple(f"{m.rpartition('.en.')[0]}.en_files" for m in made))
            if name not in made and not of_made and name in after and _is_document(name):
                assert after[name] == state, f"{name} was written and not rendered"
        return made

    def files(self) -> dict[str, tuple[int, int, bytes]]:
        """What lies in the output folder: when each was written, its number on disk, its bytes."""
        files = [file for file in self.output.rglob("*") if file.is_file()]
        return {
            file.relative_to(self.output).as_posix(): (
                file.stat().st_mtime_ns,
                file.stat().st_ino,
                file.read_bytes(),
            )
            for file in files
        }

    def contents(self) -> dict[str, bytes]:
        return {name: content for name, (_, _, content) in self.files().items()}

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.root / path
        text = file.read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        file.write_text(text.replace(old, new), "utf-8")

    def write(self, path: str, content: str | bytes) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def showing(self, words: str) -> frozenset[str]:
        """The documents in whose text the words stand, as a reader of the files finds them."""
        return frozenset(
            file.name
            for file in self.output.iterdir()
            if file.is_file() and _is_document(file.name)
            if plain(words) in plain(_READERS[file.suffix](file))
        )

    def status(self) -> Mapping[str, str]:
        return {name: str(how) for name, how in status(settings(self.root)).documents.items()}


def _is_document(name: str) -> bool:
    return name not in LISTS and not name.endswith(".qmd")


def clean(study: Study, folder: Path, sources: Iterable[str] = ()) -> dict[str, bytes]:
    """The documents of a study that nobody built before, from the same data; with the sources for
    Quarto of these audiences."""
    fresh = Study(Path(shutil.copytree(study.root, folder / study.root.name)))
    shutil.rmtree(fresh.output, ignore_errors=True)
    shutil.rmtree(fresh.root / ".report", ignore_errors=True)
    if names := sorted(sources):
        fresh.build(*names, to=("qmd",))
    fresh.build()
    return fresh.contents()


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """The study in base/, not built yet. What is the same job twice is rendered once."""
    made = Study(Path(shutil.copytree(BASE, tmp_path / "study")))

    def noted(job: Job) -> Artifact:
        endings = {"jats": "jats.xml"}
        made._rendered.append(f"{job.document.name}.{endings.get(job.form, job.form)}")
        theme = getattr(job.renderer, "theme").files  # noqa: B009  # of each renderer that we have
        looks = () if made.only_counts else (sorted(theme.items()), sorted(job.tools.items()))
        document = replace(job.document, epoch=0) if made.only_counts else job.document
        whole = pickle.dumps((looks, document, job.form))
        key = hashlib.sha256(whole).digest()
        if key not in _made:
            _made[key] = done(job)
        return _made[key]

    monkeypatch.setattr(rendering, "done", noted)
    return made


@pytest.fixture
def built(study: Study) -> Study:
    """The same, built."""
    study.build()
    assert study.rendered() == ALL
    long_ago = 1_000_000_000
    for file in study.output.rglob("*"):
        os.utime(file, (long_ago, long_ago))
    return study
