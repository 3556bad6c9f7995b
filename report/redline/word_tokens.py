"""A paragraph of Word as words and what is never split, and such written as tracked changes."""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from lxml import etree

from report.redline.changes import Change, Token, pieces
from report.redline.word_incoming import Incoming
from report.redline.word_source import (
    BOOKMARKS,
    Block,
    Element,
    M,
    Text,
    W,
    fingerprint,
    inlines_of,
    text_of,
)

_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_ALONE: Final = frozenset({f"{W}r", f"{M}oMath", f"{M}oMathPara"})
"""What a mark of change goes around. It goes into anything else, around each run."""
_MARKS: Final = frozenset({f"{W}ins", f"{W}del"})
_GONE: Final = {f"{W}t": f"{W}delText", f"{W}instrText": f"{W}delInstrText"}


@dataclass(frozen=True, eq=False)
class Piece:
    """What a token is in Word: a word with the look of its run, or whole elements; for the end of a
    paragraph, the paragraph's properties."""

    lead: tuple[Element, ...]
    """Bookmarks that begin or end before it."""
    elements: tuple[Element, ...] = ()
    look: Element | None = None
    note: str = ""
    """The id of the footnote that it refers to."""
    end: str = ""
    """Whether a paragraph's end that has properties on both sides came (ins) or went (del)."""


WordToken: TypeAlias = Token[Piece]
WordChange: TypeAlias = Change[Piece]


@dataclass(frozen=True)
class Reading:
    """How one of the two documents is read: the text, and which bookmarks both share."""

    text: Text
    side: str
    shared: frozenset[str]

    def tokens(self, block: Block) -> list[WordToken]:
        """A paragraph's tokens; the last is its end."""
        found: list[WordToken] = []
        lead = list(block.lead)
        field_runs: list[Element] = []
        depth = 0
        for element in inlines_of(block.element):
            if element.tag in BOOKMARKS:
                lead.append(element)
                continue
            for part in _parts(element):
                depth += _opens(part)
                if depth or _opens(part):
                    field_runs.append(part)
                    if depth:
                        continue
                whole = tuple(field_runs) or (part,)
                field_runs = []
                found += self._tokens(whole, tuple(lead))
                lead = []
        if field_runs:
            found += self._tokens(tuple(field_runs), tuple(lead))
            lead = []
        properties = block.element.find(f"{W}pPr")
        return [*found, Token("", "", Piece(tuple(lead), look=properties), is_end=True)]

    def _tokens(self, elements: tuple[Element, ...], lead: tuple[Element, ...]) -> list[WordToken]:
        first = elements[0]
        look = first.find(f"{W}rPr") if first.tag == f"{W}r" else None
        if len(elements) == 1 and first.tag == f"{W}r" and first[-1].tag == f"{W}t":
            called = fingerprint([look], self.text) if look is not None else ""
            words = pieces(first[-1].text or "")
            leads = [lead, *([()] * len(words))]
            return [
                Token(f"{called}{word}", word, Piece(before, look=look))
                for word, before in zip(words, leads, strict=False)
            ]
        key = fingerprint(elements, self.text, side=self.side, shared=self.shared)
        reference = next((r for e in elements for r in e.iter(f"{W}footnoteReference")), None)
        note = "" if reference is None else str(reference.get(f"{W}id"))
        shown = "".join(text_of(element) for element in elements)
        return [Token(key, shown or "\ufffc", Piece(lead, elements, note=note), whole=True)]


def _parts(element: Element) -> Iterator[Element]:
    """A run as runs with one thing in each."""
    if element.tag != f"{W}r":
        yield element
        return
    look = element.find(f"{W}rPr")
    for child in element:
        if child is not look:
            run = etree.Element(f"{W}r", nsmap=element.nsmap)
            run.extend(deepcopy(part) for part in (look, child) if part is not None)
            run.tail = None
            yield run


def _opens(run: Element) -> int:
    """Whether a field begins (1) or ends (-1) in a run."""
    kinds = [mark.get(f"{W}fldCharType") for mark in run.iter(f"{W}fldChar")]
    return kinds.count("begin") - kinds.count("end")


@dataclass
class Stamp:
    """Who changed something, and when, on each mark of change."""

    author: str
    date: str
    incoming: Incoming

    def mark(self, tag: str) -> Element:
        """A mark of change: ins, del, or a change of properties."""
        made = etree.Element(f"{W}{tag}")
        made.set(f"{W}id", self.incoming.free())
        made.set(f"{W}author", self.author)
        made.set(f"{W}date", self.date)
        return made


@dataclass
class Writer:
    """Writes paragraphs of tokens. `read` are the texts that they come from, and `into` the one
    that is written."""

    stamp: Stamp
    old: Text
    into: Text
    _paragraph: Element | None = field(default=None, init=False)
    _last: tuple[str, str, Element] | None = field(default=None, init=False)
    """The run that was written last: its mark of change, its look, itself."""

    def paragraphs(
        self, changes: Iterable[WordChange], *, last_stays: bool = False
    ) -> list[Element]:
        """Paragraphs, each up to the token that ends it. With `last_stays` the end of the last one
        bears no mark: a note cannot lose it."""
        found: list[Element] = []
        all_changes = list(changes)
        for number, (before, after) in enumerate(all_changes, start=1):
            if self._paragraph is None:
                self._paragraph, self._last = etree.Element(f"{W}p"), None
            self._lead(before, after)
            token = after or before
            if token is not None and not token.is_end:
                self._inline(before, after)
                continue
            stays = last_stays and number == len(all_changes)
            properties = self._properties(before, after, stays=stays)
            if len(properties):
                self._paragraph.insert(0, properties)
            found.append(self._paragraph)
            self._paragraph = None
        return found

    def _lead(self, before: WordToken | None, after: WordToken | None) -> None:
        incoming = self.stamp.incoming
        old = [incoming.bookmark(mark) for mark in (before.content.lead if before else ())]
        new = [deepcopy(mark) for mark in (after.content.lead if after else ())]
        for mark in (one for one in (*old, *new) if one is not None):
            mark.tail = None
            self._put(mark)

    def _put(self, element: Element) -> None:
        """Changes of one kind that follow each other are one."""
        assert self._paragraph is not None
        before = self._paragraph[-1] if len(self._paragraph) else None
        if before is not None and before.tag == element.tag and element.tag in _MARKS:
            before.extend(element)
        else:
            self._paragraph.append(element)
        self._last = None

    def _inline(self, before: WordToken | None, after: WordToken | None) -> None:
        tag = "" if before and after else "ins" if after else "del"
        token = after or before
        assert token is not None
        if not token.content.elements:
            self._word(token, tag)
            return
        for element in token.content.elements:
            if after is None:
                made = self.stamp.incoming.adapted(element, self.old, self.into)
                for node in made.iter(*_GONE):
                    node.tag = _GONE[node.tag]
            else:
                made = deepcopy(element)
                made.tail = None
            if next(made.iter(f"{W}footnoteRef"), None) is not None:
                tag = ""  # the number of a note goes with its note
            self._put(self._marked(made, tag))

    def _marked(self, element: Element, tag: str) -> Element:
        if not tag:
            return element
        if element.tag in _ALONE:
            mark = self.stamp.mark(tag)
            mark.append(element)
            return mark
        for run in list(element.iter(f"{W}r")):
            mark = self.stamp.mark(tag)
            run.getparent().replace(run, mark)
            mark.append(run)
        return element

    def _word(self, token: WordToken, tag: str) -> None:
        """A word joins the run before it, where that looks the same."""
        called = token.key[: len(token.key) - len(token.text)]
        if self._last and self._last[:2] == (tag, called):
            text = self._last[2][-1]
            text.text += token.text
            return
        run = etree.Element(f"{W}r")
        if token.content.look is not None:
            run.append(deepcopy(token.content.look))
            run[-1].tail = None
        text = etree.SubElement(run, f"{W}delText" if tag == "del" else f"{W}t")
        text.text = token.text
        text.set(_SPACE, "preserve")
        self._put(self._marked(run, tag))
        self._last = (tag, called, run)

    def _properties(
        self, before: WordToken | None, after: WordToken | None, *, stays: bool
    ) -> Element:
        """A paragraph's properties, with what was changed in them, and whether its end is new or
        gone: then it is one with the next where that is accepted, or refused."""
        incoming = self.stamp.incoming
        old = incoming.properties(before.content.look) if before else []
        new = [deepcopy(p) for p in _all(after)] if after else []
        made = etree.Element(f"{W}pPr")
        shown = new if after else old
        made.extend(p for p in shown if p.tag != f"{W}rPr")
        look = next((p for p in shown if p.tag == f"{W}rPr"), None)
        tag = "del" if after is None else "ins" if before is None else after.content.end
        if tag and not stays:
            look = look if look is not None else etree.Element(f"{W}rPr")
            look.insert(0, self.stamp.mark(tag))
        if look is not None:
            made.append(look)
        if before and after and _of_paragraph(old) != _of_paragraph(new):
            change = self.stamp.mark("pPrChange")
            etree.SubElement(change, f"{W}pPr").extend(old)
            made.append(change)
        return made


def _all(token: WordToken) -> Iterable[Element]:
    return token.content.look if token.content.look is not None else ()


def _of_paragraph(properties: Iterable[Element]) -> str:
    return fingerprint(p for p in properties if p.tag not in {f"{W}rPr", f"{W}sectPr"})
