"""SVG drawings that are nothing but a drawing: shapes, and no program, no words, nothing fetched.

Elements are those of SVG 2 (https://www.w3.org/TR/SVG2/), of which shapes and their paints are let
in. What could draw one thing many times over (use, mask, pattern) is not among them.
"""

import re
from collections.abc import Mapping
from typing import Final
from xml.parsers import expat

from report.model.diagnostic import Diagnostic, Location, excerpt

_SVG: Final = "http://www.w3.org/2000/svg"
_LET_IN: Final = frozenset(
    f"{_SVG} {name}"
    for name in (
        *("svg", "g", "defs", "title", "desc", "metadata", "style"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("linearGradient", "radialGradient", "stop"),
    )
)
_METADATA: Final = f"{_SVG} metadata"
_STYLE: Final = f"{_SVG} style"
_LINKS: Final = ("href", "src", "base")
# A reference to somewhere else; and a backslash, by which one could be hidden.
_FETCHED: Final = re.compile(r"\\|url\s*\((?!\s*['\"]?\s*#)", re.IGNORECASE)
_NUMBER: Final = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?"
_VIEW_BOX: Final = re.compile(rf"\s*(?:{_NUMBER}[\s,]+){{2}}({_NUMBER})[\s,]+({_NUMBER})\s*")
_LENGTH: Final = re.compile(rf"\s*({_NUMBER})(px|in|cm|mm|pt|pc|em|ex|%)?\s*", re.IGNORECASE)
_UNITS: Final[Mapping[str, float]] = {
    "": 1,
    "px": 1,
    "in": 96,
    "cm": 96 / 2.54,
    "mm": 96 / 25.4,
    "pt": 96 / 72,
    "pc": 16,
    "em": 12,
    "ex": 6,
}
"""Pixels of CSS in a unit (CSS Values 4, 6.2); em and ex as Typst takes them."""
_DEEPEST: Final = 100
"""Elements inside each other: programs that draw make ten."""

_PLAIN: Final = "save it as plain SVG with nothing but shapes in it, or save it as PNG"
_HINTS: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("text", "tspan", "textPath"),
        "words in a picture can neither be translated nor read aloud: take them out",
    ),
    **dict.fromkeys(
        ("use", "symbol"),
        "turn clones into shapes (in Inkscape: Edit, Clone, Unlink Clone), or save it as PNG",
    ),
    **dict.fromkeys(
        ("animate", "animateMotion", "animateTransform", "set"),
        "a picture stands still: take the movement out",
    ),
}

Size = tuple[float, float]


class _Stop(Exception):  # noqa: N818  # no error: what was asked is known
    """Raised where a drawing is not to be read any further."""


def read(content: bytes, path: str) -> tuple[Size | None, list[Diagnostic]]:
    """How wide and high the drawing told of as `path` is shown, in units of its own; and what may
    not be in it, of each kind the first. Nothing of it is worked out or fetched."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return None, [_damaged("this SVG picture is not in UTF-8", Location(path))]
    drawing = _Drawing(path)
    try:
        drawing.parser.Parse(content, True)  # noqa: FBT003  # it ends there
    except _Stop:
        pass
    except expat.ExpatError as error:
        why = expat.ErrorString(error.code)
        at = Location(path, error.lineno, error.offset + 1)
        message = f"this is not an SVG picture, or it is damaged: {why}"
        return None, [*drawing.found.values(), _damaged(message, at)]
    return drawing.size, list(drawing.found.values())


class _Drawing:
    """Reads a drawing: its `size`, and in `found`, by message, what may not be in it."""

    def __init__(self, path: str) -> None:
        self.size: Size | None = None
        self.found: dict[str, Diagnostic] = {}
        self._path = path
        self._open: list[str] = []
        self._style = ""
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self.parser.ProcessingInstructionHandler = self._instruction

    def _doctype(self, *_: object) -> None:
        self._unsafe("a DOCTYPE", "delete it: no picture needs one")
        raise _Stop  # entities are made there, and can grow without end

    def _instruction(self, target: str, _data: str) -> None:
        self._unsafe(f"<?{excerpt(target)}", "delete it: no picture needs one")

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if not self._open:
            self._root(name, attributes)
        self._open.append(name)
        if len(self._open) > _DEEPEST:
            self._unsafe(f"more than {_DEEPEST} elements inside each other", _PLAIN)
            raise _Stop
        if _METADATA in self._open[:-1]:
            return  # said of the picture, and no part of it
        if name not in _LET_IN:
            local = name.rpartition(" ")[2]
            self._unsafe(f"<{excerpt(local)}>", _HINTS.get(local, _PLAIN))
        for attribute, value in attributes.items():
            self._attribute(attribute, value)

    def _end(self, _name: str) -> None:
        if self._open.pop() == _STYLE:
            if "@" in self._style or _FETCHED.search(self._style):
                self._unsafe("a style that fetches something", _PLAIN)
            self._style = ""

    def _data(self, text: str) -> None:
        if self._open[-1] == _STYLE:
            self._style += text

    def _attribute(self, name: str, value: str) -> None:
        namespace, _, local = name.rpartition(" ")
        folded = local.casefold()
        if folded in _LINKS:
            if not value.startswith("#"):
                self._unsafe(f"the link {excerpt(value)}", _PLAIN)
        elif namespace:
            return  # a program's own notes
        elif folded.startswith("on"):
            self._unsafe(f"a program ({excerpt(local)})", _PLAIN)
        elif _FETCHED.search(value):
            self._unsafe(f"the link {excerpt(value)}", _PLAIN)

    def _root(self, name: str, attributes: Mapping[str, str]) -> None:
        here = self._here()
        if name != f"{_SVG} svg":
            message = "this is not an SVG picture"
            self.found[message] = _damaged(message, here)
            raise _Stop
        box = _VIEW_BOX.fullmatch(attributes.get("viewBox", ""))
        inside = (float(box[1]), float(box[2])) if box else (0.0, 0.0)
        wide, high = (
            _length(attributes.get(side, ""), of)
            for side, of in zip(("width", "height"), inside, strict=True)
        )
        if min(*inside, wide, high) > 0:
            self.size = wide, high
            return
        message = "this picture does not say how wide and high it is"
        hint = 'give <svg> viewBox="0 0 240 240" or the like, and no width or height of 0'
        self.found[message] = Diagnostic("damaged-picture", message, here, hint)

    def _unsafe(self, what: str, hint: str) -> None:
        message = f"this picture holds {what}, which has no place in one"
        self.found.setdefault(message, Diagnostic("unsafe-picture", message, self._here(), hint))

    def _here(self) -> Location:
        parser = self.parser
        return Location(self._path, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)


def _length(said: str, of: float) -> float:
    """A width or height in pixels: all of the view box, `of`, where it is not said."""
    found = _LENGTH.fullmatch(said)
    if found is None:
        return of
    number, unit = float(found[1]), (found[2] or "").lower()
    return number * (of / 100 if unit == "%" else _UNITS[unit])


def _damaged(message: str, at: Location) -> Diagnostic:
    return Diagnostic("damaged-picture", message, at, "save it again as plain SVG, or as PNG")
