"""The path from a study to its published documents, from top to bottom."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from report import __version__, publish, state
from report.check import Checked, Target, check, composed_besides
from report.config import Settings
from report.errors import ReportError, UsageError
from report.executor import workers
from report.fingerprint import of_source
from report.freshness import Freshness, freshness, ingredients, sources_in
from report.index import index
from report.inspection import Verdict, inspect, verdict_on
from report.manifest import (
    MANIFEST,
    Entry,
    Manifest,
    artifacts_in,
    is_damaged,
    is_ours,
    public,
    read,
    written,
)
from report.model.audience import SOURCE_FORMAT
from report.model.diagnostic import Diagnostic, Severity, in_order
from report.model.document import Artifact
from report.model.ingredients import Ingredients
from report.model.output_name import is_output_name
from report.model.study import Study
from report.renderers import RENDERERS
from report.rendering import Progress, render
from report.scratch import sweep
from report.state import State


@dataclass(frozen=True)
class Built:
    """What a build found, the names of the files that it made, and of those that were as they
    should be; none of either where it found errors."""

    diagnostics: tuple[Diagnostic, ...]
    artifacts: tuple[str, ...]
    fresh: tuple[str, ...]
    failed: bool


def build(
    settings: Settings,
    names: Sequence[str] = (),
    formats: Sequence[str] = (),
    progress: Progress = lambda *_: None,
    *,
    spoken: Sequence[str] = (),
    draft: bool = False,
    force: bool = False,
) -> Built:
    """Check the study, render those of its targets that are not as they should be, or with `force`
    all, and publish them, or none where anything is wrong. With `draft` a document with parts that
    are not translated is made too, and says so.

    Raises UsageError as `check` does, RenderError where a renderer fails, PublishError where the
    output folder refuses, ReportError where what lies there cannot be read.
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
    with publish.lock(settings.output), ThreadPoolExecutor(1) as aside:
        publish.recover(settings.output)
        sweep()
        renderer = RENDERERS[settings.renderer](settings)
        asked = aside.submit(renderer.versions)  # while the study is read
        checked = check(settings, names, formats, spoken, draft=draft)
        study = checked.study
        if study is None or checked.failed:
            return Built(checked.diagnostics, (), (), failed=True)
        wanted = tuple(target.name for target in checked.targets)
        everything = not names and not formats and not spoken
        if everything:
            sources = sources_in(settings.output, checked)
            checked = replace(checked, targets=[*checked.targets, *sources])
        _refuse_foreign(settings.output, checked.targets)
        rendering = any(target.format != SOURCE_FORMAT for target in checked.targets)
        tools = asked.result() if rendering else {}
        documents = {t: checked.documents[t.variant.name] for t in checked.targets}
        now = ingredients(documents, renderer, tools)
        before = state.read(settings.root)
        there, files = _there(settings.output, before, everything=everything)
        fresh = frozenset() if force else _fresh(settings.output, there, now)
        verdicts: dict[str, Verdict] = {}

        def arrived(target: Target, artifact: Artifact) -> None:
            verdicts[target.name] = verdict_on(target, artifact, checked, before)

        targets = [target for target in checked.targets if target.name not in fresh]
        with workers(settings) as at_work:
            rendered, noticed = render(
                study, checked, targets, renderer, at_work, arrived, progress
            )
        checked = replace(checked, diagnostics=in_order([*checked.diagnostics, *noticed]))
        if checked.failed:
            return Built(checked.diagnostics, (), (), failed=True)
        made = {
            target.name: _entry(settings, checked, target, artifact, now[target], tools)
            for target, artifact in rendered.items()
        }
        kept = _kept(settings, checked, there, made, fresh, everything=everything)
        outputs = _outputs(settings, study, checked, rendered, kept | made)
        lists = {name: outputs.files[name] for name in ("index.html", MANIFEST)}
        leaks, remembered = inspect(
            settings, checked, outputs.manifest, lists, before, verdicts, fresh
        )
        if leaks:
            return Built(in_order([*checked.diagnostics, *leaks]), (), (), failed=True)
        made_from = {**before.made, **{target.name: each for target, each in now.items()}}
        made_from = {name: made_from[name] for name in made_from if name in kept or name in made}
        remembered = replace(remembered, made=made_from)
        # Before the documents: withdraw must know of whatever may lie there.
        state.write(settings.root, remembered)
        gone = files - outputs.manifest.names
        publish.publish(settings.output, outputs.files, remove=gone, last=MANIFEST)
    left = tuple(name for name in wanted if name in fresh)
    return Built(
        checked.diagnostics, tuple(name for name in wanted if name in made), left, failed=False
    )


def _fresh(
    output: Path, there: Mapping[str, Entry], now: Mapping[Target, Ingredients]
) -> frozenset[str]:
    """The documents in the output folder that are what a build would make now."""
    return frozenset(
        target.name
        for target, each in now.items()
        if freshness(there.get(target.name), each, output, target.name) is Freshness.FRESH
    )


def _there(
    output: Path, before: State, *, everything: bool
) -> tuple[Mapping[str, Entry], frozenset[str]]:
    """The documents in the output folder, and all the files that they consist of: where the
    manifest is damaged, those that the state remembers."""
    there = artifacts_in(output)
    manifest = read(output, MANIFEST)
    if manifest is None or not is_damaged(manifest):
        return there, frozenset(n for name, e in there.items() for n in (name, *e.files))
    if not everything:
        raise ReportError(
            f"{output / MANIFEST} is damaged, so nobody knows which documents lie there",
            "make all of them anew: run report build without options",
        )
    beside = (path for each in before.made.values() for path in each.document if "/" in path)
    return there, frozenset(filter(is_output_name, (*before.made, *beside)))


def _refuse_foreign(output: Path, targets: Sequence[Target]) -> None:
    """A folder with somebody's own files of these names is not for us to write to."""
    manifest = read(output, MANIFEST)
    if manifest is not None and is_ours(manifest):
        return
    for name in (MANIFEST, "index.html", *(target.name for target in targets)):
        if (output / name).exists():
            raise UsageError(
                f"{output / name} is there already, and no build made it",
                "move it away, or name another folder with --output-dir",
            )


def _entry(
    settings: Settings,
    checked: Checked,
    target: Target,
    artifact: Artifact,
    made_from: Ingredients,
    tools: Mapping[str, str],
) -> Entry:
    """What the manifest says of a new document."""
    source = target.format == SOURCE_FORMAT
    return Entry(
        audience=target.variant.audience_name,
        language=target.variant.language,
        format=target.format,
        renderer="" if source else settings.renderer,
        tools={} if source else tools,
        sha256=_sha256(artifact.content),
        bytes=len(artifact.content),
        files={name: _sha256(content) for name, content in artifact.files.items()},
        draft=checked.documents[target.variant.name].draft_notice != "",
        fingerprint=made_from.fingerprint,
        composed=made_from.composed,
    )


def _kept(
    settings: Settings,
    checked: Checked,
    there: Mapping[str, Entry],
    made: Collection[str],
    fresh: Collection[str],
    *,
    everything: bool,
) -> dict[str, Entry]:
    """The documents that lie in the output folder and stay: those that are `fresh`, and those that
    were not asked for and are there, each with whether the study has changed since."""
    wanted = {(variant.audience_name, variant.language) for variant in checked.variants}
    left = {
        name: entry
        for name, entry in there.items()
        if name not in made and (entry.audience, entry.language) in wanted
        if name in fresh or (not everything and (settings.output / name).is_file())
    }
    if left.keys() <= set(fresh):
        return {name: replace(entry, stale=False) for name, entry in left.items()}
    documents = {**composed_besides(settings, checked), **checked.documents}
    now = {name: of_source(document).composed for name, document in documents.items()}
    return {
        name: replace(entry, stale=entry.composed != now.get(f"{entry.audience}.{entry.language}"))
        for name, entry in left.items()
    }


@dataclass(frozen=True)
class _Outputs:
    """What is to be published: files by name, the manifest among them."""

    manifest: Manifest
    files: Mapping[str, bytes]


def _outputs(
    settings: Settings,
    study: Study,
    checked: Checked,
    rendered: Mapping[Target, Artifact],
    artifacts: Mapping[str, Entry],
) -> _Outputs:
    files: dict[str, bytes] = {}
    for target, artifact in rendered.items():
        files |= {target.name: artifact.content, **artifact.files}
    date = datetime.fromtimestamp(checked.epoch, UTC).date().isoformat()
    problems = [d for d in checked.diagnostics if d.severity is not Severity.NOTE]
    manifest = Manifest(
        study=study.file.title,
        date=date,
        version=__version__,
        inputs=public(checked.inputs),
        diagnostics=tuple(problems),
        artifacts=artifacts,
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
    return _Outputs(manifest, files)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
