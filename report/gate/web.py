"""HTML: text, attributes, comments, programs, styles, and the files that stand in data: URIs."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final
from urllib.parse import unquote

from report.gate import uris
from report.gate.attributes import HIDDEN, INLINE, SHOWN, is_drawing, is_number
from report.gate.escapes import unescaped
from report.gate.passage import Part, Passage
from report.gate.plain import code_text, decoded

_RAISED: Final = {"sup", "sub", "br", "rt", "rp"}
_CODE: Final = {"script", "style"}
_CHANGES: Final = ("ins", "del")
_END_TAG: Final = re.compile(r"</[a-zA-Z][^\s>]*\s+([^>]+)>")
_TAG: Final = re.compile(r"<[^>]*>")
_PLAIN: Final = re.compile(r"[a-z-]{1,16}\d?")


def read(content: bytes) -> Iterator[Passage | Part]:
    """All that a page holds; its texts are one flow. Where it shows changes, they are read as they
    are and as they were."""
    text = decoded(content)
    page = _Page()
    page.feed(text)
    page.close()
    page.end()
    yield from page.found
    yield from page.earlier
    if page.rawdata:
        # Older Pythons leave a script or comment that does not end.
        yield from code_text(page.rawdata, "the page's end")
    for found in _END_TAG.finditer(text):
        yield Passage("end tag", found[1], kind="machine")


class _Page(HTMLParser):
    """Gathers what it meets in `found`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Passage | Part] = []
        self._pieces: list[str] = []
        self._before: list[str] = []
        self._within = dict.fromkeys(_CHANGES, 0)
        self._changed = False
        self._earlier: list[Passage] = []
        self._line = 1
        self._code = ""
        self._is_data = False
        self._seen: set[tuple[str, str]] = set()
        self._names: set[str] = set()

    def end(self) -> None:
        """Closes a paragraph, cell or the like."""
        text = " ".join("".join(self._pieces).split())
        self._pieces.clear()
        if text:
            self.found.append(Passage(f"line {self._line}", text, "text"))
        before = " ".join("".join(self._before).split())
        self._before.clear()
        if before:
            place = f"line {self._line} before changes"
            self._earlier.append(Passage(place, before, "before changes"))

    @property
    def earlier(self) -> list[Passage]:
        """The page's texts as they were; none where it shows no changes."""
        return self._earlier if self._changed else []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._between(tag)
        if tag in _CHANGES:
            self._within[tag] += 1
            self._changed = True
        self._name(tag, "name of an element")
        for name, value in attrs:
            self._name(name, "name of an attribute")
            if value and (name, value) not in self._seen:
                self._seen.add((name, value))
                self._attribute(name, value)
        self._code = tag if tag in _CODE else ""
        self._is_data = any(name == "type" and "json" in (value or "") for name, value in attrs)

    def handle_endtag(self, tag: str) -> None:
        self._between(tag)
        if self._within.get(tag):
            self._within[tag] -= 1
        self._code = ""

    def handle_data(self, data: str) -> None:
        if not self._code:
            if not (self._pieces or self._before):
                self._line = self.getpos()[0]
            came, went = (bool(self._within[tag]) for tag in _CHANGES)
            if came or not went:
                self._pieces.append(data)
            if went or not came:
                self._before.append(data)
        elif self._is_data:
            self.found.append(_data(self._here(self._code), data))
        else:
            self.found += code_text(data, self._here(self._code))

    def handle_comment(self, data: str) -> None:
        self._aside("comment", data)
        if (shown := _TAG.sub("", data)) != data:
            self._aside("comment", shown)

    def parse_html_declaration(self, i: int) -> int:
        """A marked section is a comment to a browser. Python's own reader fails at some."""
        if self.rawdata.startswith("<![", i):
            return self.parse_bogus_comment(i)
        return super().parse_html_declaration(i)

    def handle_decl(self, decl: str) -> None:
        self._aside("declaration", decl)

    def handle_pi(self, data: str) -> None:
        self._aside("processing instruction", data)

    def _between(self, tag: str) -> None:
        if tag in _RAISED:
            self._pieces.append(" ")
            self._before.append(" ")
        elif tag not in INLINE:
            self.end()

    def _attribute(self, name: str, value: str) -> None:
        if name in HIDDEN or is_number(value) or is_drawing(name, value):
            return
        is_shown = name in SHOWN or name.startswith(("data-", "aria-"))
        place = self._here(f"attribute {name}")
        if name == "srcdoc":
            self.found.append(Part(place, "srcdoc.html", value.encode()))
        elif name == "style" or name.startswith("on"):
            self.found += code_text(value, place)
        else:
            self._aside(place, value, is_shown=is_shown, is_placed=True)
            if "\\u" in value and (plain := unescaped(value)) != value:
                self._aside(place, plain, is_shown=is_shown, is_placed=True)
            if "%" in value and "data:" not in value:
                self._aside(place, unquote(value), is_shown=is_shown, is_placed=True)

    def _aside(
        self, place: str, text: str, *, is_shown: bool = True, is_placed: bool = False
    ) -> None:
        here = place if is_placed else self._here(place)
        rest, parts = uris.split(text, here) if "data:" in text else (text, ())
        self.found += parts
        self.found.append(Passage(here, rest, kind="text" if is_shown else "machine"))

    def _name(self, name: str, place: str) -> None:
        if name not in self._names:
            self._names.add(name)
            if not _PLAIN.fullmatch(name):
                self.found.append(Passage(self._here(place), name, kind="machine"))

    def _here(self, what: str) -> str:
        return f"{what} on line {self.getpos()[0]}"


def _data(place: str, source: str) -> Passage | Part:
    """What a script holds for others: JSON, in which letters may be written by number."""
    try:
        json.loads(source)
    except ValueError:
        return Passage(place, source)
    return Part(place, "data.json", source.encode())
