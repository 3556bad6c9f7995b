"""References inside a composed document lead somewhere."""

import re
from collections.abc import Iterator
from typing import Final

from report.model.audience import Variant
from report.model.citations import citations, crossrefs
from report.model.diagnostic import Diagnostic, Location, did_you_mean
from report.model.document import Document
from report.model.study import Study

_LABEL: Final = re.compile(r"\{[^{}\n]*#((?:tbl|fig|sec)-[\w-]+)[^{}\n]*\}")


def check(study: Study, variant: Variant, document: Document) -> Iterator[Diagnostic]:
    """Tables, figures and sections that the text refers to, but that this document has not."""
    labels = [found[1] for found in _LABEL.finditer(document.text)]
    for reference in crossrefs(document.text):
        if reference.key not in labels:
            message = f"{variant.name} refers to @{reference.key}, which it does not have"
            at = _origin(study, variant, f"@{reference.key}")
            yield Diagnostic("unknown-crossref", message, at, did_you_mean(reference.key, labels))
    for label in sorted({label for label in labels if labels.count(label) > 1}):
        message = f"{variant.name} has {label} more than once"
        at = _origin(study, variant, label)
        yield Diagnostic("duplicate-label", message, at, "show it once, and refer to it elsewhere")
    if any(citations(document.text)) and "bibliography:" not in document.text:
        message = f"{variant.name} cites works, but there is no references.bib"
        at = Location("data/references.bib")
        yield Diagnostic("missing-file", message, at, "export the works there from Zotero")


def _origin(study: Study, variant: Variant, words: str) -> Location:
    """Where the study's prose says `words`, the audience's own texts first."""
    own = f"{variant.audience_name}/"
    pattern = re.compile(re.escape(words) + r"(?![\w-])")
    for prose in sorted(study.prose.values(), key=lambda p: (not p.name.startswith(own), p.name)):
        if found := pattern.search(prose.text):
            before = prose.text[: found.start()]
            line = before.count("\n") + 1
            return Location(prose.path, line, len(before) - before.rfind("\n"))
    return Location(f"templates/{variant.audience_name}/document.qmd.j2")
