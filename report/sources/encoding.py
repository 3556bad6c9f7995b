"""Bytes to text, as Windows, Excel and Unix write it."""

import codecs
import io
import re
from typing import Final

from report.model.diagnostic import Diagnostic, Location

# The longer mark first: UTF-32's begins with UTF-16's.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LETTERS: Final = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"


def text(content: bytes, path: str) -> tuple[str | None, list[Diagnostic]]:
    """The text of a file told of as `path`; none where it is no text at all, and then why."""
    if content.startswith((_ZIP, _OLE)):
        message = "this is an Excel or Word file whose name says that it is text"
        hint = "open it in the program that made it, and save it in the format of its name"
        return None, [Diagnostic("not-text", message, Location(path), hint)]
    decoded = decode(content)
    if "\0" in decoded:
        message = "this is not a text file"
        hint = "put the right file in its place, or save it again as text (UTF-8)"
        return None, [Diagnostic("not-text", message, Location(path), hint)]
    return decoded, []


def decode(content: bytes) -> str:
    """Text with `\\n` at line ends.

    UTF-8, or UTF-16 and UTF-32 with their byte order mark; anything else is taken for
    Windows-1252, which is what Excel's "CSV" means in Western Europe (and Latin-1's superset).
    Bytes that cannot be read become U+FFFD, which the checks report with its place.
    """
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "")
    if encoding:
        decoded = content.decode(encoding, errors="replace")
    else:
        try:
            decoded = content.decode()
        except UnicodeDecodeError:
            encoding = "utf-8" if _mostly_utf8(content) else "cp1252"
            decoded = content.decode(encoding, errors="replace")
    if "\r" in decoded:
        newlines = io.IncrementalNewlineDecoder(None, translate=True)
        decoded = newlines.decode(decoded, final=True)  # in half the time of two replacements
    return decoded


def _mostly_utf8(content: bytes) -> bool:
    """Whether more letters beyond ASCII are written as UTF-8 than not: a file put together from
    two others. Read as Windows-1252 it would have Ã¥ for every å."""
    rest, letters = _LETTERS.subn(b"", content)
    return letters > sum(byte > 0x7F for byte in rest)  # noqa: PLR2004  # beyond ASCII
