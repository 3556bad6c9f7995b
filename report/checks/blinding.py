"""What must not stand in a document for blinded reviewers."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from report.checks.origin import Find, origin
from report.clearance.identifying import identifying
from report.model.audience import Variant
from report.model.citations import citations
from report.model.diagnostic import Diagnostic, Location
from report.model.document import Document
from report.model.study import Study
from report.model.term import Term

_NEAR: Final = 100
"""So many characters from a citation, words are about it."""
_SOURCES: Final = ("authors", "contact", "funding", "publication")
"""Keys of study.yml that hold what is forbidden, and that a blinded document does not show."""


def check(study: Study, variant: Variant, document: Document) -> Iterator[Diagnostic]:
    """Anything in the composed text that tells who the authors are, and which file says it."""
    blinding = variant.audience.blinding
    if blinding is None:
        return
    text = document.text.replace("\\", "")
    told: dict[Location, list[str]] = {}
    for term in sorted((t.term for t in identifying(study, blinding)), key=_longest_first):
        if any(True for _ in term.find(text)):
            message = f"{variant.told} is blinded, but says “{term.words}”"
            problem = _told(study, variant, document, message, term.find)
            there = told.setdefault(problem.location, [])
            if not any(term.words in longer for longer in there):  # one name, and its parts
                there.append(term.words)
                yield problem
    hidden = {c.key for prose in study.prose.values() for c in citations(prose.text)}
    hidden -= {c.key for c in citations(document.text)}
    for phrase in blinding.phrases:
        if any(True for _ in _near(phrase, text, lambda key: key.startswith("blinded-"))):
            message = f"{variant.told} is blinded, but says “{phrase}” where it cites the authors"
            find = partial(_near, phrase, of_ours=hidden.__contains__)
            yield _told(study, variant, document, message, find)


def _longest_first(term: Term) -> tuple[int, str]:
    return -len(term.words), term.words


def _told(
    study: Study, variant: Variant, document: Document, message: str, find: Find
) -> Diagnostic:
    at = origin(study, variant, document, find, _is_source)
    hint = "word it neutrally there"
    if at is None:
        at = Location(f"templates/{variant.audience_name}/document.qmd.j2")
    elif at.path.startswith("data/text/"):
        hint = f"give text/{variant.audience_name}/ a wording of its own, or word it neutrally"
    return Diagnostic("not-blinded", message, at, hint)


def _is_source(file: str, key: tuple[str | int, ...]) -> bool:
    return file == "study" and (key[0] in _SOURCES or key == ("ethics", "reference"))


def _near(phrase: str, text: str, of_ours: Callable[[str], bool]) -> Iterator[int]:
    """Where the phrase stands near a citation of a work of the authors' own."""
    starts = list(Term(phrase).find(text))
    ours = [c for c in citations(text) if of_ours(c.key)] if starts else []
    for start in starts:
        end = start + len(phrase)
        if any(start - _NEAR <= c.start + len(c.key) and c.start <= end + _NEAR for c in ours):
            yield start
