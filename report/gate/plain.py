"""Text files, programs, JSON, and what is readable in other files."""

import codecs
import html
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import count
from typing import Final

from report.gate import escapes, uris
from report.gate.passage import Part, Passage, Unreadable

_SMALL: Final = 4096
_OF_A_FONT: Final = 200_000
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OF_TEXTS: Final = bytes({*b"\t\n\v\f\r\x1b", *range(0x20, 0x100)})
_EMPHASIS: Final = re.compile(r"(?<!\w)_+(?=\w)|(?<=[^\W_])_+(?!\w)|[*~`]+")
_RUN: Final = re.compile(rb"[\x20-\x7e]{3,}+(?:(?:[\xc2-\xf4][\x80-\xbf]{1,3})++[\x20-\x7e]*+)*+")
_MARKUP: Final = re.compile(
    r"(?<=\])\([^()\s]*(?:\s+\"[^\"]*\")?\)|(?<=[\])`])\{[^{}]*\}|\[\^[^\]]*\]|</?[a-zA-Z][^<>]*>|[\[\]]"
)
_PLAIN: Final = re.compile(r"[\w .,;:'\"()/–-]{12,}")
_WIDE: Final = re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\0){6,}")
_ZEROS: Final = b"\0" * 6
"""What every second byte is in a wide run."""
_WIDE_BIG_ENDIAN: Final = re.compile(rb"(?:\0[\x20-\x7e\xa0-\xff]){6,}")


def is_text(content: bytes) -> bool:
    """Whether bytes are a text rather than a program's."""
    if content.startswith(tuple(mark for mark, _ in _BOMS)):
        return True
    return not content.translate(None, _OF_TEXTS)


def decoded(content: bytes) -> str:
    """A text file's characters: UTF-8 or UTF-16, or else what Windows wrote in Western Europe."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def text(content: bytes) -> Iterator[Passage | Part]:
    """A text line by line: as it is written, and as Markdown or LaTeX show it. Each is a flow."""
    for number, line in enumerate(decoded(content).splitlines(), start=1):
        place = f"line {number}"
        rest, parts = uris.split(line, place) if "data:" in line else (line, ())
        yield from parts
        if rest.strip():
            yield Passage(place, rest, "source")
            yield Passage(place, _shown(rest), "shown")
            if "\\" in rest:
                yield Passage(place, escapes.unescaped(rest))


def code(content: bytes) -> Iterator[Passage | Part]:
    """A program or a style sheet."""
    yield from code_text(decoded(content), "the file's text")


def code_text(source: str, place: str) -> Iterator[Passage | Part]:
    """A program or a style sheet inside another file."""
    rest, parts = uris.split(source, place) if "data:" in source else (source, ())
    yield from parts
    yield Passage(place, rest, kind="code")
    if "\\" in rest and (plain := escapes.unescaped(rest)) != rest:
        yield Passage(place, plain, kind="code")


def json_file(content: bytes) -> Iterator[Passage | Part]:
    """Keys and texts. A text is told by its keys' number, since a key may be what is withheld."""
    try:
        data = json.loads(decoded(content), object_pairs_hook=tuple)  # keys may stand twice
    except (ValueError, RecursionError):
        raise Unreadable("this file is not JSON, although its name says so") from None
    numbers = {True: count(1), False: count(1)}
    for is_key, string in _strings(data):
        place = f"{'key' if is_key else 'text'} {next(numbers[is_key])}"
        rest, parts = uris.split(string, place) if "data:" in string else (string, ())
        yield from parts
        yield Passage(place, rest, "" if is_key else "texts", "machine" if is_key else "text")


def font(content: bytes) -> Iterator[Passage | Part]:
    """What follows a compressed web font (WOFF 2.0, 4.1). The font itself is Brotli's: pixels of
    letters, and a licence that its makers wrote."""
    length = int.from_bytes(content[8:12])
    yield from binary(content[length:])


def binary(content: bytes) -> Iterator[Passage | Part]:
    """What is readable in a file of another kind. Only long and plain runs can hold an id: random
    bytes look like short ones."""
    found = printable(content)
    if found:
        yield Passage("readable bytes", found, kind="noise")
    for run in _PLAIN.findall(found):
        yield Passage("readable bytes", run, kind="machine")


def printable(content: bytes) -> str:
    """Runs of characters, in one byte each or two. Random bytes make short ones by themselves, so
    a long file's have to be longer."""
    return (_seen if len(content) < _OF_A_FONT else _printable)(content)


def _printable(content: bytes) -> str:
    least = 4 if len(content) < _SMALL else 8
    one = [run.decode("utf-8", "replace") for run in _RUN.findall(content) if len(run) >= least]
    if _ZEROS not in content[::2] and _ZEROS not in content[1::2]:
        return "\n".join(one)  # most files: to look so far costs nearly nothing
    wide = [run.decode("utf-16-le") for run in _WIDE.findall(content)]
    wide += [run.decode("utf-16-be") for run in _WIDE_BIG_ENDIAN.findall(content)]
    return "\n".join([*one, *wide])


_seen: Final = lru_cache(maxsize=128)(_printable)
"""The same fonts stand in many documents."""


@lru_cache(maxsize=10_000)
def _shown(line: str) -> str:
    """A line as its reader sees it: without escapes, marks of emphasis, and what stands inside
    links, tags, references."""
    plain = _MARKUP.sub("", line)
    if "&" in plain:
        plain = html.unescape(plain)
    if "\\" in plain or "{" in plain:
        plain = escapes.unescaped(escapes.from_latex(plain))
    return _EMPHASIS.sub("", plain)


def _strings(data: object) -> Iterator[tuple[bool, str]]:
    """All keys and texts, in their order."""
    match data:
        case str():
            yield False, data
        case list():
            for item in data:
                yield from _strings(item)
        case tuple():
            for key, item in data:
                yield True, key
                yield from _strings(item)
