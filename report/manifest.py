"""What a build was made from and what it made: _output/manifest.json, which may be handed out.

So it holds no message of a diagnostic, which could quote a participant: only its kind and place.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from report.model.diagnostic import Diagnostic

VERSION = 3


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


@dataclass(frozen=True)
class Manifest:
    """`version` is ours; `inputs` are the SHA-256 of files by path, `artifacts` by file name."""

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
                "location": str(diagnostic.location),
            }
            for diagnostic in manifest.diagnostics
        ],
        "artifacts": {name: asdict(entry) for name, entry in manifest.artifacts.items()},
    }
    return (json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


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
        if data["manifest"] != VERSION:
            return {}
        return {name: Entry(**entry) for name, entry in data["artifacts"].items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}
