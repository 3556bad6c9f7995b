"""PNG pictures that are whole. Chunks are those of the PNG specification, third edition, 5.3."""

import struct
import zlib
from typing import Final

from report.model.diagnostic import Diagnostic, Location

_MAGIC: Final = b"\x89PNG\r\n\x1a\n"
_HEADER: Final = struct.Struct(">IIBBBBB")
_SAMPLES: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""How many numbers a pixel has, by the colour type."""
_BITS: Final = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}
"""How many bits a number can have, by the colour type."""
_PALETTE: Final = 3
"""The colour type whose colours are a list of their own."""
_ADAM7: Final = 1
_WIDEST: Final = 4000
"""Pixels to a side."""

Size = tuple[float, float]


def read(content: bytes, path: str) -> tuple[Size | None, list[Diagnostic]]:
    """How wide and high the PNG told of as `path` is, in pixels; and whether it is damaged, moves
    or has too many of them."""
    chunks = _chunks(content)
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) != _HEADER.size:
        return None, [_damaged(path)]
    wide, high, bits, colour, _, _, interlace = _HEADER.unpack(chunks[0][1])
    if not (wide and high and bits in _BITS.get(colour, ()) and interlace in {0, _ADAM7}):
        return None, [_damaged(path)]
    if colour == _PALETTE and not any(name == b"PLTE" for name, _ in chunks):
        return None, [_damaged(path)]
    size = float(wide), float(high)
    if wide > _WIDEST or high > _WIDEST:
        message = f"this picture has {wide} × {high} pixels"
        hint = f"make it smaller: at most {_WIDEST} to a side, and 600 are enough"
        return size, [Diagnostic("large-picture", message, Location(path), hint)]
    if any(name == b"acTL" for name, _ in chunks):
        message, hint = "this picture moves", "save it as a PNG that stands still"
        return size, [Diagnostic("unsafe-picture", message, Location(path), hint)]
    row = (wide * bits * _SAMPLES[colour] + 7) // 8 + 1
    least = row * high if interlace != _ADAM7 else 1
    data = b"".join(body for name, body in chunks if name == b"IDAT")
    whole = _is_whole(data, least, row * high * 2)
    return size, [] if whole else [_damaged(path)]


def _chunks(content: bytes) -> list[tuple[bytes, bytes]]:
    """Name and body of each chunk up to the end of the picture; none where one is damaged."""
    if not content.startswith(_MAGIC):
        return []
    found: list[tuple[bytes, bytes]] = []
    at = len(_MAGIC)
    while at + 12 <= len(content):
        size, name = struct.unpack_from(">I4s", content, at)
        body, check = content[at + 8 : at + 8 + size], content[at + 8 + size : at + 12 + size]
        if check != zlib.crc32(name + body).to_bytes(4):
            return []
        found.append((name, body))
        if name == b"IEND":
            return found
        at += 12 + size
    return []


def _is_whole(data: bytes, least: int, most: int) -> bool:
    """Whether the pixels can be unpacked, and are as many as there must be."""
    unpacking = zlib.decompressobj()
    try:
        pixels = unpacking.decompress(data, most + 1)
    except zlib.error:
        return False
    return unpacking.eof and least <= len(pixels) <= most


def _damaged(path: str) -> Diagnostic:
    message, hint = "this is not a PNG picture, or it is damaged", "save it again as PNG"
    return Diagnostic("damaged-picture", message, Location(path), hint)
