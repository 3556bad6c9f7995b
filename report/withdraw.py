"""A participant's withdrawal: recorded in the table, and carried out on what was built before."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from report import drawn, publish, snapshot, state
from report.check import Checked, check
from report.config import Settings
from report.crate import CRATE, crate
from report.errors import ReportError, UsageError
from report.index import index
from report.inspection import waivers
from report.load import Loaded, load, tables
from report.load.folder import Folder
from report.manifest import MANIFEST, Manifest, artifacts_in, read, without
from report.model.consent import Withdrawal, withdrawal
from report.model.diagnostic import Diagnostic, Location, did_you_mean
from report.model.study import Study
from report.scratch import sweep
from report.sources import csv_cell, excel_cell
from report.sources.file import write as write_whole
from report.traces import Traces, traces

COLUMN: Final = "withdrawn"
_CELLS: Final = {".csv": csv_cell, ".xlsx": excel_cell}
"""What writes a cell of a table, by its ending."""


@dataclass(frozen=True)
class Withdrawn:
    """What was done, or would be done: the cell that records it and what it says; the files that
    told of the participant; those that do and that no build made, which are left alone; and what
    stands in the way of a build since, above all where prose still asks for the participant."""

    recorded: Location
    written: str
    already: bool
    """Whether the cell said so before."""
    removed: tuple[str, ...]
    foreign: tuple[str, ...]
    counting: tuple[str, ...]
    """The documents that are left, with numbers from before."""
    diagnostics: tuple[Diagnostic, ...]


def withdraw(
    settings: Settings, identifier: str, names: Sequence[str] = (), *, dry_run: bool = False
) -> Withdrawn:
    """Record that the participant withdrew from the audiences `names`, or from all, and take away
    every document that tells of them. With `dry_run` nothing is touched.

    Raises UsageError for a participant or an audience that is not there, ReportError where the
    study cannot be read or a file cannot be written.
    """
    with nullcontext() if dry_run else publish.lock(settings.output):
        if not dry_run:
            publish.recover(settings.output)
            sweep()
        loaded = load(settings.root)
        study = _study(loaded)
        known = study.participant_by_id
        if identifier not in known:
            hint = did_you_mean(identifier, known) or "the table of participants has their ids"
            raise UsageError(f"there is no participant “{identifier}”", hint)
        before = withdrawal(known[identifier].withdrawn)
        mine = _joined(before, Withdrawal(_today(settings), tuple(names)))
        checked = check(settings, as_if={identifier: mine.written()})
        for name in names:
            if name not in checked.audiences:
                hint = did_you_mean(name, checked.audiences) or "report check says more"
                raise UsageError(f"there is no audience “{name}”", hint)
        content, at = _recorded(settings.root, study, identifier, mine.written())
        found = traces(settings, study, checked.audiences, identifier, mine)
        if not dry_run:
            with state.lock(settings.root):
                _record(settings.root / at.path, content)
                _clear(settings, checked, found)
                _forget(settings, study, checked, identifier, mine)
    left = artifacts_in(settings.output).keys() - found.artifacts
    return Withdrawn(
        recorded=at,
        written=mine.written(),
        already=known[identifier].withdrawn == mine.written(),
        removed=found.told(settings),
        foreign=found.foreign,
        counting=tuple(sorted(left)) if mine != before else (),
        diagnostics=checked.diagnostics,
    )


def _study(loaded: Loaded) -> Study:
    if loaded.study is None or loaded.audiences is None:
        message = "the study cannot be read"
        if loaded.diagnostics:
            message += f": {loaded.diagnostics[0]}"
        raise ReportError(message, "report check tells what is wrong; mend that, then try again")
    return loaded.study


def _today(settings: Settings) -> str:
    clock = settings.epoch
    now = datetime.now().astimezone() if clock is None else datetime.fromtimestamp(clock, UTC)
    return now.date().isoformat()


def _joined(before: Withdrawal | None, now: Withdrawal) -> Withdrawal:
    """What holds after both: nobody comes back by withdrawing from less."""
    if before is None:
        return now
    if not before.audiences:
        return before
    if not now.audiences:
        return now
    return replace(now, audiences=tuple(dict.fromkeys((*before.audiences, *now.audiences))))


def _recorded(root: Path, study: Study, identifier: str, text: str) -> tuple[bytes, Location]:
    """The table of participants with that text in the participant's cell, and where that stands."""
    record, folder = study.participant_by_id[identifier].record, Folder(root)
    table = tables.table(folder, "participants", None)
    content = None if table is None else folder.read(root / table.path)
    if table is None or content is None or folder.changed():
        raise ReportError("the table of participants cannot be read", "try again")
    ending = Path(table.path).suffix
    cell = _CELLS[ending]
    if COLUMN not in table.frame.columns:
        top, _ = table.cell(-1, str(table.frame.columns[0]))
        content = cell.with_column(content, top, COLUMN)
        table, _ = tables.FORMATS[ending](content, table.path)
        if table is None:
            raise ReportError("the table takes no new column", f"add a column “{COLUMN}” yourself")
    return cell.with_cell(content, *table.cell(record, COLUMN), text), table.locate(record, COLUMN)


def _record(table: Path, content: bytes) -> None:
    try:
        write_whole(table, content)
    except OSError as error:
        message = f"{table.name} cannot be written: {error.strerror or error}"
        hint = "close it in other programs, then try again; nothing was changed"
        raise ReportError(message, hint) from error


def _clear(settings: Settings, checked: Checked, found: Traces) -> None:
    """Take away what was found: in the output folder as one transaction, then elsewhere, and last
    what is remembered of it. Raises ReportError where something is left."""
    try:
        _unpublish(settings, checked, found)
        for trace in found.others:
            trace.unlink(missing_ok=True)
    except (OSError, ReportError) as error:
        why = error.message if isinstance(error, ReportError) else error.strerror or str(error)
        named = getattr(error, "filename", None)
        message = "the withdrawal is recorded, but not all that tells of the participant is gone: "
        message += f"{Path(named).name}: {why}" if named else why
        hint = "close these files in other programs, see that the folders may be written to, then "
        hint += "run the same command again"
        raise ReportError(message, hint) from error
    remembered = state.read(settings.root)
    # Of a document that is forgotten, everybody is believed to be told.
    kept = {
        sha: ids
        for sha, ids in remembered.told.items()
        if sha not in found.hashes and (found.partly or found.identifier not in ids)
    }
    made = {n: each for n, each in remembered.made.items() if n not in found.artifacts}
    waived = waivers(checked, remembered)
    state.write(settings.root, replace(remembered, told=kept, made=made, waivers=waived))


def _forget(
    settings: Settings, study: Study, checked: Checked, identifier: str, scope: Withdrawal
) -> None:
    try:
        snapshot.withdraw(settings.root, study, checked.audiences, identifier, scope)
        drawn.forget(settings.root)  # nobody can say of outlines whom they tell of
    except OSError as error:
        message = f"the withdrawal is recorded, but {state.FOLDER} in the study's folder still "
        message += f"tells of the participant: {error.strerror or error}"
        raise ReportError(
            message, "delete that folder, or allow writing to it and try again"
        ) from error


def _unpublish(settings: Settings, checked: Checked, found: Traces) -> None:
    study, manifest = checked.study, settings.output / MANIFEST
    if not found.names or study is None:
        return
    left = {n: e for n, e in artifacts_in(settings.output).items() if n not in found.artifacts}
    date = datetime.fromtimestamp(checked.epoch, UTC).date().isoformat()
    page = index(study, checked.variants, left, date, settings.themes, checked.catalogues)
    files = {
        "index.html": page,
        MANIFEST: without(manifest.read_bytes(), found.artifacts),
    }
    none = Manifest(study.file.title, date, None, "", {}, {})
    listed = replace(read(files[MANIFEST]) or none, date=date)
    files[CRATE] = crate(study, checked.variants, listed, checked.inputs, files, checked.catalogues)
    publish.publish(settings.output, files, remove=found.names, last=MANIFEST)
