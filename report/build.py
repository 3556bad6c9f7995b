"""The path from a study to its published documents, from top to bottom."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from report import __version__, publish, snapshot, state
from report.check import Checked, Target, check, composed_besides
from report.config import Settings
from report.crate import CRATE, crate
from report.drawn import Drawn
from report.errors import RenderError, ReportError, UsageError
from report.fingerprint import of_source
from report.freshness import Freshness, freshness, ingredients, sources_in
from report.index import index
from report.inspection import Verdict, inspect, verdict_on
from report.manifest import (
    MANIFEST,
    Entry,
    Manifest,
    artifacts_in,
    file_in,
    is_damaged,
    is_ours,
    public,
    written,
)
from report.model.audience import SOURCE_FORMAT
from report.model.checksum import checksum
from report.model.diagnostic import Diagnostic, Severity, in_order
from report.model.document import Artifact, Document
from report.model.ingredients import Ingredients
from report.model.output_name import is_output_name
from report.model.study import Study
from report.renderers import RENDERERS, Renderer
from report.rendering import Progress, Rendering, rendering
from report.scratch import sweep
from report.software import programs, programs_of_source
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
    recipients: Sequence[str] = (),
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
        aside.submit(renderer.versions)  # asked while the study is read; they are remembered
        before = state.read(settings.root)
        everything = not (names or formats or spoken or recipients)
        entries, there = _there(settings.output, before, everything=everything)
        with rendering(settings, renderer) as files:
            drawn = Drawn(settings.root, anew=force)
            wanted = _Wanted(settings, renderer, files, entries, drawn, force=force)
            checked = check(
                settings,
                names,
                formats,
                spoken,
                wanted.arrived,
                recipients=recipients,
                draft=draft,
            )
            study = checked.study
            if study is None or checked.failed:
                return Built(checked.diagnostics, (), (), failed=True)
            asked = [target.name for target in checked.targets]
            if everything:
                sources = sources_in(settings.output, checked)
                checked = replace(checked, targets=[*checked.targets, *sources])
                for target in sources:
                    wanted.arrived([target], checked.documents[target.variant.name])
            _refuse_foreign(settings.output, checked.targets)
            if wanted.trouble:
                raise wanted.trouble
            verdicts: dict[str, Verdict] = {}

            def made(target: Target, artifact: Artifact) -> None:
                verdicts[target.name] = verdict_on(target, artifact, checked, before)

            rendered, noticed = files.finished(checked, made, progress)
        checked = replace(checked, diagnostics=in_order([*checked.diagnostics, *noticed]))
        if checked.failed:
            return Built(checked.diagnostics, (), (), failed=True)
        artifacts = _kept(settings, checked, wanted, everything=everything)
        for target, artifact in rendered.items():
            artifacts[target.name] = _entry(checked, wanted, target, artifact)
        outputs = _outputs(settings, study, checked, rendered, artifacts)
        lists = {name: outputs.files[name] for name in ("index.html", MANIFEST, CRATE)}
        leaks, remembered = inspect(
            settings, checked, outputs.manifest, lists, before, verdicts, wanted.fresh
        )
        if leaks:
            return Built(in_order([*checked.diagnostics, *leaks]), (), (), failed=True)
        made_from = {**before.made, **{t.name: each for t, each in wanted.now.items()}}
        remembered = replace(
            remembered, made={name: made_from[name] for name in artifacts if name in made_from}
        )
        with state.lock(settings.root):
            # Before the documents: withdraw must know of whatever may lie there.
            state.write(settings.root, remembered)
            gone = there - outputs.manifest.names
            publish.publish(settings.output, outputs.files, remove=gone, last=MANIFEST)
            made_now = [target.name for target in wanted.now]
            withdrew = snapshot.keep(settings, checked, artifacts, made_now)
            # Nobody can say of the figures of others whom they tell of.
            drawn.keep(checked.documents.values(), all_of_them=everything or withdrew)
    fresh = tuple(name for name in asked if name in wanted.fresh)
    new = tuple(name for name in asked if name not in wanted.fresh)
    return Built(checked.diagnostics, new, fresh, failed=False)


@dataclass
class _Wanted:
    """The documents that were asked for, as they are composed: those that are `fresh`, by name, and
    what each is made from `now`; those that are not are being rendered."""

    settings: Settings
    renderer: Renderer
    files: Rendering
    there: Mapping[str, Entry]
    """What lies in the output folder."""
    drawn: Drawn
    force: bool
    now: dict[Target, Ingredients] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)
    trouble: RenderError | None = None
    """That a renderer or a cluster is missing, to be told when the study is known to be in
    order."""

    def arrived(self, targets: Sequence[Target], document: Document) -> None:
        """Take a new document for one of the two."""
        try:
            self._sort(targets, document)
        except RenderError as error:
            self.trouble = error

    def _sort(self, targets: Sequence[Target], document: Document) -> None:
        with_figures: Document | None = None
        for target in targets:
            each = ingredients(document, target.format, self.renderer)
            self.now[target] = each
            entry = self.there.get(target.name)
            how = freshness(entry, each, self.settings.output, target.name)
            if how is Freshness.FRESH and not self.force:
                self.fresh.add(target.name)
            else:
                with_figures = with_figures or self.drawn.put_into(document)
                self.files.begin(target, with_figures)


def _there(
    output: Path, before: State, *, everything: bool
) -> tuple[Mapping[str, Entry], frozenset[str]]:
    """The documents in the output folder, and all the files that they consist of: where the
    manifest is damaged, those that the state remembers."""
    there = artifacts_in(output)
    manifest = file_in(output, MANIFEST)
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
    manifest = file_in(output, MANIFEST)
    if manifest is not None and is_ours(manifest):
        return
    for name in (MANIFEST, "index.html", CRATE, *(target.name for target in targets)):
        if (output / name).exists():
            raise UsageError(
                f"{output / name} is there already, and no build made it",
                "move it away, or name another folder with --output-dir",
            )


def _entry(checked: Checked, wanted: _Wanted, target: Target, artifact: Artifact) -> Entry:
    """What the manifest says of a new document."""
    source = target.format == SOURCE_FORMAT
    return Entry(
        audience=target.variant.audience_name,
        language=target.variant.language,
        format=target.format,
        renderer="" if source else wanted.settings.renderer,
        tools=programs_of_source() if source else programs(wanted.renderer.versions()),
        sha256=checksum(artifact.content),
        bytes=len(artifact.content),
        files={name: checksum(content) for name, content in artifact.files.items()},
        draft=checked.documents[target.variant.name].draft_notice != "",
        fingerprint=wanted.now[target].fingerprint,
        composed=wanted.now[target].composed,
        recipient=target.variant.recipient_id,
    )


def _kept(
    settings: Settings, checked: Checked, wanted: _Wanted, *, everything: bool
) -> dict[str, Entry]:
    """The documents that lie in the output folder and stay: those that are fresh, and those that
    were not asked for and are there, each with whether the study has changed since."""
    variants = {variant.name for variant in checked.variants}
    asked = {target.name for target in wanted.now}

    def stays(name: str) -> bool:
        there = (settings.output / name).is_file()
        return name in wanted.fresh or (not (everything or name in asked) and there)

    left = {
        name: entry
        for name, entry in wanted.there.items()
        if entry.document in variants
        if stays(name)
    }
    if left.keys() <= wanted.fresh:
        return {name: replace(entry, stale=False) for name, entry in left.items()}
    documents = {**composed_besides(settings, checked), **checked.documents}
    now = {name: of_source(document).composed for name, document in documents.items()}
    return {
        name: replace(entry, stale=entry.composed != now.get(entry.document))
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
        epoch=settings.epoch,
        version=__version__,
        inputs=public(checked.inputs),
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
    files[MANIFEST] = written(manifest, problems)
    lists = {name: files[name] for name in ("index.html", MANIFEST)}
    files[CRATE] = crate(
        study, checked.variants, manifest, checked.inputs, lists, checked.catalogues
    )
    return _Outputs(manifest, files)
