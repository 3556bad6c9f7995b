"""The path from a study to its published documents, from top to bottom."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from report import __version__, publish, snapshot, state
from report.check import Checked, Target, check
from report.config import Settings
from report.errors import UsageError
from report.index import index
from report.inspection import Verdict, inspect, verdict_on
from report.manifest import MANIFEST, Entry, Manifest, artifacts_in, is_ours, public, written
from report.model.audience import SOURCE_FORMAT
from report.model.diagnostic import Diagnostic, Severity, in_order
from report.model.document import Artifact
from report.model.study import Study
from report.renderers import RENDERERS
from report.rendering import Progress, render


@dataclass(frozen=True)
class Built:
    """What a build found, and the names of the files that it made; none where it found errors."""

    diagnostics: tuple[Diagnostic, ...]
    artifacts: tuple[str, ...]
    failed: bool


def build(
    settings: Settings,
    names: Sequence[str] = (),
    formats: Sequence[str] = (),
    progress: Progress = lambda *_: None,
    *,
    spoken: Sequence[str] = (),
    draft: bool = False,
) -> Built:
    """Check the study, render its targets and publish them all, or none where anything is wrong.
    With `draft` a document with parts that are not translated is made too, and says so.

    Raises UsageError as `check` does, RenderError where a renderer fails, PublishError where the
    output folder refuses.
    """
    root = settings.root
    parts = [root / name for name in ("data", "templates", "composed", "_quarto", "_extensions")]
    if root.is_relative_to(settings.output) or any(
        settings.output.is_relative_to(part) for part in parts
    ):
        raise UsageError(
            f"{settings.output} is the study itself, or a part of it",
            "name another folder with --output-dir, or as output-dir in _quarto.yml",
        )
    with publish.lock(settings.output):
        publish.recover(settings.output)
        checked = check(settings, names, formats, spoken, draft=draft)
        study = checked.study
        if study is None or checked.failed:
            return Built(checked.diagnostics, (), failed=True)
        made = tuple(target.name for target in checked.targets)
        everything = not names and not formats and not spoken
        if everything:
            checked = replace(checked, targets=[*checked.targets, *_sources(settings, checked)])
        _refuse_foreign(settings.output, checked.targets)
        renderer = RENDERERS[settings.renderer](settings)
        rendering = any(target.format != SOURCE_FORMAT for target in checked.targets)
        tools = renderer.versions() if rendering else {}
        before = state.read(settings.root)
        verdicts: dict[str, Verdict] = {}

        def arrived(target: Target, artifact: Artifact) -> None:
            verdicts[target.name] = verdict_on(target, artifact, checked, before)

        rendered, noticed = render(study, checked, renderer, settings.jobs, arrived, progress)
        checked = replace(checked, diagnostics=in_order([*checked.diagnostics, *noticed]))
        if checked.failed:
            return Built(checked.diagnostics, (), failed=True)
        outputs = _outputs(settings, study, checked, rendered, tools, everything=everything)
        lists = {name: outputs.files[name] for name in ("index.html", MANIFEST)}
        leaks, remembered = inspect(settings, checked, outputs.manifest, lists, before, verdicts)
        if leaks:
            return Built(in_order([*checked.diagnostics, *leaks]), (), failed=True)
        # Before the documents: withdraw must know of whatever may lie there.
        state.write(settings.root, remembered)
        publish.publish(settings.output, outputs.files, remove=outputs.gone, last=MANIFEST)
        snapshot.keep(settings, checked, outputs.manifest.artifacts, verdicts)
    return Built(checked.diagnostics, made, failed=False)


def _sources(settings: Settings, checked: Checked) -> Iterator[Target]:
    """The Quarto sources that lie in the output folder: they stay, as new as all else."""
    there = {
        (entry.audience, entry.language)
        for entry in artifacts_in(settings.output).values()
        if entry.format == SOURCE_FORMAT
    }
    for variant in checked.variants:
        if (variant.audience_name, variant.language) in there:
            yield Target(variant, SOURCE_FORMAT)


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


@dataclass(frozen=True)
class _Outputs:
    """What is to be published: files by name, the manifest among them, and those to go."""

    manifest: Manifest
    files: Mapping[str, bytes]
    gone: Collection[str]


def _outputs(
    settings: Settings,
    study: Study,
    checked: Checked,
    rendered: Mapping[Target, Artifact],
    tools: Mapping[str, str],
    *,
    everything: bool,
) -> _Outputs:
    files: dict[str, bytes] = {}
    made: dict[str, Entry] = {}
    for target, artifact in rendered.items():
        files |= {target.name: artifact.content, **artifact.files}
        made[target.name] = Entry(
            audience=target.variant.audience_name,
            language=target.variant.language,
            format=target.format,
            renderer=settings.renderer if target.format != SOURCE_FORMAT else "",
            tools=tools if target.format != SOURCE_FORMAT else {},
            sha256=_sha256(artifact.content),
            bytes=len(artifact.content),
            files={name: _sha256(content) for name, content in artifact.files.items()},
            draft=checked.documents[target.variant.name].draft_notice != "",
        )
    before = artifacts_in(settings.output)
    wanted = {(variant.audience_name, variant.language) for variant in checked.variants}
    kept = {
        name: entry
        for name, entry in before.items()
        if not everything and (entry.audience, entry.language) in wanted
    }
    date = datetime.fromtimestamp(checked.epoch, UTC).date().isoformat()
    problems = [d for d in checked.diagnostics if d.severity is not Severity.NOTE]
    manifest = Manifest(
        study=study.file.title,
        date=date,
        version=__version__,
        inputs=public(checked.inputs),
        diagnostics=tuple(problems),
        artifacts=kept | made,
    )
    files["index.html"] = index(
        study,
        checked.variants,
        manifest.artifacts,
        date,
        settings.themes,
        checked.catalogues,
    )
    files[MANIFEST] = written(manifest)
    gone = {n for e in before.items() for n in (e[0], *e[1].files)} - manifest.names
    return _Outputs(manifest, files, gone)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
