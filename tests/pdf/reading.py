"""What the pages of a PDF draw, object by object, as Chromium's own reader of PDF sees it."""

import ctypes
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from PIL.Image import Image

Colour = str
"""#rrggbb"""

SCALE = 2
"""Dots of a point in the pictures of pages."""
FILLS = 0.2
"""A colour that fills so much of a text's box is part of its ground; a thin line is not."""


@dataclass(frozen=True)
class Text:
    """A run of characters. `mcid`: the piece of tagged content that it belongs to, -1 for none.

    `size` is in points as printed; `ground` are the colours that lie behind it.
    """

    words: str
    mcid: int
    is_artifact: bool
    size: float
    colour: Colour
    ground: tuple[Colour, ...]


@dataclass(frozen=True)
class Page:
    """The texts in the order in which they are drawn, the number of pictures made of pixels, and
    that of drawn things that are neither tagged nor marked as no part of the text."""

    texts: tuple[Text, ...]
    images: int
    unmarked: int


@cache
def pages(file: Path) -> list[Page]:
    with pypdfium2.PdfDocument(file) as document:
        return [_page(page) for page in document]


def _page(page: pypdfium2.PdfPage) -> Page:
    textpage = page.get_textpage()
    objects = list(page.get_objects(max_depth=15))
    found = []
    for item in objects:
        if item.type == pdfium.FPDF_PAGEOBJ_TEXT:
            words = _words(item, textpage)
            if words.strip():
                found.append((item, words, item.get_bounds()))
    top_level = list(page.get_objects(max_depth=1))
    unmarked = sum(_mcid(item) < 0 and "Artifact" not in _marks(item) for item in top_level)
    images = sum(item.type == pdfium.FPDF_PAGEOBJ_IMAGE for item in objects)
    about = [
        (words, _mcid(item), "Artifact" in _marks(item), _size(item), _colour(item), box)
        for item, words, box in found
    ]
    ground = _without(page, [item for item, _, _ in found])
    height = page.get_height()
    texts = tuple(
        Text(words, mcid, artifact, size, colour, tuple(_behind(ground, box, height)))
        for words, mcid, artifact, size, colour, box in about
    )
    return Page(texts, images, unmarked)


def _words(item: pypdfium2.PdfObject, textpage: pypdfium2.PdfTextPage) -> str:
    length = pdfium.FPDFTextObj_GetText(item.raw, textpage.raw, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pointer = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    pdfium.FPDFTextObj_GetText(item.raw, textpage.raw, pointer, length)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def _mcid(item: pypdfium2.PdfObject) -> int:
    return int(pdfium.FPDFPageObj_GetMarkedContentID(item.raw))


def _marks(item: pypdfium2.PdfObject) -> set[str]:
    found = set()
    for number in range(pdfium.FPDFPageObj_CountMarks(item.raw)):
        mark = pdfium.FPDFPageObj_GetMark(item.raw, number)
        buffer, length = (pdfium.FPDF_WCHAR * 64)(), ctypes.c_ulong()
        pdfium.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), length)
        found.add(bytes(buffer)[: length.value].decode("utf-16-le").rstrip("\0"))
    return found


def _size(item: pypdfium2.PdfObject) -> float:
    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(item.raw, size)
    return round(size.value * abs(float(item.get_matrix().d)), 2)


def _colour(item: pypdfium2.PdfObject) -> Colour:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFPageObj_GetFillColor(item.raw, red, green, blue, alpha)
    assert alpha.value == 255, "a colour that lets its ground shine through has no contrast"
    return _hex(red.value, green.value, blue.value)


def _without(page: pypdfium2.PdfPage, texts: list[pypdfium2.PdfObject]) -> Image:
    """A picture of the page without its texts."""
    for item in texts:
        page.remove_obj(item)
    picture: Image = page.render(scale=SCALE).to_pil().convert("RGB")
    return picture


def _behind(
    ground: Image, box: tuple[float, float, float, float], height: float
) -> Iterator[Colour]:
    left, bottom, right, top = box
    edges = (left, height - top, right, height - bottom)
    left, upper, right, lower = (round(edge * SCALE) for edge in edges)
    part = ground.crop((left, upper, max(right, left + 1), max(lower, upper + 1)))
    pixels = part.tobytes()
    counts = Counter(zip(pixels[::3], pixels[1::3], pixels[2::3], strict=True))
    for colour, count in counts.items():
        if count >= FILLS * counts.total():
            yield _hex(*colour)


def _hex(red: int, green: int, blue: int) -> Colour:
    return f"#{red:02x}{green:02x}{blue:02x}"
