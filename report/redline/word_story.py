"""The paragraphs and tables of a body, a cell or a note, as they were and as they are, as one."""

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from lxml import etree

from report.redline.alignment import Bead, Unit, aligned, words_of
from report.redline.changes import compared
from report.redline.word_incoming import Incoming
from report.redline.word_source import (
    Block,
    Element,
    Source,
    Text,
    W,
    blocks_of,
    children,
    fingerprint,
    text_of,
)
from report.redline.word_tokens import Reading, Stamp, WordChange, Writer

_HEAD: Final = 3
"""So many words the first cell of a row counts for: it tells what the row is about."""
_PROPERTIES: Final = (f"{W}tblPr", f"{W}tblGrid", f"{W}trPr", f"{W}tcPr")

Flow: TypeAlias = list[WordChange | Element]
"""What becomes of a text: tokens, and tables that are written already."""


@dataclass
class Story:
    """One text of the new document, of that of the old one and its own."""

    stamp: Stamp
    old: Text
    new: Text
    shared: frozenset[str]
    notes: list[tuple[str, str]] = field(default_factory=list)
    """The notes that are referred to, as they are called in each document; "" where in none."""

    @property
    def incoming(self) -> Incoming:
        """What the old document brings in."""
        return self.stamp.incoming

    def merged(self, old: Element | None, new: Element | None) -> list[Element]:
        """What a body or cell holds in the place of what the two held; none: it was or is not
        there."""
        before, _ = blocks_of(old) if old is not None else ([], ())
        after, tail = blocks_of(new) if new is not None else ([], ())
        flow: Flow = []
        beads = self._cells(before, after) or self._beads(before, after)
        for bead in beads:
            flow += self._bead([before[n] for n in bead.old], [after[n] for n in bead.new])
        found = self._written(flow, closed=old is not None and new is not None)
        found += (deepcopy(mark) for mark in tail)
        return found

    def marked(self, note: Element, *, is_old: bool) -> list[Element]:
        """All that a note holds, where the note came or went as a whole."""
        blocks, _ = blocks_of(note)
        flow = self._bead(blocks, []) if is_old else self._bead([], blocks)
        return self._written(flow, last_stays=True)

    def _cells(self, before: Sequence[Block], after: Sequence[Block]) -> list[Bead]:
        """A cell of one paragraph is the same, whatever stands in it."""
        one = len(before) == len(after) == 1
        return [Bead((0,), (0,))] if one and before[0].is_table == after[0].is_table else []

    def _beads(self, before: Sequence[Block], after: Sequence[Block]) -> list[Bead]:
        old = [unit(block, self.old) for block in before]
        new = [unit(block, self.new) for block in after]
        return aligned(old, new, joined=True)

    def _bead(self, before: Sequence[Block], after: Sequence[Block]) -> Flow:
        first = (*before, *after)[0]
        if first.is_table:
            old = before[0].element if before else None
            new = after[0].element if after else None
            lead = [self.incoming.bookmark(m) for block in before for m in block.lead]
            found: Flow = [mark for mark in lead if mark is not None]
            found += (deepcopy(mark) for block in after for mark in block.lead)
            return [*found, self._table(old, new)]
        if len(before) == len(after) == 1:
            properties = (b.element.find(f"{W}pPr") for b in (before[0], after[0]))
            self.incoming.pair_lists(*properties)
        was = [t for b in before for t in Reading(self.old, "old", self.shared).tokens(b)]
        now = [t for b in after for t in Reading(self.new, "new", self.shared).tokens(b)]
        changes: list[WordChange]
        if was and now:
            changes = [*compared(was[:-1], now[:-1]), (was[-1], now[-1])]
        else:
            changes = [*((t, None) for t in was), *((None, t) for t in now)]
        for token, other in changes:
            names = (token.content.note if token else "", other.content.note if other else "")
            if any(names):
                self.notes.append(names)
        return list(changes)

    def _table(self, old: Element | None, new: Element | None) -> Element:
        shown = new if new is not None else old
        assert shown is not None
        made = etree.Element(f"{W}tbl", nsmap=shown.nsmap)
        made.extend(self._own(shown, is_old=new is None))
        before, after = (children(t, [f"{W}tr"]) for t in (old, new))
        rows = aligned(
            [_row(row, self.old) for row in before], [_row(row, self.new) for row in after]
        )
        for bead in rows:
            was = before[bead.old[0]] if bead.old else None
            now = after[bead.new[0]] if bead.new else None
            made.append(self._row(was, now))
        return made

    def _row(self, old: Element | None, new: Element | None) -> Element:
        shown = new if new is not None else old
        assert shown is not None
        made = etree.Element(f"{W}tr")
        made.extend(self._own(shown, is_old=new is None))
        if old is None or new is None:
            if made.find(f"{W}trPr") is None:
                made.insert(0, etree.Element(f"{W}trPr"))
            made.find(f"{W}trPr").append(self.stamp.mark("ins" if old is None else "del"))
        before, after = (children(r, [f"{W}tc"]) for r in (old, new))
        for number in range(max(len(before), len(after))):
            was = before[number] if before else None
            now = after[number] if after else None
            cell = etree.SubElement(made, f"{W}tc")
            cell.extend(self._own(now if now is not None else was, is_old=now is None))
            cell.extend(self.merged(was, now))
        return made

    def _own(self, element: Element | None, *, is_old: bool) -> Iterator[Element]:
        """The properties of a table, a row or a cell."""
        for part in children(element, _PROPERTIES):
            made = self.incoming.adapted(part, self.old, self.new) if is_old else deepcopy(part)
            made.tail = None
            yield made

    def _written(
        self, flow: Flow, *, closed: bool = False, last_stays: bool = False
    ) -> list[Element]:
        writer = Writer(self.stamp, self.old, self.new)
        found: list[Element] = []
        run: list[WordChange] = []
        for item in [*flow, None]:
            if isinstance(item, tuple):
                run.append(item)
                continue
            if run:
                run = _closed(run) if closed else run
                found += writer.paragraphs(run, last_stays=last_stays)
            run = []
            if item is not None:
                if item.tag == f"{W}tbl" and found and found[-1].tag == f"{W}tbl":
                    found.append(self._between())
                found.append(item)
        return found

    def _between(self) -> Element:
        """A paragraph that parts two tables, which Word would join: gone again whether changes are
        accepted or refused."""
        made = etree.Element(f"{W}p")
        look = etree.SubElement(etree.SubElement(made, f"{W}pPr"), f"{W}rPr")
        look.extend([self.stamp.mark("ins"), self.stamp.mark("del")])
        return made


def unit(block: Block, text: Text) -> Unit:
    """A paragraph or a table to be aligned."""
    key = fingerprint([block.element], text)
    words = words_of(text_of(block.element))
    if not block.is_table:
        style = block.element.find(f"{W}pPr/{W}pStyle")
        return Unit(key, words, "paragraph", "" if style is None else str(style.get(f"{W}val")))
    return Unit(key, words, f"table of {len(block.element.findall(f'{W}tblGrid/{W}gridCol'))}")


def shared_bookmarks(old: Source, new: Source) -> frozenset[str]:
    """The names of bookmarks that stand in the same paragraph or table of both."""
    before, _ = blocks_of(old.document.root[0])
    after, _ = blocks_of(new.document.root[0])
    beads = aligned(
        [unit(b, old.document) for b in before], [unit(b, new.document) for b in after], joined=True
    )
    found: set[str] = set()
    for bead in beads:
        found |= _names(before[n] for n in bead.old) & _names(after[n] for n in bead.new)
    return frozenset(found)


def _names(blocks: Iterable[Block]) -> set[str]:
    found: set[str] = set()
    for block in blocks:
        starts = [*block.lead, *block.element.iter(f"{W}bookmarkStart")]
        found |= {str(mark.get(f"{W}name")) for mark in starts}
    return found - {"None"}


def _row(row: Element, text: Text) -> Unit:
    cells = row.findall(f"{W}tc")
    words = words_of(text_of(row))
    for word, count in words_of(text_of(cells[0]) if cells else "").items():
        words[f"{word} "] += count * _HEAD
    return Unit(fingerprint([row], text), words, f"row of {len(cells)}")


def _closed(changes: Sequence[WordChange]) -> list[WordChange]:
    """Paragraphs, with an end that stays. The last before a table, or of a text, has nothing to be
    one with: so what comes or goes is the end of the paragraph before.

    Word needs this at the end of a text, LibreOffice before a table too.
    """
    made = list(changes)
    last = len(made) - 1
    if None not in made[last]:
        return made
    ends = [n for n, change in enumerate(made) if _is_end(change)]
    start = max((n for n in ends if None not in made[n]), default=-1)
    gone = [n for n in ends if n > start and made[n][1] is None]
    come = [n for n in ends if n > start and made[n][0] is None]
    if gone and come:
        made[last] = (made[gone[-1]][0], made[come[-1]][1])
        del made[min(gone[-1], come[-1])]
    elif start >= 0:
        old, new = made[start]
        made[start] = (old, None) if gone else (None, new)
        made[last] = (made[last][0] or old, made[last][1] or new)
    return made


def _is_end(change: WordChange) -> bool:
    token = change[0] or change[1]
    return token is not None and token.is_end
