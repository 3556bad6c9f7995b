"""The words of a Markdown text, one block at a time, as a translator gets them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["paragraph", "heading", "list item", "table row", "footnote", ""]

_SPAN: Final = re.compile(
    r"""
    (?P<comment>\{%\#.*?%\}) | (?P<expression>\{\{.*?\}\})
    | (?P<fence>^[ ]{0,3}(?P<run>`{3,}|~{3,})[^`\n]*\n.*?^[ ]{0,3}(?P=run)[`~]*[ \t]*$)
    """,
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
_FILLERS: Final = {"comment": "\ue000", "expression": "\ue001", "fence": "\ue002"}
_HEADING: Final = re.compile(r"[ ]{0,3}#{1,6}[ \t]+")
_UNDERLINE: Final = re.compile(r"(=+|-+)[ \t]*$")
_LEVEL: Final = re.compile(r"(#{1,6})[ \t]+$")
_ATTRIBUTES: Final = re.compile(r"[ \t]*(?:\{[^{}\ue001]*\})?[ \t]*#*[ \t]*$")
_MARKER: Final = re.compile(
    r"(?P<indent>[ \t]*)"
    # pandoc wants two spaces after a capital and a stop: “A. Smith” is a name
    r"(?P<item>(?:[-*+]|\(?(?:\d+|[a-z]|\#)[.)]|\(?[A-Z]\)|[A-Z]\.(?=[ ]{2}))[ \t]+)?"
    r"(?P<note>\[\^[^\]\s]+\]:[ \t]*|:[ \t]+)?"
)
_QUOTE: Final = re.compile(r"(?:[ ]{0,3}>[ \t]?)+")
_DIV: Final = re.compile(r"[ \t]*:{3,}.*$")
_OPENING: Final = re.compile(r"^([ \t]*(?:\(?(?:\d+|[A-Za-z]))?)([.)\-+*])(?=[ \t])", re.MULTILINE)
_CODE: Final = re.compile(r"(?:[ ]{4}|\t)")
_RULE: Final = re.compile(r"[ \t]*(?:[-*_][ \t]*){3,}$")
_TARGET: Final = re.compile(r"[ ]{0,3}\[[^\]^][^\]]*\]:[ \t]")
_TABLE_RULE: Final = re.compile(r"[ \t]*[|+]?[ \t]*:?-+[-:|+ \t]*$")
_LETTER: Final = re.compile(r"[^\W\d_\ue000-\ue002]|\ue001")
_APART: Final = re.compile(
    r"\{\{-?\s*(?:block_quote|pull_quote|quotes_of|quote|table|figure|picture)\((?:(?!\}\}).)*\}\}",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a text: what goes `before` the words, as it stands, and the words.

    `text` is on one line but for hard breaks; it is empty after the last words. `section` is the
    headings above them, the nearest last; the second of two that are alike bears “(2)”. `start` is
    where the words start in the text.
    """

    before: str
    text: str
    kind: Kind = ""
    section: str = ""
    start: int = 0


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a text, in order. A heading, a paragraph, an item of a list, a row of a table
    and a footnote is one each; an expression that stands alone for a quote, a table, a figure or a
    picture is none, nor are comments and code."""
    section, seen, above = "", set[str](), dict[int, str]()
    for block in _raw(text):
        if block.kind == "heading":
            hashes = _LEVEL.search(block.before)
            level = len(hashes[1]) if hashes else 1
            above = {n: title for n, title in above.items() if n < level} | {level: block.text}
            path = " / ".join(above.values())
            section, number = path, 1
            while section in seen:
                number += 1
                section = f"{path} ({number})"
            seen.add(section)
        yield Block(block.before, block.text, block.kind, section, block.start)


def inline(words: str) -> str:
    """Words that take the place of a block's words: what would begin a list there is no list, such
    as the date “12. mars”."""
    return _OPENING.sub(r"\1\\\2", words.strip())


def _raw(text: str) -> Iterator[Block]:
    """Blocks without their sections."""
    shape = _SPAN.sub(_filled, text)  # as long as the text, with nothing in it that misleads
    lines = [found.span() for found in re.finditer(r"[^\n]*\n?", shape) if found[0]]
    at, number, kind, blank = 0, 0, "", True
    while number < len(lines):
        start, end = lines[number]
        line = shape[start:end].rstrip("\n")
        code = blank and _CODE.match(line) and kind not in {"list item", "footnote"}
        if _is_structure(line) or code:
            blank = bool(code) or not line.strip()
            number += 1
            continue
        blank = False
        first, block_end, number, kind = _extent(shape, lines, number)
        words = text[first:block_end]
        if not _LETTER.search(shape[first:block_end]) or _APART.fullmatch(words.strip()):
            continue
        yield Block(text[at:first], _joined(words, shape[first:block_end]), kind, "", first)
        at = block_end
    yield Block(text[at:], "", start=len(text))


def _filled(found: re.Match[str]) -> str:
    return _FILLERS[str(found.lastgroup if found.lastgroup != "run" else "fence")] * len(found[0])


def _is_structure(line: str) -> bool:
    """Whether a line bears no words by its very form."""
    bare = line.strip()
    return (
        not bare.strip("\ue000\ue002>")
        or bool(_DIV.match(line) or _RULE.match(line) or _TARGET.match(line))
        or bool(_TABLE_RULE.match(line))
    )


def _extent(shape: str, lines: list[tuple[int, int]], number: int) -> tuple[int, int, int, Kind]:
    """Where the words of the block at a line start and end, the line after it, and its kind."""
    start, end = lines[number]
    line = shape[start:end].rstrip("\n")
    quote = _QUOTE.match(line)
    first = start + (quote.end() if quote else 0)
    line = shape[first:end].rstrip("\n")
    if heading := _HEADING.match(line):
        tail = _ATTRIBUTES.search(line)
        stop = first + (tail.start() if tail else len(line))
        return first + heading.end(), max(stop, first + heading.end()), number + 1, "heading"
    if line.startswith("|"):
        return first, first + len(line.rstrip()), number + 1, "table row"
    marker = _MARKER.match(line)
    kind: Kind = "paragraph"
    if marker:
        kind = "list item" if marker["item"] else "footnote" if marker["note"] else "paragraph"
        first += marker.end()
    stop, number = first + len(shape[first:end].rstrip()), number + 1
    while number < len(lines):
        start, end = lines[number]
        line = shape[start:end].rstrip("\n")
        if kind == "paragraph" and _UNDERLINE.match(line):
            return first, stop, number, "heading"
        if not line.strip(" \t>") or _is_structure(line) or _starts_anew(line, kind):
            break
        stop, number = start + len(line.rstrip()), number + 1
    return first, stop, number, kind


def _starts_anew(line: str, kind: Kind) -> bool:
    """Whether a line inside a block begins something else: a row, a footnote; or the next item of a
    list, which in a paragraph is no list but a line that happens to begin so."""
    marker = _MARKER.match(line)
    item = bool(marker and marker["item"]) and kind == "list item"
    return line.startswith("|") or item or bool(marker and marker["note"])


def _joined(words: str, shape: str) -> str:
    """The words without comments, on one line; a hard break stays one."""
    kept = words
    if "\ue000" in shape:
        kept = "".join(c if s != "\ue000" else s for c, s in zip(words, shape, strict=True))
        kept = re.sub(r"(\s?)\ue000+(\s?)", lambda found: found[1] or found[2], kept)
    if "\n" not in kept:
        return kept.strip()
    kept = re.sub(r"(?:\\|[ ]{2,})\n[ \t>]*", "\ue003", kept)
    return re.sub(r"\s*\n[ \t>]*", " ", kept).replace("\ue003", "\\\n").strip()
