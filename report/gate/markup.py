"""XML: JATS, SVG, and the parts of Word, Excel and OpenDocument files."""

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from lxml import etree

from report.gate import uris
from report.gate.attributes import HIDDEN, INLINE, SHOWN, is_drawing, is_number
from report.gate.passage import Part, Passage, Unreadable
from report.gate.plain import code_text, decoded

_Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no other name for it

_OFFICE: Final = re.compile(r"openxmlformats\.org|purl\.oclc\.org/ooxml|schemas\.microsoft\.com")
_OFFICE_BREAKS: Final = {"p", "tc", "tr", "si", "row", "c", "comment"}
_OFFICE_SPACES: Final = {"br", "cr", "tab", "ptab", "vertAlign"}
_CELLS: Final = frozenset({"r", "ref", "spans", "sqref", "activeCell", "topLeftCell"})
"""Addresses in a sheet: M1 is one."""
_RAISED: Final = {"sup", "sub"}
_CODE: Final = {"script", "style"}
_FIELDS: Final = {"instrText", "delInstrText"}
_DOCTYPE: Final = re.compile(r"(?s)<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>")
_PROLOGUE: Final = 100_000
"""In so many bytes, declarations stand."""
_BREAK: Final = "\u2029"  # Unicode's own mark of a paragraph's end


def read(content: bytes) -> Iterator[Passage | Part]:
    """All texts as one flow, attributes, comments, processing instructions, declarations.

    Raises Unreadable where it is no XML. Entities are not followed: their declarations are read.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=True, load_dtd=False
    )
    try:
        root = etree.fromstring(content.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable("this file, or a part of it, is not proper XML") from None
    if found := _DOCTYPE.search(decoded(content[:_PROLOGUE])):
        yield Passage("declaration", found[0], kind="machine")
    yield from _asides(root)
    is_office = bool(_OFFICE.search(etree.QName(root).namespace or "")) or any(
        _OFFICE.search(uri) for uri in root.nsmap.values()
    )
    yield from _marked(root, office=is_office)
    yield from _texts(root)


def _asides(root: _Element) -> Iterator[Passage | Part]:
    """Comments and processing instructions. The text on both of their sides is one, so they are
    taken out."""
    aside = root.getroottree().xpath("//comment()|//processing-instruction()")
    for number, node in enumerate(aside if isinstance(aside, list) else [], start=1):
        kind = "comment" if node.tag is etree.Comment else "processing instruction"
        text = f"{getattr(node, 'target', None) or ''} {node.text or ''}".strip()
        yield from _with_data(f"{kind} {number}", text, "text")
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)


def _marked(root: _Element, *, office: bool) -> Iterator[Passage | Part]:
    """Attributes, programs and styles, names that are no words of a format. Marks in the tree where
    a paragraph, cell or the like ends."""
    seen: set[tuple[str, str]] = set()
    local: dict[str, str] = {}
    spaces = {f"{prefix or ''} {uri}": None for prefix, uri in root.nsmap.items()}
    for element in root.iter(etree.Element):
        tag = element.tag
        if (name := local.get(tag)) is None:
            name = local[tag] = tag.rpartition("}")[2]
            yield Passage("name of an element", name, kind="machine")
        cells = _CELLS if "spreadsheetml" in tag else frozenset()
        for key, value in element.items():
            if (key, value) not in seen and key not in cells:
                seen.add((key, value))
                yield from _attribute(local, key, value, element.sourceline or 0)
        if office:
            yield from _office(element, name)
        elif name in _CODE and element.text:
            yield from code_text(element.text, f"{name} on line {element.sourceline}")
            element.text = None
        elif name in _RAISED or (name == "s" and not len(element) and not element.text):
            element.text = f" {element.text or ''}"
        elif name not in INLINE:
            element.text = f"{_BREAK}{element.text or ''}"
            element.tail = f"{_BREAK}{element.tail or ''}"
    spaces |= {tag.rpartition("}")[0]: None for tag in local}
    for space in spaces:
        yield Passage("name of a namespace", space, kind="machine")


def _attribute(local: dict[str, str], key: str, value: str, line: int) -> Iterator[Passage | Part]:
    if (name := local.get(key)) is None:
        name = local[key] = key.rpartition("}")[2]
        yield Passage("name of an attribute", name, kind="machine")
    if name in HIDDEN or is_number(value) or is_drawing(name, value):
        return
    place = f"attribute {name} on line {line}"
    yield from _with_data(place, value, "text" if name in SHOWN else "machine")


def _office(element: _Element, name: str) -> Iterator[Passage | Part]:
    if name in _FIELDS:
        yield Passage("field", element.text or "", "fields")
        element.text = None
    elif name == "f":
        yield Passage("formula", element.text or "", kind="code")
        element.text = None
    elif name in _OFFICE_SPACES:
        element.tail = " "
    elif name == "noBreakHyphen":
        element.text = "-"
    elif name in _OFFICE_BREAKS or "}" not in element.tag or not _is_word(element.tag):
        element.text = f"{_BREAK}{element.text or ''}"
        element.tail = f"{_BREAK}{element.tail or ''}"


def _is_word(tag: str) -> bool:
    """Whether an element is of a text with runs, which go on from one to the next."""
    return "wordprocessingml" in tag or "drawingml" in tag or "spreadsheetml" in tag


def _texts(root: _Element) -> Iterator[Passage]:
    """Paragraphs. Where changes are tracked, the text is read as it is and as it was."""
    deleted = list(root.iter("{*}delText"))
    kept = [(node, node.text) for node in root.iter("{*}ins") for node in node.iter("{*}t")]
    if deleted or kept:
        for node, _ in kept:
            node.text = None
        yield from _paragraphs(root, "paragraph before changes, number", "before changes")
        for node, text in kept:
            node.text = text
        for node in deleted:
            node.text = None
    yield from _paragraphs(root, "paragraph", "text")


def _paragraphs(root: _Element, place: str, flow: str) -> Iterator[Passage]:
    number = 0
    for text in "".join(root.itertext()).split(_BREAK):
        if shown := " ".join(text.split()):
            number += 1
            yield Passage(f"{place} {number}", shown, flow)


def _with_data(place: str, text: str, kind: str) -> Iterator[Passage | Part]:
    rest, parts = uris.split(text, place) if "data:" in text else (text, ())
    yield from parts
    yield Passage(place, rest, kind="text" if kind == "text" else "machine")
