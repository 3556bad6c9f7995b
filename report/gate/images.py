"""What pictures hold besides the picture."""

import re
import struct
import zlib
from collections.abc import Iterator
from typing import Final

from report.gate.passage import Part, Passage, Unreadable
from report.gate.plain import printable

_LARGEST: Final = 50_000_000
"""So many bytes at most come out of one compressed text."""
_DRAWN: Final = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"fdAT", b"cHRM", b"gAMA", b"tRNS", b"pHYs"}
_FRAMES: Final = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"}
_SCAN: Final = 0xDA
_APPLICATIONS: Final = range(0xE0, 0xF0)
_COMMENT: Final = 0xFE
_MARKER: Final = re.compile(rb"\xff+([\x01-\xfe])")
_XMP: Final = b"http://ns.adobe.com/xap/1.0/\0"


def png(content: bytes) -> Iterator[Passage | Part]:
    """Texts of a PNG (tEXt, zTXt, iTXt), EXIF, chunks of other programs, and what follows its end.
    Chunks are those of the PNG specification, third edition, 5.3.

    Raises Unreadable where a chunk is cut off.
    """
    at = 8
    while at + 12 <= len(content):
        size, name = struct.unpack_from(">I4s", content, at)
        body = content[at + 8 : at + 8 + size]
        if len(body) < size:
            break
        at += 12 + size
        if name not in _DRAWN and (text := _chunk(name, body)):
            yield from _text(f"PNG {_kind(name)}", text)
        if name == b"IEND":
            yield from _after(content[at:])
            return
    raise Unreadable("this PNG picture is cut off or damaged")


def jpeg(content: bytes) -> Iterator[Passage | Part]:
    """Comments, EXIF, XMP, IPTC and other segments of a JPEG, and what follows its end. Segments
    are those of ITU T.81, B.1.

    Raises Unreadable where it ends within them.
    """
    at = 2
    while found := _MARKER.match(content, at):
        marker = found[1][0]
        if found.end() + 2 > len(content):
            break
        size = int.from_bytes(content[found.end() : found.end() + 2])
        body = content[found.end() + 2 : found.end() + size]
        at = found.end() + size
        if marker == _SCAN:
            end = content.rfind(b"\xff\xd9")
            yield from _after(content[end + 2 :] if end >= at else b"")
            return
        if marker in _APPLICATIONS or marker == _COMMENT:
            yield from _segment(marker, body)
    raise Unreadable("this JPEG picture is cut off or damaged")


def gif(content: bytes) -> Iterator[Passage | Part]:
    """Comments and texts of a GIF, and what follows its end. Blocks are those of GIF89a, 15-27.

    Raises Unreadable where it is cut off.
    """
    at = 13 + _table(content[10:11])
    while at < len(content):
        kind = content[at : at + 1]
        if kind == b";":
            yield from _after(content[at + 1 :])
            return
        if kind not in {b"!", b","}:
            break
        at += 2 if kind == b"!" else 11 + _table(content[at + 9 : at + 10])
        data: list[bytes] = []
        while at < len(content) and (size := content[at]):
            data.append(content[at + 1 : at + 1 + size])
            at += 1 + size
        at += 1
        if kind == b"!":
            yield from _text("GIF comment", printable(b"".join(data)))
    raise Unreadable("this GIF picture is cut off or damaged")


def webp(content: bytes) -> Iterator[Passage | Part]:
    """EXIF, XMP and other programs' chunks of a WebP, and what follows its end (RFC 9649, 2)."""
    at, end = 12, 8 + int.from_bytes(content[4:8], "little")
    while at + 8 <= min(end, len(content)):
        name, size = struct.unpack_from("<4sI", content, at)
        if name not in _FRAMES:
            yield from _text("WebP metadata", printable(content[at + 8 : at + 8 + size]))
        at += 8 + size + size % 2
    yield from _after(content[end:])


def _table(flags: bytes) -> int:
    """The size of a GIF's table of colours."""
    return 3 << (flags[0] & 7) + 1 if flags and flags[0] & 0x80 else 0


def _segment(marker: int, body: bytes) -> Iterator[Passage | Part]:
    if body.startswith(_XMP):
        yield Part("JPEG XMP", "xmp.xml", body[len(_XMP) :].strip(b"\0"))
    elif marker == _COMMENT:
        yield from _text("JPEG comment", _decoded(body))
    else:
        yield from _text("JPEG metadata", printable(body))


def _chunk(name: bytes, body: bytes) -> str:
    """A chunk's text. Where it cannot be unpacked, what is readable."""
    keyword, _, rest = body.partition(b"\0")
    if name == b"tEXt":
        return _decoded(keyword) + "\n" + _decoded(rest)
    if name == b"zTXt":
        return _decoded(keyword) + "\n" + _decoded(_unpacked(rest[1:]))
    if name == b"iTXt":
        flag, tail = rest[:1], rest[2:]
        language, _, tail = tail.partition(b"\0")
        translated, _, value = tail.partition(b"\0")
        value = _unpacked(value) if flag == b"\1" else value
        return "\n".join(_decoded(part) for part in (keyword, language, translated, value))
    if name == b"iCCP":
        return _decoded(keyword) + "\n" + printable(_unpacked(rest[1:]))
    return printable(body)


def _kind(name: bytes) -> str:
    return "text chunk" if name in {b"tEXt", b"zTXt", b"iTXt"} else "metadata"


def _after(rest: bytes) -> Iterator[Passage | Part]:
    if rest.strip(b"\0\r\n "):
        yield from _text("after the picture's end", printable(rest))


def _text(place: str, text: str) -> Iterator[Passage]:
    for line in text.splitlines():
        if line.strip():
            yield Passage(place, line, place)


def _decoded(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _unpacked(content: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(content, _LARGEST)
    except zlib.error:
        raise Unreadable("this PNG picture has a text that cannot be unpacked") from None
