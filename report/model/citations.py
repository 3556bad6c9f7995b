"""Citations and cross-references in Markdown, as pandoc and Quarto read them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

CROSSREF_PREFIXES: Final = ("tbl-", "fig-", "sec-")
"""What Quarto takes for a cross-reference rather than a citation."""

# From left to right: what is escaped; code, which ends at a run of as many backticks as it began
# with; backticks that end nowhere; a citation. A key starts with a letter, digit or _, and has
# single punctuation characters only inside (Pandoc User's Guide, "Citation syntax"). Each begins
# with a character of its own, so that nearly all of a text is passed over at once.
_TOKEN: Final = re.compile(
    r"""
    \\.
    | ` (?P<more>`*) (?!`) .+? (?<!`) ` (?P=more) (?!`)
    | ``*
    | @ (?<![\w\\@.]@) (?: \{ (?P<braced>[^}\s]+) \} | (?P<key>\w(?:[:.\#$%&\-+?<>~/]?\w)*) )
    """,
    re.DOTALL | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Citation:
    """A key and the offset of its @ in the text."""

    key: str
    start: int


def citations(markdown: str) -> Iterator[Citation]:
    """Works cited, in the order of the text; code is passed over."""
    return (c for c in _all(markdown) if not c.key.startswith(CROSSREF_PREFIXES))


def crossrefs(markdown: str) -> Iterator[Citation]:
    """References to tables, figures and sections, in the order of the text."""
    return (c for c in _all(markdown) if c.key.startswith(CROSSREF_PREFIXES))


def _all(markdown: str) -> Iterator[Citation]:
    for found in _TOKEN.finditer(markdown) if "@" in markdown else ():
        if key := found["braced"] or found["key"]:
            yield Citation(key, found.start())
