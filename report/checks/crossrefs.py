"""References inside a composed document lead somewhere."""

import re
from collections.abc import Iterator
from typing import Final

from report.checks.origin import origin
from report.model.audience import Variant
from report.model.citations import citations, crossrefs
from report.model.diagnostic import Diagnostic, Location, did_you_mean
from report.model.document import Document
from report.model.study import Study

# As prose and templates write one; data's braces bear backslashes.
_LABEL: Final = re.compile(r"(?<!\\)\{(?:[^{}\n\\]*\s)?#((?:tbl|fig|sec)-[\w-]+)(?=[\s}])")


def check(study: Study, variant: Variant, document: Document) -> Iterator[Diagnostic]:
    """Tables, figures and sections that the text refers to, but that this document has not."""
    labels = [found[1] for found in _LABEL.finditer(document.text)]
    for reference in crossrefs(document.text):
        if reference.key not in labels:
            message = f"{variant.name} refers to @{reference.key}, which it does not have"
            at = _origin(study, variant, document, f"@{reference.key}")
            hint = did_you_mean(reference.key, labels)
            hint = hint or "mend the name, or delete the reference where the document has no such"
            yield Diagnostic("unknown-crossref", message, at, hint)
    for label in sorted({label for label in labels if labels.count(label) > 1}):
        message = f"{variant.name} has {label} more than once"
        at = _origin(study, variant, document, label)
        yield Diagnostic("duplicate-label", message, at, "show it once, and refer to it elsewhere")
    if any(citations(document.text)) and "bibliography:" not in document.text:
        message = f"{variant.name} cites works, but there is no references.bib"
        at = Location("data/references.bib")
        yield Diagnostic("missing-file", message, at, "export the works there from Zotero")


def _origin(study: Study, variant: Variant, document: Document, words: str) -> Location:
    """Where the study's prose says `words`, else the template that all else comes from."""
    at = origin(study, variant, document, re.compile(re.escape(words) + r"(?![\w-])"))
    return at or Location(f"templates/{variant.audience_name}/document.qmd.j2")
