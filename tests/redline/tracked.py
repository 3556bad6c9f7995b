"""Tracked changes of Word accepted and refused as the standard (ISO/IEC 29500-1, 17.13.5) says, and
what a document comes to, whatever ids it uses. Shares no code with the redline."""

import hashlib
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TEXTS = ("word/document.xml", "word/footnotes.xml")


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def accepted(content: bytes) -> bytes:
    return _settled(content, kept="ins", gone="del")


def refused(content: bytes) -> bytes:
    return _settled(content, kept="del", gone="ins")


def _settled(content: bytes, *, kept: str, gone: str) -> bytes:
    read = parts(content)
    for name in TEXTS:
        root = etree.fromstring(read[name])
        _settle(root, kept, gone)
        read[name] = etree.tostring(root)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        for name, part in read.items():
            package.writestr(name, part)
    return written.getvalue()


def _settle(root: Any, kept: str, gone: str) -> None:
    _settle_rows(root, kept, gone)
    _settle_properties(root, is_accepted=kept == "ins")
    lost = _lost_ends(root, kept, gone)
    for mark in list(root.iter(f"{W}{gone}")):
        mark.getparent().remove(mark)
    for mark in list(root.iter(f"{W}{kept}")):
        parent = mark.getparent()
        at = parent.index(mark)
        parent[at : at + 1] = list(mark)
    for link in list(root.iter(f"{W}hyperlink")):
        if link.find(f".//{W}r") is None:
            link.getparent().remove(link)
    for tag, now in (("delText", "t"), ("delInstrText", "instrText")):
        for node in root.iter(f"{W}{tag}"):
            node.tag = f"{W}{now}"
    for paragraph in lost:  # it is one with the next, whose properties stay
        _join(paragraph)


def _settle_rows(root: Any, kept: str, gone: str) -> None:
    for row in list(root.iter(f"{W}tr")):
        properties = row.find(f"{W}trPr")
        for mark in [] if properties is None else list(properties):
            if mark.tag == f"{W}{gone}":
                row.getparent().remove(row)
            elif mark.tag == f"{W}{kept}":
                properties.remove(mark)
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            table.getparent().remove(table)


def _settle_properties(root: Any, *, is_accepted: bool) -> None:
    for change in list(root.iter(f"{W}pPrChange")):
        properties = change.getparent()
        if is_accepted:
            properties.remove(change)
            continue
        own = [p for p in properties if p.tag == f"{W}rPr"]
        for child in list(properties):
            properties.remove(child)
        properties.extend([*change.find(f"{W}pPr"), *own])


def _lost_ends(root: Any, kept: str, gone: str) -> list[Any]:
    """The paragraphs whose ends go; no end is marked any more."""
    lost = []
    for paragraph in root.iter(f"{W}p"):
        look = paragraph.find(f"{W}pPr/{W}rPr")
        for mark in [] if look is None else list(look):
            if mark.tag == f"{W}{gone}":
                lost.append(paragraph)
            if mark.tag in {f"{W}{gone}", f"{W}{kept}"}:
                look.remove(mark)
        if look is not None and not len(look):
            look.getparent().remove(look)
    return lost


def _join(paragraph: Any) -> None:
    content = [child for child in paragraph if child.tag != f"{W}pPr"]
    following = paragraph.getnext()
    while following is not None and following.tag in {f"{W}bookmarkStart", f"{W}bookmarkEnd"}:
        following = following.getnext()
    has_words = any(child.tag == f"{W}r" or len(child) for child in content)
    if following is not None and following.tag == f"{W}p":
        at = 1 if following.find(f"{W}pPr") is not None else 0
        following[at:at] = content
    else:  # before a table, Word removes an empty paragraph and cannot join another
        assert not has_words
        assert following is not None, "the last paragraph of a text cannot go"
    paragraph.getparent().remove(paragraph)


def marks(content: bytes) -> int:
    """How many tracked changes a document has."""
    tags = [f"{W}{tag}" for tag in ("ins", "del", "pPrChange", "rPrChange", "trPrChange")]
    roots = (etree.fromstring(part) for n, part in parts(content).items() if n.endswith(".xml"))
    return sum(1 for root in roots for _ in root.iter(*tags))


def shown(content: bytes) -> list[Any]:
    """All that a document shows: paragraphs with their properties, words with their looks, tables,
    what links and pictures and notes hold, what a reference points to."""
    return _Shown(content).blocks(_Shown(content).root.find(f"{W}body"), "word/document.xml")


class _Shown:
    def __init__(self, content: bytes) -> None:
        self.parts = parts(content)
        self.root = etree.fromstring(self.parts["word/document.xml"])
        self.relations = {name: dict(self._relations(name)) for name in TEXTS}
        self.targets = self._targets()

    def _relations(self, name: str) -> Iterator[tuple[str, str]]:
        folder, file = posixpath.split(name)
        listed = self.parts.get(f"{folder}/_rels/{file}.rels")
        for one in [] if listed is None else etree.fromstring(listed):
            target = one.get("Target")
            part = self.parts.get(f"word/{target}")
            yield one.get("Id"), hashlib.sha256(part).hexdigest() if part else target

    def _targets(self) -> dict[str, str]:
        """What each bookmark marks: the words of its paragraph, or of the next."""
        found = {}
        for start in self.root.iter(f"{W}bookmarkStart"):
            at = start
            while at is not None and at.tag not in {f"{W}p", f"{W}tbl"}:
                up = at.getparent()
                at = up if up.tag == f"{W}p" else at.getnext()
            assert start.get(f"{W}name") not in found, "two bookmarks of one name"
            found[start.get(f"{W}name")] = "" if at is None else self._words(at)
        return found

    def _words(self, element: Any) -> str:
        return "".join(node.text or "" for node in element.iter(f"{W}t"))

    def blocks(self, container: Any, part: str) -> list[Any]:
        found: list[Any] = []
        for child in container:
            if child.tag == f"{W}p":
                properties = child.find(f"{W}pPr")
                listed = [] if properties is None else [self.plain(p, part) for p in properties]
                found.append((listed, self.inlines(child, part)))
            elif child.tag == f"{W}tbl":
                rows = child.findall(f"{W}tr")
                look = child.find(f"{W}tblPr/{W}tblStyle")
                found.append(
                    [
                        "" if look is None else look.get(f"{W}val"),
                        *([self.blocks(c, part) for c in row.findall(f"{W}tc")] for row in rows),
                    ]
                )
        return found

    def inlines(self, paragraph: Any, part: str) -> list[Any]:
        """Words of one look as one."""
        found: list[Any] = []
        for child in paragraph:
            if child.tag == f"{W}r":
                look = child.find(f"{W}rPr")
                called = "" if look is None else self.plain(look, part)
                for piece in child:
                    if piece is look:
                        continue
                    if piece.tag != f"{W}t":
                        found.append((called, self.plain(piece, part)))
                    elif found and found[-1][0] == called and found[-1][1:2] == ("t",):
                        found[-1] = (called, "t", found[-1][2] + piece.text)
                    elif piece.text:
                        found.append((called, "t", piece.text))
            elif child.tag == f"{W}hyperlink":
                target = child.get(f"{R}id")
                target = self.relations[part][target] if target else self._at(child, f"{W}anchor")
                found.append(("link", target, self.inlines(child, part)))
            elif not child.tag.endswith(("pPr", "bookmarkStart", "bookmarkEnd", "proofErr")):
                found.append(self.plain(child, part))
        return found

    def _at(self, element: Any, key: str) -> str:
        name = element.get(key)
        return self.targets.get(name, f"nothing called {name}")

    def plain(self, element: Any, part: str) -> str:
        if element.tag == f"{W}footnoteReference":
            root = etree.fromstring(self.parts["word/footnotes.xml"])
            note = next(n for n in root if n.get(f"{W}id") == element.get(f"{W}id"))
            return f"note {self.blocks(note, 'word/footnotes.xml')}"
        if element.tag == f"{W}numId":
            return f"list {self._list(element.get(f'{W}val'))}"
        if element.tag == f"{W}instrText":
            code = re.match(r"\s*REF (\S+)(.*)", element.text)
            text = f"REF {self.targets[code[1]]}{code[2]}" if code else element.text
            return f"field {text}"
        own = sorted(
            (k, self.relations[part].get(v, v))
            for k, v in element.items()
            if not (k == "id" and element.tag.endswith("Pr"))
        )
        inner = "".join(self.plain(child, part) for child in element)
        return f"{element.tag.rpartition('}')[2]}{own}{(element.text or '').strip()}({inner})"

    def _list(self, number: str) -> str:
        root = etree.fromstring(self.parts["word/numbering.xml"])
        own = next(n for n in root.iter(f"{W}num") if n.get(f"{W}numId") == number)
        kind = own.find(f"{W}abstractNumId").get(f"{W}val")
        abstract = next(
            a for a in root.iter(f"{W}abstractNum") if a.get(f"{W}abstractNumId") == kind
        )
        parts_ = [c for e in (abstract, own) for c in e if c.tag != f"{W}nsid"]
        said = "".join(self.plain(part, "word/document.xml") for part in parts_)
        return re.sub(r"abstractNumId\[.*?\]\(\)", "", said)
