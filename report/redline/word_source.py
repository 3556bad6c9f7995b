"""A Word document that is read: its texts, and what they refer to by id."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

from lxml import etree

from report.model.checksum import checksum
from report.renderers.word_parts import parts_of

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no other name for it

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
BOOKMARKS: Final = frozenset({f"{W}bookmarkStart", f"{W}bookmarkEnd"})
REF: Final = re.compile(r"^(\s*REF\s+)(\S+)")
"""The code of a field that refers to a bookmark, by its group 2."""
DOCUMENT: Final = "word/document.xml"
NOTES: Final = "word/footnotes.xml"
NUMBERING: Final = "word/numbering.xml"
STYLES: Final = "word/styles.xml"
_WORDS: Final = frozenset(f"{W}{tag}" for tag in ("t", "delText", "instrText")) | {f"{M}t"}
_DRAWN: Final = ("}docPr", "}cNvPr")
_CHANGES: Final = frozenset({f"{W}ins", f"{W}moveTo"})
_GONE: Final = frozenset({f"{W}del", f"{W}moveFrom", f"{W}proofErr"})


@dataclass(frozen=True)
class Relation:
    """What an id of a part stands for; `content` is that of a file in the package."""

    kind: str
    target: str
    mode: str
    content: bytes | None

    @cached_property
    def identity(self) -> str:
        """What is the same in two documents that refer to the same."""
        if self.content is None:
            return f"{self.kind} {self.target}"
        return f"{self.kind} {checksum(self.content)}"


@dataclass(frozen=True)
class Text:
    """A part of a document that holds paragraphs."""

    name: str
    root: Element
    relations: Mapping[str, Relation]


@dataclass(frozen=True)
class Block:
    """A paragraph or a table, and the bookmarks that begin or end before it."""

    element: Element
    lead: tuple[Element, ...]

    @property
    def is_table(self) -> bool:
        """Whether it is a table, and no paragraph."""
        return bool(self.element.tag == f"{W}tbl")


@dataclass(frozen=True)
class Source:
    """A Word document."""

    package: bytes

    @cached_property
    def parts(self) -> dict[str, bytes]:
        """Its files by name."""
        return parts_of(self.package)

    @cached_property
    def document(self) -> Text:
        """Its main text."""
        return self.text(DOCUMENT)

    @cached_property
    def notes(self) -> Text | None:
        """Its footnotes; none where it has no place for them."""
        return self.text(NOTES) if NOTES in self.parts else None

    def text(self, name: str) -> Text:
        """One of its texts by the name of the file."""
        return Text(name, etree.fromstring(self.parts[name]), dict(self._relations(name)))

    def note(self, identifier: str) -> Element | None:
        """The footnote of that id."""
        if self.notes is None:
            return None
        notes = self.notes.root.iter(f"{W}footnote")
        return next((note for note in notes if note.get(f"{W}id") == identifier), None)

    @cached_property
    def bookmarks(self) -> Mapping[str, str]:
        """Names of bookmarks by id."""
        found = self.document.root.iter(f"{W}bookmarkStart")
        return {str(b.get(f"{W}id")): str(b.get(f"{W}name")) for b in found}

    @cached_property
    def numbering(self) -> Element | None:
        """Its lists."""
        return etree.fromstring(self.parts[NUMBERING]) if NUMBERING in self.parts else None

    def list_of(self, number: str) -> tuple[Element, Element] | None:
        """A list by its number: the list, and the kind of list that it is one of."""
        root = self.numbering
        if root is None:
            return None
        own = next((n for n in root.iter(f"{W}num") if n.get(f"{W}numId") == number), None)
        if own is None:
            return None
        kind = own.find(f"{W}abstractNumId").get(f"{W}val")
        kinds = root.iter(f"{W}abstractNum")
        return own, next(k for k in kinds if k.get(f"{W}abstractNumId") == kind)

    def _relations(self, name: str) -> Iterator[tuple[str, Relation]]:
        folder, file = posixpath.split(name)
        listed = f"{folder}/_rels/{file}.rels"
        for one in etree.fromstring(self.parts[listed]) if listed in self.parts else ():
            target, mode = str(one.get("Target")), str(one.get("TargetMode") or "")
            path = posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
            content = None if mode == "External" else self.parts.get(path)
            yield str(one.get("Id")), Relation(str(one.get("Type")), target, mode, content)


def blocks_of(container: Element) -> tuple[list[Block], tuple[Element, ...]]:
    """The paragraphs and tables of a body, a cell or a note, and the bookmarks after the last."""
    found: list[Block] = []
    lead: list[Element] = []
    for child in _unwrapped(container):
        if child.tag in BOOKMARKS:
            lead.append(child)
        elif child.tag in {f"{W}p", f"{W}tbl"}:
            found.append(Block(child, tuple(lead)))
            lead = []
    return found, tuple(lead)


def inlines_of(paragraph: Element) -> Iterator[Element]:
    """What stands in a paragraph. Changes that were tracked in it before are accepted."""
    for child in paragraph:
        if child.tag in _CHANGES:
            yield from inlines_of(child)
        elif child.tag not in _GONE and child.tag != f"{W}pPr":
            yield child


def _unwrapped(container: Element) -> Iterator[Element]:
    for child in container:
        if child.tag == f"{W}sdt":
            yield from _unwrapped(child.find(f"{W}sdtContent"))
        else:
            yield child


def text_of(element: Element) -> str:
    """The words in an element, and what tells a picture from others."""
    return "".join(node.text or "" for node in element.iter(f"{W}t", f"{M}t"))


def fingerprint(
    elements: Iterable[Element],
    text: Text | None = None,
    *,
    side: str = "",
    shared: frozenset[str] | None = None,
) -> str:
    """What is the same for elements that show the same, whatever ids they use in their `text`.

    A reference to a bookmark whose name is not among the `shared` ones is of its `side` only; with
    none, all names are.
    """
    relations = text.relations if text else {}

    def attribute(element: Element, key: str, value: str) -> str:
        if key.startswith(R) and value in relations:
            return relations[value].identity
        if key == f"{W}anchor" and shared is not None and value not in shared:
            return f"{side} {value}"
        is_counted = element.tag == f"{W}footnoteReference" or element.tag.endswith(_DRAWN)
        return "" if is_counted and key.endswith("id") else value

    def shown(element: Element) -> str:
        if element.tag in BOOKMARKS or not isinstance(element.tag, str):
            return ""
        words = (element.text or "") if element.tag in _WORDS else ""
        if element.tag == f"{W}instrText" and shared is not None:
            code = REF.match(words)
            words = f"{side} {words}" if code and code[2] not in shared else words
        said = sorted(f"{k}={attribute(element, k, v)}" for k, v in element.items())
        return f"<{element.tag} {said}>{words}{''.join(map(shown, element))}</>"

    return "".join(map(shown, elements))


def children(element: Element | None, tags: Sequence[str]) -> list[Element]:
    """The children with these tags, or none where there is no element."""
    return [] if element is None else [child for child in element if child.tag in tags]
