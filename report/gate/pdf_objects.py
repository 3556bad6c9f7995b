"""The strings and streams of a PDF, read from its bytes (ISO 32000-2, 7.3).

Objects that nothing points to, and those of earlier versions of the file, are read too: a document
that was changed may still hold what was taken out.
"""

import codecs
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from report.gate.passage import Part, Passage
from report.gate.plain import is_text, printable

if TYPE_CHECKING:
    import pikepdf

_LARGEST: Final = 200_000_000
"""So many bytes at most come out of one stream."""
_STREAM: Final = re.compile(rb"stream(?<!endstream)\r?\n")
_OBJECT: Final = re.compile(rb"(\d+)\s+(\d+)\s+obj\b")
_NUMBERED: Final = 24
"""So many bytes before the word hold an object's number, as programs write it."""
_LENGTH: Final = re.compile(rb"/Length\s+(\d++)(?!\s+\d+\s+R)")
_STRING: Final = re.compile(
    rb"(?s)(?:/([A-Za-z]+)\s*)?(?:"
    rb"\(((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+\))*+)\)"
    rb"|(?<!<)<([0-9A-Fa-f\s]*+)>)"
)
# Two hashes, each of 16 bytes or those in base64: any letters may stand in them by chance.
_IDENTIFIERS: Final = re.compile(rb"/ID\s*\[\s*(?:<(?:[0-9A-Fa-f]{32}|[0-9A-Fa-f]{48})>\s*){2}\]")
_ESCAPE: Final = re.compile(rb"(?s)\\([0-7]{1,3}|\r\n|.)")
_ESCAPED: Final = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"\n": b"",
    b"\r": b"",
    b"\r\n": b"",
}
_ACTUAL: Final = re.compile(
    rb"/(ActualText|Alt|E)\s*(?:\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]*)>)", re.DOTALL
)
_KEYS: Final = (b"/ActualText", b"/Alt", b"/E")
_OPERATORS: Final = re.compile(rb"\s(?:T[fjJmd]|BT|cm|re|Do|BDC|BMC|l|c)\s")
_HARMLESS: Final = {"\xad", "\xa0", " ", "-", "\u2010", "\u2011"}
# What XMP of PDF/A says of the keys that it uses: the same words in every file, and nobody's.
_SCHEMAS: Final = re.compile(rb"<pdfaExtension:schemas>.*?</pdfaExtension:schemas>", re.DOTALL)
_ELEMENT: Final = re.compile(rb">([^<>]+)<")
_OF_SCHEMAS: Final = frozenset(
    {
        b"Adobe PDF schema",
        b"Keywords associated with the document",
        b"Name of the application that created the PDF document",
        b"PDF/UA Identification schema",
        b"Part Number of ISO 14289 (PDF/UA)",
        b"UUID based identifier for specific incarnation of a document",
        b"Version of the PDF specification to which the document conforms",
        b"Whether the document has been trapped",
        b"XMP Media Management schema",
        *(b"InstanceID", b"Integer", b"Keywords", b"PDFVersion", b"Producer", b"Text", b"Trapped"),
        *(b"external", b"internal", b"part", b"pdf", b"pdfuaid", b"xmpMM"),
    }
)
_PLACES: Final = {
    "Alt": "alternative text",
    "ActualText": "replaced text",
    "E": "expansion of a word",
    "T": "title of a tag or form field",
    "Contents": "annotation",
    "URI": "link",
    "V": "form field",
    "DV": "form field",
    "TU": "form field",
    "JS": "JavaScript",
    "F": "attachment",
    "UF": "attachment",
    "Desc": "attachment",
    "P": "page label",
    **dict.fromkeys(("Author", "Subject", "Keywords", "Creator"), "document information"),
}
_SKIPPED: Final = {"ID", "Registry", "Ordering", "ModDate", "CreationDate", "Lang", "CheckSum", "M"}


@dataclass(frozen=True, slots=True)
class Objects:
    """`masks`: whether a text of the pages is replaced by another for those who copy it."""

    found: tuple[Passage | Part, ...]
    masks: bool


def read(content: bytes, document: "pikepdf.Pdf") -> Objects:
    """Everything that a PDF holds besides its pages' text. `document` unpacks what Flate alone
    does not."""
    found: list[Passage | Part] = []
    masks = False
    is_changed = content.count(b"%%EOF") > 1
    at = 0
    for stream in _STREAM.finditer(content):
        if stream.start() < at:
            continue  # the word stands in another stream's bytes
        head = content[at : stream.start()]
        found += _strings(head)
        own = head[_last_object(head) :]
        body, at = _body(content, stream.end(), own)
        data = _unpacked(body, own, head, document)
        masks = masks or _replaces(head) or _replaces(data)
        found += _stream(own, data, is_changed=is_changed)
    tail = content[at:]
    found += _strings(tail)
    if not tail.rstrip().endswith(b"%%EOF"):
        rest = printable(tail.rpartition(b"%%EOF")[2])
        found.append(Passage("after the end", rest))
    return Objects(tuple(found), masks or _replaces(tail))


def _last_object(head: bytes) -> int:
    """Where the last object of some bytes begins, after its number."""
    word = head.rfind(b"obj")
    ends = [found.end() for found in _OBJECT.finditer(head, max(word - _NUMBERED, 0))]
    if not ends and word >= 0:  # the word stands in a text, or its number is far
        ends = [found.end() for found in _OBJECT.finditer(head)]
    return ends[-1] if ends else 0


def _replaces(data: bytes) -> bool:
    """Whether a text is given for another that is shown, beyond hyphens and spaces."""
    return b"/ActualText" in data and any(
        key == "ActualText" and text not in _HARMLESS for key, text in _marked(data)
    )


def _body(content: bytes, start: int, head: bytes) -> tuple[bytes, int]:
    """A stream's bytes, and where they end: by its length, if that is true."""
    if (length := _LENGTH.search(head)) and content[
        (end := start + int(length[1])) : end + 12
    ].lstrip().startswith(b"endstream"):
        return content[start:end], end
    end = content.find(b"endstream", start)
    return (content[start:end], end) if end >= 0 else (content[start:], len(content))


def _unpacked(body: bytes, own: bytes, head: bytes, document: "pikepdf.Pdf") -> bytes:
    """A stream's content. What cannot be unpacked is given as it is; bare pixels are left out."""
    import pikepdf

    if b"/Filter" not in own or b"DCTDecode" in own or b"JPXDecode" in own:
        return body
    if b"/Subtype/Image" in own.replace(b" ", b""):
        return b""
    try:
        if b"/DecodeParms" not in own and own.count(b"Decode") == 1 and b"FlateDecode" in own:
            return zlib.decompressobj().decompress(body, _LARGEST)
        *_, numbers = [(0, 0), *_OBJECT.findall(head)]
        item = document.get_object(int(numbers[0]), int(numbers[1]))
        return item.read_bytes() if isinstance(item, pikepdf.Stream) else body
    except (zlib.error, pikepdf.PdfError):
        return body


def _own(schemas: re.Match[bytes]) -> bytes:
    """The schemas of an XMP without the words that every file has."""
    return _ELEMENT.sub(lambda e: b"><" if e[1] in _OF_SCHEMAS else e[0], schemas[0])


def _stream(head: bytes, data: bytes, *, is_changed: bool) -> Iterator[Passage | Part]:
    kind = head.replace(b" ", b"")
    if b"/ObjStm" in kind:
        yield from _strings(data)
    elif b"/Type/Metadata" in kind:
        yield Part("XMP", "xmp.xml", _SCHEMAS.sub(_own, data.strip()))
    elif b"/EmbeddedFile" in kind:
        yield Part("attachment", "", data)
    elif b"DCTDecode" in kind and data.startswith(b"\xff\xd8\xff"):
        yield Part("picture", "", data)
    elif b"/Subtype/Form" in kind or (is_changed and _is_drawn(data)):
        # Annotations, fields and earlier versions may show what no page's text has.
        # Numbers of glyphs are no text.
        strings = (text for _, text in _keyed(data))
        yield Passage("drawn form", "".join(text for text in strings if text.isprintable()))
    elif _is_drawn(data):
        for key, text in _marked(data):
            if text not in _HARMLESS:
                yield Passage(_PLACES[key], text)
    elif is_text(data) and b"begincmap" not in data:
        yield Part("stream", "", data)
    else:
        yield Passage("stream", printable(data), kind="noise")


def _is_drawn(data: bytes) -> bool:
    """Whether a stream draws: pdfium reads its text."""
    return _OPERATORS.search(data, 0, 4096) is not None


def _marked(data: bytes) -> Iterator[tuple[str, str]]:
    if not any(key in data for key in _KEYS):
        return
    for key, plain, hexed in _ACTUAL.findall(data):
        yield key.decode(), _decoded(plain, hexed)


def _strings(data: bytes) -> Iterator[Passage]:
    for key, text in _keyed(data):
        if key not in _SKIPPED and text:
            place = _PLACES.get(key, "outline or title" if key == "Title" else "string")
            yield Passage(place, text, kind="text" if key else "machine")
            if key == "URI" and "%" in text:
                yield Passage(place, unquote(text))


def _keyed(data: bytes) -> Iterator[tuple[str, str]]:
    if b"/ID" in data:
        data = _IDENTIFIERS.sub(b"", data)
    for found in _STRING.finditer(data):
        key, plain, hexed = found.groups()
        yield (key or b"").decode(), _decoded(plain or b"", hexed or b"")


def _decoded(plain: bytes, hexed: bytes) -> str:
    """A text string: UTF-16 or UTF-8 with their marks, or else PDFDocEncoding, which pikepdf
    teaches Python."""
    raw = _ESCAPE.sub(_character, plain) if b"\\" in plain else plain
    if hexed:
        digits = b"".join(hexed.split())
        raw = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    if raw.startswith(codecs.BOM_UTF16_BE):
        return raw[2:].decode("utf-16-be", "replace")
    if raw.startswith(codecs.BOM_UTF16_LE):
        return raw[2:].decode("utf-16-le", "replace")
    if raw.startswith(codecs.BOM_UTF8):
        return raw[3:].decode("utf-8", "replace")
    try:
        return raw.decode()  # what the standard does not say, and programs do
    except UnicodeDecodeError:
        return raw.decode("pdfdoc", "replace")


def _character(found: re.Match[bytes]) -> bytes:
    escaped = found[1]
    if escaped[:1].isdigit():
        return bytes([int(escaped, 8) & 0xFF])
    return _ESCAPED.get(escaped, escaped)
