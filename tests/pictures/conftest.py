"""A small study with two pictures, and how its documents are made."""

import shutil
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from report.check import Checked, check
from report.config import settings

BASE = Path(__file__).parents[1] / "studies" / "base"
SHAPES = '<circle cx="12" cy="12" r="9" fill="#0b4f55"/>'
SVG = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{SHAPES}</svg>'
WHY = """\
Before the picture.

{{ picture("lamp") }}

Beside the lamp.

- Also a list.

{{ block_quote("Q1") }}

{{ picture("bed") }}

Beside the bed.

## After the pictures

Below a heading.
"""


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(wide: int = 8, high: int = 8, *more: bytes) -> bytes:
    """A white picture, with `more` chunks before its pixels."""
    header = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\xff" * 3 * wide) * high)
    chunks = (chunk(b"IHDR", header), *more, chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """The study: one picture is an SVG, one a PNG; `lay` shows both."""
    root = Path(shutil.copytree(BASE, tmp_path / "study"))
    pictures = root / "data" / "pictures"
    pictures.mkdir()
    (pictures / "lamp.svg").write_text(SVG)
    (pictures / "bed.png").write_bytes(png())
    (root / "data" / "pictures.csv").write_text(
        "picture,file,alt,source,licence\n"
        'lamp,lamp.svg,"A lamp, lit*",Ada Draws,CC0 1.0\n'
        "bed,bed.png,A bed,,\n"
    )
    (root / "data" / "text" / "lay" / "why.md").write_text(WHY)
    return root


@pytest.fixture
def checked(study: Path) -> Callable[..., Checked]:
    """The study checked as it is by now; each argument is a name of an audience."""
    return lambda *names: check(settings(study), names)
