"""Small cells: what so few participants share that it tells who they are.

A cell is a combination of values, one for each identifying column that a document shows, and the
participants who have it. Suppression blanks values on the data itself, so that every table, count
and figure is made without them, and keeps those that are blanked so many, and of at least two
cells, that a total gives none of them back (secondary suppression; Hundepool and others 2012,
Statistical Disclosure Control, chapter 4).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from report.model.audience import ANY, Waiver
from report.model.records import Participant
from report.model.study import Study


@dataclass(frozen=True)
class Cell:
    """Values by column, and the ids of those who share them all."""

    values: tuple[tuple[str, str], ...]
    participants: tuple[str, ...]

    def told(self, labels: Mapping[str, str]) -> str:
        """The cell in a message: Profession “Nurse”, Age “30–39”."""
        return ", ".join(f"{labels.get(name, name)} “{value}”" for name, value in self.values)


def identifying(study: Study) -> tuple[str, ...]:
    """The columns that can tell who a participant is."""
    named = study.file.identifying
    names = [a.id for a in study.file.attributes] if named is None else named
    return tuple(name.casefold() for name in names)


def cells(study: Study, columns: Collection[str]) -> list[Cell]:
    """The cells of the columns, in the order of the participants. A value that is not known, or not
    shown, counts as none."""
    found: dict[tuple[tuple[str, str], ...], list[str]] = {}
    names = sorted(columns)
    own = set(names) <= {name for p in study.participants for name in p.attributes}
    for participant in study.participants:
        values = participant.attributes if own else _values(study, participant)
        key = tuple((name, value) for name in names if (value := values.get(name)))
        if key:
            found.setdefault(key, []).append(participant.id)
    return [Cell(key, tuple(ids)) for key, ids in found.items()]


def small(study: Study, columns: Collection[str], least: int) -> list[Cell]:
    """The cells that fewer than `least` participants share."""
    return [cell for cell in cells(study, columns) if len(cell.participants) < least]


def waiver_of(cell: Cell, waivers: Iterable[Waiver]) -> Waiver | None:
    """The waiver for just this cell, if there is one."""
    for waiver in waivers:
        wanted = {name.casefold(): value for name, value in waiver.cell.items()}
        if wanted.keys() == dict(cell.values).keys() and all(
            wanted[name] in {value, ANY} for name, value in cell.values
        ):
            return waiver
    return None


@dataclass(frozen=True)
class Suppressed:
    """The study without the attributes of those in small cells; how many these are; and the cells
    that are blanked in vain, since all that is left beside them is known by waivers."""

    study: Study
    count: int = 0
    in_vain: tuple[Cell, ...] = ()


def suppressed(study: Study, least: int, waivers: Sequence[Waiver]) -> Suppressed:
    """The study as it may be shown where so few may not be told apart. Cells that a waiver shows
    are known already, and stay."""
    columns = identifying(study)
    attributes = {name for p in study.participants for name in p.attributes} & set(columns)
    every = cells(study, columns)
    may_go = [cell for cell in every if not waiver_of(cell, waivers)]
    may_go.sort(key=lambda cell: (len(cell.participants), cell.values))
    gone = {cell: None for cell in may_go if len(cell.participants) < least}
    in_vain: list[Cell] = []
    margins = _margins(study, every, set(columns) - attributes)
    while alone := next((m for m in margins if _gives_back(m, gone, every, least)), None):
        another = next((c for c in may_go if c not in gone and alone & {*c.participants}), None)
        if another:
            gone[another] = None
        else:  # all that is left there is known
            in_vain += (c for c in gone if alone & {*c.participants} and c not in in_vain)
            margins.remove(alone)
    hidden = {identifier for cell in gone for identifier in cell.participants}
    if not hidden:
        return Suppressed(study)
    blank = dict.fromkeys(attributes, "")
    participants = tuple(
        replace(p, attributes={**p.attributes, **blank}) if p.id in hidden else p
        for p in study.participants
    )
    return Suppressed(replace(study, participants=participants), len(hidden), tuple(in_vain))


def _margins(study: Study, every: Iterable[Cell], fixed: Collection[str]) -> list[frozenset[str]]:
    """The groups whose size readers see: everyone, each stakeholder, and those who share what
    cannot be blanked."""
    groups: dict[object, set[str]] = {}
    for participant in study.participants:
        for group in ("", study.stakeholder_of(participant)):
            groups.setdefault(group, set()).add(participant.id)
    for cell in every:
        shared = tuple((name, value) for name, value in cell.values if name in fixed)
        groups.setdefault(shared, set()).update(cell.participants)
    return [frozenset(group) for group in groups.values()]


def _gives_back(
    margin: frozenset[str], gone: Collection[Cell], every: Iterable[Cell], least: int
) -> bool:
    """Whether the margin, less those of it who are shown, tells of a cell that is gone."""
    hidden = [margin & {*cell.participants} for cell in gone]
    hidden = [ids for ids in hidden if ids]
    if not hidden or (len(hidden) > 1 and sum(map(len, hidden)) >= least):
        return False
    return any(margin & {*cell.participants} for cell in every if cell not in gone)


def _values(study: Study, participant: Participant) -> Mapping[str, str]:
    session = study.session_by_id[participant.session]
    return {
        "stakeholder": study.stakeholder_of(participant),
        "session": session.id,
        "mode": session.mode,
        "platform": session.platform,
        "date": session.date,
        **participant.attributes,
    }
