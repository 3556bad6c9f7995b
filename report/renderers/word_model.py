"""The Word reference document that one document is written by: the look's own, with the language,
the direction, the numbering of headings and the notice that this document needs. pandoc takes its
styles, lists, settings and pages; the text gets none of them by hand."""

import io
import re
from typing import TYPE_CHECKING, Final

import yaml

from report.errors import RenderError
from report.languages import is_right_to_left
from report.model.document import Document
from report.renderers.word_brand import branded
from report.renderers.word_parts import packed, parts_of

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_PANDOCS: Final = 990
"""From this id on pandoc takes a list for one of its own, and drops it."""
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BEFORE_NUMBERING: Final = {
    f"{_W}{tag}" for tag in ("keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
}
"""What may only stand ahead of a style's list."""


def fitted(look: bytes, document: Document) -> bytes:
    """The reference document of a look, fitted to the document.

    Raises RenderError where headings are to be numbered and the look has no place for lists.
    """
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    front = yaml.safe_load(document.front_matter) or {}
    model = branded(look, document.brand) if document.brand else look
    model = with_numbered_headings(model, numbered=bool(front.get("number-sections")))
    if document.draft_notice:
        model = _with_header(model, document.draft_notice)
    parts = parts_of(model)
    rtl = is_right_to_left(document.language)
    settings = parse_xml(parts["word/settings.xml"])
    for language in settings.iter(qn("w:themeFontLang")):
        language.set(qn("w:bidi" if rtl else "w:val"), document.language)
    parts["word/settings.xml"] = _bytes(settings)
    if rtl:
        _mirror(parts)
    return packed(parts)


def with_numbered_headings(model: bytes, *, numbered: bool) -> bytes:
    """The reference document with headings numbered by a list of Word's, or without.

    A list that its headings belong to already stays as it is: it is part of the look.
    """
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    parts = parts_of(model)
    styles = parse_xml(parts["word/styles.xml"])
    headings = {
        style.get(qn("w:styleId")): style
        for style in styles.iter(qn("w:style"))
        if re.fullmatch(r"heading [1-6]", style.find(qn("w:name")).get(qn("w:val")).lower())
    }
    found = [style for style in headings.values() if style.find(f".//{qn('w:numPr')}") is not None]
    if bool(found) == numbered:
        return model
    if numbered:
        if "word/numbering.xml" not in parts:
            raise RenderError(
                "the look for Word has no lists, so that headings cannot be numbered",
                "make it as a copy of templates/theme/docx/manuscript.docx",
            )
        numbering = parse_xml(parts["word/numbering.xml"])
        _number(styles, headings, _add_list(numbering, list(headings)))
        parts["word/numbering.xml"] = _bytes(numbering)
    else:
        for style in found:
            properties = style.find(qn("w:pPr"))
            properties.remove(properties.find(qn("w:numPr")))
    parts["word/styles.xml"] = _bytes(styles)
    return packed(parts)


def _add_list(numbering: "BaseOxmlElement", styles: list[str]) -> int:
    """The number of a new list in levels 1, 1.1, 1.1.1, to each of which a style belongs."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    abstract = numbering.findall(qn("w:abstractNum"))
    used = [int(one.get(qn("w:abstractNumId"))) for one in abstract]
    used += [int(one.get(qn("w:numId"))) for one in numbering.findall(qn("w:num"))]
    number = max((one for one in used if one < _PANDOCS), default=0) + 1
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:pStyle w:val="{style}"/>'
        f'<w:lvlText w:val="{".".join(f"%{n + 1}" for n in range(level + 1))}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr>{_hanging(level)}</w:pPr></w:lvl>'
        for level, style in enumerate(styles)
    )
    made = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    numbering.insert(len(abstract), made)  # abstract lists come before all others
    numbering.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        )
    )
    return number


def _hanging(level: int) -> str:
    """Room for the number before a heading, in twentieths of a point: 0.8 cm and more for 1.1."""
    room = 454 + 142 * level
    return f'<w:ind w:left="{room}" w:hanging="{room}"/>'


def _number(styles: "BaseOxmlElement", headings: "dict[str, BaseOxmlElement]", number: int) -> None:
    """Let the headings belong to the list, and add styles for those that it is not to count."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    names = {style.find(qn("w:name")).get(qn("w:val")) for style in styles.iter(qn("w:style"))}
    for level, (identifier, style) in enumerate(headings.items()):
        properties = style.get_or_add_pPr()
        at = sum(child.tag in _BEFORE_NUMBERING for child in properties)
        place = f'<w:ilvl w:val="{level}"/><w:numId w:val="{number}"/>'
        properties.insert(at, parse_xml(f"<w:numPr {nsdecls('w')}>{place}</w:numPr>"))
        name = f"Unnumbered Heading {level + 1}"
        if name not in names:
            styles.append(
                parse_xml(
                    f'<w:style {nsdecls("w")} w:type="paragraph" w:customStyle="1" '
                    f'w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/>'
                    f'<w:basedOn w:val="{identifier}"/><w:next w:val="BodyText"/><w:qFormat/>'
                    '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr>'
                    '<w:ind w:left="0" w:firstLine="0"/>'
                    f'<w:outlineLvl w:val="{level}"/></w:pPr></w:style>'
                )
            )


def _with_header(model: bytes, notice: str) -> bytes:
    """The reference document with the notice as the header of its pages."""
    import docx

    document = docx.Document(io.BytesIO(model))
    style = next((s for s in document.styles if s.name == "Draft Notice"), None)
    for section in document.sections:
        paragraph = section.header.paragraphs[0]
        paragraph.add_run(notice)
        if style is not None:
            paragraph.style = style
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _mirror(parts: dict[str, bytes]) -> None:
    """Let pages, headers and footers run from right to left; paragraphs and tables do already."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    body = parse_xml(parts["word/document.xml"])
    for section in body.iter(qn("w:sectPr")):
        section.append(parse_xml(f"<w:bidi {nsdecls('w')}/>"))
    parts["word/document.xml"] = _bytes(body)
    for name, content in parts.items():
        if re.fullmatch(r"word/(header|footer)\d+\.xml", name):
            margin = parse_xml(content)
            for paragraph in margin.iter(qn("w:p")):
                properties = paragraph.get_or_add_pPr()
                after = properties.find(qn("w:pStyle"))
                at = 0 if after is None else properties.index(after) + 1
                properties.insert(at, parse_xml(f"<w:bidi {nsdecls('w')}/>"))
            parts[name] = _bytes(margin)


def _bytes(part: "BaseOxmlElement") -> bytes:
    from lxml import etree

    written: bytes = etree.tostring(part, encoding="UTF-8", xml_declaration=True, standalone=True)
    return written
