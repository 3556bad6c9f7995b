"""The lines of a web page, which are paragraphs, headings, cells and the like: as words and what is
never split, and written with insertions and deletions."""

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Final, TypeAlias, TypeGuard

from lxml import etree, html

from report.redline.changes import Change, Token, pieces
from report.redline.marking import Marking

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no other name for it
Run: TypeAlias = "list[Element | str]"
"""Text and inline elements that follow each other, as an element holds them."""
Item: TypeAlias = "Element | Run"

_INLINE: Final = frozenset(
    "a abbr b bdi bdo br button cite code data del dfn em i img input ins kbd label mark math q "  # noqa: SIM905
    "ruby rp rt s samp small span strong sub sup svg time u var wbr".split()
)
_WHOLE: Final = frozenset(
    {"a", "br", "button", "code", "img", "input", "label", "math", "svg", "wbr"}
)
"""What is never split."""
_OWN: Final = frozenset({"id", "aria-labelledby", "style"})
"""Attributes that may differ though the element is the same."""
_SPACE: Final = re.compile(r"\s+")
_PILCROW: Final = "¶"


@dataclass(frozen=True, eq=False)
class Inline:
    """What a token is on a page: a word in these elements, the outermost first, or an element."""

    path: tuple[Element, ...]
    whole: Element | None = None


WebToken: TypeAlias = Token[Inline]
WebChange: TypeAlias = Change[Inline]


def is_block(item: Item) -> TypeGuard[Element]:
    """Whether an item is an element of its own, and no line of text."""
    return not isinstance(item, list)


def items_of(element: Element) -> list[Item]:
    """What an element holds: blocks, and lines of what is not in one."""
    found: list[Item] = []
    run: Run = [element.text or ""]
    for child in element:
        if child.tag in _INLINE:
            run += [child, child.tail or ""]
        elif isinstance(child.tag, str):
            found += [run, child]
            run = [child.tail or ""]
        else:  # a comment
            run.append(child.tail or "")
    found.append(run)
    return [item for item in found if is_block(item) or _holds(item)]


def _holds(run: Run) -> bool:
    return any(not isinstance(node, str) or node.strip() for node in run)


def tokens_of(items: Sequence[Item]) -> list[WebToken]:
    """The tokens of lines, or of paragraphs, between which one ends."""
    found: list[WebToken] = []
    for number, item in enumerate(items):
        if number:
            found.append(Token("", "", Inline(()), is_end=True))
        for run in items_of(item) if is_block(item) else [item]:
            if not is_block(run):
                found += _inlines(run, (), keeps_space=is_block(item) and item.tag == "pre")
    return found


def _inlines(run: Run, path: tuple[Element, ...], *, keeps_space: bool) -> Iterator[WebToken]:
    called = "".join(map(_called, path))
    for node in run:
        if isinstance(node, str):
            text = node if keeps_space else _SPACE.sub(" ", node)
            for piece in pieces(text):
                yield Token(f"{called}{piece}", piece, Inline(path))
        elif not isinstance(node.tag, str):
            continue
        elif node.tag in _WHOLE or "math" in (node.get("class") or "").split() or _is_empty(node):
            said = "".join(node.itertext())
            yield Token(f"{called}{_key(node)}", said or "\ufffc", Inline(path, node), whole=True)
        else:
            inner: Run = [node.text or ""]
            for child in node:
                inner += [child, child.tail or ""]
            yield from _inlines(inner, (*path, node), keeps_space=keeps_space)


def _is_empty(element: Element) -> bool:
    return not len(element) and not element.text


def _called(element: Element) -> str:
    """An element by its tag and attributes."""
    named = sorted(f"{key}={value}" for key, value in element.items() if key not in _OWN)
    return f"<{element.tag} {named}>"


def _key(element: Element) -> str:
    """What a whole element shows. The number of a note is no matter: notes are counted anew."""
    if "footnote-ref" in (element.get("class") or "").split():
        return "<note>"
    bare = deepcopy(element)
    bare.tail = None
    bare.attrib.pop("id", None)
    return str(html.tostring(bare, encoding="unicode"))


@dataclass
class Lines:
    """What the lines of a page share: their words, the links between changes, ids."""

    marking: Marking
    was: Element
    """The page as it was."""
    links: list[Element] = field(default_factory=list)
    gone: list[Element] = field(default_factory=list)
    """Elements that went, whose ids may be those of others now."""

    def change(self, *, is_old: bool) -> Element:
        """An insertion or a deletion."""
        made = etree.Element("del" if is_old else "ins")
        made.set("data-change", self.marking.deleted if is_old else self.marking.inserted)
        return made

    def link(self) -> Element:
        """The link from a stretch of changes to the next."""
        made = etree.Element("a")
        made.set("class", "change-next")
        made.text = self.marking.following
        self.links.append(made)
        return made

    def disown(self, element: Element) -> None:
        """Keep an element's ids, and those of all in it, apart from those of the new page."""
        self.gone += element.iter()

    def join(self, page: Element) -> None:
        """Let each link lead to the next, the last to the first, and links in what went to what is
        there still."""
        for number, link in enumerate(self.links, start=1):
            link.set("id", f"change-{number}")
            link.set("href", f"#change-{number % len(self.links) + 1}")
        for element in self.gone:
            if identifier := element.get("id"):
                element.set("id", f"was-{identifier}")
        known, labels = _by_id(page).keys(), _by_id(self.was)
        for element in self.gone:
            for name in ("aria-labelledby", "for"):
                if (target := element.get(name)) and f"was-{target}" in known:
                    element.set(name, f"was-{target}")
                elif target and name == "aria-labelledby":  # its label is that of another now
                    del element.attrib[name]
                    label = " ".join("".join(labels[target].itertext()).split())
                    element.set("aria-label", f"{self.marking.deleted} {label}")
            target = element.get("href") or ""
            if target.startswith("#"):
                choices = (f"was-{target[1:]}", target[1:])
                found = next((name for name in choices if name in known), "")
                element.set("href", f"#{found}")
                if not found:
                    del element.attrib["href"]


def _by_id(page: Element) -> dict[str, Element]:
    return {str(element.get("id")): element for element in page.iter() if element.get("id")}


@dataclass
class Line:
    """Writes into one element. Insertions and deletions stand within bold type and the like, where
    both sides have it."""

    lines: Lines
    element: Element
    linked: bool = True
    _stack: list["_Open"] = field(default_factory=list)
    _changed: bool = False

    def write(self, changes: Iterable[WebChange]) -> None:
        """All of a line."""
        for change in changes:
            self.put(change)
        self.close()

    def close(self) -> None:
        """Ends the line; where something changed in it, a link leads on."""
        if self._changed and self.linked:
            self.element.append(self.lines.link())

    def put(self, change: WebChange) -> None:
        """A token: as it is, or within an insertion or deletion."""
        before, after = change
        token = after or before
        assert token is not None
        if token.is_end and before and after:
            return
        into = self._opened(before, after)
        if before is None or after is None:
            self._changed = True
            into = self._change(into, is_old=after is None)
        if token.is_end:
            _say(into, _PILCROW)
        elif token.content.whole is None:
            _say(into, token.text)
        else:
            made = deepcopy(token.content.whole)
            made.tail = None
            if after is None:
                self.lines.disown(made)
            into.append(made)

    def _opened(self, before: WebToken | None, after: WebToken | None) -> Element:
        """The innermost of the elements that a token stands in."""
        old = before.content.path if before else None
        new = after.content.path if after else None
        path = new if new is not None else old or ()
        depth = 0
        while depth < min(len(self._stack), len(path)):
            own = old[depth] if old is not None else None
            if not self._stack[depth].takes(own, new[depth] if new is not None else None):
                break
            depth += 1
        del self._stack[depth:]
        for level in range(depth, len(path)):
            made = etree.Element(path[level].tag)
            made.attrib.update(path[level].attrib)
            if new is None:
                self.lines.disown(made)
            (self._stack[-1].made if self._stack else self.element).append(made)
            self._stack.append(
                _Open(
                    made,
                    old[level] if old is not None else None,
                    new[level] if new is not None else None,
                )
            )
        return self._stack[-1].made if self._stack else self.element

    def _change(self, into: Element, *, is_old: bool) -> Element:
        last = into[-1] if len(into) else None
        wanted = "del" if is_old else "ins"
        if last is not None and last.tag == wanted and last.get("data-change") and not last.tail:
            return last
        made = self.lines.change(is_old=is_old)
        into.append(made)
        return made


@dataclass
class _Open:
    """An element that is being written, and which it is on each side, where it was met there."""

    made: Element
    old: Element | None
    new: Element | None

    def takes(self, old: Element | None, new: Element | None) -> bool:
        """Whether a token of these elements goes on in it."""
        some = old if old is not None else new
        assert some is not None
        known = self.new if self.new is not None else self.old
        assert known is not None
        if _called(some) != _called(known):
            return False
        if any(
            a is not None and b is not None and a is not b
            for a, b in ((self.old, old), (self.new, new))
        ):
            return False
        self.old = self.old if self.old is not None else old
        self.new = self.new if self.new is not None else new
        return True


def _say(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
