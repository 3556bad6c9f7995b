"""Tables of two states, row by row and cell by cell."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from report.diff.change import Change, Kind, Part
from report.diff.reading import Table
from report.diff.withdrawn import MARKS


def tables(old: Mapping[str, Table], new: Mapping[str, Table]) -> Iterator[Change]:
    """Tables that came or went, and the cells of the others that differ."""
    for label in dict.fromkeys([*new, *old]):
        was, now = old.get(label), new.get(label)
        if was is None and now is not None:
            yield Change(Part.TABLE, Kind.ADDED, _name(now), now.section)
        elif now is None and was is not None:
            yield Change(Part.TABLE, Kind.DELETED, _name(was), was.section)
        elif was is not None and now is not None:
            yield from _within(was, now)


def is_number(cell: str) -> bool:
    """Whether a cell holds a number and no more."""
    return cell.isdecimal()


def _name(table: Table) -> str:
    return table.caption or table.label or ", ".join(table.columns)


def _within(old: Table, new: Table) -> Iterator[Change]:
    name, section = _name(new), new.section
    if old.caption != new.caption and old.caption not in MARKS:
        yield Change(Part.TABLE, Kind.REWORDED, name, section, old=old.caption, new=new.caption)
    same = _columns(old.columns, new.columns)
    yield from _heads(old, new, same)
    hidden = [row for row in old.rows if _is_hidden(row)]
    before = [row for row in old.rows if not _is_hidden(row)]
    for row, was, now in _rows(before, new.rows):
        if was and now:
            yield from _cells(was, now, same, new, row)
        elif was:
            yield Change(Part.TABLE, Kind.DELETED, name, section, row, old=_line(was))
        elif now and not hidden:  # which of these rows were there before may not be told
            yield Change(Part.TABLE, Kind.ADDED, name, section, row, new=_line(now))
    for mark, kind in MARKS.items():
        if any(mark in row for row in hidden):
            yield Change(Part.TABLE, kind, name, section, old=mark)


def _heads(old: Table, new: Table, same: Mapping[int, int]) -> Iterator[Change]:
    """Columns that came, went, or are called otherwise."""
    name, section = _name(new), new.section
    for number, column in enumerate(new.columns):
        if number not in same:
            yield Change(Part.TABLE, Kind.ADDED, name, section, column=column)
        elif (was := old.columns[same[number]]) != column:
            yield Change(
                Part.TABLE, Kind.REWORDED, name, section, column=column, old=was, new=column
            )
    for number, column in enumerate(old.columns):
        if number not in same.values():
            yield Change(Part.TABLE, Kind.DELETED, name, section, column=column)


def _is_hidden(row: Sequence[str]) -> bool:
    return any(cell in MARKS for cell in row) and all(
        cell in MARKS or not any(c.isalpha() for c in cell) for cell in row
    )


def _cells(
    old: Sequence[str], new: Sequence[str], same: Mapping[int, int], table: Table, row: str
) -> Iterator[Change]:
    for number, cell in enumerate(new):
        place = same.get(number)
        was = old[place] if place is not None and place < len(old) else cell
        if was != cell and was not in MARKS and cell not in MARKS:
            column = table.columns[number] if number < len(table.columns) else ""
            yield Change(
                Part.TABLE, Kind.CHANGED, _name(table), table.section, row, column, was, cell
            )


def _columns(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """By a column's place in the new table, its place in the old one: by name, else by place."""
    left = list(range(len(old)))
    same: dict[int, int] = {}
    for number, column in enumerate(new):
        like = next((n for n in left if old[n] == column), None)
        if like is not None:
            same[number] = like
            left.remove(like)
    return same | {number: number for number in left if number < len(new) and number not in same}


def _rows(
    old: Sequence[Sequence[str]], new: Sequence[Sequence[str]]
) -> Iterator[tuple[str, Sequence[str] | None, Sequence[str] | None]]:
    """Rows beside each other, by name where each has one of its own, with that name."""
    ours, theirs = _names(old), _names(new)
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        one, other = list(range(a, b)), list(range(c, d))
        if tag == "equal" or len(one) == len(other):
            for was, now in zip(one, other, strict=True):
                yield theirs[now], old[was], new[now]
        else:
            yield from ((ours[was], old[was], None) for was in one)
            yield from ((theirs[now], None, new[now]) for now in other)


def _names(rows: Sequence[Sequence[str]]) -> list[str]:
    """What each row is called: its first cell, with the second where that is no name of its own.
    An empty first cell stands for the one above."""
    firsts: list[str] = []
    for row in rows:
        first = row[0] if row else ""
        firsts.append(first or (firsts[-1] if firsts else ""))
    if len({*firsts}) == len(firsts):
        return firsts
    both = [", ".join((name, *row[1:2])) for name, row in zip(firsts, rows, strict=True)]
    if len({*both}) == len(both):
        return both
    return [_line(row) for row in rows]


def _line(row: Sequence[str]) -> str:
    return " | ".join(row)
