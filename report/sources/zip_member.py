"""One member of a ZIP written anew; all others keep their bytes, and their order.

What changes besides are the places that the directory gives (PKWARE APPNOTE 6.3, 4.3).
"""

import io
import struct
import zipfile
import zlib
from typing import Final

# Of the end of a ZIP's directory, of an entry in it and of a member's header: what is read here.
_END: Final = struct.Struct("<4s8x2L2x")
_ENTRY: Final = struct.Struct("<20x2L3H8xL")
_LOCAL: Final = struct.Struct("<18x2L2H")
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_SIZES_BEHIND: Final = 1 << 3
_ELSEWHERE: Final = 0xFFFFFFFF  # a size or place that only ZIP64 can hold


class UnusualZipError(Exception):
    """A ZIP that is not built as office programs do it: with ZIP64, or something in front."""


def with_member(content: bytes, member: str, source: bytes) -> bytes:
    """A ZIP's `content` with `source` in one member. Others move by as much as that one grows."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members, directory = archive.infolist(), archive.start_dir
        end = len(content) - len(archive.comment) - _END.size
    found = [info for info in members if info.filename == member]
    # The sum is another one in ZIP64, and where something stands in front of the ZIP.
    if len(found) != 1 or _END.unpack_from(content, end) != (b"PK\5\6", end - directory, directory):
        raise UnusualZipError
    start = found[0].header_offset
    size, unpacked, *lengths = _LOCAL.unpack_from(content, start)
    if _ELSEWHERE in {size, unpacked} or found[0].compress_type not in _METHODS:
        raise UnusualZipError
    data = start + _LOCAL.size + sum(lengths)
    behind = min([i.header_offset for i in members if i.header_offset > start], default=directory)

    packed = source
    if found[0].compress_type == zipfile.ZIP_DEFLATED:
        packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        packed = packer.compress(source) + packer.flush()
    # Sizes may stand behind the data. They have to be written anew, and then go in front of it.
    flags = found[0].flag_bits & ~_SIZES_BEHIND
    gap = content[data + found[0].compress_size : behind] if flags == found[0].flag_bits else b""
    about = zlib.crc32(source), len(packed), len(source)
    header, entries = bytearray(content[start:data]), bytearray(content[directory:end])
    struct.pack_into("<H", header, 6, flags)
    struct.pack_into("<3L", header, 14, *about)
    written = b"".join([header, packed, gap])
    shift = len(written) - (behind - start)
    at = 0
    for info in members:
        size, unpacked, *lengths, offset = _ENTRY.unpack_from(entries, at)
        if _ELSEWHERE in {size, unpacked, offset}:
            raise UnusualZipError
        if info is found[0]:
            struct.pack_into("<H", entries, at + 8, flags)
            struct.pack_into("<3L", entries, at + 16, *about)
        elif offset > start:
            struct.pack_into("<L", entries, at + 42, offset + shift)
        at += _ENTRY.size + sum(lengths)
    last = bytearray(content[end:])
    struct.pack_into("<L", last, 16, directory + shift)
    return b"".join([content[:start], written, content[behind:directory], entries, last])
