"""What a build was made from and what it made: _output/manifest.json, which may be handed out.

So it holds no message of a diagnostic, which could quote a participant, nor a line, which is a
participant's in a table: only its kind and file. Nor does it hold the hash of a table.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from report.errors import ReportError
from report.model.audience import name_of
from report.model.diagnostic import Diagnostic
from report.model.output_name import is_output_name

MANIFEST: Final = "manifest.json"
VERSION: Final = 5
_READ: Final = {3, 4, VERSION}
"""What an artifact is has only been added to since."""


@dataclass(frozen=True)
class Entry:
    """An artifact: what it is, which renderer made it by which versions of which programs, we among
    them, and the SHA-256 of it and of the files beside it."""

    audience: str
    language: str
    format: str
    renderer: str
    tools: Mapping[str, str]
    sha256: str
    bytes: int
    files: Mapping[str, str] = field(default_factory=dict)
    draft: bool = False
    """Whether parts of it stand there untranslated."""
    fingerprint: str = ""
    """Of all that it was made from: that of other ingredients is another."""
    composed: str = ""
    """The same of the composed document alone, without looks and programs."""
    stale: bool = False
    """Whether the study has changed since it was made, as far as it shows."""
    recipient: str = ""
    """The id of whom it is for; empty where it is for all readers of the audience."""

    @property
    def document(self) -> str:
        """The name of the document that it was made of: journal.en, briefing.harbour.en."""
        return name_of(self.audience, self.recipient, self.language)


@dataclass(frozen=True)
class Manifest:
    """`date` is what documents bear, `epoch` what SOURCE_DATE_EPOCH said, where it did; `version`
    is ours; `inputs` are the SHA-256 of files by path, but for tables; `artifacts` are by file
    name."""

    study: str
    date: str
    epoch: int | None
    version: str
    inputs: Mapping[str, str]
    artifacts: Mapping[str, Entry]

    @property
    def names(self) -> frozenset[str]:
        """Every file that the artifacts consist of."""
        beside = (name for entry in self.artifacts.values() for name in entry.files)
        return frozenset([*self.artifacts, *beside])


def written(manifest: Manifest, diagnostics: Sequence[Diagnostic]) -> bytes:
    """The manifest as JSON, its keys in order, with what the build noticed."""
    data = {
        "manifest": VERSION,
        "study": manifest.study,
        "date": manifest.date,
        "source_date_epoch": manifest.epoch,
        "qualreport": manifest.version,
        "inputs": manifest.inputs,
        "diagnostics": [
            {
                "severity": diagnostic.severity,
                "code": diagnostic.code,
                "file": diagnostic.location.path,
            }
            for diagnostic in diagnostics
        ],
        "artifacts": {name: asdict(entry) for name, entry in manifest.artifacts.items()},
    }
    return _json(data)


def _json(data: Mapping[str, object]) -> bytes:
    return (json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def public(inputs: Mapping[str, str]) -> dict[str, str]:
    """The inputs whose hashes may be handed out: all but tables. What stands in a cell of a small
    table can be guessed until the hash is right."""
    return {path: sha for path, sha in inputs.items() if not path.endswith((".csv", ".xlsx"))}


def is_ours(content: bytes) -> bool:
    """Whether a build of ours wrote that, be it damaged since."""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        return True
    return isinstance(data, dict) and {"manifest", "artifacts"} <= data.keys()


def artifacts(content: bytes) -> dict[str, Entry]:
    """The artifacts of an earlier manifest; none where it is not one of ours, or is damaged."""
    return _entries(content) or {}


def is_damaged(content: bytes) -> bool:
    """Whether it does not tell which artifacts there are."""
    return _entries(content) is None


def _entries(content: bytes) -> dict[str, Entry] | None:
    try:
        data = json.loads(content)
        if data["manifest"] not in _READ:
            return None
        found = {name: Entry(**entry) for name, entry in data["artifacts"].items()}
        return found if all(_is_whole(name, entry) for name, entry in found.items()) else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _is_whole(name: str, entry: Entry) -> bool:
    """Whether everything is of its kind, and no name leads out of the output folder."""
    texts = {entry.audience, entry.recipient, entry.language, entry.format, entry.renderer}
    texts |= {entry.sha256, entry.fingerprint, entry.composed, *entry.tools, *entry.tools.values()}
    texts |= {name, *entry.files, *entry.files.values()}
    right = all(isinstance(text, str) for text in texts) and isinstance(entry.bytes, int)
    return right and all(is_output_name(file) for file in (name, *entry.files))


def read(content: bytes) -> Manifest | None:
    """An earlier manifest, without what the build noticed; None where it is not one of ours, or is
    damaged."""
    from pydantic import TypeAdapter

    entries = _entries(content)
    if entries is None:
        return None
    data = json.loads(content)
    said = {
        "study": data.get("study", ""),
        "date": data.get("date", ""),
        "epoch": data.get("source_date_epoch"),
        "version": data.get("qualreport", ""),
        "inputs": data.get("inputs", {}),
        "artifacts": entries,
    }
    try:
        found = TypeAdapter(Manifest).validate_python(said)
        datetime.fromtimestamp(found.epoch or 0, UTC)
        day = date.fromisoformat(found.date).isoformat()
    except (ValueError, OverflowError, OSError):
        return None
    return found if found.date == day else None


def artifacts_in(output: Path) -> dict[str, Entry]:
    """The artifacts that the manifest in the folder lists; none where there is no manifest, or it
    is damaged. Raises ReportError where it cannot be read."""
    return artifacts(content) if (content := file_in(output, MANIFEST)) else {}


def files_of(output: Path, name: str, entry: Entry) -> dict[str, bytes]:
    """What an artifact consists of, by name, as far as it lies in the output folder. Raises
    ReportError where a file cannot be read."""
    found = {file: file_in(output, file) for file in (name, *entry.files)}
    return {file: content for file, content in found.items() if content is not None}


def file_in(output: Path, name: str) -> bytes | None:
    """A file of the output folder; none where there is none. Raises ReportError where it cannot be
    read."""
    try:
        return (output / name).read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return None
    except OSError as error:
        message = f"{output / name} cannot be read: {error.strerror or error}"
        hint = "allow reading it, or delete it: the next build makes it anew"
        raise ReportError(message, hint) from error


def without(content: bytes, names: Collection[str]) -> bytes:
    """A manifest that no longer lists these artifacts; one that lists none where it cannot be
    read."""
    left = {name: asdict(e) for name, e in artifacts(content).items() if name not in names}
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        data = {}
    known = data if isinstance(data, dict) else {}
    return _json({**known, "manifest": VERSION, "artifacts": left})
