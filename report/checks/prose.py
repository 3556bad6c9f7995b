"""Text files: nothing left to write, nothing that only one format would show."""

import re
from collections.abc import Iterator
from typing import Final

from report.model.diagnostic import Diagnostic, Location
from report.model.study import Study

_PLACEHOLDER: Final = re.compile(r"\b(TODO|FIXME|TBD|XXX+)\b|\blorem ipsum\b", re.IGNORECASE)
_HTML: Final = re.compile(r"(?<!\\)<(?![\w.+-]+(?::|@))/?[A-Za-z][^<>\n]*>|<!--")


def check(study: Study) -> Iterator[Diagnostic]:
    """Empty files, placeholders, and HTML."""
    for prose in study.prose.values():
        if not prose.text.strip():
            at = Location(prose.path, 1, 1)
            yield Diagnostic("empty-file", "the file is empty", at, "write it, or delete it")
        for line, text in enumerate(prose.text.split("\n"), 1):
            for found in _PLACEHOLDER.finditer(text):
                if found[0].isupper() or "lorem" in found[0].lower():
                    at = Location(prose.path, line, found.start() + 1)
                    message = f"“{found[0]}” is still to be written"
                    yield Diagnostic("placeholder", message, at, "write what belongs there")
            for found in _HTML.finditer(text):
                at = Location(prose.path, line, found.start() + 1)
                message = f"HTML ({found[0]}) would be lost in PDF and Word"
                hint = "write it as Markdown; a “<” that is meant as such is written \\<"
                yield Diagnostic("html-in-prose", message, at, hint)
