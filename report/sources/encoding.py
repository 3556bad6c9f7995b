"""Bytes to text, as Windows, Excel and Unix write it."""

import codecs
from typing import Final

# The longer mark first: UTF-32's begins with UTF-16's.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(content: bytes) -> str:
    """Text with `\\n` at line ends.

    UTF-8, or UTF-16 and UTF-32 with their byte order mark; anything else is taken for
    Windows-1252, which is what Excel's "CSV" means in Western Europe (and Latin-1's superset).
    Bytes that Windows-1252 leaves open become U+FFFD, which the checks report with its place.
    """
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")
