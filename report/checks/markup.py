"""Markdown that the documents cannot have, told before pandoc meets it."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from report.checks.origin import place
from report.model.diagnostic import Diagnostic
from report.model.study import Prose

_FILLER: Final = "\ue000"  # neither space, digit nor punctuation
# From left to right: comments, expressions, what is escaped, blocks of code, code in a paragraph.
_PASSED_OVER: Final = re.compile(
    r"""
    \{%\#(?:(?!\{%\#).)*?%\} | \{\{(?:(?!\{\{).)*?\}\} | \\.
    | ^[ ]{0,3}(?P<fence>`{3,}|~{3,}) [^`\n]*\n .*? ^[ ]{0,3}(?P=fence)[`~]*[ \t]*$
    | (?P<run>`+)(?!`) (?:(?!\n[ \t]*\n).)+? (?<!`)(?P=run)(?!`)
    | `+
    """,
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
_IMAGE: Final = re.compile(r"!\[(?!\^[^\]\s]+\](?![(\[]))")
_NOTE: Final = re.compile(r"\[\^([^\]\s]+)\]")
_NOTE_MADE: Final = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:", re.MULTILINE)
_PARAGRAPH: Final = r"(?:(?!\n[ \t]*\n)[^$])"
# As pandoc reads them; what stands between $$ may begin and end with a space.
_MATHS: Final = re.compile(rf"\$\${_PARAGRAPH}+?\$\$|\$(?![\s$]){_PARAGRAPH}*?(?<!\s)\$(?!\d)")
_METADATA: Final = re.compile(r"(?:\A|^[ \t]*\n)(---[ \t]*\n)(?=[ \t]*\S)", re.MULTILINE)
_RAW: Final = re.compile(r"(?:`|~~~)[ \t]*\{=[A-Za-z][\w-]*[ \t]*\}")


def check(prose: Prose, *, whole: bool = True) -> Iterator[Diagnostic]:
    """Pictures, footnotes without their text, formulas, settings, and raw HTML, TeX and so on.
    Where the text is not a `whole` file, the texts of its footnotes are elsewhere."""
    text = unmarked(prose.text)
    for found in _IMAGE.finditer(text):
        message = "a picture stands here; those of your own are in data/pictures.csv"
        hint = (
            'write {{ picture("…") }}, or {{ figure("…") }} for a figure; a “!” before a bracket '
        )
        hint += "is written \\!"
        yield Diagnostic("image-in-prose", message, place(prose, found.start()), hint)
    made = {found[1] for found in _NOTE_MADE.finditer(text)}
    for found in _NOTE.finditer(text):
        if whole and found[1] not in made:
            message = f"the footnote [^{found[1]}] has no text"
            hint = f"write it in this file, on a line that begins with [^{found[1]}]:"
            yield Diagnostic("unknown-footnote", message, place(prose, found.start()), hint)
    for found in _MATHS.finditer(text):
        written = " ".join(prose.text[found.start() : found.end()].split())
        message = f"“{written}” would be read as a formula, and there is no font for formulas"
        hint = "write it in words or plain characters; a dollar sign is written \\$"
        yield Diagnostic("maths-in-prose", message, place(prose, found.start()), hint)
    for found in _METADATA.finditer(text):
        message = "what follows these hyphens would be read as settings of the document"
        hint = "for a line across the page leave an empty line after ---; else delete it"
        yield Diagnostic("metadata-in-prose", message, place(prose, found.start(1)), hint)
    for found in _RAW.finditer(prose.text):
        start = prose.text.index("{", found.start())
        written = prose.text[start : found.end()]
        message = f"{written} asks for code of one format, which the others would lose"
        hint = "write it as Markdown, and delete what stands in the braces"
        yield Diagnostic("raw-in-prose", message, place(prose, start), hint)


@lru_cache(maxsize=256)
def unmarked(text: str) -> str:
    """The text with code, expressions, comments and escaped characters filled in, so that nothing
    in them counts and every place is where it was."""
    return _PASSED_OVER.sub(_filled, text)


def _filled(found: re.Match[str]) -> str:
    return "\n".join(_FILLER * len(line) for line in found[0].split("\n"))
