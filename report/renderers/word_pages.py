"""What a Word document needs beyond what pandoc writes: a notice on every page, and pages that run
from right to left."""

import io
import re
import zipfile
from typing import Final

_TABLES: Final = re.compile(rb"(<w:tblStyle [^>]*/>)")
_SECTIONS: Final = re.compile(rb"(</w:sectPr>)")
_FOOTERS: Final = re.compile(rb"(<w:pPr>(?:<w:pStyle [^>]*/>)?)")


def with_header(model: bytes, notice: str) -> bytes:
    """The reference document with the notice as the header of its pages."""
    from docx import Document
    from docx.shared import RGBColor

    document = Document(io.BytesIO(model))
    for section in document.sections:
        run = section.header.paragraphs[0].add_run(notice)
        run.bold, run.font.color.rgb = True, RGBColor(0x8A, 0x1C, 0x1C)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def mirrored(content: bytes) -> bytes:
    """The document with its tables, sections and footers from right to left; paragraphs are."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for part in before.infolist():
            data = before.read(part)
            if part.filename == "word/document.xml":
                data = _TABLES.sub(rb"\1<w:bidiVisual/>", data)
                data = _SECTIONS.sub(rb"<w:bidi/>\1", data)
            elif part.filename.startswith("word/footer"):
                data = _FOOTERS.sub(rb"\1<w:bidi/>", data)
            after.writestr(part, data)
    return written.getvalue()
