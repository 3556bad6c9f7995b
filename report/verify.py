"""Whether the documents in a folder are what the study makes: all are made anew and compared."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from report import state
from report.audiences import audiences, variants
from report.check import Checked, Target, check
from report.config import Settings
from report.crate import CRATE, crate
from report.errors import ReportError, UsageError
from report.freshness import ingredients
from report.index import index
from report.load import load
from report.manifest import MANIFEST, Entry, Manifest, file_in, public, read
from report.model.audience import SOURCE_FORMAT
from report.model.checksum import checksum
from report.model.diagnostic import Diagnostic
from report.model.document import Artifact
from report.model.ingredients import Ingredients
from report.model.study import Study
from report.renderers import RENDERERS
from report.rendering import Progress, rendering
from report.scratch import sweep
from report.software import programs, programs_of_source

_LISTS: Final = ("index.html", CRATE)
_FAULT: Final = (
    "the same study and the same programs gave other bytes: either the file and manifest.json were "
    "changed by hand, both, or report is at fault; tell its makers, with what report doctor prints"
)


@dataclass(frozen=True)
class Comparison:
    """A file of the folder. `rebuilt`: made anew, it has the very bytes that the manifest says.
    `intact`: what lies in the folder has them. `why`: what is known of the reason where not."""

    rebuilt: bool
    intact: bool
    why: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether all is as it should be."""
        return self.rebuilt and self.intact


@dataclass(frozen=True)
class Verified:
    """Each document of the manifest, with the files beside it, and the lists of them, by their
    names; or the errors that stand before any."""

    diagnostics: tuple[Diagnostic, ...]
    files: Mapping[str, Comparison]

    @property
    def same(self) -> bool:
        """Whether every file is the same."""
        return not self.diagnostics and all(found.same for found in self.files.values())


@dataclass(frozen=True)
class _Rebuilt:
    """What came of a document: the SHA-256 of each of its files, what it was made from, and the
    versions of the programs."""

    files: Mapping[str, str]
    made_from: Ingredients
    tools: Mapping[str, str]


def verify(settings: Settings, progress: Progress = lambda *_: None) -> Verified:
    """Make every document that the manifest in the output folder lists anew, each by the renderer
    that made it and with the date that it bears, and compare. Nothing is written there, nor in the
    study.

    Raises UsageError where there is no manifest, RenderError where a renderer fails or is missing,
    ReportError where a build goes on at the same time.
    """
    sweep()
    content, manifest = _manifest(settings)
    settings = replace(settings, epoch=manifest.epoch)
    names, spoken = _asked(settings, manifest.artifacts.values())
    checked = check(settings, names, (), spoken, draft=True)
    if checked.study is None or checked.failed:
        return Verified(checked.diagnostics, {})
    rebuilt = _rebuilt(settings, checked, manifest.artifacts, progress)
    there = _hashes(settings.output, {*manifest.names, *_LISTS})
    remembered = state.read(settings.root).made
    changed = _other(manifest.inputs, public(checked.inputs))  # of tables nobody can say
    found = {
        name: _compared(name, entry, rebuilt.get(name), there, changed, remembered)
        for name, entry in sorted(manifest.artifacts.items())
    }
    found |= _lists(settings, checked.study, checked, manifest, content, there)
    if _manifest(settings)[0] != content:
        message = f"documents were built into {settings.told(settings.output)} at the same time"
        raise ReportError(message, "wait until no build runs, then verify again")
    return Verified((), found)


def _manifest(settings: Settings) -> tuple[bytes, Manifest]:
    name = settings.told(settings.output / MANIFEST)
    content = file_in(settings.output, MANIFEST)
    if content is None:
        raise UsageError(
            f"there is no {name}, so nobody knows what the documents were made from",
            "name the folder of the documents with --output-dir, or build them: report build",
        )
    manifest = read(content)
    if manifest is None:
        raise UsageError(
            f"{name} is damaged, or from another version of report",
            "get it once more from whoever gave you the documents, or build them: report build",
        )
    return content, manifest


def _asked(settings: Settings, made: Iterable[Entry]) -> tuple[list[str], list[str]]:
    """The audiences and the languages of the documents, as far as the study has them."""
    loaded = load(settings.root)
    if loaded.study is None or loaded.audiences is None:
        return [], []
    known, _ = audiences(settings.templates, loaded.audiences, loaded.locate_key)
    there = variants(known, loaded.audiences, loaded.study)
    listed = {entry.document for entry in made}
    both = [v for v in there if v.name in listed]
    names = dict.fromkeys(variant.audience_name for variant in both)
    return list(names), list(dict.fromkeys(variant.language for variant in both))


def _rebuilt(
    settings: Settings,
    checked: Checked,
    made: Mapping[str, Entry],
    progress: Progress,
) -> dict[str, _Rebuilt]:
    """The documents that the study still makes, by their names."""
    sources = (Target(v, SOURCE_FORMAT) for v in {t.variant: None for t in checked.targets})
    groups: dict[str, list[Target]] = {}
    for target in (*checked.targets, *sources):
        if entry := made.get(target.name):
            groups.setdefault(entry.renderer or settings.renderer, []).append(target)
    found: dict[str, _Rebuilt] = {}
    for name in sorted(groups.keys() & RENDERERS.keys()):
        renderer = RENDERERS[name](settings)
        with rendering(settings, renderer) as files:
            for target in groups[name]:
                files.begin(target, checked.documents[target.variant.name])
            artifacts, _ = files.finished(checked, lambda *_: None, progress)
        for target, artifact in artifacts.items():
            document = checked.documents[target.variant.name]
            made_from = ingredients(document, target.format, renderer)
            source = target.format == SOURCE_FORMAT
            used = programs_of_source() if source else programs(renderer.versions())
            found[target.name] = _Rebuilt(_files(target.name, artifact), made_from, used)
    return found


def _files(name: str, artifact: Artifact) -> dict[str, str]:
    files = {name: artifact.content, **artifact.files}
    return {file: checksum(content) for file, content in files.items()}


def _hashes(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """The SHA-256 of those files that lie in the folder."""
    there = {name: file_in(folder, name) for name in names}
    return {name: checksum(content) for name, content in there.items() if content is not None}


def _compared(
    name: str,
    entry: Entry,
    rebuilt: _Rebuilt | None,
    there: Mapping[str, str],
    changed: Sequence[str],
    remembered: Mapping[str, Ingredients],
) -> Comparison:
    listed = {name: entry.sha256, **entry.files}
    why = [f"{file} is gone" for file in listed if file not in there]
    for file, sha256 in listed.items():
        if there.get(file, sha256) != sha256:
            why.append(f"{file} was changed by hand, after it was built")
    intact = not why
    if rebuilt is None:
        known = entry.renderer in {"", *RENDERERS}
        why.append(
            "the study does not make it any more"
            if known
            else f"it was made by a renderer that is not known here: {entry.renderer}"
        )
        return Comparison(rebuilt=False, intact=intact, why=tuple(why))
    same = rebuilt.files == listed
    if not same:
        before = remembered.get(name)
        if before and before.fingerprint != entry.fingerprint:
            before = None  # it is of other documents than these
        why += _reasons(entry, rebuilt, changed, before)
    return Comparison(rebuilt=same, intact=intact, why=tuple(why))


def _reasons(
    entry: Entry, rebuilt: _Rebuilt, changed: Sequence[str], before: Ingredients | None
) -> Iterator[str]:
    """Why other bytes came out. `changed` are the files of the study that have changed since,
    `before` what the study's own people remember of what the document was made from."""
    now = rebuilt.made_from
    if entry.fingerprint == now.fingerprint:
        yield _FAULT
        return
    if not entry.fingerprint:
        yield "an earlier version of report made it, and does not say from what"
    elif entry.composed != now.composed:
        yield "the study has changed since" + (f": {', '.join(changed)}" if changed else "")
        if before and (parts := _other(before.document, now.document)):
            yield f"in the document these are not the same: {', '.join(parts)}"
        if not changed:
            yield "it is a table, a template or the date, or this report composes otherwise"
    others = [
        f"{name} {then} then, {rebuilt.tools.get(name, 'none')} now"
        for name, then in sorted(entry.tools.items())
        if rebuilt.tools.get(name) != then
    ]
    yield from others
    if before:
        looks = [n for n in _other(before.others, now.others) if n not in rebuilt.tools]
        yield from (f"{name} has changed since" for name in looks)
    elif entry.composed == now.composed and not others:
        yield "its look has changed since: a file in templates/theme, or _quarto.yml"


def _other(then: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """The names with another value."""
    return sorted(n for n in {**then, **now} if then.get(n) != now.get(n))


def _lists(
    settings: Settings,
    study: Study,
    checked: Checked,
    manifest: Manifest,
    content: bytes,
    there: Mapping[str, str],
) -> dict[str, Comparison]:
    """index.html and the metadata, where they lie beside the documents."""
    page = index(
        study,
        checked.variants,
        manifest.artifacts,
        manifest.date,
        settings.themes,
        checked.catalogues,
    )
    lists = {"index.html": page, MANIFEST: content}
    metadata = crate(study, checked.variants, manifest, checked.inputs, lists, checked.catalogues)
    why = "it was changed by hand, or the study, its looks or report have changed since"
    found = {}
    for name, expected in zip(_LISTS, (page, metadata), strict=True):
        if name in there:
            same = there[name] == checksum(expected)
            found[name] = Comparison(rebuilt=same, intact=same, why=() if same else (why,))
    return found
