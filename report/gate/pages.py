"""PDF: what the pages show, and every string and file besides."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from report.gate import pdf_objects
from report.gate.passage import Part, Passage, Unreadable

if TYPE_CHECKING:
    import pikepdf
    import pypdfium2

_NUMBER: Final = re.compile(r"\d+")
_HYPHEN: Final = re.compile("[\x02\ufffe](?:\r\n)?|\xad\r?\n")
_ACTUAL: Final = b"/ActualText"
_IGNORED: Final = b"/ActualTexT"
"""As long, and no name that a reader of PDF knows."""


def read(content: bytes) -> Iterator[Passage | Part]:
    """The pages as one flow, without the lines that stand on most of them, which would part it;
    these lines; all other strings; attached files and metadata.

    Raises Unreadable where it is damaged, or locked with a password.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False) as document:
            if document.is_encrypted:
                raise Unreadable("this PDF is locked with a password")
            objects = pdf_objects.read(content, document)
            unmasked = _unmasked(document) if objects.masks else b""
    except pikepdf.PasswordError:
        raise Unreadable("this PDF is locked with a password") from None
    except pikepdf.PdfError:
        raise Unreadable("this PDF is damaged") from None
    yield from _pages(content, "page")
    if unmasked:
        yield from _pages(unmasked, "page without its replaced text, number")
    yield from objects.found


def _unmasked(document: "pikepdf.Pdf") -> bytes:
    """The document without texts that replace what the page shows: pdfium gives those instead."""
    import pikepdf

    written = io.BytesIO()
    document.save(
        written,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        compress_streams=False,
        fix_metadata_version=False,
    )
    return written.getvalue().replace(_ACTUAL, _IGNORED)


def _pages(content: bytes, place: str) -> Iterator[Passage]:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(content) as document:
            pages = [_HYPHEN.sub("-\n", _text(page)) for page in document]
    except pypdfium2.PdfiumError:
        raise Unreadable("this PDF has a page that cannot be read") from None
    lines = [page.splitlines() for page in pages]
    shapes = {line: _shape(line) for page in lines for line in page}
    counts = Counter(shape for page in lines for shape in {shapes[line] for line in page})
    running = {shape for shape, count in counts.items() if count > max(len(pages) / 2, 1)}
    told: set[str] = set()
    for number, page in enumerate(lines, start=1):
        kept = [line for line in page if shapes[line] not in running]
        yield Passage(f"{place} {number}", "\n".join(kept), place)
        for line in page:
            if shapes[line] in running and line not in told:
                told.add(line)
                yield Passage(f"{place} {number}", line)


def _text(page: "pypdfium2.PdfPage") -> str:
    """All characters of a page, whether they are seen or not."""
    return str(page.get_textpage().get_text_range())


def _shape(line: str) -> str:
    return _NUMBER.sub("0", line.strip())
