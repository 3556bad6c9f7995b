"""What composed documents tell of participants and authors, and may not."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from report.checks import origin, small_cells
from report.clearance import Cleared
from report.clearance.cells import Cell, waiver_of
from report.compose.document import Composed
from report.gate import RECIPIENTS, gate
from report.model.audience import Audience, Variant, Waiver
from report.model.diagnostic import Diagnostic, Location, Severity
from report.model.document import Document
from report.model.drawing import Drawing, identity
from report.model.withheld import Withheld

_LINE: Final = re.compile(r"line (\d+)")
_SAID: Final = ".txt"
"""Ends the name by which the gate is told of a drawing's words."""


def of_nobody(cleared: Iterable[Cleared]) -> Iterator[Diagnostic]:
    """Audiences for which nobody is left."""
    for clear in cleared:
        if not clear.study.participants:
            name, whole = clear.variant.audience_name, clear.whole
            message = f"{name} may see nothing of any participant"
            hint = "see the columns “consent” and “withdrawn”; an audience without documents has "
            hint += "used: false in audiences.yml"
            at = whole.locate(whole.participants[0], "consent")
            yield Diagnostic("nobody-left", message, at, hint)


def of_counts(cleared: Iterable[Cleared]) -> Iterator[Diagnostic]:
    """Documents that count other people than other documents do, since somebody withdrew from some
    of them."""
    by_name = {clear.variant.audience_name: clear for clear in cleared}
    sizes = {name: len(clear.study.participants) for name, clear in by_name.items()}
    fewest = min(sizes, key=sizes.__getitem__, default="")
    most = max(sizes, key=sizes.__getitem__, default="")
    if fewest and sizes[fewest] < sizes[most]:
        whole = by_name[fewest].whole
        only_here = by_name[fewest].absent.keys() - by_name[most].absent.keys()
        missing = next(p for p in whole.participants if p.id in only_here)
        message = f"{most} counts {sizes[most]} participants and {fewest} {sizes[fewest]}, since "
        message += f"{missing.id} withdrew from some audiences only"
        hint = (
            "their readers may compare; withdrawn_count: true in study.yml counts everybody in all"
        )
        at = whole.locate(missing, "withdrawn")
        yield Diagnostic("counts-differ", message, at, hint, Severity.WARNING)


def in_cells(
    audiences: Mapping[str, Audience],
    composed: Mapping[Variant, Composed],
    cleared: Mapping[Variant, Cleared],
    *,
    whole: bool,
) -> Iterator[Diagnostic]:
    """Cells that are too small in what the documents of an audience show together. Waivers are
    asked whether they are needed where these are the `whole` of the study's documents."""
    firsts: dict[str, Variant] = {}
    found: dict[str, list[Cell]] = {}
    for variant in composed:
        firsts.setdefault(variant.audience_name, variant)
    for name, variant in firsts.items():
        mine = [result.told.columns for v, result in composed.items() if v.audience_name == name]
        found[name] = small_cells.found(cleared[variant], set().union(*mine))
    # What blinded readers are shown, others need not know. Of documents that are not composed this
    # time, their waivers are believed.
    known = {
        name: [w for w in a.waivers if name not in found or _is_used(w, found[name])]
        for name, a in audiences.items()
        if a.blinding is None
    }
    told: list[Diagnostic] = []
    for name, cells in found.items():
        others = {other: waivers for other, waivers in known.items() if other != name}
        told += small_cells.check(cleared[firsts[name]], cells, others)
    yield from told
    if whole and composed:
        study = next(iter(cleared.values())).whole
        yield from small_cells.needless(study, audiences, told)


def _is_used(waiver: Waiver, cells: Iterable[Cell]) -> bool:
    return any(waiver_of(cell, [waiver]) for cell in cells)


def in_texts(
    cleared: Cleared, composed: Composed, held: Withheld, alike: Composed | None = None
) -> Iterator[Diagnostic]:
    """What stands in a composed document or its figures and may not, where the study says it. What
    tells who the authors are is the concern of checks/blinding.py, which knows more of it. Where
    the document is the same as one that has been read, `alike`, but for its recipient, only what
    shows cells of that row is read, unless it holds anything."""
    document = composed.document
    if document is None:
        return
    names = tuple(name for name in held.names if name.rule != "blinding")
    if names != held.names:
        held = replace(held, names=names)
    name = f"{document.name}.qmd"
    files = _assets(document)
    if alike and alike.document:
        seen = set(map(identity, alike.document.assets.values()))
        new = {p for p, asset in document.assets.items() if identity(asset) not in seen}
        other = {path: read for path, read in files.items() if path.removesuffix(_SAID) in new}
        if not gate({name: composed.addressed.encode(), **other}, held):
            return
    found = [*gate({name: document.text.encode(), **files}, held)]
    found = [replace(leak, location=_at_drawing(leak.location)) for leak in found]
    if composed.unexplained:  # an explanation must not part words that may not stand together
        told = {_what(leak) for leak in found}
        without = gate({name: composed.unexplained.encode()}, held)
        found += (leak for leak in without if _what(leak) not in told)
    said = _said(cleared, composed, held) if found else {}
    for leak in found:
        for at in said.get(_what(leak), ()):
            yield replace(leak, message=_what(leak), location=at)
        if _what(leak) not in said:
            at = _at_picture(leak.location, cleared, composed)
            if at.path == name and (line := _LINE.fullmatch(at.cell)):
                at = origin.of_line(cleared.study, cleared.variant, document, int(line[1]))
            yield replace(leak, location=at)


def _assets(document: Document) -> dict[str, bytes]:
    """The files beside a document; of those that are yet to be drawn, what they say."""
    read: dict[str, bytes] = {}
    for path, asset in document.assets.items():
        if isinstance(asset, Drawing):
            read[f"{path}{_SAID}"] = "\n".join(asset.words).encode()
        else:
            read[path] = asset
    return read


def _at_drawing(at: Location) -> Location:
    return replace(at, path=at.path.removesuffix(_SAID))


def _at_picture(at: Location, cleared: Cleared, composed: Composed) -> Location:
    """The study's own file, where a place is in a picture of the document."""
    for identifier, path in composed.pictures.items():
        if at.path.startswith(f"{path}."):
            file = cleared.study.picture_by_id[identifier].file
            return Location(f"data/pictures/{file}", cell=at.cell)
    return at


def _said(cleared: Cleared, composed: Composed, held: Withheld) -> dict[str, list[Location]]:
    """Where the study says what the gate found: in the texts that went into the document, and in
    what else the audience may see."""
    study = cleared.study
    prose = {study.prose[name].path: study.prose[name].text for name in composed.prose}
    table = study.locate(study.participants[0], "participant").path  # there ids stand by right
    others = [
        (text, place)
        for text, at in (*origin.of_audience(study, cleared.variant), *origin.data(study))
        if (place := at()).path != table
    ]
    texts = {f"{number}.txt": text for number, (text, _) in enumerate(others)}
    places: dict[str, list[Location]] = {}
    for leak in gate(_files(prose), held):
        line = _LINE.fullmatch(leak.location.cell)
        at = Location(leak.location.path, int(line[1]), 1) if line else leak.location
        places.setdefault(_what(leak), []).append(at)
    table = study.locate(study.recipients[0], "recipient").path if study.recipients else ""
    for leak in gate(_files(texts), held):
        number = leak.location.path.removesuffix(".txt")
        own = leak.message.startswith(RECIPIENTS)  # in their table all stand by right
        if number.isdecimal() and not (own and others[int(number)][1].path == table):
            places.setdefault(_what(leak), []).append(others[int(number)][1])
    return places


def _files(texts: Mapping[str, str]) -> dict[str, bytes]:
    return {name: text.encode() for name, text in texts.items()}


def _what(leak: Diagnostic) -> str:
    """What is told, without how often."""
    return leak.message.partition(", and in ")[0]
