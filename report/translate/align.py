"""Which old paragraph became which new one, by where they stand and not by likeness alone.

A merge by likeness, as msgmerge and pybabel do it, may take a translation from one finding to
another that is worded alike. Here the old and the new messages of one section are two sequences:
those that are the same hold them together, and only what stands between the same neighbours on
both sides is taken for a rewording.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final

_NUMBER: Final = re.compile(r" \(\d+\)$")
_ALIKE: Final = 0.5  # of the words: less is another paragraph, where more than one stand there


def reworded(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of an old text and the new one that it became, by their numbers; texts that are in
    both, wherever they stand, are in no pair."""
    same = set(old) & set(new)
    kept = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    at_old = at_new = 0
    for match in kept:
        gap_old = [n for n in range(at_old, match.a) if old[n] not in same]
        gap_new = [n for n in range(at_new, match.b) if new[n] not in same]
        yield from _in_gap(old, new, gap_old, gap_new)
        at_old, at_new = match.a + match.size, match.b + match.size


def _in_gap(
    old: Sequence[str], new: Sequence[str], gap_old: Sequence[int], gap_new: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Pairs between the same neighbours: the one and only, or the ones most alike, in order."""
    if not gap_old or not gap_new:
        return
    if len(gap_old) == len(gap_new) == 1:
        yield gap_old[0], gap_new[0]
        return
    likeness, i, j = max(
        (_likeness(old[o], new[n]), -i, -j)
        for i, o in enumerate(gap_old)
        for j, n in enumerate(gap_new)
    )
    i, j = -i, -j
    if likeness < _ALIKE:
        return
    yield from _in_gap(old, new, gap_old[:i], gap_new[:j])
    yield gap_old[i], gap_new[j]
    yield from _in_gap(old, new, gap_old[i + 1 :], gap_new[j + 1 :])


def _likeness(one: str, other: str) -> float:
    """From 0 to 1, of the words."""
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def renamed(
    old: Mapping[str, Sequence[str]], new: Mapping[str, Sequence[str]]
) -> Mapping[str, str]:
    """For each new section what it was called before: itself, where it is there on both sides;
    else the section that is gone and had at least half of its texts in common with it."""
    names: dict[str, str] = {}

    def shared(once: str, name: str) -> int:
        return len(set(old[once]) & set(new[name]))

    def take(name: str, candidates: Sequence[str], least: float) -> None:
        free = [once for once in candidates if once not in names.values()]
        best = max(free, key=lambda once: (shared(once, name), once == name), default="")
        if best and shared(best, name) >= least:
            names[name] = best

    for name in new:  # a heading like another's before it changes the number, not the section
        take(name, [once for once in old if _NUMBER.sub("", once) == _NUMBER.sub("", name)], 1)
    for name in new:
        if name not in names and name in old and name not in names.values():
            names[name] = name
    gone = [once for once in old if once not in new]
    for name in new:
        if name not in names and name not in old:
            take(name, [g for g in gone if shared(g, name) * 2 >= len(old[g])], len(new[name]) / 2)
    return names
