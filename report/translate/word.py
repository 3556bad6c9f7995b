"""A review sheet as a Word document, with the languages that Word's spelling goes by."""

import io
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from report import languages
from report.translate.rows import Row

if TYPE_CHECKING:
    from docx.table import _Cell

_CODE: Final = re.compile(r"(\{\{.*?\}\}|%\(\w+\)s)", re.DOTALL)
_WIDTHS: Final = (2.6, 9.2, 9.2, 4.7)  # centimetres, of A4 on its side
_GREY: Final = (0x46, 0x4C, 0x4D)


def docx(words: Mapping[str, Any], rows: Sequence[Row], languages_of: tuple[str, str]) -> bytes:
    """The sheet: a table whose header repeats on each page. `words` are its title, instructions
    and columns; `languages_of` are those of the sources and of the translations."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.oxml import OxmlElement
    from docx.shared import Cm

    document = Document()
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(page, side, Cm(2))
    document.core_properties.title = words["title"]
    document.core_properties.author = ""
    document.add_heading(words["title"], 1)
    for line in words["instructions"]:
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=len(words["columns"]), style="Table Grid")
    table.autofit = False
    head = table.rows[0]
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001  # no API
    for cell, name in zip(head.cells, words["columns"], strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    source, target = languages_of
    for row in rows:
        cells = table.add_row().cells
        _write(cells[0], row.id, "", small=True)
        about = f"{'≈ ' if row.fuzzy else ''}{row.place}"
        for line in (about, row.was and f"{words['before']} {row.was}"):
            if line:
                _write(cells[1], line, source, small=True)
                cells[1].add_paragraph()
        _write(cells[1], row.source, source)
        _write(cells[2], row.text, target)
        _write(cells[3], "", target)
    for number, width in enumerate(_WIDTHS):
        table.columns[number].width = Cm(width)
        for cell in table.columns[number].cells:
            cell.width = Cm(width)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _write(cell: "_Cell", text: str, language: str, *, small: bool = False) -> None:
    """Text at the end of a cell; what a program fills in, in a typeface of its own."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    paragraph = cell.paragraphs[-1]
    for number, part in enumerate(_CODE.split(text)):
        run = paragraph.add_run(part)
        if number % 2:
            run.font.name = "Consolas"
        if small:
            run.font.size, run.font.color.rgb = Pt(8), RGBColor(*_GREY)
        if language:
            said = OxmlElement("w:lang")
            right = languages.is_right_to_left(language)
            said.set(qn("w:bidi" if right else "w:val"), language)
            run._r.get_or_add_rPr().append(said)  # noqa: SLF001  # python-docx has no API for it
            if right:
                run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))  # noqa: SLF001
