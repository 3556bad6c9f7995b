"""A small study that is built again and again, in this process, and what each build rendered."""

import hashlib
import os
import pickle
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
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
"""What was rendered before in this process. Its keys are whole jobs, and jobs without their looks:
no fingerprint has a say."""


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


def _key(value: object) -> bytes:
    return hashlib.sha256(pickle.dumps(value)).digest()


@contextmanager
def copied(root: Path, folder: Path) -> Iterator[Study]:
    """A copy of the study, with what was built of it. What is rendered of it within the block is
    noted, and what is the same job twice is rendered once."""
    study = Study(Path(shutil.copytree(root, folder / "study")))

    def noted(job: Job) -> Artifact:
        endings = {"jats": "jats.xml"}
        study._rendered.append(f"{job.document.name}.{endings.get(job.form, job.form)}")
        theme = getattr(job.renderer, "theme").files  # noqa: B009  # of each renderer that we have
        looks = (sorted(theme.items()), sorted(job.tools.items()))
        whole = _key((looks, job.document, job.form))
        alike = _key((replace(job.document, epoch=0), job.form))
        wanted = alike if study.only_counts else whole
        if wanted not in _made:
            _made[whole] = done(job)
            _made.setdefault(alike, _made[whole])
        return _made[wanted]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rendering, "done", noted)
        yield study


@dataclass(frozen=True)
class Kept:
    """A study that was built in `place`, and a copy of it. There, what is remembered of it holds:
    to the gate a study in another folder is another one."""

    copy: Path
    place: Path

    @contextmanager
    def again(self) -> Iterator[Study]:
        """The study where it was built, as if nothing had happened to it since."""
        shutil.rmtree(self.place)
        with copied(self.copy, self.place) as study:
            yield study


def kept(study: Study, folder: Path) -> Kept:
    """The study, built long ago, to be used again and again."""
    long_ago = 1_000_000_000
    for file in study.output.rglob("*"):
        os.utime(file, (long_ago, long_ago))
    return Kept(Path(shutil.copytree(study.root, folder / "copy")), study.root.parent)


@pytest.fixture(scope="session")
def first_build(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """The study in base/, built once for all tests of this process."""
    with copied(BASE, tmp_path_factory.mktemp("first")) as study:
        study.build()
        assert study.rendered() == ALL
    return kept(study, tmp_path_factory.mktemp("kept"))


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """The study in base/, not built yet."""
    with copied(BASE, tmp_path) as study:
        yield study


@pytest.fixture
def built(first_build: Kept) -> Iterator[Study]:
    """The same, built."""
    with first_build.again() as study:
        yield study
