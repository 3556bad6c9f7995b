"""What the old document brings into the new one's package, so that its words can stand there:
pictures, links, lists, notes, styles and bookmarks, each under an id that is free."""

import hashlib
import posixpath
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from report.redline.word_source import (
    NUMBERING,
    REF,
    STYLES,
    Element,
    R,
    Relation,
    Source,
    Text,
    W,
    fingerprint,
)

_TYPES: Final = "[Content_Types].xml"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT: Final = "http://schemas.openxmlformats.org/package/2006/content-types"


@dataclass
class Incoming:
    """Takes in what is asked for, once; `write` puts it all into the new document's parts."""

    old: Source
    new: Source
    shared: frozenset[str]
    """The bookmarks that stand at the same place in both."""
    _last: int = 0
    _relations: dict[tuple[str, str], str] = field(default_factory=dict)
    _lists: dict[str, str] = field(default_factory=dict)
    _bookmarks: dict[str, str] = field(default_factory=dict)
    _notes: dict[str, str] = field(default_factory=dict)
    _brought: dict[str, dict[str, Relation]] = field(default_factory=dict)
    """By text, ids and what each stands for."""

    def __post_init__(self) -> None:
        texts = [self.new.document.root, *([self.new.notes.root] if self.new.notes else [])]
        used = [n.get(f"{W}id") for t in texts for n in t.iter(f"{W}bookmarkStart", f"{W}footnote")]
        self._last = max((int(i) for i in used), default=0)

    def free(self) -> str:
        """An id that nothing in the document has."""
        self._last += 1
        return str(self._last)

    def relation(self, text: Text, identifier: str, into: Text) -> str:
        """The id, in a text of the new document, of what an old text calls by this one."""
        wanted = text.relations[identifier]
        for known, relation in into.relations.items():
            if relation.identity == wanted.identity:
                return known
        key = (into.name, wanted.identity)
        if key not in self._relations:
            self._relations[key] = made = f"rIdWas{len(self._relations) + 1}"
            self._brought.setdefault(into.name, {})[made] = wanted
        return self._relations[key]

    def pair_lists(self, old: Element | None, new: Element | None) -> None:
        """Lists of which two items are the same item are one list, if they are of one kind."""
        before, after = _number(old), _number(new)
        if before is not None and after is not None:
            is_same = _definition(self.old, before) == _definition(self.new, after)
            if is_same and before.get(f"{W}val") not in self._lists:
                self._lists[str(before.get(f"{W}val"))] = str(after.get(f"{W}val"))

    def properties(self, old: Element | None) -> list[Element]:
        """An old paragraph's properties as they are in the new document; none of its mark's."""
        kept = [deepcopy(p) for p in (old if old is not None else ()) if p.tag != f"{W}rPr"]
        for number in (node for p in kept for node in p.iter(f"{W}numId")):
            number.set(f"{W}val", self._list(str(number.get(f"{W}val"))))
        return kept

    def note(self, identifier: str) -> str:
        """The id of a note that is in the old document only."""
        if identifier not in self._notes:
            self._notes[identifier] = self.free()
        return self._notes[identifier]

    def bookmark(self, element: Element) -> Element | None:
        """A bookmark's start or end; none where the new document has it at the same place."""
        identifier = str(element.get(f"{W}id"))
        name = self.old.bookmarks.get(identifier, "")
        if name in self.shared or not name:
            return None
        if identifier not in self._bookmarks:
            self._bookmarks[identifier] = self.free()
        made = deepcopy(element)
        made.tail = None
        made.set(f"{W}id", self._bookmarks[identifier])
        if made.get(f"{W}name"):
            made.set(f"{W}name", self._name(name))
        return made

    def adapted(self, element: Element, text: Text, into: Text) -> Element:
        """A copy of an old element whose references hold in a text of the new document."""
        made = deepcopy(element)
        made.tail = None
        for node in list(made.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
            node.getparent().remove(node)
        for node in made.iter():
            for key, value in node.items():
                if key.startswith(R) and value in text.relations:
                    node.set(key, self.relation(text, value, into))
                elif key == f"{W}anchor":
                    node.set(key, self._name(value))
            if node.tag == f"{W}footnoteReference":
                node.set(f"{W}id", self.note(str(node.get(f"{W}id"))))
            elif node.tag.endswith(("}docPr", "}cNvPr")):
                node.set("id", self.free())
            elif node.tag == f"{W}instrText":
                node.text = REF.sub(lambda code: code[1] + self._name(code[2]), node.text or "")
        return made

    def write(self, parts: dict[str, bytes]) -> None:
        """Add what was taken in to the new document's files: media, relations, lists, styles."""
        types = etree.fromstring(parts[_TYPES])
        for name, brought in self._brought.items():
            folder, file = posixpath.split(name)
            listed = f"{folder}/_rels/{file}.rels"
            root = etree.fromstring(
                parts.get(listed, f'<Relationships xmlns="{_RELATIONS}"/>'.encode())
            )
            for made, relation in brought.items():
                target = relation.target
                if relation.content is not None:
                    target = f"media/{made}{posixpath.splitext(target)[1]}"
                    parts[f"{folder}/{target}"] = relation.content
                    _declare(types, self.old, relation.target, f"/{folder}/{target}")
                attributes = {"Id": made, "Type": relation.kind, "Target": target}
                if relation.mode:
                    attributes["TargetMode"] = relation.mode
                etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", attributes)
            parts[listed] = written(root)
        parts[_TYPES] = written(types)
        if self.new.numbering is not None:
            parts[NUMBERING] = written(self.new.numbering)
        self._write_styles(parts)

    def _write_styles(self, parts: dict[str, bytes]) -> None:
        """Styles that only the old document has."""
        ours, theirs = etree.fromstring(parts[STYLES]), etree.fromstring(self.old.parts[STYLES])
        known = {style.get(f"{W}styleId") for style in ours.iter(f"{W}style")}
        for style in theirs.iter(f"{W}style"):
            if style.get(f"{W}styleId") not in known:
                ours.append(deepcopy(style))
        parts[STYLES] = written(ours)

    def _name(self, name: str) -> str:
        """What a bookmark of the old document is called."""
        is_taken = name not in self.shared and name in self.new.bookmarks.values()
        if not is_taken or name not in self.old.bookmarks.values():
            return name
        return f"_was_{hashlib.sha256(name.encode()).hexdigest()[:12]}"

    def _list(self, number: str) -> str:
        """The number of an old list: that of its pair, or one of its own."""
        if number not in self._lists:
            found, root = self.old.list_of(number), self.new.numbering
            if found is None or root is None or number == "0":
                return number
            own, kind = (deepcopy(one) for one in found)
            kinds, lists = list(root.iter(f"{W}abstractNum")), list(root.iter(f"{W}num"))
            of_kind = str(max((int(k.get(f"{W}abstractNumId")) for k in kinds), default=0) + 1)
            made = str(max((int(n.get(f"{W}numId")) for n in lists), default=0) + 1)
            kind.set(f"{W}abstractNumId", of_kind)
            own.set(f"{W}numId", made)
            own.find(f"{W}abstractNumId").set(f"{W}val", of_kind)
            root.insert(root.index(kinds[-1]) + 1 if kinds else 0, kind)
            root.insert(root.index(lists[-1]) + 1 if lists else len(root), own)
            self._lists[number] = made
        return self._lists[number]


def written(root: Element) -> bytes:
    """The XML of a part."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _number(properties: Element | None) -> Element | None:
    return None if properties is None else properties.find(f"{W}numPr/{W}numId")


def _definition(source: Source, number: Element) -> str:
    """A list without its numbers."""
    found = source.list_of(str(number.get(f"{W}val")))
    parts = [part for one in found or () for part in one]
    named = {f"{W}abstractNumId", f"{W}nsid"}
    return fingerprint(part for part in parts if part.tag not in named)


def _declare(types: Element, source: Source, target: str, path: str) -> None:
    """Say of what kind a file is, as the old document says it of its own."""
    listed = etree.fromstring(source.parts[_TYPES])
    kind = next(
        (t.get("ContentType") for t in listed if t.get("PartName") == f"/word/{target}"), ""
    )
    ending = posixpath.splitext(target)[1].lstrip(".")
    of_ending = (t.get("ContentType") for t in listed if t.get("Extension") == ending)
    attributes = {"PartName": path, "ContentType": kind or next(of_ending)}
    etree.SubElement(types, f"{{{_CONTENT}}}Override", attributes)
