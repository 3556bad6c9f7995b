"""A web page with insertions and deletions, of the page as it was and as it is."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from lxml import etree, html

from report.redline.alignment import Bead, Unit, aligned, words_of
from report.redline.changes import compared
from report.redline.marking import Marking
from report.redline.web_lines import (
    Element,
    Item,
    Line,
    Lines,
    WebChange,
    WebToken,
    is_block,
    items_of,
    tokens_of,
)

_AS_IT_IS: Final = frozenset({"nav", "style", "script"})
"""What is made of the rest of the page."""
_UNIQUE: Final = frozenset({"body", "header", "main", "footer", "h1", "thead", "tbody", "caption"})
"""What a page or a table has one of, whatever stands in it."""
_ROWS: Final = frozenset({"tr"})


def redlined(old: bytes, new: bytes, marking: Marking) -> bytes:
    """The new page with what came as insertions, and what went, of the old one, as deletions.

    Contents are those of the new page. Each stretch of changes has a link to the next, which shows
    when it is reached by keyboard.
    """
    before, after = _parsed(old), _parsed(new)
    page = Page(Lines(marking, before))
    body = after.body
    made = page.merged(before.body, body)
    body.getparent().replace(body, made)
    page.lines.join(made)
    style = etree.SubElement(after.find("head"), "style")
    style.text = marking.style
    return bytes(html.tostring(after, doctype="<!DOCTYPE html>", encoding="utf-8")) + b"\n"


def _parsed(content: bytes) -> Element:
    return html.document_fromstring(content, html.HTMLParser(encoding="utf-8", huge_tree=True))


@dataclass
class Page:
    """Makes one tree of two."""

    lines: Lines

    def merged(self, old: Element, new: Element) -> Element:
        """An element that is in both."""
        if new.tag in _AS_IT_IS:
            return _bare(new, whole=True)
        made = _bare(new)
        before, after = items_of(old), items_of(new)
        for bead in self._beads(new, before, after):
            was, now = [before[n] for n in bead.old], [after[n] for n in bead.new]
            self._put(made, was, now)
        return made

    def _beads(self, parent: Element, before: Sequence[Item], after: Sequence[Item]) -> list[Bead]:
        alike = len(before) == len(after)
        one_line = alike and len(before) == 1 and not (is_block(before[0]) or is_block(after[0]))
        if one_line or (parent.tag in _ROWS and alike):
            return [Bead((n,), (n,)) for n in range(len(before))]
        beads = aligned([_unit(i) for i in before], [_unit(i) for i in after], joined=True)
        return [part for bead in beads for part in self._fitting(bead, before, after)]

    def _fitting(self, bead: Bead, before: Sequence[Item], after: Sequence[Item]) -> list[Bead]:
        """Only paragraphs are split and joined. A table whose cells reach over rows is one that was
        replaced, where rows came or went."""
        joined = len(bead.old) + len(bead.new) > 2  # noqa: PLR2004
        items = [*(before[n] for n in bead.old), *(after[n] for n in bead.new)]
        if joined and not all(is_block(item) and item.tag == "p" for item in items):
            pair = Bead(bead.old[:1], bead.new[:1])
            return [pair, *(Bead((n,), ()) for n in bead.old[1:]), *_new(bead.new[1:])]
        if bead.old and bead.new and any(map(_has_spans, items)) and not _same_rows(*items[:2]):
            return [Bead(bead.old, ()), Bead((), bead.new)]
        return [bead]

    def _put(self, into: Element, was: Sequence[Item], now: Sequence[Item]) -> None:
        if not was or not now:
            for item in was or now:
                self._whole(into, item, is_old=not now, first=True)
        elif not is_block(now[0]):
            Line(self.lines, into).write(_changes(tokens_of(was), tokens_of(now)))
        elif len(was) == len(now) == 1:
            into.append(self.merged(was[0], now[0]))
        else:
            self._paragraphs(into, was, now)

    def _paragraphs(self, into: Element, was: Sequence[Item], now: Sequence[Item]) -> None:
        """Paragraphs that were split or joined: each as it is now, with signs where an end came or
        went."""
        rest = list(now)
        line = Line(self.lines, _bare(rest.pop(0)))
        into.append(line.element)
        for change in _changes(tokens_of(was), tokens_of(now)):
            line.put(change)
            if change[1] is not None and change[1].is_end:
                line.close()
                line = Line(self.lines, _bare(rest.pop(0)))
                into.append(line.element)
        line.close()

    def _whole(self, into: Element, item: Item, *, is_old: bool, first: bool) -> None:
        """What came or went as a whole. One link leads on from it."""
        if not is_block(item):
            tokens = tokens_of([item])
            changes: list[WebChange] = [(t, None) if is_old else (None, t) for t in tokens]
            Line(self.lines, into, linked=first).write(changes)
            return
        made = _bare(item)
        made.set(
            "class", f"{made.get('class', '')} change-{'deleted' if is_old else 'inserted'}".strip()
        )
        if is_old:
            self.lines.disown(made)
        into.append(made)
        for number, inner in enumerate(items_of(item)):
            self._whole(made, inner, is_old=is_old, first=first and number == 0)


def _new(places: Sequence[int]) -> list[Bead]:
    return [Bead((), (n,)) for n in places]


def _bare(element: Element, *, whole: bool = False) -> Element:
    """A copy of an element, without what it holds."""
    if whole:
        made = deepcopy(element)
        made.tail = None
        return made
    made = etree.Element(element.tag)
    made.attrib.update(element.attrib)
    return made


def _changes(old: Sequence[WebToken], new: Sequence[WebToken]) -> list[WebChange]:
    return list(compared(old, new))


def _unit(item: Item) -> Unit:
    if not is_block(item):
        tokens = tokens_of([item])
        return Unit("\0".join(t.key for t in tokens), words_of("".join(t.text for t in tokens)), "")
    kind = str(item.tag)
    if kind in _ROWS:
        kind = f"row of {len(item)}"
    elif kind == "table":
        kind = f"table of {len(item.findall('.//col'))}"
    words = words_of(" ".join(item.itertext()))
    if kind in _UNIQUE:
        words["\0"] += words.total() * 1000 + 1
    return Unit(_key(item), words, f"{kind} {item.get('class', '')}")


def _key(element: Element) -> str:
    bare = deepcopy(element)
    bare.tail = None
    for node in bare.iter():
        for name in ("id", "aria-labelledby", "style"):
            node.attrib.pop(name, None)
    return str(html.tostring(bare, encoding="unicode"))


def _has_spans(item: Item) -> bool:
    return is_block(item) and item.tag == "table" and bool(item.xpath(".//*[@rowspan]"))


def _same_rows(one: Element, other: Element) -> bool:
    """Whether two tables have the same rows, however they are worded."""
    rows = [[_unit(row) for row in table.iter("tr")] for table in (one, other)]
    return all(len(bead.old) == len(bead.new) == 1 for bead in aligned(*rows))
