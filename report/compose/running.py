"""The running text of a Markdown file: sentences in an author's own words."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from report.model.blocks import blocks

FILLED: Final = "\ue000"
"""Stands for what is no word of a sentence."""
UNKNOWN: Final = "\ue001"
"""Stands for an expression, whose value may go on in the word beside it."""

Passage = tuple[int, int]
"""Where a paragraph's or an item's words start and end in the text."""

_BRACKETS: Final = r"\[(?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*\])*\]"
OWN: Final = re.compile(r"\[(?P<own>[^\[\]\\]+)\]\{\.term\}")
"""A term that an author marks, and explains in the sentence itself."""

# From left to right. What an author marks as a term is kept, to be found with the rest.
_NO_WORDS: Final = re.compile(
    rf"""
    (?P<unknown>\{{%\#.*?%\}} | \{{\{{.*?\}}\}})
    | {OWN.pattern} | \\.
    | (?P<run>`+)(?!`) .+? (?<!`)(?P=run)(?!`) (?:\{{[^{{}}\n]*\}})?
    | \^?{_BRACKETS} (?: \([^()]*(?:\([^()]*\)[^()]*)*\) | {_BRACKETS} | \{{[^{{}}]*\}} )?
    | <[^<>\s][^<>]*>
    | (?:https?://|www\.)[^\s<>]+ | (?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+
    | @(?:\{{[^{{}}]*\}}|\w[\w:.\#$%&+?<>~/-]*)
    # quotation marks: nobody's words are altered
    | “[^”]*” | „[^“”]*[“”] | ”[^”]*” | «[^»]*» | »[^«]*« | "[^"]*" | ‘[^‘’]*(?:’\w[^‘’]*)*’
    """,
    re.DOTALL | re.VERBOSE,
)
_TABLE: Final = re.compile(
    r"^(:{3,})[ \t]*\{\#(?:tbl|fig)-.*?(?:^\1[ \t]*$|\Z)", re.DOTALL | re.MULTILINE
)
_RULE: Final = re.compile(r"[ \t]*[+|]?[ \t]*:?-{2,}[-:|+ \t]*$")
_CAPTION: Final = re.compile(r"[Tt]able:")
_DEFINED: Final = re.compile(r"\n(?:[ \t]*\n)?[ ]{0,3}[:~][ \t]")


@lru_cache(maxsize=2000)
def passages(text: str) -> tuple[Passage, ...]:
    """The paragraphs and items of lists in the text. Headings, quotes, tables, captions, footnotes
    and what a list of definitions defines are none."""
    return tuple(_passages(text))


def _passages(text: str) -> Iterator[Passage]:
    tables = [found.span() for found in _TABLE.finditer(text)]
    start, runs = 0, False
    for block in blocks(text):
        end = block.start - len(block.before)
        if runs and not _is_of_table(text, start, end, tables):
            yield start, end
        start = block.start
        quoted = ">" in text[text.rfind("\n", 0, start) + 1 : start + 1]
        runs = block.kind in {"paragraph", "list item"} and not quoted


def _is_of_table(text: str, start: int, end: int, tables: list[Passage]) -> bool:
    """Whether the words are a table's, its caption's, or what a list of definitions defines."""
    before, after = text.rfind("\n", 0, start), text.find("\n", end)
    above = _line(text, before) if before >= 0 else ""
    below = _line(text, after + 1) if after >= 0 else ""
    return (
        any(_RULE.match(line) for line in (above, below))
        or bool(_CAPTION.match(text, start) or _DEFINED.match(text, end))
        or any(first <= start < last for first, last in tables)
    )


def _line(text: str, at: int) -> str:
    """The line that the character at that place is in, a line break in the line that it ends."""
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)]


def sentences(passage: str) -> str:
    """The passage with all filled in that is no word of its sentences, as long as it was: code,
    links, citations, notes, addresses, expressions, and what stands in quotation marks."""
    return _NO_WORDS.sub(_filled, passage)


def _filled(found: re.Match[str]) -> str:
    if found["own"]:
        return found[0]
    return (UNKNOWN if found["unknown"] else FILLED) * len(found[0])
