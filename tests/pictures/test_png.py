"""A PNG is let in where it is whole and stands still."""

import struct
import zlib

from hypothesis import given
from hypothesis import strategies as st

from report.sources import png as source

from .conftest import chunk, png


def codes(content: bytes) -> set[str]:
    _, problems = source.read(content, "bed.png")
    return {problem.code for problem in problems}


def test_a_whole_picture_is_let_in() -> None:
    assert source.read(png(20, 10), "bed.png") == ((20.0, 10.0), [])


@given(st.data())
def test_damage_is_told(data: st.DataObject) -> None:
    whole = png()
    at = data.draw(st.integers(0, len(whole) - 1))
    changed = bytearray(whole)
    changed[at] ^= data.draw(st.integers(1, 255))
    assert codes(bytes(changed)) == {"damaged-picture"}
    assert codes(whole[:at]) == {"damaged-picture"}


@given(st.binary(max_size=200))
def test_nothing_makes_it_fail(content: bytes) -> None:
    assert codes(content) == {"damaged-picture"}
    assert codes(b"\x89PNG\r\n\x1a\n" + content) == {"damaged-picture"}


def test_pixels_that_are_too_few_or_far_too_many_are_told() -> None:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0))
    for pixels in (b"\0" * 20, b"\0" * 10_000_000):
        data = chunk(b"IDAT", zlib.compress(pixels))
        content = b"\x89PNG\r\n\x1a\n" + header + data + chunk(b"IEND", b"")
        assert codes(content) == {"damaged-picture"}


def test_pixels_of_no_kind_that_there_is_are_told() -> None:
    for bits, colour in ((5, 6), (0, 6), (1, 2), (16, 3), (8, 3), (8, 5)):  # 8, 3: no palette
        header = chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, bits, colour, 0, 0, 0))
        samples = {2: 3, 3: 1, 6: 4}.get(colour, 1)
        pixels = zlib.compress((b"\0" + b"\0" * ((8 * bits * samples + 7) // 8)) * 8)
        content = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
        assert codes(content) == {"damaged-picture"}


def test_too_many_pixels_are_told_before_they_are_unpacked() -> None:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0))
    content = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IEND", b"")
    assert codes(content) == {"large-picture"}


def test_a_picture_that_moves_is_told() -> None:
    moving = png(8, 8, chunk(b"acTL", struct.pack(">II", 2, 0)))
    assert codes(moving) == {"unsafe-picture"}
