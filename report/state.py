"""What only the study's own people may know of its documents: .report/state.json.

It holds ids, hashes and the study's waivers, never a participant's words, and git ignores it.
`withdraw` asks it which documents tell of a participant.
"""

import hashlib
import json
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from report.errors import ReportError
from report.model.ingredients import Ingredients, hash_of
from report.sources.file import write as write_whole

FOLDER: Final = ".report"
_FILE: Final = "state.json"
_LOCK: Final = "lock"
_WAIT: Final = 60.0  # seconds; a build needs less than one
_VERSION: Final = 3


@dataclass(frozen=True)
class Waived:
    """A small cell that documents of an audience may show, why, who decided so, and when."""

    audience: str
    cell: Mapping[str, str]
    reason: str
    who: str
    date: str


@dataclass(frozen=True)
class State:
    """`told` is, by the SHA-256 of a document, the ids of the participants whom it tells of one by
    one; `verdicts` the documents that the gate let through, each with the rules of that day;
    `waivers` what the study's audiences.yml decided; `made` what each document was made from, by
    its name."""

    told: Mapping[str, Sequence[str]] = field(default_factory=dict)
    verdicts: Sequence[str] = ()
    waivers: Sequence[Waived] = ()
    made: Mapping[str, Ingredients] = field(default_factory=dict)


def read(root: Path) -> State:
    """The state of the study in `root`; an empty one where there is none, or it is damaged."""
    try:
        data = json.loads((root / FOLDER / _FILE).read_text("utf-8"))
        if data["state"] != _VERSION or data.pop("seal") != _seal(data):
            return State()
        waivers = tuple(Waived(**waiver) for waiver in data["waivers"])
        made = {
            name: Ingredients(each["document"], data["shared"][each["others"]])
            for name, each in data["made"].items()
        }
        return State(dict(data["told"]), tuple(data["verdicts"]), waivers, made)
    except (OSError, ValueError, TypeError, KeyError):
        return State()


@contextmanager
def lock(root: Path) -> Generator[None, None, None]:
    """Keep every other build out of what is remembered, whatever folder it writes to, for the
    moment that it takes. Raises ReportError where that never ends."""
    guard = FileLock(root / FOLDER / _LOCK)
    # What cannot be locked cannot be written to either, and that is told where it is tried.
    with suppress(OSError):
        try:
            (root / FOLDER).mkdir(exist_ok=True)
            guard.acquire(timeout=_WAIT)
        except Timeout:
            message = f"another build is writing to {FOLDER} in the study's folder"
            raise ReportError(message, "wait until it has ended, then try again") from None
    try:
        yield
    finally:
        guard.release()


def write(root: Path, state: State) -> None:
    """Keep the state, whole or not at all. Raises ReportError where the folder refuses."""
    folder = root / FOLDER
    shared = {hash_of(each.others): each.others for each in state.made.values()}
    made = {
        name: {"document": each.document, "others": hash_of(each.others)}
        for name, each in state.made.items()
    }
    data = {
        "state": _VERSION,
        "told": state.told,
        "verdicts": sorted(state.verdicts),
        "waivers": [asdict(waived) for waived in state.waivers],
        "made": made,
        "shared": shared,
    }
    data["seal"] = _seal(data)
    try:
        write_whole(folder / ".gitignore", b"*\n")
        text = json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False)
        write_whole(folder / _FILE, text.encode())
    except OSError as error:
        message = f"{FOLDER} in the study's folder cannot be written: {error.strerror or error}"
        hint = "it holds which documents tell of whom; allow writing to it, then try again"
        raise ReportError(message, hint) from error


def _seal(data: Mapping[str, object]) -> str:
    """A hash of it all: a letter that was lost could hide of whom a document tells."""
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
