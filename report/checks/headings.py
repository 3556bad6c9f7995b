"""Headings by which a reader finds the way, by eye or by ear: none without words, no level left
out (WCAG 2.2, 1.3.1; ISO 14289-1, 7.4.2, by which Typst would refuse the PDF)."""

import re
from collections.abc import Iterator
from typing import Final

from report.checks.markup import unmarked
from report.checks.origin import of_line
from report.model.audience import Variant
from report.model.diagnostic import Diagnostic
from report.model.document import Document
from report.model.study import Study

_HEADING: Final = re.compile(r"(#{1,6})(?:[ \t]+(.*?))?[ \t]*(?:\{[^{}]*\})?[ \t]*")
_BEFORE: Final = re.compile(r"[ \t]*|:::.*|---")
"""The line before a heading: an empty one, or one that opens or closes something."""


def check(study: Study, variant: Variant, document: Document) -> Iterator[Diagnostic]:
    """Headings that skip a level, or say nothing, where the study writes them."""
    before, level = "", 0
    for number, line in enumerate(unmarked(document.text).split("\n"), 1):
        found = _HEADING.fullmatch(line)
        if found and _BEFORE.fullmatch(before):
            own = len(found[1])
            if not (found[2] or "").strip("#").strip():
                message = f"{variant.told} has a heading without words"
                hint = f"write them after {found[1]}, or delete the line"
                at = of_line(study, variant, document, number)
                yield Diagnostic("empty-heading", message, at, hint)
            if own > level + 1:
                follows = f"follows one of level {level}" if level else "is the first"
                message = (
                    f"{variant.told}: a heading of level {own} {follows}, which leaves one out"
                )
                hint = f"begin it with {'#' * (level + 1)}"
                at = of_line(study, variant, document, number)
                yield Diagnostic("skipped-heading", message, at, hint)
            level = own
        before = line
