"""Whether the documents in the output folder are what a build would make now."""

from enum import StrEnum
from pathlib import Path

from report.check import Checked, Target
from report.fingerprint import of_rendered, of_source
from report.manifest import Entry, artifacts_in
from report.model.audience import SOURCE_FORMAT
from report.model.checksum import checksum
from report.model.document import Document
from report.model.ingredients import Ingredients
from report.renderers import Renderer


class Freshness(StrEnum):
    """How a document is, as `report status` says it."""

    FRESH = "up to date"
    STALE = "from earlier data"
    AGED = "from other looks or programs"
    CHANGED = "changed by hand"
    GONE = "its file is gone"
    UNMADE = "not made yet"
    UNWANTED = "no longer wanted: the next build of everything removes it"


def ingredients(document: Document, form: str, renderer: Renderer) -> Ingredients:
    """What the document would be made from now in that format. Raises RenderError where the
    renderer is missing."""
    if form == SOURCE_FORMAT:
        return of_source(document)
    return of_rendered(document, form, renderer)


def sources_in(output: Path, checked: Checked) -> list[Target]:
    """The Quarto sources in the output folder that are still wanted: a build of everything leaves
    them there, as new as all else."""
    entries = artifacts_in(output).values()
    there = {entry.document for entry in entries if entry.format == SOURCE_FORMAT}
    return [Target(v, SOURCE_FORMAT) for v in checked.variants if v.name in there]


def freshness(entry: Entry | None, now: Ingredients, folder: Path, name: str) -> Freshness:
    """How the document of that name in the output folder is; `entry` is what the manifest says of
    it, `now` what it would be made from."""
    if entry is None:
        return Freshness.UNMADE
    files = {name: entry.sha256, **entry.files}
    if not all((folder / file).is_file() for file in files):
        return Freshness.GONE
    if any(sha256_of(folder / file) != sha for file, sha in files.items()):
        return Freshness.CHANGED
    if entry.fingerprint == now.fingerprint:
        return Freshness.FRESH
    return Freshness.STALE if entry.composed != now.composed else Freshness.AGED


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file. Nothing for a link, which is not what a build made, and for what
    cannot be read."""
    try:
        return "" if file.is_symlink() else checksum(file.read_bytes())
    except OSError:
        return ""
