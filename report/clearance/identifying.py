"""What tells who the authors are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from report.model.audience import Blinding
from report.model.study import Study
from report.model.study_file import Author
from report.model.term import Term, folded

_GRANT: Final = 5
"""So long a part of a grant's number tells as much as the whole."""
_PART: Final = 3
"""Letters; a shorter part of a name is many a word."""
_INITIALS: Final = 3
"""So many initials are one person's; fewer are many a word."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A term, of what kind it is, and what a message may call it without telling it."""

    kind: str
    what: str
    term: Term


def identifying(study: Study, blinding: Blinding) -> tuple[Telling, ...]:
    """The terms of the kinds that `blinding` hides, and those that it adds, each once; family names
    come first."""
    told = [*_of_authors(study), *_of_money(study), *_of_others(study)]
    mine = [telling for telling in told if telling.kind in blinding.hides]
    mine += [_name("also", "a word that audience.yml hides", word) for word in blinding.also]
    by_words = {telling.term.words: telling for telling in reversed(mine)}
    return tuple(sorted(by_words.values(), key=lambda t: (not t.term.family, t.term.words)))


def _of_authors(study: Study) -> Iterator[Telling]:
    for author in study.file.authors:
        family = Term(author.family, names=True, family=True)
        yield Telling("names", "an author's family name", family)
        yield _name("names", "an author's name", author.name)
        for part in _parts(author, study):
            yield Telling(
                "names", "a part of an author's name", Term(part, names=True, family=True)
            )
        initials = _initials(author)
        if len(initials) >= _INITIALS:
            yield _name("names", "an author's initials", initials)
        for part in _institutions(author.affiliations):
            yield _name("institutions", "an author's institution", part)
        if author.orcid:
            yield Telling("orcids", "an author's ORCID iD", Term(author.orcid))
        if author.email:
            yield from _email(author.email)


def _of_money(study: Study) -> Iterator[Telling]:
    for funding in study.file.funding:
        yield _name("funders", "a funder", funding.funder)
        grant = funding.grant or ""
        for part in (grant, *(p for p in re.split(r"[/\s]+", grant)[1:] if _tells(p))):
            if part:
                yield Telling("grants", "a grant's number", Term(part))


def _of_others(study: Study) -> Iterator[Telling]:
    file = study.file
    if file.contact:
        yield _name("names", "the contact's name", file.contact.name)
        yield from _email(file.contact.email)
    if file.ethics.reference:
        yield Telling("ethics", "the ethics reference", Term(file.ethics.reference))
    if file.publication and file.publication.doi:
        yield Telling("doi", "the study's own DOI", Term(file.publication.doi))


def _name(kind: str, what: str, words: str) -> Telling:
    return Telling(kind, what, Term(words, names=True))


def _email(email: str) -> Iterator[Telling]:
    yield Telling("emails", "an e-mail address", Term(email))
    yield Telling("emails", "the domain of an e-mail address", Term(email.rpartition("@")[2]))


def _parts(author: Author, study: Study) -> Iterator[str]:
    """The parts of a name, but for those that somebody else has whose work is cited."""
    others = " ".join(
        f"{reference.fields.get('author', '')} {reference.fields.get('editor', '')}"
        for reference in study.references
        if folded(author.family) not in folded(reference.source)
    )
    known = set(re.findall(r"\w+", folded(others).casefold()))
    for part in re.split(r"[\s-]+", f"{author.given} {author.family}"):
        if len(part) >= _PART and folded(part).casefold() not in known:
            yield part


def _initials(author: Author) -> str:
    return "".join(re.findall(r"\b[^\W\d_]", author.name)).upper()


def _institutions(affiliations: tuple[str, ...]) -> Iterator[str]:
    """The institutions of “Institute, University, Town, Country”, and all of it up to the town."""
    for affiliation in affiliations:
        parts = [part.strip() for part in affiliation.split(",")]
        yield affiliation
        yield ", ".join(parts[:-1]) or affiliation
        yield from (part for part in parts[: max(1, len(parts) - 2)] if part)


def _tells(part: str) -> bool:
    return len(part) >= _GRANT and any(c.isdigit() for c in part)
