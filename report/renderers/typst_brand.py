"""A brand's colours and typefaces, made known to Typst."""

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Final

from report.model.brand import Brand, Typeface

FILE: Final = "brand.typ"
"""The file beside base.typ that says them; ours stands there without a brand."""
_OWN: Final = {"band": "band-fill", "rule": "hair"}
"""Colours that have other names there, where band draws one."""


def written(brand: Brand) -> bytes:
    """The content of that file for a brand, on paper: its light colours."""
    lines = []
    for colour in fields(brand.light):
        name = _OWN.get(colour.name, colour.name.replace("_", "-"))
        lines.append(f'#let {name} = rgb("{getattr(brand.light, colour.name)}")')
    lines += [f"#let brand-text = {_names(brand.text)}"]
    lines += [f"#let brand-headings = {_names(brand.headings)}"]
    return "".join(f"{line}\n" for line in lines).encode()


def fonts(brand: Brand) -> Mapping[str, bytes]:
    """The fonts that Typst can read, by names for their files."""
    read = [font for face in brand.typefaces for font in face.fonts if font.name]
    return {f"brand-{number}.{font.ending}": font.content for number, font in enumerate(read, 1)}


def _names(face: Typeface | None) -> str:
    """A list of Typst's; a string of JSON is one of Typst's, as far as names of fonts go."""
    names = face.names if face else ()
    return "(" + "".join(f"{json.dumps(name, ensure_ascii=False)}, " for name in names) + ")"
