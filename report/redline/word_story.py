"""The paragraphs and tables of a body, a cell or a note, as they were and as they are, as one."""

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile
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
_Paragraph: TypeAlias = list[WordChange]


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
        before, ended = blocks_of(old) if old is not None else ([], ())
        after, tail = blocks_of(new) if new is not None else ([], ())
        flow: Flow = []
        beads = self._cells(before, after)
        beads = beads or _apart(self._beads(before, after), before, after)
        for bead in beads:
            flow += self._bead([before[n] for n in bead.old], [after[n] for n in bead.new])
        found = self._written(flow, closed=old is not None and new is not None)
        kept = (self.incoming.bookmark(mark) for mark in ended)
        return [*found, *(mark for mark in kept if mark is not None), *map(deepcopy, tail)]

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
                run = run if last_stays else _settled(run, closed=closed)
                found += writer.paragraphs(run, last_stays=last_stays)
            run = []
            if item is not None:
                found.append(item)
        return found


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


def _apart(beads: Sequence[Bead], before: Sequence[Block], after: Sequence[Block]) -> list[Bead]:
    """The beads as they can be marked. A table that went, and one that came right after it, are one
    of the rows of both: Word would join them. A paragraph whose first half has a footnote is not
    split or joined: LibreOffice forgets the mark at the end of that half."""
    found: list[Bead] = []
    for bead in beads:
        last = found[-1] if found else bead
        replaced = not (last.new or bead.old) and last.old and bead.new
        halves = [
            b[n] for b, places in ((before, bead.old), (after, bead.new)) for n in places[:-1]
        ]
        if replaced and before[last.old[0]].is_table and after[bead.new[0]].is_table:
            found[-1] = Bead(last.old, bead.new)
        elif any(next(b.element.iter(f"{W}footnoteReference"), None) is not None for b in halves):
            found.append(Bead(bead.old[:1], bead.new[:1]))
            found.append(Bead(bead.old[1:], bead.new[1:]))
        else:
            found.append(bead)
    return found


def _settled(changes: Iterable[WordChange], *, closed: bool) -> list[WordChange]:
    """Paragraphs, with ends that came or went only where a word processor can join them.

    The last one before a table, or of a text, if it is `closed`, has nothing to be one with; Word
    says so at the end of a text, LibreOffice before a table too. And LibreOffice forgets of a
    paragraph with a footnote that its end is marked. So the end of another one is marked there: of
    paragraphs that come or go together with the one before, any may be the one that stays.
    """
    made: list[_Paragraph] = []
    run: list[_Paragraph] = []
    paragraphs = _paragraphs(changes)
    for number, paragraph in enumerate(paragraphs, start=1):
        run.append(paragraph)
        is_last = number == len(paragraphs)
        if None not in paragraph[-1] or is_last:
            start = made[-1:] if made and None not in made[-1][-1] else []
            stays = None not in paragraph[-1]
            moved = run[:-1] if stays else run
            made[len(made) - len(start) :] = _moved(start, moved, closed=closed and not stays)
            made += [paragraph] if stays else []
            run = []
    return [change for paragraph in made for change in paragraph]


def _paragraphs(changes: Iterable[WordChange]) -> list[_Paragraph]:
    found: list[_Paragraph] = [[]]
    for change in changes:
        found[-1].append(change)
        if _is_end(change):
            found.append([])
    return [paragraph for paragraph in found if paragraph]


def _moved(start: list[_Paragraph], moved: list[_Paragraph], *, closed: bool) -> list[_Paragraph]:
    """Paragraphs that came or went, after one that stays, if any: with the ends marked that can
    be."""
    whole = list(takewhile(_is_whole, moved))
    if not moved or not (closed or any(map(_has_note, whole))):
        return start + moved
    made = [list(paragraph) for paragraph in (*start, *moved)]
    gone = [p for p in made[len(start) :] if p[-1][1] is None]
    come = [p for p in made[len(start) :] if p[-1][0] is None]
    if gone and come and (closed or len(whole) == len(moved)):
        last, other = (come[-1], gone[-1]) if made[-1] is come[-1] else (gone[-1], come[-1])
        last[-1] = (gone[-1][-1][0], come[-1][-1][1])
        at = next(n for n, paragraph in enumerate(made) if paragraph is other)
        made[at + 1][:0] = other[:-1]
        del made[at]
        return made
    if not start or (gone and come):
        return made
    noted = [n for n, paragraph in enumerate(made[: len(whole) + 1]) if _has_note(paragraph)]
    stays = len(made) - 1 if closed else noted[0]
    old, new = made[0][-1]
    assert old is not None
    assert new is not None
    for paragraph, following in pairwise(made[: stays + 1]):
        before, after = paragraph[-1], following[-1]
        paragraph[-1] = (before[0], None) if gone else (None, before[1])
        following[-1] = (after[0], new) if gone else (old, after[1])
    if stays:  # joined, the properties are those of the last in Word, in LibreOffice of the first
        marked = replace(
            new.content, lead=new.content.lead if come else (), end="del" if gone else "ins"
        )
        kept = replace(old, content=replace(old.content, lead=old.content.lead if gone else ()))
        made[0][-1] = (kept, replace(new, content=marked))
    return made


def _is_whole(paragraph: _Paragraph) -> bool:
    """Whether all of a paragraph came, or all of it went."""
    return all(old is None for old, _ in paragraph) or all(new is None for _, new in paragraph)


def _has_note(paragraph: _Paragraph) -> bool:
    return any(token.content.note for change in paragraph for token in change if token)


def _is_end(change: WordChange) -> bool:
    token = change[0] or change[1]
    return token is not None and token.is_end
