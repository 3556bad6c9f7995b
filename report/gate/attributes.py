"""Elements and attributes of HTML and XML: which of them stand within a line, which attributes
people read, and which hold nothing that anybody wrote."""

import re
from typing import Final

INLINE: Final = frozenset(
    {"a", "abbr", "acronym", "alternatives", "b", "bdi", "bdo", "big", "bold", "cite", "code"}
    | {"data", "del", "dfn", "em", "ext-link", "fixed-case", "font", "i", "ins", "italic", "kbd"}
    | {"label", "mark", "monospace", "named-content", "nobr", "overline", "q", "rb", "roman", "s"}
    | {"samp", "sans-serif", "sc", "small", "span", "strike", "strong", "styled-content", "time"}
    | {"tspan", "tt", "u", "underline", "uri", "var", "wbr", "xref"}
)
"""Elements that part no words, of HTML, SVG and JATS."""

SHOWN: Final = frozenset(
    {"abbr", "alt", "author", "caption", "content", "creator", "descr", "description", "desc"}
    | {"initials", "label", "placeholder", "prompt", "summary", "title", "tooltip", "value"}
)
"""Attributes whose values people read, or write for others to read."""

HIDDEN: Final = frozenset(
    {"rsid", "rsidDel", "rsidP", "rsidR", "rsidRDefault", "rsidRPr", "rsidSect", "rsidTr"}
    | {"paraId", "paraIdParent", "textId", "durableId", "integrity", "nonce"}
    | {"schemaLocation"}
)
"""Numbers and hashes that programs count changes and check files by."""

_PATHS: Final = frozenset(
    {"d", "points", "transform", "viewBox", "gradientTransform", "patternTransform", "path"}
)
_COLOURS: Final = frozenset(
    {"fill", "stroke", "color", "stop-color", "themeFill", "fillcolor", "strokecolor", "bgcolor"}
    | {"lastClr", "val", "rgb"}
)
_PATH: Final = re.compile(
    r"(?:matrix|translate|scale|rotate|skew[XY]|[MmLlHhVvCcSsQqTtAaZz]"
    r"|[-+]?[\d.]+(?:e[-+]?\d+)?|[\s,();])*+"
)
_COLOUR: Final = re.compile(r"#?[0-9A-Fa-f]{6}(?:[0-9A-Fa-f]{2})?|#[0-9A-Fa-f]{3,4}")
_NUMBER: Final = re.compile(r"[-+]?[\d.,]{1,12}(?:%|[a-z]{0,3})")


def is_drawing(name: str, value: str) -> bool:
    """Whether a value is nothing but a path or a colour."""
    if name in _PATHS:
        return _PATH.fullmatch(value) is not None
    return name in _COLOURS and _COLOUR.fullmatch(value) is not None


def is_number(value: str) -> bool:
    """Whether a value is nothing but a number, with a unit at most."""
    return _NUMBER.fullmatch(value) is not None
