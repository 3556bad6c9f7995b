"""The text of each piece of tagged content, from a page's own operators (ISO 32000-1, 9.10).

pdfium would do, but for lines from right to left: it turns them round as a whole.
"""

import re
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

MAPPED = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Piece:
    """A piece of content. `language`: its own, empty where it is that of what holds it."""

    words: str
    language: str


def pieces(page: pikepdf.Page) -> dict[int, Piece]:
    """The page's pieces of text, by their numbers."""
    fonts = {str(name): to_unicode(font) for name, font in page.Resources.get("/Font", {}).items()}
    found: dict[int, Piece] = {}
    marks: list[tuple[str, Any]] = []
    told: set[int] = set()  # depths at which a replacement was told already
    font = ""
    for instruction in pikepdf.parse_content_stream(page):
        operands = list(instruction.operands)
        match str(instruction.operator):
            case "BDC" | "BMC":
                properties = operands[1] if len(operands) > 1 else Dictionary()
                marks.append((str(operands[0]), properties))
            case "EMC":
                told.discard(len(marks))
                marks.pop()
            case "Tf":
                font = str(operands[0])
            case "Tj" | "TJ":
                numbered = [p for _, p in marks if is_numbered(p)]
                if not numbered:
                    continue
                number, language = int(numbered[-1].MCID), str(numbered[-1].get(Name.Lang, ""))
                glyphs = [fonts[font][code] for code in codes(operands[0])]
                if "/ReversedChars" in [name for name, _ in marks]:
                    glyphs.reverse()
                words = "".join(glyphs)
                for depth, (_, properties) in enumerate(marks, 1):
                    if isinstance(properties, Dictionary) and Name.ActualText in properties:
                        words = "" if depth in told else str(properties.ActualText)
                        told.add(depth)
                        break
                before = found[number].words if number in found else ""
                found[number] = Piece(before + words, language)
    return found


def is_numbered(properties: Any) -> bool:
    return isinstance(properties, Dictionary) and Name.MCID in properties


def codes(shown: Any) -> list[int]:
    parts = shown if isinstance(shown, Array) else [shown]
    raw = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
    return [high << 8 | low for high, low in zip(raw[::2], raw[1::2], strict=True)]


def to_unicode(font: Any) -> dict[int, str]:
    """What each code of the font stands for; KeyError for a code that stands for nothing."""
    listed = MAPPED.findall(font.ToUnicode.read_bytes())
    return {int(code, 16): bytes.fromhex(t.decode()).decode("utf-16-be") for code, t in listed}
