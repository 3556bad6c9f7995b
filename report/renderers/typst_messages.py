"""What Typst refuses to set, in words that say what to mend, at lines of the composed document."""

import re
from typing import Final

from report.errors import RenderError
from report.model.document import Document

_FONTS: Final = "take it out of templates/theme/fonts, and put in one that may be embedded"
_CHARACTER: Final = "write it otherwise, or put a font that has it into your templates/theme/fonts"
# What Typst says, what it means, and what to do. PDF/UA-1 and PDF/A-2a ask for most of it.
_REFUSALS: Final = tuple(
    (re.compile(said), meant, hint)
    for said, meant, hint in (
        (
            r"skipped from heading level (\d+) to (\d+)",
            "a heading of level {1} follows one of level {0}; the level between is left out",
            "write one # less, or put a heading of that level above it",
        ),
        (
            r"the first heading must be of level 1",
            "the first heading is not of level 1",
            "begin it with one #",
        ),
        (r"heading title is empty", "a heading has no words", "write them, or delete the #"),
        (
            r"missing alt text",
            "a picture has no words for those who do not see it",
            'in the template, put fig-alt="…" into the braces after it',
        ),
        (
            r"missing document title",
            "the document has no title",
            "“title:” in study.yml, or for the audience in audiences.yml",
        ),
        (
            r"missing document date",
            "the document has no date",
            "in the template's front matter, “date:” is a year, month and day: 2024-09-02",
        ),
        (r'the text `"(.+?)"` could not be displayed', "no font can print “{0}”", _CHARACTER),
        (
            r'codepoint `"(.+?)"`',
            "the character {0} stands there, which PDF/A and PDF/UA forbid",
            "write it otherwise, or delete it",
        ),
        (
            r'license of font `"(.+?)"` is too restrictive',
            "the font {0} may not be put into files, its own settings say",
            _FONTS,
        ),
        (
            r"string is longer than (\d+) characters",
            "a title, heading or alternative text is longer than {0} characters",
            "shorten it",
        ),
    )
)
_PLACE: Final = re.compile(r"main\.typ:(\d+):\d+")
_ERROR: Final = re.compile(r"^error: ", re.MULTILINE)
_WORD: Final = re.compile(r"[^\W_]+")


def refusal(diagnostic: str, document: Document, source: str) -> RenderError:
    """The first error that Typst tells of in `diagnostic`, with the line of the document's text;
    `source` is what Typst read as main.typ."""
    _, first, *_ = _ERROR.split(diagnostic)  # warnings may come before
    name = f"{document.name}.pdf"
    for said, meant, hint in _REFUSALS:
        if found := said.search(first):
            line = _line(first, document, source)
            return RenderError(f"{name}: {meant.format(*found.groups())}", hint, line)
    message, *_ = first.splitlines()
    return RenderError(f"{name}: Typst refused it: {message}")


def _line(said: str, document: Document, source: str) -> int:
    """The document's line that shares most words with the line of `source` that Typst names; 0
    where it names none."""
    place = _PLACE.search(said)
    lines = source.split("\n")
    if not place or int(place[1]) > len(lines):
        return 0
    words = set(_WORD.findall(lines[int(place[1]) - 1]))

    def likeness(line: str) -> float:
        theirs = set(_WORD.findall(line))
        return len(words & theirs) / (len(words | theirs) or 1)

    likest = max(document.text.split("\n"), key=likeness)
    return document.text.split("\n").index(likest) + 1 if likeness(likest) else 0
