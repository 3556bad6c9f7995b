"""A brand as a style sheet: what it sets otherwise than our own."""

import base64
import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Final

from report.model.brand import Brand, Font, Scheme, Typeface

_FORMATS: Final = {"ttf": "truetype", "otf": "opentype", "woff2": "woff2"}
_OURS: Final = '"Source Sans 3", "Helvetica Neue", Arial, sans-serif'
_PLAIN: Final = re.compile(r"[A-Za-z0-9 -]")


def stylesheet(brand: Brand, *, dark: bool = True) -> str:
    """Rules that hold after those of a theme: fonts, and custom properties of the root, with those
    for `dark` screens. They fetch nothing, and no text of the brand can end a rule or the sheet."""
    rules = [rule for face in brand.typefaces for rule in _faces(face)]
    families = []
    if brand.text:
        stack = f"{_called(brand.text)}, {_OURS}"
        families += [f"--sans: {stack}", f"--serif: {stack}"]
    if brand.headings:
        families.append(f"--headings: {_called(brand.headings)}, {_OURS}")
    rules.append(f":root {{ {'; '.join([*_colours(brand.light), *families])}; }}")
    if dark:
        colours = "; ".join(_colours(brand.dark))
        rules.append(f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {colours}; }} }}")
    return "\n".join(rules) + "\n"


def data_uri(kind: str, content: bytes) -> str:
    """The content as an address that holds it; `kind` is its media type."""
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _colours(scheme: Scheme) -> Iterator[str]:
    for colour in fields(scheme):
        yield f"--{colour.name.replace('_', '-')}: {getattr(scheme, colour.name)}"


def _faces(face: Typeface) -> Iterator[str]:
    """A cut each: of two files of the same, the smaller kind."""
    cuts: dict[tuple[int, bool], Font] = {}
    for font in face.fonts:
        if font.ending == "woff2" or (font.weight, font.italic) not in cuts:
            cuts[font.weight, font.italic] = font
    for (weight, italic), font in sorted(cuts.items()):
        style = "italic" if italic else "normal"
        source = data_uri(f"font/{font.ending}", font.content)
        yield (
            f"@font-face {{ font-family: {_called(face)}; font-weight: {weight}; "
            f'font-style: {style}; src: url("{source}") format("{_FORMATS[font.ending]}"); }}'
        )


def _called(face: Typeface) -> str:
    """The family's name as a string of CSS: whatever is no plain letter, by its number."""
    name = "".join(c if _PLAIN.fullmatch(c) else f"\\{ord(c):x} " for c in face.family)
    return f'"{name}"'
