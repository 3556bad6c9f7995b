"""The differences of all documents together, each told once with the documents that it is in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from report.diff.change import Change, Difference, Number, Part, Place


@dataclass(frozen=True)
class Comparison:
    """Two states: what they are called, the documents of both, those that are in one only, and
    those of now of whose earlier state nothing is known."""

    since: str
    until: str
    differences: tuple[Difference, ...] = ()
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def changed(self) -> tuple[str, ...]:
        """The documents that differ."""
        return tuple(d.document for d in self.differences if d)

    def __bool__(self) -> bool:
        return bool(self.changed or self.came or self.went)


@dataclass(frozen=True)
class Shared:
    """A change, and the documents that it is in."""

    change: Change
    documents: tuple[str, ...]


@dataclass(frozen=True)
class Counted:
    """A number, and each place where it appears, with the documents that have this place."""

    number: Number
    places: tuple[tuple[Place, tuple[str, ...]], ...]


def numbers(differences: Iterable[Difference]) -> list[Counted]:
    """The numbers that differ, those whose meaning is known first. A number that stands in the
    cells of tables alone, and of which nobody knows what it counts, is told as a cell."""
    found: dict[Number, dict[Place, list[str]]] = {}
    for difference in differences:
        for number, place in difference.numbers:
            found.setdefault(number, {}).setdefault(place, []).append(difference.document)
    counted = [
        Counted(number, tuple((place, tuple(names)) for place, names in places.items()))
        for number, places in found.items()
        if number.name or any(not place.within for place in places)
    ]
    return sorted(counted, key=lambda each: not each.number.name)


def changes(differences: Iterable[Difference], part: Part) -> Iterator[Shared]:
    """The changes of one part, each once."""
    found: dict[Change, list[str]] = {}
    for difference in differences:
        for change in difference.changes:
            if change.part is part:
                found.setdefault(change, []).append(difference.document)
    return (Shared(change, tuple(names)) for change, names in found.items())
