"""Citations and cross-references in Markdown, as pandoc and Quarto read them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

CROSSREF_PREFIXES: Final = ("tbl-", "fig-", "sec-")
"""What Quarto takes for a cross-reference rather than a citation."""

# pandoc: starts with a letter, digit or _; single punctuation characters only inside.
_CITATION: Final = re.compile(r"(?<![\w\\@.])@(?:\{([^}\s]+)\}|(\w(?:[:.#$%&\-+?<>~/]?\w)*))")
_CODE: Final = re.compile(r"(`+).+?\1", re.DOTALL)


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
    code = [span.span() for span in _CODE.finditer(markdown)]
    for found in _CITATION.finditer(markdown):
        if not any(start <= found.start() < end for start, end in code):
            yield Citation(found[1] or found[2], found.start())
