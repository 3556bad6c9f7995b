"""Files that stand inside a text as data: URIs."""

import base64
import binascii
import re
from typing import Final
from urllib.parse import unquote_to_bytes

from report.gate.passage import Part

_URI: Final = re.compile(r"(?i)data:([\w.+-]+/[\w.+-]+)?((?:;[\w.+-]+=?[^;,\s\"']*)*?)(;base64)?,")
_QUOTED_END: Final = {'"': '"', "'": "'"}
_KINDS: Final = {
    "image/svg+xml": ".svg",
    "text/html": ".html",
    "text/css": ".css",
    "text/xml": ".xml",
    "application/json": ".json",
    "text/javascript": ".js",
    "application/javascript": ".js",
    "application/xml": ".xml",
    "application/xhtml+xml": ".html",
    "application/ld+json": ".json",
}
_BASE64: Final = re.compile(r"[A-Za-z0-9+/=_%-]*(?:\s+[A-Za-z0-9+/]{40,})*")
"""A word that follows is none of it, although its letters could be."""
_WORD: Final = re.compile(r"[^\s<>\"]*")


def split(text: str, place: str) -> tuple[str, tuple[Part, ...]]:
    """The text without its data: URIs, and the file in each. One that is none stays text."""
    rest: list[str] = []
    parts: list[Part] = []
    end = 0
    while found := _URI.search(text, end):
        rest.append(text[end : found.start()])
        end = _end(text, found)
        content = _decoded(text[found.end() : end], is_base64=bool(found[3]))
        if content is None:
            rest.append(text[found.start() : end])
        else:
            name = _KINDS.get((found[1] or "").lower(), "")
            parts.append(Part(f"{place}, data in it", name and f"data{name}", content))
    return "".join([*rest, text[end:]]), tuple(parts)


def _end(text: str, uri: re.Match[str]) -> int:
    """Where the URI ends: at the quotation mark that opened it, at the bracket of url(), or at
    the end of what may stand in it."""
    before = text[max(uri.start() - 1, 0) : uri.start()]
    if uri[3]:
        whole = _BASE64.match(text, uri.end())
        return whole.end() if whole else uri.end()
    if before in _QUOTED_END:
        closing = text.find(_QUOTED_END[before], uri.end())
        return len(text) if closing < 0 else closing
    if before == "(":
        closing = text.find(")", uri.end())
        return len(text) if closing < 0 else closing
    if not uri.start():
        return len(text)
    word = _WORD.match(text, uri.end())
    return word.end() if word else uri.end()


def _decoded(written: str, *, is_base64: bool) -> bytes | None:
    plain = unquote_to_bytes(written) if "%" in written else written.encode()
    if not is_base64:
        return plain
    try:
        # The end may lack its padding, or hold letters of the text that follows.
        return base64.b64decode(plain + b"=" * (-len(plain) % 4), altchars=None)
    except binascii.Error:
        return None
