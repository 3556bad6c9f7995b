"""References inside a composed document lead somewhere."""

import re
from collections.abc import Iterator
from typing import Final

from report.checks.markup import unmarked
from report.checks.origin import origin
from report.model.audience import Variant
from report.model.citations import citations, crossrefs
from report.model.diagnostic import Diagnostic, Location, did_you_mean
from report.model.document import Document
from report.model.study import Study

# As prose and templates write one; data's braces bear backslashes.
_LABEL: Final = re.compile(r"(?<!\\)\{(?:[^{}\n\\]*\s)?#((?:tbl|fig|sec)-[\w-]+)(?=[\s}])")

_ANY_LABEL: Final = re.compile(r"\{(?:[^{}\n]*\s)?#([^\s{}]+)(?=[\s}])")
_HEADING: Final = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)
_TO_A_PLACE: Final = re.compile(r"(?:\(|\]:)[ \t]*<?#")
_ANCHOR: Final = re.compile(
    r"""
    \[ (?:[^\[\]]|\[[^\[\]]*\])* \] \( [ \t]*<?\# ([^\s)>]+)
    | ^[ ]{0,3} \[[^\]\n]+\]: [ \t]*<?\# ([^\s>]+)
    """,
    re.MULTILINE | re.VERBOSE,
)


def check(study: Study, variant: Variant, document: Document) -> Iterator[Diagnostic]:
    """Tables, figures and sections that the text refers to, but that this document has not."""
    labels = [found[1] for found in _LABEL.finditer(document.text)]
    for reference in crossrefs(document.text):
        if reference.key not in labels:
            message = f"{variant.told} refers to @{reference.key}, which it does not have"
            at = _origin(study, variant, document, f"@{reference.key}")
            hint = did_you_mean(reference.key, labels)
            hint = hint or "mend the name, or delete the reference where the document has no such"
            yield Diagnostic("unknown-crossref", message, at, hint)
    for label in sorted({label for label in labels if labels.count(label) > 1}):
        message = f"{variant.told} has {label} more than once"
        at = _origin(study, variant, document, label)
        yield Diagnostic("duplicate-label", message, at, "show it once, and refer to it elsewhere")
    yield from _anchors(study, variant, document)
    if any(citations(document.text)) and "bibliography:" not in document.text:
        message = f"{variant.told} cites works, but there is no references.bib"
        at = Location("data/references.bib")
        yield Diagnostic("missing-file", message, at, "export the works there from Zotero")


def _anchors(study: Study, variant: Variant, document: Document) -> Iterator[Diagnostic]:
    """Links to a place in the document that it does not have."""
    text = unmarked(document.text)
    known = {found[1] for found in _ANY_LABEL.finditer(text)}
    known |= {_automatic(found[1]) for found in _HEADING.finditer(text)}
    asked = _ANCHOR.finditer(text) if _TO_A_PLACE.search(text) else ()
    for name in sorted({found[1] or found[2] for found in asked} - known):
        message = f"{variant.told} has a link to #{name}, but nothing there is called that"
        at = _origin(study, variant, document, f"#{name}")
        hint = did_you_mean(name, (label for label in known if label))
        hint = hint or f"label a heading with {{#{name}}}, or delete the link"
        yield Diagnostic("unknown-anchor", message, at, hint)


def _automatic(heading: str) -> str:
    """The name that pandoc gives to a heading without a label."""
    words = re.sub(r"\]\([^)]*\)|\{[^}]*\}", "", heading)
    words = re.sub(r"[^\w\s.-]|[*]", "", words).strip().lower()
    return re.sub(r"^[^a-z]+", "", re.sub(r"\s+", "-", words)) or "section"


def _origin(study: Study, variant: Variant, document: Document, words: str) -> Location:
    """Where the study's prose says `words`, else the template that all else comes from."""
    pattern = re.compile(re.escape(words) + r"(?![\w-])")
    at = origin(study, variant, document, lambda text: (m.start() for m in pattern.finditer(text)))
    return at or Location(f"templates/{variant.audience_name}/document.qmd.j2")
