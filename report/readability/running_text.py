"""The running text of a composed document: what its author wrote in sentences, and quotes."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from report.model.blocks import blocks
from report.model.document import FRONT_MATTER
from report.readability.words import words

Place = Literal["text", "quote", "apart"]

_OPENS: Final = re.compile(r"[ ]{0,3}:{3,}[ \t]*(?:\{(?P<attributes>.*)\}|(?P<name>[\w-]+))[ :]*$")
_CLOSES: Final = re.compile(r"[ ]{0,3}:{3,}[ \t]*$")
_QUOTE: Final = re.compile(r"\.(?:pull-)?quote(?![\w-])")
_APART: Final = re.compile(
    r"\.(?:statements|contact|recipient|colophon|facts|glossary|draft-notice|translated-abstract)"
    r"(?![\w-])|#(?:tbl|fig|lst|refs)(?![^\W-])|(?<![\w-])lang="
)
_QUOTED_BLOCK: Final = re.compile(r"(?:^|\n)[ ]{0,3}>[ \t>]*(?:[-*+][ \t]+)?\Z")

_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_SHIELD: Final = 0xE100  # + the character that a backslash takes away from Markdown
_SHIELDED: Final = re.compile(f"[{chr(_SHIELD + 0x21)}-{chr(_SHIELD + 0x7E)}]")
_BRACKETS: Final = re.compile(
    r"(?P<kind>[!^]?)\[(?P<inner>[^\[\]]*)\](?P<tail>\([^()]*\)(?:\{[^{}]*\})?|\{[^{}]*\})?"
)
_IS_TERM: Final = re.compile(r"\.term(?![\w-])")
_LEFT_OUT: Final = re.compile(r"\.(?:attribution|term-note)(?![\w-])")
_MARKS: Final = re.compile(r"\*+|~+|\^|`+|(?<!\w)_+|_+(?!\w)|<[^<>\s]+>|\u00ad")
_OTHER, _OTHER_END = "\ue001", "\ue002"  # around words in another language
_TERM, _TERM_END = "\ue003", "\ue004"  # around words that are explained there
_OURS: Final = re.compile("[\ue000-\ue004\ue121-\ue17e]")
_FOREIGN: Final = re.compile(f"{_OTHER}[^{_OTHER_END}]*{_OTHER_END}")
_SPACE: Final = re.compile(r"[ \u00a0]+(?=[.,;:!?])")

_MARKED: Final = '“[^“”]*”|«[^«»]*»|„[^„“”]*[“”]|”[^”]*”|"[^"]*"'
_QUOTED: Final = re.compile(
    rf"(?P<words>{_MARKED})(?:\s*\[(?:{_MARKED})\])?(?P<speaker>\s*\([^()]*\))?"
)
_ENDED: Final = re.compile(r"[.!?…][^\w\s]*\Z")
_STOPS: Final = tuple(".!?…")
_STANDS: Final = "“\ue000”"  # in the place of a quote
_FEW: Final = 3
"""So many words in quotation marks are words that the text speaks of, and no quote."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, an item of a list, or a quote in one, without its markup. Its lines end where
    those of the document do; `line` is the number of the first, from 1."""

    text: str
    line: int
    is_quote: bool = False
    explained: tuple[tuple[int, int], ...] = ()
    """Where in the text words start and end that are explained there."""


def passages(markdown: str) -> Iterator[Passage]:
    """The running text of a composed document, passage by passage, in its order.

    Running text is paragraphs and items of lists. Headings, tables, captions, figures, notes, the
    front matter, citations, the boxes of figures, recipient, statements, contact and colophon, and
    parts in another language are none. Quotes come as passages of their own: those set apart, and
    those of more than three words in quotation marks, in whose place “…” stands.
    """
    front = FRONT_MATTER.match(markdown)
    body = "\n" * front[0].count("\n") + markdown[front.end() :] if front else markdown
    places = list(_places(body))
    for block, after in pairwise(blocks(body)):
        line = body.count("\n", 0, block.start)
        place = places[line]
        if place == "apart" or block.kind in {"heading", "table row", "footnote"}:
            continue
        raw = body[block.start : after.start - len(after.before)]
        quoted = place == "quote" or bool(_QUOTED_BLOCK.search(block.before))
        yield from _of_block(raw, line + 1, quoted=quoted)


def shown(text: str) -> str:
    """A part of a passage on one line, for people."""
    return re.sub(r"[ \t\n]+", " ", text.replace("\ue000", "…")).strip()


def _places(body: str) -> Iterator[Place]:
    """For each line, what the fenced divisions around it make of it."""
    around: list[Place] = ["text"]
    for line in body.split("\n"):
        if opening := _OPENS.match(line):
            around.append(_place(opening["attributes"] or f".{opening['name']}", around[-1]))
        elif _CLOSES.match(line) and len(around) > 1:
            around.pop()
        yield around[-1]


def _place(attributes: str, outer: Place) -> Place:
    if outer == "apart" or _APART.search(attributes):
        return "apart"
    return "quote" if _QUOTE.search(attributes) else outer


def _of_block(raw: str, line: int, *, quoted: bool) -> Iterator[Passage]:
    text = _plain(raw)
    if quoted:
        yield from _passage(text, line, is_quote=True)
        return
    quotes: list[tuple[str, int]] = []

    def apart(found: re.Match[str]) -> str:
        said = found["words"]
        if len(words(said)) <= _FEW:
            return found[0]
        quotes.append((said, line + text.count("\n", 0, found.start())))
        stop = bool(_ENDED.search(said)) and text[found.end() : found.end() + 1] not in _STOPS
        return _STANDS + "." * stop + "\n" * found[0].count("\n")

    yield from _passage(_FOREIGN.sub("", _QUOTED.sub(apart, text)), line, is_quote=False)
    for said, at in quotes:
        yield from _passage(said, at, is_quote=True)


def _passage(text: str, line: int, *, is_quote: bool) -> Iterator[Passage]:
    """The passage, if there are words in it; its terms are told by place and no more by marks."""
    parts = re.split(f"([{_TERM}{_TERM_END}])", text.replace(_OTHER, "").replace(_OTHER_END, ""))
    own, starts, ends = "", list[int](), list[int]()
    for part in parts:
        if part == _TERM:
            starts.append(len(own))
        elif part == _TERM_END:
            ends.append(len(own))
        else:
            own += part
    if words(own):
        yield Passage(own, line, is_quote, tuple(zip(starts, ends, strict=False)))


def _plain(raw: str) -> str:
    """Markdown without its marks, each line on its line."""
    text = _ESCAPED.sub(lambda found: chr(_SHIELD + ord(found[1])), _OURS.sub("", raw))
    text = re.sub(r"\n[ \t>]*", "\n", text.replace("\\\n", "\n"))
    count = 1
    while count:
        text, count = _BRACKETS.subn(_inner, text)
    text = _SPACE.sub("", _MARKS.sub("", text))
    text = _SHIELDED.sub(lambda found: chr(ord(found[0]) - _SHIELD), text)
    return unicodedata.normalize("NFC", text)


def _inner(found: re.Match[str]) -> str:
    """What stays of brackets: the words of a link and of a span; nothing of a picture, a note, a
    citation, an explanation in the margin or the name under a quote."""
    inner, tail = found["inner"], found["tail"] or ""
    kept = "\n" * found[0].count("\n")
    if found["kind"] or inner.startswith("^") or (not tail and "@" in inner):
        return kept
    if not tail.startswith("{"):
        return inner
    if _LEFT_OUT.search(tail):
        return kept
    if "lang=" in tail:
        return f"{_OTHER}{inner}{_OTHER_END}"
    return f"{_TERM}{inner}{_TERM_END}" if _IS_TERM.search(tail) else inner
