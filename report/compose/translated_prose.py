"""A text file in another language: each of its blocks as the catalogue has it."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

from report.compose.escape import Markdown
from report.compose.running import Passage, passages
from report.compose.translator import Translator
from report.model.blocks import Block, blocks, inline
from report.model.catalogue import Domain, Message
from report.model.diagnostic import Diagnostic
from report.model.study import Prose

Fill = Callable[[Prose, str, Sequence[Passage]], tuple[Markdown, list[Diagnostic]]]
"""Works out the expressions of a text that is written in the language named, and marks the terms in
its passages of running text."""

_HEADINGS: Final = "headings"
_FIRST_CELL: Final = re.compile(r"\|[ \t]*")


def message(prose: Prose, block: Block) -> Message:
    """The message of a block: under its file and the heading above it. The headings of a file are
    together, since one that is reworded would else take its section along."""
    place = prose.path.removeprefix("data/")
    section = _HEADINGS if block.kind == "heading" else block.section
    return Message(Domain.STUDY, f"{place} § {section}" if section else place, block.text)


@lru_cache(maxsize=2000)
def _blocks(text: str) -> tuple[Block, ...]:
    return tuple(blocks(text))


def translated(
    prose: Prose, translator: Translator, fill: Fill
) -> tuple[Markdown, list[Diagnostic]]:
    """The text in the translator's language with every expression worked out, and each that cannot
    be. A block without a translation stands there in its own language, marked."""
    parts: list[str] = []
    problems: list[Diagnostic] = []

    running = {start for start, _ in passages(prose.text)}

    def add(text: str, path: str, line: int, language: str, *, runs: bool = False) -> None:
        within = [(0, len(text))] if runs else []
        filled, trouble = fill(Prose(prose.name, path, text, line), language, within)
        parts.append(filled)
        problems.extend(trouble)

    for block in _blocks(prose.text):
        before = block.start - len(block.before)
        add(block.before, prose.path, _line(prose.text, before), translator.language)
        if not block.text:
            continue
        asked = message(prose, block)
        translator.use(asked, block.kind, prose.path.removeprefix("data/"))
        words = translator.find(asked)
        runs = block.start in running
        if words.is_source:
            opening, closing = _marks(block, translator.source)
            parts.append(opening)
            line = _line(prose.text, block.start)
            add(_unmarked(block), prose.path, line, translator.source, runs=runs)
            parts.append(closing)
            continue
        add(inline(words.text), words.path, words.line, translator.language, runs=runs)
        if any(problem.location.path == words.path for problem in problems):
            # What the source names is still in use, whatever its translation makes of it.
            fill(Prose(prose.name, prose.path, block.text), translator.source, ())
    return Markdown("".join(parts)), problems


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _marks(block: Block, source: str) -> tuple[str, str]:
    if block.kind == "table row":
        return f"| \\[{source}\\] ", ""
    return f"[\\[{source}: ", f"\\]]{{lang={source} .untranslated}}"


def _unmarked(block: Block) -> str:
    return _FIRST_CELL.sub("", block.text, count=1) if block.kind == "table row" else block.text
