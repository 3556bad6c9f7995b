"""What must not stand in a document for blinded reviewers."""

import re
from collections.abc import Iterator

from report.checks.origin import origin
from report.model.audience import Variant
from report.model.diagnostic import Diagnostic
from report.model.document import Document
from report.model.study import Study


def check(study: Study, variant: Variant, document: Document) -> Iterator[Diagnostic]:
    """Anything in the composed text that tells who the authors are, and which file says it."""
    if variant.audience.blinding is None:
        return
    text = document.text.replace("\\", "")
    for words in identifying(study):
        pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
        if pattern.search(text):
            message = f"{variant.name} is blinded, but says “{words}”"
            hint = f"give text/{variant.audience_name}/ a wording of its own, or word it neutrally"
            at = origin(study, variant, document, pattern) or study.locate_key("study", ())
            yield Diagnostic("not-blinded", message, at, hint)


def identifying(study: Study) -> frozenset[str]:
    """Names of the authors and their parts, institutions, ORCIDs, e-mail addresses and domains,
    grant numbers, the ethics reference, the study's own DOI."""
    file = study.file
    words: set[str] = set()
    for author in file.authors:
        words |= {author.name, author.family}
        words |= set(author.affiliations)
        words |= {affiliation.partition(",")[0] for affiliation in author.affiliations}
        words |= {author.orcid or ""}
        words |= {author.email or "", (author.email or "").rpartition("@")[2]}
    if file.contact:
        words |= {file.contact.name, file.contact.email, file.contact.email.rpartition("@")[2]}
    words |= {funding.grant or "" for funding in file.funding}
    words |= {file.ethics.reference or ""}
    words |= {file.publication.doi or "" if file.publication else ""}
    return frozenset(words - {""})
