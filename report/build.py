"""The path from a study to its documents, from top to bottom."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from report import __version__, publish
from report.audiences import audiences, variants
from report.checks import DOCUMENT_CHECKS, STUDY_CHECKS, glyphs
from report.compose.document import Composed, compose
from report.config import Settings, epoch_of
from report.errors import RenderError, UsageError
from report.fonts import coverage
from report.index import index
from report.load import load
from report.manifest import Entry, Manifest, artifacts, is_ours, written
from report.model.audience import ENDINGS, FORMATS, SOURCE_FORMAT, Audience, Variant
from report.model.diagnostic import Diagnostic, Location, Severity, did_you_mean, in_order
from report.model.document import Artifact, Document
from report.model.study import Study
from report.renderers import RENDERERS

MANIFEST = "manifest.json"
RENDERER = "builtin"


@dataclass(frozen=True, slots=True)
class Target:
    """One file to be made."""

    variant: Variant
    format: str

    @property
    def name(self) -> str:
        """The artifact's file name: journal.en.pdf."""
        return f"{self.variant.name}.{ENDINGS[self.format]}"


@dataclass(frozen=True)
class Checked:
    """Everything short of rendering: the study, its targets, their documents and what is wrong."""

    study: Study | None
    audiences: Mapping[str, Audience]
    targets: Sequence[Target]
    documents: Mapping[str, Document]
    inputs: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]
    epoch: int

    @property
    def failed(self) -> bool:
        """Whether an error stands in the way of documents."""
        return any(d.severity is Severity.ERROR for d in self.diagnostics)


@dataclass(frozen=True)
class Built:
    """What a build found, and the names of the files that it made; none where it found errors."""

    diagnostics: tuple[Diagnostic, ...]
    artifacts: tuple[str, ...]
    failed: bool


Progress = Callable[[str, int, int], None]
"""Called with the name of a file that is done, how many are, and how many there will be."""


def check(settings: Settings, names: Sequence[str] = (), formats: Sequence[str] = ()) -> Checked:
    """Load the study, compose the documents of `names` (all: none named) and check everything that
    needs no rendering. Raises UsageError for an audience or format that is not there."""
    loaded = load(settings.root)
    problems = list(loaded.diagnostics)
    known, troubles = (
        audiences(settings.templates, loaded.audiences, loaded.locate_key)
        if loaded.audiences
        else ({}, [])
    )
    problems += troubles
    _known_formats(formats)
    if known:
        _known_audiences(names, known, formats)
    study = loaded.study
    if study is None:
        return Checked(None, known, (), {}, loaded.inputs, in_order(problems), 0)
    for study_check in STUDY_CHECKS:
        problems += study_check(study)
    epoch = settings.epoch if settings.epoch is not None else epoch_of(study.file.date)
    targets = _targets(study, known, names, formats)
    documents: dict[str, Document] = {}
    if not any(problem.severity is Severity.ERROR for problem in problems):
        composed = {v: _compose(settings, study, v, epoch) for v in _variants(targets)}
        for variant, result in composed.items():
            problems += result.diagnostics
            if result.document:
                documents[variant.name] = result.document
                problems += _check_document(settings, study, variant, result.document, targets)
        whole = all(result.document for result in composed.values())
        if whole and set(composed) == set(variants(known, study)):
            problems += _unused(study, composed.values())
    return Checked(study, known, targets, documents, loaded.inputs, in_order(problems), epoch)


def build(
    settings: Settings,
    names: Sequence[str] = (),
    formats: Sequence[str] = (),
    progress: Progress = lambda *_: None,
) -> Built:
    """Check the study, render its targets and publish them all, or none where anything is wrong.

    Raises UsageError as `check` does, RenderError where a renderer fails, PublishError where the
    output folder refuses.
    """
    root = settings.root
    if settings.output in {root, root / "data", root / "templates"}:
        raise UsageError(
            f"{settings.output} is the study itself", "name another folder with --output-dir"
        )
    with publish.lock(settings.output):
        publish.recover(settings.output)
        checked = check(settings, names, formats)
        if checked.study is None or checked.failed:
            return Built(checked.diagnostics, (), failed=True)
        _refuse_foreign(settings.output, checked.targets)
        rendered = _render(settings, checked, progress)
        everything = not names and not formats
        _publish(settings, checked.study, checked, rendered, everything=everything)
    made = tuple(target.name for target in checked.targets)
    return Built(checked.diagnostics, made, failed=False)


def _refuse_foreign(output: Path, targets: Sequence[Target]) -> None:
    """A folder with somebody's own files of these names is not for us to write to."""
    manifest = output / MANIFEST
    if manifest.is_file() and is_ours(manifest.read_bytes()):
        return
    for name in (MANIFEST, "index.html", *(target.name for target in targets)):
        if (output / name).exists():
            raise UsageError(
                f"{output / name} is there already, and no build made it",
                "move it away, or name another folder with --output-dir",
            )


def _compose(settings: Settings, study: Study, variant: Variant, epoch: int) -> Composed:
    fonts = tuple(theme / "fonts" for theme in reversed(settings.themes))
    return compose(study, variant, settings.templates, fonts, epoch)


def _check_document(
    settings: Settings,
    study: Study,
    variant: Variant,
    document: Document,
    targets: Iterable[Target],
) -> Iterable[Diagnostic]:
    for document_check in DOCUMENT_CHECKS:
        yield from document_check(study, variant, document)
    figures = any(path.endswith(".svg") for path in document.assets)
    if figures or Target(variant, "pdf") in targets:
        yield from glyphs.check(study, variant, document, coverage(settings.themes))


def _unused(study: Study, composed: Iterable[Composed]) -> Iterable[Diagnostic]:
    used = {name for result in composed for name in result.prose}
    for name, prose in study.prose.items():
        if name not in used:
            yield Diagnostic(
                "unused-text",
                "no document uses this text",
                Location(prose.path, 1, 1),
                "mend its name, or delete it",
                Severity.WARNING,
            )


def _known_formats(formats: Iterable[str]) -> None:
    for form in formats:
        if form not in ENDINGS:
            raise UsageError(f"there is no format “{form}”", did_you_mean(form, ENDINGS))


def _known_audiences(
    names: Iterable[str], known: Mapping[str, Audience], formats: Iterable[str]
) -> None:
    for name in names:
        if name not in known:
            raise UsageError(f"there is no audience “{name}”", did_you_mean(name, known))
        for form in formats:
            if form != SOURCE_FORMAT and form not in known[name].formats:
                raise UsageError(
                    f"{name} does not come as {form}, only as {', '.join(known[name].formats)}",
                    f"to change that, set “formats:” for {name} in data/audiences.yml",
                )


def _targets(
    study: Study,
    known: Mapping[str, Audience],
    names: Sequence[str],
    formats: Sequence[str],
) -> list[Target]:
    return [
        Target(variant, form)
        for variant in variants(known, study)
        if not names or variant.audience_name in names
        for form in (*FORMATS, SOURCE_FORMAT)
        if (form in formats if formats else form != SOURCE_FORMAT)
        if form == SOURCE_FORMAT or form in variant.audience.formats
    ]


def _variants(targets: Iterable[Target]) -> list[Variant]:
    return list(dict.fromkeys(target.variant for target in targets))


def _render(settings: Settings, checked: Checked, progress: Progress) -> Mapping[Target, Artifact]:
    """Every target, as many at a time as the machine has cores."""
    renderer = RENDERERS[RENDERER](settings)

    def one(target: Target) -> Artifact:
        document = checked.documents[target.variant.name]
        if target.format == SOURCE_FORMAT:
            return Artifact(document.text.encode(), document.assets)
        return renderer.render(document, target.format)

    # The long ones first, so that no core waits at the end.
    order = sorted(checked.targets, key=lambda t: (t.format != "pdf", t.name))
    rendered: dict[Target, Artifact] = {}
    with ThreadPoolExecutor(settings.jobs) as pool:
        jobs = {target: pool.submit(one, target) for target in order}
        try:
            for target, job in jobs.items():
                rendered[target] = job.result()
                progress(target.name, len(rendered), len(order))
        except RenderError:
            pool.shutdown(cancel_futures=True)
            raise
    return rendered


def _publish(
    settings: Settings,
    study: Study,
    checked: Checked,
    rendered: Mapping[Target, Artifact],
    *,
    everything: bool,
) -> None:
    files: dict[str, bytes] = {}
    made: dict[str, Entry] = {}
    for target, artifact in rendered.items():
        files |= {target.name: artifact.content, **artifact.files}
        made[target.name] = Entry(
            audience=target.variant.audience_name,
            language=target.variant.language,
            format=target.format,
            renderer=RENDERER if target.format != SOURCE_FORMAT else "",
            sha256=_sha256(artifact.content),
            bytes=len(artifact.content),
            files={name: _sha256(content) for name, content in artifact.files.items()},
        )
    before = _artifacts_before(settings.output)
    kept = {
        name: entry
        for name, entry in before.items()
        if not everything or (entry.format == SOURCE_FORMAT and entry.audience in checked.audiences)
    }
    date = datetime.fromtimestamp(checked.epoch, UTC).date().isoformat()
    manifest = Manifest(
        study=study.file.title,
        date=date,
        tools={"qualreport": __version__, **RENDERERS[RENDERER](settings).versions()},
        inputs=checked.inputs,
        diagnostics=checked.diagnostics,
        artifacts=kept | made,
    )
    files["index.html"] = index(study, checked.audiences, manifest.artifacts, date, settings.themes)
    files[MANIFEST] = written(manifest)
    gone = {n for e in before.items() for n in (e[0], *e[1].files)} - manifest.names
    publish.publish(settings.output, files, remove=gone, last=MANIFEST)


def _artifacts_before(output: Path) -> Mapping[str, Entry]:
    file = output / MANIFEST
    return artifacts(file.read_bytes()) if file.is_file() else {}


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
