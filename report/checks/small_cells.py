"""What so few participants share that a document would tell who they are."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from report.clearance import Cleared
from report.clearance.cells import Cell, identifying, small, waiver_of
from report.model.audience import Audience, Waiver
from report.model.diagnostic import Diagnostic, Location, Severity
from report.model.study import Study


def found(cleared: Cleared, columns: Collection[str]) -> list[Cell]:
    """The small cells that the audience of `cleared` sees, where its documents together show these
    columns."""
    shown = set(columns) & set(identifying(cleared.study))
    if not shown:
        return []
    seen = small(cleared.study, shown, cleared.variant.audience.smallest_cell)
    return [*seen, *(cell for cell in cleared.in_vain if cell not in seen)]


def check(
    cleared: Cleared, small_cells: Sequence[Cell], others: Mapping[str, Sequence[Waiver]]
) -> Iterator[Diagnostic]:
    """An error for each of the small cells that the audience sees, or a note where a waiver of its
    own or of one of the `others`, whose documents show the cell, lets it be seen."""
    study, name = cleared.study, cleared.variant.audience_name
    audience = cleared.variant.audience
    waived: dict[int, list[Cell]] = {}
    known: dict[str, list[Cell]] = {}
    for cell in small_cells:
        if waiver := waiver_of(cell, audience.waivers):
            waived.setdefault(audience.waivers.index(waiver), []).append(cell)
        elif other := next((n for n, ws in others.items() if waiver_of(cell, ws)), ""):
            known.setdefault(other, []).append(cell)
        elif cell in cleared.in_vain:
            message = f"{name} leaves out {_told(study, cell)}, but in vain: what stands beside it "
            message += "is known, by waivers, and gives it away"
            hint = "take back a waiver of what stands beside it, or waive this cell too"
            yield Diagnostic("small-cell", message, _at(study, cell), hint)
        else:
            least = audience.smallest_cell
            message = f"{name} shows {_told(study, cell)}; at least {least} must share that"
            yield Diagnostic("small-cell", message, _at(study, cell), _hint(study, cell, name))
    for number, cells in waived.items():
        waiver = audience.waivers[number]
        message = f"by a waiver, {name} shows {_all(study, cells)}; the reason: {waiver.reason} "
        message += f"({waiver.who}, {waiver.date})"
        at = study.locate_key("audiences", ("audiences", name, "waivers", number))
        yield Diagnostic("waived-cell", message, at, severity=Severity.NOTE)
    for other, cells in known.items():
        message = f"{name} shows {_all(study, cells)}; this is known, since {other} shows it by a "
        message += "waiver"
        yield Diagnostic("known-cell", message, _at(study, cells[0]), severity=Severity.NOTE)


def needless(
    study: Study, audiences: Mapping[str, Audience], told: Collection[Diagnostic]
) -> Iterator[Diagnostic]:
    """Waivers for what no document of their audience shows, or what is no small cell. `told` is
    what `check` found in all of the study's documents."""
    used = {d.location for d in told if d.code == "waived-cell"}
    for name, audience in audiences.items():
        for number in range(len(audience.waivers)):
            at = study.locate_key("audiences", ("audiences", name, "waivers", number))
            if at not in used:
                message = f"this waiver waives nothing: {name} shows no small cell of these values"
                hint = "mend its cell: columns and values are those that the error of a small cell "
                hint += "tells; or delete the waiver"
                yield Diagnostic("needless-waiver", message, at, hint, Severity.WARNING)


def _told(study: Study, cell: Cell) -> str:
    labels = {a.id.casefold(): a.label for a in study.file.attributes}
    count = len(cell.participants)
    who = f"only {cell.participants[0]} has" if count == 1 else f"only {count} participants share"
    return f"{cell.told(labels)}, which {who}"


def _all(study: Study, cells: Sequence[Cell]) -> str:
    others = len(cells) - 1
    more = f", and {others} more small cell{'s'[: others > 1]}" if others else ""
    return f"{_told(study, cells[0])}{more}"


def _at(study: Study, cell: Cell) -> Location:
    participant = study.participant_by_id[cell.participants[0]]
    columns = [name for name, _ in cell.values]
    own = [name for name in columns if name in participant.attributes]
    return study.locate(participant, own[0] if own else "participant")


def _hint(study: Study, cell: Cell, name: str) -> str:
    columns = dict(cell.values)
    own = [a.id for a in study.file.attributes if a.id.casefold() in columns]
    values = ", ".join(f'{column}: "{value}"' for column, value in cell.values)
    waiver = f"with the reason: cell: {{{values}}}"
    if not own:
        return f"leave out what tells it, or waive it under {name} in audiences.yml, {waiver}"
    return (
        f"put it more generally in generalisations.csv, with generalise: [{', '.join(own)}] under "
        f"{name} in audiences.yml; or set suppress: true there; or waive it there, {waiver}"
    )
