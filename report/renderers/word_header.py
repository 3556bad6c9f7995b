"""A notice at the head of every page of a Word document, which pandoc takes from its model."""

import io


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
