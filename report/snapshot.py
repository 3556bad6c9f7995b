"""What the documents of the output folder were made from: .report/, which git ignores.

`report diff` and `report explain` compare with it. `composed/` has the text of each document,
`assets/` the files beside it but for figures, both by content; `studies/` has the rows and keys of
the study; and `snapshots.json` tells which file of the output folder came of which. What is damaged
or missing is no error: then there is nothing to compare with.
"""

import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
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
from report.model.audience import Audience, Variant
from report.model.checksum import checksum
from report.model.consent import Withdrawal, withdrawal
from report.model.document import Document
from report.model.drawing import Asset
from report.model.study import Study
from report.model.withheld import Withheld
from report.sources.file import write as write_whole
from report.state import FOLDER

_TABLE: Final = "snapshots.json"
_TEXTS, _STUDIES, _ASSETS = "composed", "studies", "assets"
_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Kept:
    """Of one file of the output folder: its SHA-256, and the names of what it was made from."""

    sha256: str
    text: str
    study: str
    assets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Before:
    """What a document was made from, with those of its pictures that are there, by path; the files
    of the output folder that were; and the document itself, where it was composed just now."""

    text: Text
    records: Records
    assets: Mapping[str, Asset]
    files: tuple[str, ...] = ()
    document: Document | None = None


def keep(
    settings: Settings, checked: Checked, artifacts: Mapping[str, Entry], made: Collection[str]
) -> bool:
    """Remember what the files `made` of the manifest's `artifacts` come of; of the others what is
    remembered already, but for who has withdrawn since. A file that is as it should be is not
    written, a damaged one is. Returns whether anybody had withdrawn since the last build.

    Raises ReportError where the folder refuses.
    """
    assert checked.study is not None  # it was built
    folder = settings.root / FOLDER
    before = _table(folder)
    read_from = files(settings, checked)
    study = checksum(json.dumps([_VERSION, __version__, read_from], sort_keys=True).encode())
    is_there = of_studies.read(_content(folder / _STUDIES / f"{study}.json") or b"") is not None
    remembered = {
        name: before[name]
        for name, entry in artifacts.items()
        if name in before and before[name].sha256 == entry.sha256
        if name not in made or before[name].study == study
    }
    known = {
        name: kept
        for name, kept in remembered.items()
        if kept.study != study or _is_whole(folder, kept)
    }
    old = {kept.study for kept in before.values()} - {study}
    since = _withdrawn_since(folder, old, checked.study)
    try:
        new = [target for target in checked.targets if target.name in artifacts.keys() - known]
        needed = new or study in {kept.study for kept in known.values()}
        if needed and not is_there:
            rows = records_of(checked.study, checked.audiences, read_from, __version__)
            # Of who has withdrawn from everything nothing is remembered, whatever the tables keep.
            gone = {i for i, cell in withdrawn(rows).items() if _is_total(withdrawal(cell))}
            content = of_studies.written(of_studies.without(rows, gone))
            write_whole(folder / _STUDIES / f"{study}.json", content)
        texts: dict[Variant, tuple[str, tuple[str, ...]]] = {}
        for target in new:
            variant, sha = target.variant, artifacts[target.name].sha256
            if variant not in texts and (text := text_of(variant, checked.composed[variant])):
                mine = _keep_assets(folder, checked.documents[variant.name])
                texts[variant] = _write(folder / _TEXTS, of_texts.written(text)), mine
            if variant in texts and target.name in {*made, *remembered}:
                known[target.name] = Kept(sha, texts[variant][0], study, texts[variant][1])
        _settle(folder, known)
        for identifier, scope in since.items():
            withdraw(settings.root, checked.study, checked.audiences, identifier, scope)
    except OSError as error:
        raise _refused(error, "report diff compares with what is there") from error
    return bool(since)


def _withdrawn_since(folder: Path, studies: Collection[str], study: Study) -> dict[str, Withdrawal]:
    """Who has withdrawn since the study was as in any of these files, and from what: the column
    “withdrawn” may be written by hand."""
    now = {p.id: p.withdrawn for p in study.participants if p.withdrawn}
    then = [
        withdrawn(records)
        for name in studies
        if now and (records := of_studies.read(_content(folder / _STUDIES / f"{name}.json") or b""))
    ]
    return {
        identifier: scope
        for identifier, cell in now.items()
        if (scope := withdrawal(cell))
        and any(cells.get(identifier, cell) != cell for cells in then)
    }


def _is_whole(folder: Path, kept: Kept) -> bool:
    content = _content(folder / _TEXTS / f"{kept.text}.json")
    return content is not None and checksum(content) == kept.text


def _keep_assets(folder: Path, document: Document) -> tuple[str, ...]:
    """The names of the document's files; but for figures, which are not drawn for this."""
    return tuple(
        _write(folder / _ASSETS, asset, PurePosixPath(path).suffix) + PurePosixPath(path).suffix
        for path, asset in document.assets.items()
        if isinstance(asset, bytes)
    )


def _is_total(scope: Withdrawal | None) -> bool:
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
            table[name] = replace(kept, text=text, study=records_name)
    _settle(folder, table)


def _text_without(
    folder: Path, name: str, identifier: str, scope: Withdrawal, held: Withheld
) -> str | None:
    """The name of a text without the participant; none where that cannot be."""
    text = of_texts.read(_content(folder / _TEXTS / f"{name}.json") or b"")
    if text is None or not scope.concerns(text.audience):
        return name if text else None
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
                found[f"templates/{inner.as_posix()}"] = checksum(file.read_bytes())
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
    for inner, used in (
        (_TEXTS, {f"{kept.text}.json" for kept in table.values()}),
        (_STUDIES, {f"{kept.study}.json" for kept in table.values()}),
        (_ASSETS, {name for kept in table.values() for name in kept.assets}),
    ):
        for file in (folder / inner).glob("*"):
            if file.name not in used:
                file.unlink()


def _table(folder: Path) -> dict[str, Kept]:
    try:
        data = json.loads((folder / _TABLE).read_text("utf-8"))
        if data["snapshots"] != _VERSION:
            return {}
        table = {
            name: Kept(kept["sha256"], kept["text"], kept["study"], tuple(kept["assets"]))
            for name, kept in data["files"].items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}
    texts = (text for k in table.values() for text in (k.sha256, k.text, k.study, *k.assets))
    return table if all(isinstance(text, str) for text in texts) else {}


def _write(folder: Path, content: bytes, ending: str = ".json") -> str:
    """Keep this content by its name, which is returned."""
    name = checksum(content)
    write_whole(folder / f"{name}{ending}", content)
    return name


def _assets(folder: Path, text: Text) -> Mapping[str, bytes]:
    found = {
        path: _content(folder / _ASSETS / f"{sha}{PurePosixPath(path).suffix}")
        for path, sha in text.assets.items()
    }
    return {path: content for path, content in found.items() if content is not None}


def _content(file: Path) -> bytes | None:
    with suppress(OSError):
        return file.read_bytes()
    return None


def _refused(error: OSError, why: str) -> ReportError:
    message = f"{FOLDER} in the study's folder cannot be written: {error.strerror or error}"
    return ReportError(message, f"{why}; allow writing to it, then build again")
