"""Zip files: Word, Excel, OpenDocument, EPUB."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from report.gate.passage import Part, Passage, Unreadable
from report.gate.plain import printable

_LARGEST: Final = 500_000_000
"""So many bytes at most come out of one file."""
_HEADER: Final = 30
_DESCRIPTOR: Final = 24
"""So many bytes at most stand behind a part and tell its size."""
_PART: Final = b"PK\x03\x04"
_LOCKED: Final = 0x1


def read(content: bytes) -> Iterator[Passage | Part]:
    """Every part, the parts' names, the comments, and bytes that belong to no part.

    Raises Unreadable where it is damaged, locked, or unpacks to far too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            if sum(entry.file_size for entry in entries) > _LARGEST:
                raise Unreadable("this file unpacks to more than can be read")
            if any(entry.flag_bits & _LOCKED for entry in entries):
                raise Unreadable("this file is locked with a password")
            yield from _told("comment of the file", package.comment)
            for entry in entries:
                yield from _entry(package, entry)
            yield from _between(content, entries, package.start_dir)
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        ValueError,
        NotImplementedError,
    ):
        raise Unreadable("this file, or a part of it, is damaged") from None


def _entry(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[Passage | Part]:
    name = entry.filename
    yield Passage(f"name of the part {name}", name, kind="machine")
    yield from _told(f"comment of the part {name}", entry.comment)
    yield from _told(f"extra field of the part {name}", entry.extra)
    if not name.endswith("/"):
        yield Part(name, _ending(name), package.read(entry))


def _ending(name: str) -> str:
    """The name that a part's kind is told by. Office files call XML by many endings."""
    suffix = PurePosixPath(name).suffix.lower()
    return f"part{suffix}"


def _between(
    content: bytes, entries: list[zipfile.ZipInfo], directory: int
) -> Iterator[Passage | Part]:
    """Bytes before, between and after the parts: what was deleted, or added by hand."""
    at = 0
    gaps: list[bytes] = []
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        gaps.append(content[at : entry.header_offset])
        names = entry.header_offset + _HEADER
        name, extra = struct.unpack_from("<HH", content, names - 4)
        at = names + name + extra
        yield from _told("header of a part", content[names:at])
        at += entry.compress_size
    gaps.append(content[at:directory])
    if any(_PART in gap for gap in gaps):
        raise Unreadable("this file holds a part that its own list leaves out")
    yield from _told("between the parts", b"\n".join(gap for gap in gaps if len(gap) > _DESCRIPTOR))
    end = content.rfind(b"PK\x05\x06")
    comment = int.from_bytes(content[end + 20 : end + 22], "little")
    yield from _told("after the end", content[end + 22 + comment :])


def _told(place: str, content: bytes) -> Iterator[Passage]:
    if content and (text := printable(content)):
        yield Passage(place, text, kind="text")
