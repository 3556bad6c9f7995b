"""What the documents of the output folder were made from: .report/, which git ignores.

`report diff` and `report explain` compare with it. It lies there by content: `composed/` has the
text of each document, `assets/` its pictures, `studies/` the rows and keys of the study, and
`snapshots.json` tells which file of the output folder came of which. What is damaged or missing is
no error: then there is nothing to compare with.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from report import __version__
from report.check import Checked
from report.clearance.withheld import of_participant
from report.config import Settings
from report.diff import records as of_studies
from report.diff import text as of_texts
from report.diff.records import Records, of_earlier, records_of, withdrawn
from report.diff.text import Text, text_of
from report.diff.withdrawn import joined, without
from report.errors import ReportError
from report.gate import gate
from report.manifest import Entry
from report.model.audience import Audience
from report.model.consent import Withdrawal, withdrawal
from report.model.document import Document
from report.model.study import Study
from report.model.withheld import Withheld
from report.sources.file import write as write_whole
from report.state import FOLDER

_TABLE: Final = "snapshots.json"
_TEXTS, _STUDIES, _ASSETS = "composed", "studies", "assets"
_OF_WORKS: Final = (".bib", ".csl")
"""What lies beside a document and tells of no participant."""
_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Kept:
    """Of one file of the output folder: its SHA-256, and the names of what it was made from."""

    sha256: str
    text: str
    study: str


@dataclass(frozen=True)
class Before:
    """What a document was made from, with those of its pictures that are there, by path; the files
    of the output folder that were; and the document itself, where it was composed just now."""

    text: Text
    records: Records
    assets: Mapping[str, bytes]
    files: tuple[str, ...] = ()
    document: Document | None = None


def keep(
    settings: Settings, checked: Checked, artifacts: Mapping[str, Entry], made: Collection[str]
) -> None:
    """Remember what the files `made` of the manifest's `artifacts` come of; of the others what is
    remembered already. A file that is as it should be is not written.

    Raises ReportError where the folder refuses.
    """
    folder = settings.root / FOLDER
    before = _table(folder)
    texts = {
        variant.name: text
        for variant, composed in checked.composed.items()
        if (text := text_of(variant, composed))
    }
    read_from = files(settings, checked)
    study = _sha(json.dumps([_VERSION, __version__, read_from], sort_keys=True).encode())
    variants = {target.name: target.variant.name for target in checked.targets}
    try:
        names = {
            name: _write(folder / _TEXTS, of_texts.written(text)) for name, text in texts.items()
        }
        for document in checked.documents.values():
            for path, content in document.assets.items():
                _write(folder / _ASSETS, content, PurePosixPath(path).suffix)
        place = folder / _STUDIES / f"{study}.json"
        if checked.study and not place.is_file():
            known = records_of(checked.study, checked.audiences, read_from, __version__)
            # Of who has withdrawn from everything nothing is remembered, whatever the tables keep.
            gone = {i for i, cell in withdrawn(known).items() if _is_whole(withdrawal(cell))}
            write_whole(place, of_studies.written(of_studies.without(known, gone)))
        table = {}
        for name, entry in artifacts.items():
            if name in made and variants.get(name) in names:
                table[name] = Kept(entry.sha256, names[variants[name]], study)
            elif name in before and before[name].sha256 == entry.sha256:
                table[name] = before[name]
        _settle(folder, table)
    except OSError as error:
        raise _refused(error, "report diff compares with what is there") from error


def _is_whole(scope: Withdrawal | None) -> bool:
    return scope is not None and not scope.audiences


def read(root: Path, artifacts: Mapping[str, Entry]) -> tuple[tuple[Before, ...], tuple[str, ...]]:
    """What the documents were made from, and those of the `artifacts` of which nobody knows.

    A file that a withdrawal has removed since is remembered until the next build. Files of one
    document that were made from different texts come apart.
    """
    folder = root / FOLDER
    table = {
        name: kept
        for name, kept in _table(folder).items()
        if name not in artifacts or artifacts[name].sha256 == kept.sha256
    }
    studies = {
        name: of_studies.read(content)
        for name in {kept.study for kept in table.values()}
        if (content := _content(folder / _STUDIES / f"{name}.json"))
    }
    found: dict[tuple[str, str], list[str]] = {}
    for name, kept in table.items():
        found.setdefault((kept.text, kept.study), []).append(name)
    known: list[Before] = []
    for (sha, study), files in found.items():
        content = _content(folder / _TEXTS / f"{sha}.json")
        text = of_texts.read(content) if content else None
        records = studies.get(study)
        if text and records:
            known.append(Before(text, records, _assets(folder, text), tuple(files)))
    told = {name for before in known for name in before.files}
    return tuple(known), tuple(name for name in artifacts if name not in told)


def withdraw(
    root: Path,
    study: Study,
    audiences: Mapping[str, Audience],
    identifier: str,
    scope: Withdrawal,
) -> None:
    """Take away what is remembered of a participant who withdrew: words, row and id. What cannot be
    cleaned goes altogether. Raises OSError where the folder refuses."""
    folder = root / FOLDER
    before = _table(folder)
    known: dict[str, tuple[Records, Withheld]] = {}
    for name in {kept.study for kept in before.values()}:
        if records := of_studies.read(_content(folder / _STUDIES / f"{name}.json") or b""):
            known[name] = records, _said_by(study, records, audiences, identifier)
    studies: dict[str, str | None] = {}
    for name, (records, held) in known.items():
        content = of_studies.written(of_studies.without(records, {identifier}))
        # In part: other audiences go on seeing it.
        studies[name] = name if scope.audiences else _clean(folder / _STUDIES, content, held)
    texts = {
        (kept.text, kept.study): _text_without(
            folder, kept.text, identifier, scope, known[kept.study][1]
        )
        for kept in before.values()
        if kept.study in known
    }
    table = {}
    for name, kept in before.items():
        text, records_name = texts.get((kept.text, kept.study)), studies.get(kept.study)
        if text and records_name:
            table[name] = Kept(kept.sha256, text, records_name)
    _settle(folder, table)


def _text_without(
    folder: Path, name: str, identifier: str, scope: Withdrawal, held: Withheld
) -> str | None:
    """The name of a text without the participant; none where that cannot be."""
    text = of_texts.read(_content(folder / _TEXTS / f"{name}.json") or b"")
    if text is None or not scope.concerns(text.audience):
        return name if text else None
    for each in text.assets.items():
        if not each[0].endswith(_OF_WORKS):  # a figure may tell of them
            (folder / _ASSETS / _asset(*each)).unlink(missing_ok=True)
    content = of_texts.written(without(text, held, {identifier} & {*text.participants}))
    return _clean(folder / _TEXTS, content, held)


def _said_by(
    study: Study, records: Records, audiences: Mapping[str, Audience], identifier: str
) -> Withheld:
    """All words of a participant, of now and of then, and the id."""
    now = of_participant(study, identifier, audiences.values())
    then = of_earlier(study, records)
    if identifier not in then.participant_by_id:
        return now
    return joined(now, of_participant(then, identifier, audiences.values()))


def _clean(folder: Path, content: bytes, held: Withheld) -> str | None:
    """The name that this is kept by; none where it still holds anything."""
    return None if gate({"kept.json": content}, held) else _write(folder, content)


def files(settings: Settings, checked: Checked) -> dict[str, str]:
    """The SHA-256 of all that documents are composed of, by path: what was read of the study, and
    templates."""
    found = dict(checked.inputs)
    for folder in reversed(settings.templates):  # the study's own go before ours
        for file in sorted(folder.rglob("*")):
            inner = file.relative_to(folder)
            if inner.parts[0] not in {"theme", "study"} and file.is_file():
                found[f"templates/{inner.as_posix()}"] = _sha(file.read_bytes())
    return found


def _settle(folder: Path, table: Mapping[str, Kept]) -> None:
    """Write which file came of what, and take away what nothing came of any more."""
    data = {
        "snapshots": _VERSION,
        "files": {name: asdict(kept) for name, kept in table.items()},
    }
    text = json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False)
    if table or (folder / _TABLE).is_file():
        write_whole(folder / _TABLE, text.encode())
    names = {kept.text for kept in table.values()}
    texts = (of_texts.read(_content(folder / _TEXTS / f"{name}.json") or b"") for name in names)
    for inner, used in (
        (_TEXTS, names),
        (_STUDIES, {kept.study for kept in table.values()}),
        (_ASSETS, {sha for text in texts if text for sha in text.assets.values()}),
    ):
        for file in (folder / inner).glob("*"):
            if file.stem not in used:
                file.unlink()


def _table(folder: Path) -> dict[str, Kept]:
    try:
        data = json.loads((folder / _TABLE).read_text("utf-8"))
        if data["snapshots"] != _VERSION:
            return {}
        return {name: Kept(**kept) for name, kept in data["files"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _write(folder: Path, content: bytes, ending: str = ".json") -> str:
    """Keep this content by its name, which is returned."""
    name = _sha(content)
    if not (folder / f"{name}{ending}").is_file():
        write_whole(folder / f"{name}{ending}", content)
    return name


def _assets(folder: Path, text: Text) -> Mapping[str, bytes]:
    found = {each[0]: _content(folder / _ASSETS / _asset(*each)) for each in text.assets.items()}
    return {path: content for path, content in found.items() if content is not None}


def _asset(path: str, sha: str) -> PurePosixPath:
    return PurePosixPath(sha).with_suffix(PurePosixPath(path).suffix)


def _content(file: Path) -> bytes | None:
    with suppress(OSError):
        return file.read_bytes()
    return None


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _refused(error: OSError, why: str) -> ReportError:
    message = f"{FOLDER} in the study's folder cannot be written: {error.strerror or error}"
    return ReportError(message, f"{why}; allow writing to it, then build again")
