"""Every file that a renderer opens is among the ingredients that its fingerprint is made of."""

import dataclasses
import hashlib
import json
import os
import pickle
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from report.check import check
from report.config import Settings, settings
from report.errors import RenderError
from report.fingerprint import of_rendered
from report.model.brand import LIGHT, Brand
from report.model.document import Document
from report.model.ingredients import Ingredients
from report.renderers import RENDERERS
from report.renderers.job import Job, done
from tests.pictures.conftest import SVG
from tests.studies.broken_study import BASE

ROOT = Path(__file__).parents[2]
FORMS = ("html", "pdf", "docx", "jats")

RENDER = """
import json, os, pickle, sys
from pathlib import Path

WRITES = os.O_WRONLY | os.O_CREAT

opened, called = [], []

def heard(event, arguments):
    if event == "open" and isinstance(arguments[0], str) and not arguments[2] & WRITES:
        # rmtree names what is in a folder from there
        if os.path.isabs(arguments[0]) and not os.path.isdir(arguments[0]):
            opened.append(arguments[0])
    if event == "subprocess.Popen":
        called.append([str(word) for word in arguments[1]])

sys.addaudithook(heard)
from report import pandoc
from report.renderers.job import done

converted = pandoc.converted

def told(arguments, content, **how):
    called.append(arguments)
    return converted(arguments, content, **how)

pandoc.converted = told
job = pickle.loads(Path(sys.argv[1]).read_bytes())
begun = len(opened)
artifact = done(job)
Path(sys.argv[2]).write_bytes(artifact.content)
Path(sys.argv[3]).write_text(json.dumps({"opened": opened, "called": called}))
"""
"""Renders a job in a process of its own, and notes what Python opens and starts, and what a pandoc
that stays is told to read."""

DERIVED = {
    "main.typ": "what pandoc makes of the document's text for Typst",
    "brand.css": "written of the brand",
    "brand.typ": "written of the brand",
    "added.typ": "written of the fonts that a study adds",
}
"""Files in the scratch folder that are made of ingredients and are none themselves."""

WITHOUT_SAY = {
    "": "what tells Python of packages",
    "setuptools": "Python asks for it when it starts",
    "babel": "imported with our modules; words of dates and languages are in the text",
    "brand-yml": "reads _brand.yml, whose values are ingredients",
    "charset-normalizer": "imported by others",
    "jinja2": "composes, and the text is an ingredient",
    "markupsafe": "of jinja2",
    "numpy": "imported by others",
    "packaging": "imported by others",
    "pillow": "imported by others",
    "pydantic": "reads YAML, whose values are ingredients",
    "pydantic-core": "of pydantic",
    "pyyaml": "reads the front matter that we have written, and every version reads it alike",
    "pypandoc-binary": "its pandoc's version is an ingredient",
    "typing-extensions": "types",
    "typing-inspection": "types",
    "annotated-types": "types",
    "annotated-doc": "types",
    "deprecated": "of pikepdf",
    "wrapt": "of deprecated",
    "fonttools": "reads names of fonts, which are ingredients by their bytes",
}
"""Packages that rendering opens files of and whose versions are no ingredients, and why."""


@dataclass(frozen=True)
class Rendered:
    """A job, what it is made from, and the paths that were opened for it; its scratch folders are
    shown as SCRATCH/…"""

    job: Job
    ingredients: Ingredients
    opened: frozenset[str]
    content: bytes


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A study that uses all that there is: looks and fonts of its own, a brand, a picture, a
    citation style."""
    root = Path(shutil.copytree(BASE, tmp_path_factory.mktemp("traced") / "study"))
    theme = root / "templates" / "theme"
    for name in ("html/pieces.css", "typst/base.typ", "quotes.lua", "docx/review.docx"):
        (theme / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "templates" / "theme" / name, theme / name)
    (root / "_brand.yml").write_text('color: {palette: {sea: "#0b4f55"}, primary: sea}\n')
    (root / "data" / "pictures").mkdir()
    (root / "data" / "pictures" / "lamp.svg").write_text(SVG)
    (root / "data" / "pictures.csv").write_text(
        "picture,file,alt,source,licence\nlamp,lamp.svg,A lamp,Ada Draws,CC0 1.0\n"
    )
    (root / "data" / "text" / "lay" / "why.md").write_text('{{ picture("lamp") }}\n\nTo sleep.\n')
    return settings(root, environment={})


@pytest.fixture(scope="module")
def documents(study: Settings) -> Mapping[str, Document]:
    checked = check(study)
    assert not checked.failed, checked.diagnostics
    return checked.documents


def rendered(
    study: Settings, document: Document, form: str, folder: Path, *, strace: bool
) -> Rendered:
    """The document in a format, made by a process of its own with a home full of traps."""
    renderer = RENDERERS["builtin"](study)
    job = Job(renderer.only_for(document, form), document, form, renderer.versions())
    folder.mkdir(parents=True)
    (folder / "job").write_bytes(pickle.dumps(job))
    (folder / "scratch").mkdir()
    command = [sys.executable, "-c", RENDER, *(str(folder / n) for n in ("job", "made", "heard"))]
    log = folder / "log"
    if strace:
        calls = "open,openat,openat2"
        strace_ = ["strace", "-f", "--seccomp-bpf", "-e", f"trace={calls}", "-o", str(log)]
        command = [*strace_, *command]
    home = _trapped(folder / "home")
    ended = subprocess.run(
        command,
        cwd=home,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "HOME": str(home),
            "XDG_DATA_HOME": str(home / ".local" / "share"),
            "XDG_CACHE_HOME": str(home / ".cache"),
            "TMPDIR": str(folder / "scratch"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    heard = json.loads((folder / "heard").read_text())
    # “pandoc --template=FILE”: what a program is told to read.
    told = [word.rpartition("=")[2] for words in heard["called"] for word in words]
    opened = {*heard["opened"], *(word for word in told if word.startswith("/"))}
    if strace:
        found = re.findall(r'open\w*\((?:AT_FDCWD, )?"([^"]+)", ([^)]*)\) += \d', log.read_text())
        opened = {path for path, flags in found if not re.search("WRONLY|CREAT|DIRECTORY", flags)}
    scratch = re.compile(f"{re.escape(str(folder / 'scratch'))}/[^/]+/[^/]+/(.*)")
    opened = {path for path in opened if scratch.match(path) or str(folder / "scratch") not in path}
    # What is not named from the top is from pandoc's folder, or of the threads that list /proc.
    named = (path if path.startswith("/") else f"SCRATCH/{Path(path)}" for path in opened)
    paths = (scratch.sub(r"SCRATCH/\1", path) for path in named)
    return Rendered(
        job,
        of_rendered(document, form, renderer),
        frozenset(paths),
        (folder / "made").read_bytes(),
    )


def _trapped(home: Path) -> Path:
    """A home in which pandoc, Typst and whoever looks for fonts would find things of the user's."""
    for folder in (".pandoc", ".local/share/pandoc", ".config/pandoc"):
        for name in ("templates/default.html5", "templates/default.typst", "reference.docx"):
            (home / folder / name).parent.mkdir(parents=True, exist_ok=True)
            (home / folder / name).write_text("a trap")
        (home / folder / "defaults").mkdir()
        (home / folder / "defaults.yaml").write_text("fail-if-warnings: true\nto: plain\n")
        (home / folder / "init.lua").write_text("error('a trap')\n")
        (home / folder / "abbreviations").write_text("the\n")
    for folder in (".fonts", ".local/share/fonts"):
        (home / folder).mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "templates/theme/fonts/SourceSans3-Bold.ttf", home / folder)
    return home


def unaccounted(paths: Iterable[str], of: Ingredients, study: Settings) -> set[str]:
    """Those of the files opened that no ingredient stands for, and that are not the interpreter's,
    the system's, or our own modules, which are one ingredient together."""
    return {left for path in paths if (left := _unaccounted(path, of, study))}


def _unaccounted(path: str, of: Ingredients, study: Settings) -> str:
    if path.startswith("SCRATCH/"):
        made_of = _is_made_of(path.removeprefix("SCRATCH/"), {*of.document, *of.others})
        return "" if made_of else path
    place = Path(path).resolve()
    packages = Path(sysconfig.get_path("purelib")).resolve()
    if place.is_relative_to(packages):
        package = _package(place.relative_to(packages))
        return f"the package {package}" if package not in of.others.keys() | WITHOUT_SAY else ""
    modules = ROOT / "report"
    if place.is_relative_to(modules) and (
        place == modules or place.suffix in {".py", ".pyc", ".lua"}
    ):
        return ""
    if place == Path(sys.prefix, "pyvenv.cfg").resolve():
        return ""
    if place.is_relative_to(study.root) or place.is_relative_to(ROOT):
        return path
    of_python = place.is_relative_to(Path(sys.base_prefix).resolve())
    return "" if of_python or path.startswith(SYSTEM) or str(place).startswith(SYSTEM) else path


SYSTEM = (
    *("/proc/", "/sys/", "/dev/", "/lib", "/usr/lib", "/etc/ld.so", "/etc/ssl/", "/etc/localtime"),
    *("/usr/share/zoneinfo", "/usr/share/locale"),
)
"""Libraries that programs are linked with, and what the system tells of itself."""


def _is_made_of(name: str, ours: set[str]) -> bool:
    themed = f"templates/theme/{name}"
    beside = {f"templates/theme/{folder}/{name}" for folder in ("typst", "docx")}
    return bool({name, themed, *beside} & ours) or name in DERIVED


@cache
def _distributions() -> Mapping[str, list[str]]:
    return packages_distributions()


def _package(path: Path) -> str:
    """The distribution that a file in site-packages is of; nothing for what names none."""
    top = path.parts[0].partition(".")[0] if path.parts else ""
    names = _distributions().get(top, [])
    return names[0].casefold().replace("_", "-") if names else ""


LOOKS = {"html": "lay.en", "pdf": "lay.en", "docx": "journal.en", "jats": "journal.en"}
"""The document that each format is tried with."""


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "strace", [False, pytest.param(True, marks=pytest.mark.strace)], ids=["Python", "strace"]
)
def test_what_is_opened_is_an_ingredient(
    study: Settings,
    documents: Mapping[str, Document],
    form: str,
    strace: bool,  # noqa: FBT001
    tmp_path: Path,
) -> None:
    made = rendered(study, documents[LOOKS[form]], form, tmp_path / "made", strace=strace)
    scratch = {path for path in made.opened if path.startswith("SCRATCH/")}
    assert any(path.endswith(".lua") for path in scratch), "nothing was traced"
    own = {path for path in scratch if path.removeprefix("SCRATCH/") not in DERIVED}
    home = str(tmp_path / "made" / "home")
    assert not [path for path in made.opened if path.startswith(f"{home}/")], "the user's own"
    left = unaccounted(made.opened - _job_files(tmp_path / "made"), made.ingredients, study)
    assert left == set()
    if not strace:
        assert made.content == done(made.job).content, "the user's own files played a part"
    # The check can fail: without any one of its ingredients it misses that.
    others, document = made.ingredients.others, made.ingredients.document
    for path in own:
        without = Ingredients(
            {n: v for n, v in document.items() if not path.endswith(f"/{n}")},
            {n: v for n, v in others.items() if not n.endswith(path.removeprefix("SCRATCH"))},
        )
        assert path in unaccounted(own, without, study), path


def _job_files(folder: Path) -> set[str]:
    return {str(folder / name) for name in ("job", "made", "heard")}


# --- what is in a fingerprint -------------------------------------------------------------------

OTHER: Mapping[str, object] = {
    "name": "another.en",
    "audience": "another",
    "text": "another",
    "language": "nn",
    "look": "another",
    "epoch": 1,
    "assets": {"lay.en_files/a.svg": b"another"},
    "draft_notice": "another",
    "brand": Brand(light=replace(LIGHT, accent="#0b4f66")),
}
"""Another value for each field of a document."""


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(Document)])
def test_everything_of_a_document(
    study: Settings, documents: Mapping[str, Document], field: str
) -> None:
    document = documents["lay.en"]
    renderer = RENDERERS["builtin"](study)
    other = replace(document, **{field: OTHER[field]})  # type: ignore[arg-type]  # of that field
    before, after = (of_rendered(each, "html", renderer) for each in (document, other))
    assert before.fingerprint != after.fingerprint
    assert before.composed != after.composed


class Watched:
    """Settings, and which of them are asked for."""

    def __init__(self, real: Settings) -> None:
        self._real = real
        self.asked: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        self.asked.add(name)
        return getattr(self._real, name)


def test_what_a_renderer_asks_of_the_settings(study: Settings, tmp_path: Path) -> None:
    """Each of these is in the fingerprint: the looks and the study's files by their bytes, what
    _quarto.yml says by its text, the command by its version. Whatever is asked for besides must get
    there too before it is added here."""
    quarto = _quarto(tmp_path, "true")
    asked = {}
    for name in RENDERERS:
        watched = Watched(replace(study, quarto=str(quarto)))
        renderer = RENDERERS[name](watched)  # type: ignore[arg-type]  # all the same to it
        renderer.versions()
        renderer.reads()
        asked[name] = watched.asked
    assert asked == {"builtin": {"themes"}, "quarto": {"quarto", "root", "themes", "project"}}


# --- Quarto -------------------------------------------------------------------------------------


def _quarto(folder: Path, then: str) -> Path:
    """A program that says that it is Quarto, and does something else."""
    program = folder / "quarto"
    program.write_text(f'#!/bin/sh\n[ "$1" = --version ] && echo 1.9.38 && exit\n{then}\n')
    program.chmod(0o755)
    return program


@pytest.mark.parametrize("form", FORMS)
def test_what_is_laid_out_for_quarto_is_an_ingredient(
    study: Settings, tmp_path: Path, form: str
) -> None:
    """What lies in the folder that Quarto is started in is all that it finds of ours."""
    root = Path(shutil.copytree(study.root, tmp_path / "study"))
    (root / "_quarto.yml").write_text(
        "format:\n  html:\n    css: own.css\n  docx:\n    toc: true\n"
    )
    (root / "_quarto-lay.yml").write_text("format:\n  html:\n    toc-depth: 1\n")
    (root / "_quarto-journal.yml").write_text("format:\n  html:\n    toc-depth: 2\n")
    (root / "own.css").write_text("p { color: #111 }\n")
    listing = tmp_path / "listing"
    quarto = _quarto(tmp_path, f"find . -type f -exec sha256sum {{}} + > {listing}; exit 1")
    here = replace(settings(root, environment={}), quarto=str(quarto))
    document = check(here).documents["lay.en"]
    renderer = RENDERERS["quarto"](here).only_for(document, form)
    with pytest.raises(RenderError):
        renderer.render(document, form)
    made_of = of_rendered(document, form, renderer)
    values = {*made_of.document.values(), *made_of.others.values()}
    known = {path.removeprefix("templates/theme/") for path in made_of.others}
    lines = [line.split(maxsplit=1) for line in listing.read_text().splitlines()]
    assert "./own.css" in [path for _, path in lines]
    assert "./_quarto-lay.yml" in [path for _, path in lines]
    assert "./_quarto-journal.yml" not in [path for _, path in lines]
    derived = {
        "composed/lay.en.qmd": hashlib.sha256(document.text.encode()).hexdigest() in values,
        "composed/theme/docx/lay.en.docx": "docx/lay.docx" in known,
        "composed/theme/quarto/brand.css": bool(made_of.document["brand"]),
        "composed/theme/typst/brand.typ": bool(made_of.document["brand"]),
    }
    for sha, path in lines:
        assert sha in values or derived.get(path.removeprefix("./")), path


# --- pictures -----------------------------------------------------------------------------------

DRAW = """
import hashlib, sys
from pathlib import Path
from report.check import check
from report.config import settings

for document in check(settings(Path(sys.argv[1]), environment={})).documents.values():
    for path, content in sorted(document.files.items()):
        print(path, hashlib.sha256(content).hexdigest())
"""
"""Draws all figures of a study: they are a part of a document that is drawn when it is rendered."""


def _drawn(study: Settings, home: Path) -> str:
    command = [sys.executable, "-c", DRAW, str(study.root)]
    there = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(home)}
    return subprocess.run(
        command, cwd=home, env=there, capture_output=True, text=True, check=True
    ).stdout


def test_a_figure_has_nothing_of_the_users(study: Settings, tmp_path: Path) -> None:
    """Neither settings of matplotlib's nor a font that bears the name of one of ours."""
    plain, trapped = tmp_path / "plain", tmp_path / "trapped"
    plain.mkdir()
    theirs = "font.size: 33\nlines.linewidth: 9\naxes.linewidth: 5\nfigure.facecolor: blue\n"
    for folder in (trapped, trapped / ".config" / "matplotlib"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "matplotlibrc").write_text(theirs)
    ours = ROOT / "templates" / "theme" / "fonts"
    fonts = trapped / ".fonts"
    fonts.mkdir()
    for cut in ("Regular", "Semibold", "Bold"):
        sans, serif = (ours / f"{name}-{cut}.ttf" for name in ("SourceSans3", "SourceSerif4"))
        with TTFont(serif) as font, TTFont(sans) as named:
            font["name"] = named["name"]
            font.save(fonts / sans.name)
    shutil.copytree(fonts, trapped / ".local" / "share" / "fonts")
    made = _drawn(study, plain)
    assert "speakers.svg" in made
    assert _drawn(study, trapped) == made
