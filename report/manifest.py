"""What a build was made from and what it made: _output/manifest.json, which may be handed out.

So it holds no message of a diagnostic, which could quote a participant, nor a line, which is a
participant's in a table: only its kind and file. Nor does it hold the hash of a table.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from report.model.audience import name_of
from report.model.diagnostic import Diagnostic

MANIFEST: Final = "manifest.json"
VERSION: Final = 5
_READ: Final = {3, 4, VERSION}
"""What an artifact is has only been added to since."""


@dataclass(frozen=True)
class Entry:
    """An artifact: what it is, which renderer made it by which versions of which programs, and the
    SHA-256 of it and of the files beside it."""

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
    """`version` is ours; `inputs` are the SHA-256 of files by path, but for tables; `artifacts` are
    by file name."""

    study: str
    date: str
    version: str
    inputs: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]
    artifacts: Mapping[str, Entry]

    @property
    def names(self) -> frozenset[str]:
        """Every file that the artifacts consist of."""
        beside = (name for entry in self.artifacts.values() for name in entry.files)
        return frozenset([*self.artifacts, *beside])


def written(manifest: Manifest) -> bytes:
    """The manifest as JSON, its keys in order."""
    data = {
        "manifest": VERSION,
        "study": manifest.study,
        "date": manifest.date,
        "qualreport": manifest.version,
        "inputs": manifest.inputs,
        "diagnostics": [
            {
                "severity": diagnostic.severity,
                "code": diagnostic.code,
                "file": diagnostic.location.path,
            }
            for diagnostic in manifest.diagnostics
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
    except ValueError:
        return True
    return isinstance(data, dict) and {"manifest", "artifacts"} <= data.keys()


def artifacts(content: bytes) -> dict[str, Entry]:
    """The artifacts of an earlier manifest; none where it is not one of ours, or is damaged."""
    try:
        data = json.loads(content)
        if data["manifest"] not in _READ:
            return {}
        return {name: Entry(**entry) for name, entry in data["artifacts"].items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}


def artifacts_in(output: Path) -> dict[str, Entry]:
    """The artifacts that the manifest in the folder lists; none where there is no manifest."""
    file = output / MANIFEST
    return artifacts(file.read_bytes()) if file.is_file() else {}


def without(content: bytes, names: Collection[str]) -> bytes:
    """A manifest that no longer lists these artifacts; one that lists none where it cannot be
    read."""
    left = {name: asdict(e) for name, e in artifacts(content).items() if name not in names}
    try:
        data = json.loads(content)
    except ValueError:
        data = {}
    known = data if isinstance(data, dict) else {}
    return _json({**known, "manifest": VERSION, "artifacts": left})
