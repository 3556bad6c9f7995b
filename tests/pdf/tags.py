"""The tags of a PDF: what a screen reader is given. Names are those of ISO 32000-1, 14.8."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from tests.pdf.content import Piece, pieces

INLINE = {"Span", "Strong", "Em", "Link", "Code", "Quote", "Reference"}


@dataclass(frozen=True)
class Link:
    """An annotation that belongs to an element, with its alternative text."""

    kind: str
    contents: str


@dataclass(frozen=True)
class Element:
    """A tag, and what it holds: elements, text and annotations, in reading order."""

    tag: str
    properties: dict[str, str]
    attributes: dict[str, Any]
    children: tuple["Element | Link | Piece", ...]

    @property
    def text(self) -> str:
        """The text, blocks on lines of their own."""
        said = "".join(words for _, words in self.spoken(""))
        return said + ("" if self.tag in INLINE else "\n")

    @property
    def elements(self) -> list["Element"]:
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def links(self) -> list[Link]:
        return [child for child in self.children if isinstance(child, Link)]

    def walk(self) -> Iterator["Element"]:
        """Itself and all elements below, in reading order."""
        yield self
        for element in self.elements:
            yield from element.walk()

    def all(self, *tags: str) -> Iterator["Element"]:
        """The elements with one of these tags, itself or below, in reading order."""
        return (element for element in self.walk() if element.tag in tags)

    def spoken(self, language: str) -> Iterator[tuple[str, str]]:
        """Each text with the language that it is to be spoken in."""
        language = self.properties.get("Lang", language)
        for child in self.children:
            if isinstance(child, Piece):
                yield child.language or language, child.words
            elif isinstance(child, Element):
                yield from child.spoken(language)
                if child.tag not in INLINE:
                    yield language, "\n"


@dataclass(frozen=True)
class Tagged:
    """A tagged PDF. `standard` maps tags that the standard has not to those that stand in."""

    language: str
    document: Element
    standard: dict[str, str]
    outline: tuple[tuple[int, str], ...]
    is_marked: bool
    shows_title: bool
    metadata: dict[str, str]
    unread: int
    """Pieces of tagged content on the pages that no tag holds."""


@cache
def read(file: Path) -> Tagged:
    with pikepdf.open(file) as pdf:
        texts = {
            (number, mcid): piece
            for number, page in enumerate(pdf.pages)
            for mcid, piece in pieces(page).items()
        }
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        tree = pdf.Root.StructTreeRoot
        held: list[tuple[int, int]] = []
        (top,) = _list(tree.K)
        document = _element(top, numbers, texts, held)
        assert len(held) == len(set(held)), "a piece of content is read twice"
        with pdf.open_metadata() as metadata:
            keys = ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance")
            about = {key: str(metadata[key]) for key in keys} | {"title": metadata["dc:title"]}
        with pdf.open_outline() as outline:
            bookmarks = tuple(_bookmarks(outline.root, 1))
        return Tagged(
            language=str(pdf.Root.Lang),
            document=document,
            standard={key[1:]: str(role)[1:] for key, role in tree.get("/RoleMap", {}).items()},
            outline=bookmarks,
            is_marked=bool(pdf.Root.MarkInfo.Marked) and not pdf.Root.MarkInfo.get("/Suspects"),
            shows_title=bool(pdf.Root.ViewerPreferences.DisplayDocTitle),
            metadata=about,
            unread=len(set(texts) - set(held)),
        )


def _element(
    item: Object,
    numbers: dict[tuple[int, int], int],
    texts: dict[tuple[int, int], Piece],
    held: list[tuple[int, int]],
) -> Element:
    children: list[Element | Link | Piece] = []
    for child in _list(item.get(Name.K, Array())):
        if isinstance(child, int) or child.get(Name.Type) == Name.MCR:
            page = item.Pg if isinstance(child, int) else child.get(Name.Pg, item.get(Name.Pg))
            key = numbers[page.objgen], int(child if isinstance(child, int) else child.MCID)
            held.append(key)
            children.append(texts.get(key, Piece("", "")))
        elif child.get(Name.Type) == Name.OBJR:
            note = child.Obj
            children.append(Link(str(note.Subtype), str(note.get(Name.Contents, ""))))
        else:
            assert child.P.objgen == item.objgen, "an element has another parent than holds it"
            children.append(_element(child, numbers, texts, held))
    properties = {
        key: str(item[f"/{key}"])
        for key in ("Alt", "ActualText", "E", "ID", "Lang", "T")
        if f"/{key}" in item
    }
    attributes = {
        key[1:]: value
        for part in _list(item.get(Name.A, Array()))
        if isinstance(part, Dictionary)
        for key, value in _plain(part).items()
    }
    return Element(str(item.S)[1:], properties, attributes, tuple(children))


def _plain(item: Dictionary) -> dict[str, Any]:
    return {
        key: [str(part) for part in value] if isinstance(value, Array) else str(value)
        for key, value in item.items()
    }


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, Array) else [value]


def _bookmarks(items: list[pikepdf.OutlineItem], level: int) -> Iterator[tuple[int, str]]:
    for item in items:
        yield level, str(item.title)
        yield from _bookmarks(item.children, level + 1)
