"""Makes the Word reference documents of the themes out of pandoc's own.

Run as `python tools/reference_docx.py` after a change here; the same bytes come out each time.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import docx
import pypandoc
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm

from report.renderers.word_model import packed, parts_of, with_numbered_headings

FOLDER = Path(__file__).parents[1] / "templates" / "theme" / "docx"

SERIF, SANS = "Source Serif 4", "Source Sans 3"
PANEL = 0.3  # cm that a panel's text keeps off the margins, for its border to lie on them
SUBSTITUTES = {SERIF: ("Cambria", "roman"), SANS: ("Calibri", "swiss")}

# Every text colour keeps a contrast of 7:1 on its ground (WCAG AAA).
INK, MUTED, ACCENT, TINT, WHITE = "1C1F20", "464C4D", "0B4F55", "F6EFE6", "FFFFFF"


@dataclass(frozen=True)
class Theme:
    name: str
    body: str = SERIF
    size: float = 11
    line: float = 1.15
    after: float = 7
    side: float = 2.5  # margins, cm
    heading: str = INK
    title: float = 21
    headings: tuple[float, float, float] = (15, 12.5, 11)
    line_numbers: bool = False
    hyphenated: bool = False
    numbered: bool = False  # headings
    band: bool = False  # title in white on the accent colour


MANUSCRIPT = Theme("manuscript", hyphenated=True, numbered=True)
THEMES = (
    MANUSCRIPT,
    replace(MANUSCRIPT, name="review", size=12, line=2, after=0, line_numbers=True),
    Theme(
        "briefing",
        body=SANS,
        size=12,
        line=1.15,
        after=8,
        heading=ACCENT,
        title=30,
        headings=(18, 14.5, 12),
        band=True,
    ),
    Theme(
        "lay",
        body=SANS,
        size=14,
        line=1.3,
        after=12,
        side=3.6,
        heading=ACCENT,
        title=28,
        headings=(20, 16, 14),
    ),
)


def styles(theme: Theme) -> dict[str, dict]:
    """What each paragraph style says; a style without `base` rests on Normal."""
    size, small = theme.size, max(theme.size * 0.82, 8.5)
    sans = {"font": SANS, "line": 1.05}
    band = {"fill": ACCENT, "color": WHITE, "left": PANEL, "right": PANEL}
    on_band = band if theme.band else {}
    panel = {
        "font": SANS,
        "fill": TINT,
        "line": 1.15,
        "before": 0,
        "after": 0,
        "left": PANEL,
        "right": PANEL,
    }
    heading = {
        "font": SANS,
        "bold": True,
        "color": theme.heading,
        "line": 1,
        "after": 5,
        "keep_next": True,
        "next": "Body Text",
    }
    table = {"font": SANS, "line": 1, "before": 2, "after": 2}
    return {
        "Normal": {
            "font": theme.body,
            "size": size,
            "color": INK,
            "line": theme.line,
            "after": theme.after,
            "widows": True,
        },
        "Body Text": {},
        "First Paragraph": {"base": "Body Text", "before": 8},
        "Compact": {"base": "Body Text", "after": min(theme.after, 3)},
        "Kicker": {"font": SANS, "bold": True, "size": size, "color": ACCENT, "after": 6} | on_band,
        "Title": {
            "font": SANS if theme.body == SANS else SERIF,
            "bold": True,
            "size": theme.title,
            "color": theme.heading,
            "line": 0.95,
            "after": 8,
            "next": "Body Text",
        }
        | on_band,
        "Subtitle": {
            "font": theme.body,
            "size": size * 1.2,
            "color": MUTED,
            "line": 1.05,
            "after": 10,
            "next": "Body Text",
        }
        | on_band,
        "Organisation": sans | {"size": size, "color": MUTED, "after": 18} | on_band,
        "Recipient": sans | {"size": size, "after": 2, "keep_next": True},
        "Author": sans | {"size": size * 1.05, "before": 6, "after": 4},
        "Date": sans | {"size": small, "color": MUTED},
        "Affiliation": sans | {"size": small, "color": MUTED, "after": 2},
        "Abstract Title": sans
        | {
            "bold": True,
            "size": size,
            "before": 18,
            "after": 4,
            "keep_next": True,
            "next": "Abstract",
        },
        "Abstract": {"size": size * 0.95},
        "Keywords": sans | {"size": size * 0.9, "before": 4, "after": 18},
        **{
            f"heading {level}": heading | {"size": points, "before": points * 1.1}
            for level, points in enumerate(theme.headings, 1)
        },
        "List Bullet": {"base": "Body Text", "after": min(theme.after, 4), "bullet": 0},
        "List Bullet 2": {"base": "List Bullet", "bullet": 1},
        "List Bullet 3": {"base": "List Bullet", "bullet": 2},
        "List Continue": {"base": "Body Text", "after": min(theme.after, 4), "left": 0.75},
        "List Continue 2": {"base": "List Continue", "left": 1.5},
        "List Continue 3": {"base": "List Continue", "left": 2.25},
        "List Number": {"base": "Body Text", "after": min(theme.after, 4)},
        "Ornament": {"align": "center", "before": 12, "after": 12},
        "Block Text": {
            "left": 1,
            "right": 0.7,
            "after": min(theme.after, 4),
            "keep_next": True,  # who said it stands below
            "keep_lines": True,
        },
        "Footnote Block Text": {"base": "footnote text", "left": 1},
        "Attribution": sans | {"size": small, "color": MUTED, "left": 1, "after": theme.after + 4},
        "Pull Quote": {
            "font": SERIF,
            "size": size * 1.5,
            "left": 1,
            "color": ACCENT,
            "line": 1.05,
            "before": 12,
            "after": 6,
            "keep_next": True,
            "keep_lines": True,
        },
        "Key Messages": panel,
        "Key Messages List": {"base": "Key Messages", "bullet": 0, "after": 4},
        "Contact": panel,
        "Contact List": {"base": "Contact", "bullet": 0, "after": 4},
        "Meaning": panel | {"edge": ACCENT},
        "Meaning List": {"base": "Meaning", "bullet": 0, "after": 4},
        "Facts": {"font": SANS, "line": 1, "after": 4},
        "Facts List": {"base": "Facts", "bullet": 0},
        "Colophon": sans | {"size": max(small * 0.9, 8), "color": MUTED, "before": 24},
        "caption": sans
        | {"size": size * 0.9, "before": 10, "after": 6, "keep_next": True, "keep_lines": True},
        "Table Caption": {"base": "caption"},
        "Image Caption": {"base": "caption"},
        "Figure": {},
        "Captioned Figure": {
            "base": "Figure",
            "line": 1,
            "before": 10,
            "keep_next": True,
            "uncounted": True,
        },
        "Table Text": table | {"size": size * 0.88},
        "Table Heading": {"base": "Table Text", "bold": True, "keep_next": True},
        "Table Text Small": {"base": "Table Text", "size": max(size * 0.68, 7.5)},
        "Table Heading Small": {"base": "Table Text Small", "bold": True, "keep_next": True},
        **{
            f"{name} {aside}": {"base": name, "align": align}
            for name in (
                "Table Text",
                "Table Heading",
                "Table Text Small",
                "Table Heading Small",
            )
            for aside, align in (("Right", "right"), ("Centred", "center"))
        },
        "footnote text": sans | {"size": small, "after": 2, "uncounted": True},
        "Bibliography": {"size": size * 0.95, "left": 0.75, "hanging": 0.75, "after": 4},
        "Definition Term": {"bold": True, "after": 0, "keep_next": True, "next": "Definition"},
        "Definition": {},
        "header": sans | {"size": 8.5, "color": MUTED, "after": 0, "uncounted": True},
        "Draft Notice": {"base": "header", "bold": True, "size": 10, "color": "8A1C1C"},
        "footer": sans
        | {"size": 8.5, "color": MUTED, "after": 0, "uncounted": True, "align": "right"},
    }


CHARACTERS = {
    "Hyperlink": {"color": ACCENT},
    "Term": {"bold": True},
    "Number": {"font": SANS, "bold": True, "color": ACCENT, "size": 26},
    "Caption Label": {"bold": True},
    "Section Number": {},
    "Footnote Reference": {"raised": "superscript"},
    "Strong": {"bold": True},
    "Emphasis": {"italic": True},
    "Strong Emphasis": {"bold": True, "italic": True},
    "Superscript": {"raised": "superscript"},
    "Subscript": {"raised": "subscript"},
    "Small Capitals": {"capitals": True},
    "Strikethrough": {"struck": True},
    "Underline": {"underlined": True},
}


def element(tag: str, **attributes: object) -> str:
    return f"<w:{tag}{''.join(f' w:{k}={str(v)!r}' for k, v in attributes.items())}/>".replace(
        "'", '"'
    )


def twips(points: float) -> int:
    return round(points * 20)


def cm(value: float) -> int:
    return round(value * 567)


def run_properties(says: dict) -> str:
    parts = []
    if font := says.get("font"):
        parts.append(element("rFonts", ascii=font, hAnsi=font, cs=font, eastAsia=font))
    if says.get("bold"):
        parts += [element("b"), element("bCs")]
    if says.get("italic"):
        parts += [element("i"), element("iCs")]
    if says.get("capitals"):
        parts.append(element("smallCaps"))
    if says.get("struck"):
        parts.append(element("strike"))
    if color := says.get("color"):
        parts.append(element("color", val=color))
    if size := says.get("size"):
        parts += [element(tag, val=round(size * 2)) for tag in ("sz", "szCs")]
    if says.get("underlined"):
        parts.append(element("u", val="single"))
    if raised := says.get("raised"):
        parts.append(element("vertAlign", val=raised))
    return f"<w:rPr {nsdecls('w')}>{''.join(parts)}</w:rPr>"


def paragraph_properties(says: dict, level: int | None) -> str:
    parts = []
    for name, tag in (
        ("keep_next", "keepNext"),
        ("keep_lines", "keepLines"),
        ("widows", "widowControl"),
        ("uncounted", "suppressLineNumbers"),
    ):
        if says.get(name):
            parts.append(element(tag))
    if "bullet" in says:
        place = element("ilvl", val=says["bullet"]) + element("numId", val=says["list"])
        parts.append(f"<w:numPr>{place}</w:numPr>")
    if fill := says.get("fill"):
        # like borders make one panel of the paragraphs that follow one another
        edge = says.get("edge")
        sides = "".join(
            (
                element("top", val="single", sz=4, space=6, color=fill),
                element("left", val="single", sz=36 if edge else 4, space=8, color=edge or fill),
                element("bottom", val="single", sz=4, space=6, color=fill),
                element("right", val="single", sz=4, space=8, color=fill),
            )
        )
        parts += [f"<w:pBdr>{sides}</w:pBdr>", element("shd", val="clear", color="auto", fill=fill)]
    spacing = {name: twips(says[name]) for name in ("before", "after") if name in says}
    if "line" in says:
        spacing |= {"line": round(says["line"] * 240), "lineRule": "auto"}
    if spacing:
        parts.append(element("spacing", **spacing))
    indent = {name: cm(says[name]) for name in ("left", "right", "hanging") if name in says}
    if indent:
        parts.append(element("ind", **indent))
    if align := says.get("align"):
        parts.append(element("jc", val=align))
    if level is not None:
        parts.append(element("outlineLvl", val=level))
    return f"<w:pPr {nsdecls('w')}>{''.join(parts)}</w:pPr>"


def named(document, name: str):
    return next((style for style in document.styles if style.name.lower() == name.lower()), None)


def define(document, name: str, says: dict, kind: WD_STYLE_TYPE) -> None:
    style = named(document, name) or document.styles.add_style(name, kind)
    xml = style.element
    for tag in ("w:pPr", "w:rPr", "w:link", "w:semiHidden", "w:unhideWhenUsed"):
        for old in xml.findall(qn(tag)):
            xml.remove(old)
    if kind == WD_STYLE_TYPE.PARAGRAPH:
        if name != "Normal":
            style.base_style = named(document, says.get("base", "Normal"))
        if "next" in says:
            style.next_paragraph_style = named(document, says["next"])
        level = int(name[-1]) - 1 if name.startswith("heading") else None
        xml.append(parse_xml(paragraph_properties(says, level)))
    xml.append(parse_xml(run_properties(says)))
    if xml.find(qn("w:qFormat")) is None:
        style.quick_style = True


def ruled_table(document) -> None:
    """Rules above, below and under the header, which Word repeats on each page."""
    table = named(document, "Table").element
    for tag in ("w:tblPr", "w:tblStylePr"):
        for old in table.findall(qn(tag)):
            table.remove(old)
    rule = 'w:val="single" w:space="0" w:color="1C1F20"'
    table.append(
        parse_xml(
            f'<w:tblPr {nsdecls("w")}><w:tblInd w:w="0" w:type="dxa"/><w:tblBorders><w:top {rule} w:sz="8"/><w:bottom {rule} w:sz="8"/></w:tblBorders>'
            '<w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        )
    )
    table.append(parse_xml(f"<w:trPr {nsdecls('w')}><w:cantSplit/></w:trPr>"))
    table.append(
        parse_xml(
            f'<w:tblStylePr {nsdecls("w")} w:type="firstRow"><w:tcPr><w:tcBorders><w:bottom {rule} w:sz="4"/>'
            '</w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
        )
    )


def field(code: str) -> str:
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def page(document, theme: Theme) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(theme.side)
    section.top_margin = section.bottom_margin = Cm(2.5)
    section.header_distance = section.footer_distance = Cm(1.25)
    if theme.line_numbers:
        margins = section._sectPr.find(qn("w:pgMar"))
        margins.addnext(
            parse_xml(f'<w:lnNumType {nsdecls("w")} w:countBy="1" w:restart="continuous"/>')
        )
    footer = section.footer
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    style = named(document, "footer").style_id
    numbers = f'{field("PAGE")}<w:r><w:t xml:space="preserve"> / </w:t></w:r>{field("NUMPAGES")}'
    xml = parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{numbers}</w:p>'
    )
    paragraph._p.getparent().replace(paragraph._p, xml)


def current_word(document) -> None:
    """Without this Word opens the file in the compatibility mode of 2007."""
    setting = element(
        "compatSetting",
        name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word",
        val=15,
    )
    document.settings.element.find(qn("w:savePreviewPicture")).addnext(
        parse_xml(f"<w:compat {nsdecls('w')}>{setting}</w:compat>")
    )


def font_table() -> bytes:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{substitute}"/><w:charset w:val="00"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, (substitute, family) in SUBSTITUTES.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>{fonts}</w:fonts>'.encode()


# Each list of bullets: the styles of its levels, and where it starts, in cm.
BULLETS = {
    1: (("List Bullet", "List Bullet 2", "List Bullet 3"), 0),
    2: (("Key Messages List",), PANEL),
    3: (("Contact List",), PANEL),
    4: (("Meaning List",), PANEL),
    5: (("Facts List",), 0),
}
LIST_OF = {style: number for number, (styles, _) in BULLETS.items() for style in styles}


def bullets(document) -> None:
    """The lists that styles belong to, each of one family: a list's level knows a single style."""
    numbering = document.part.numbering_part.element
    for old in list(numbering):
        numbering.remove(old)
    for number, (names, start) in BULLETS.items():
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
            f'<w:pStyle w:val="{named(document, name).style_id}"/>'
            f'<w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/><w:pPr>'
            f'<w:ind w:left="{cm(start + 0.75 * (level + 1))}" w:hanging="{cm(0.75)}"/></w:pPr></w:lvl>'
            for level, (name, sign) in enumerate(zip(names, "•–•", strict=False))
        )
        numbering.append(
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
                f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
            )
        )
    for number in BULLETS:  # Word wants all abstract lists first
        numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
            )
        )


def without_clutter(document) -> None:
    """Leave out pandoc's twins of paragraph styles, and hide Word's own that no document has."""
    for style in list(document.styles.element.findall(qn("w:style"))):
        if (
            style.get(qn("w:styleId")).endswith("Char")
            and style.get(qn("w:styleId")) != "VerbatimChar"
        ):
            document.styles.element.remove(style)
    for style in document.styles.element.findall(qn("w:style")):
        for link in style.findall(qn("w:link")):
            style.remove(link)
    latent = document.styles.element.find(qn("w:latentStyles"))
    latent.set(qn("w:defSemiHidden"), "1")
    latent.set(qn("w:defUnhideWhenUsed"), "1")


CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)


def reference(theme: Theme, default: bytes) -> bytes:
    document = docx.Document(BytesIO(default))
    for name, says in styles(theme).items():
        belongs = {"list": LIST_OF[name]} if name in LIST_OF else {}
        define(document, name, says | belongs, WD_STYLE_TYPE.PARAGRAPH)
    for name, says in CHARACTERS.items():
        define(document, name, says, WD_STYLE_TYPE.CHARACTER)
    ruled_table(document)
    bullets(document)
    without_clutter(document)
    page(document, theme)
    current_word(document)
    if theme.hyphenated:
        document.settings.element.find(qn("w:defaultTabStop")).addprevious(
            parse_xml(f'<w:autoHyphenation {nsdecls("w")} w:val="true"/>')
        )
    written = BytesIO()
    document.save(written)
    parts = {"word/fontTable.xml": font_table(), "docProps/core.xml": CORE}
    made = packed({**parts_of(written.getvalue()), **parts})
    return with_numbered_headings(made, numbered=theme.numbered)


def main() -> None:
    default = subprocess.run(
        [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"],
        check=True,
        capture_output=True,
    ).stdout
    for theme in THEMES:
        (FOLDER / f"{theme.name}.docx").write_bytes(reference(theme, default))


if __name__ == "__main__":
    main()
