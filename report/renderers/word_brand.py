"""A brand's colours and typefaces in the styles of a Word reference document."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Final

from report.model.brand import LIGHT, Brand
from report.renderers.word_parts import packed, parts_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OURS: Final = ("Source Sans 3", "Source Serif 4")
_HEADINGS: Final = ("title", "heading")


def branded(model: bytes, brand: Brand) -> bytes:
    """The reference document with the brand's colours in the place of ours, and its typefaces,
    which Word takes from the reader's machine."""
    parts = parts_of(model)
    return packed({n: _PARTS[n](part, brand) if n in _PARTS else part for n, part in parts.items()})


def _styles(data: bytes, brand: Brand) -> bytes:
    from lxml import etree

    root = etree.fromstring(data)
    for style in root.iter(f"{_W}style"):
        name = str(style.find(f"{_W}name").get(f"{_W}val")).casefold()
        face = brand.headings if name.startswith(_HEADINGS) and brand.headings else brand.text
        for fonts in style.iter(f"{_W}rFonts") if face else ():
            for key, called in fonts.items():
                if face and called in _OURS:
                    fonts.set(key, face.names[0])
        colours = _on_band(brand) if _is_band(style) else _on_paper(brand)
        for element, key in _coloured(style):
            element.set(key, colours.get(str(element.get(key)).casefold(), str(element.get(key))))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _fonts(data: bytes, brand: Brand) -> bytes:
    """The list of typefaces: what steps in for ours steps in for the brand's."""
    from lxml import etree

    root = etree.fromstring(data)
    faces = dict(zip(_OURS, brand.typefaces, strict=False))
    for font in root.iter(f"{_W}font"):
        if face := faces.get(str(font.get(f"{_W}name"))):
            font.set(f"{_W}name", face.names[0])
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


_PARTS: Final[Mapping[str, Callable[[bytes, Brand], bytes]]] = {
    "word/styles.xml": _styles,
    "word/fontTable.xml": _fonts,
}


def _is_band(style: "_Element") -> bool:
    """Whether the style sets text on our band."""
    grounds = style.iter(f"{_W}shd")
    return any(str(ground.get(f"{_W}fill")).casefold() == LIGHT.band[1:] for ground in grounds)


def _coloured(style: "_Element") -> Iterator[tuple["_Element", str]]:
    """Each attribute that holds a colour: of text, of a ground, of a border."""
    for element in style.iter():
        for key in element.keys():  # noqa: SIM118  # of lxml, which iterates over children
            is_text = key == f"{_W}val" and element.tag == f"{_W}color"
            if is_text or key in {f"{_W}fill", f"{_W}color"}:
                yield element, key


def _on_paper(brand: Brand) -> dict[str, str]:
    """What stands in the place of each colour of ours."""
    names = [colour.name for colour in fields(LIGHT) if colour.name not in {"band", "on_band"}]
    return {getattr(LIGHT, n)[1:]: getattr(brand.light, n)[1:].upper() for n in names}


def _on_band(brand: Brand) -> dict[str, str]:
    light = brand.light
    return {LIGHT.band[1:]: light.band[1:].upper(), LIGHT.on_band[1:]: light.on_band[1:].upper()}
