"""What must not stand in a document for blinded reviewers."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final

from report.checks.origin import Find, origin
from report.model.audience import Variant
from report.model.citations import citations
from report.model.diagnostic import Diagnostic, Location
from report.model.document import Document
from report.model.study import Study

_NEAR: Final = 100
"""So many characters from a citation, words are about it."""
_GRANT: Final = 5
"""So long a part of a grant's number tells as much as the whole."""
_STROKES: Final = str.maketrans("øØłŁđĐ", "oOlLdD")
_SOURCES: Final = ("authors", "contact", "funding", "publication")
"""Keys of study.yml that hold what is forbidden, and that a blinded document does not show."""


@dataclass(frozen=True)
class _Words:
    """Words that tell who the authors are. In `names`, a single word counts with a capital only:
    Young is a name, young is none."""

    words: str
    names: bool = False
    family: bool = False

    def find(self, text: str) -> Iterator[int]:
        """Where the words stand, whatever their case and accents."""
        pattern = r"\s+".join(re.escape(word) for word in _lower(_folded(self.words)).split())
        folded = _folded(text)
        lower = _lower(folded)
        for found in re.finditer(rf"(?<![^\W_]){pattern}(?![^\W_])", lower):
            if self._counts(folded[found.start() : found.end()]):
                yield found.start()

    def _counts(self, found: str) -> bool:
        if not self.names or not self.words.replace("-", "").isalpha():
            return True
        if self.words.isupper() and len(self.words) > 1 and not self.family:
            return found.isupper()  # WHO, not Who
        return found[0].isupper() or not self.words[0].isupper()


def check(study: Study, variant: Variant, document: Document) -> Iterator[Diagnostic]:
    """Anything in the composed text that tells who the authors are, and which file says it."""
    blinding = variant.audience.blinding
    if blinding is None:
        return
    text = document.text.replace("\\", "")
    for words in identifying(study):
        if any(True for _ in words.find(text)):
            message = f"{variant.name} is blinded, but says “{words.words}”"
            yield _told(study, variant, document, message, words.find)
    hidden = {c.key for prose in study.prose.values() for c in citations(prose.text)}
    hidden -= {c.key for c in citations(document.text)}
    for phrase in blinding.phrases:
        if any(True for _ in _near(phrase, text, lambda key: key.startswith("blinded-"))):
            message = f"{variant.name} is blinded, but says “{phrase}” where it cites the authors"
            find = partial(_near, phrase, of_ours=hidden.__contains__)
            yield _told(study, variant, document, message, find)


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
    starts = list(_Words(phrase).find(text))
    ours = [c for c in citations(text) if of_ours(c.key)] if starts else []
    for start in starts:
        end = start + len(phrase)
        if any(start - _NEAR <= c.start + len(c.key) and c.start <= end + _NEAR for c in ours):
            yield start


def identifying(study: Study) -> tuple[_Words, ...]:
    """Names of the authors and their parts, institutions, ORCIDs, e-mail addresses and domains,
    funders, grant numbers, the ethics reference, the study's own DOI."""
    file = study.file
    families = {author.family for author in file.authors}
    names = {author.name for author in file.authors}
    names |= {part for author in file.authors for part in _institutions(author.affiliations)}
    names |= {funding.funder for funding in file.funding}
    others = {author.orcid or "" for author in file.authors}
    emails = {author.email or "" for author in file.authors}
    if file.contact:
        names.add(file.contact.name)
        emails.add(file.contact.email)
    others |= emails | {email.rpartition("@")[2] for email in emails}
    for funding in file.funding:
        grant = funding.grant or ""
        others |= {grant, *(part for part in re.split(r"[/\s]+", grant)[1:] if _tells(part))}
    others |= {file.ethics.reference or ""}
    others |= {file.publication.doi or "" if file.publication else ""}
    return (
        *(_Words(words, names=True, family=True) for words in sorted(families)),
        *(_Words(words, names=True) for words in sorted(names - families)),
        *(_Words(words) for words in sorted(others - {""})),
    )


def _institutions(affiliations: tuple[str, ...]) -> Iterator[str]:
    """The institutions of “Institute, University, Town, Country”, and all of it up to the town."""
    for affiliation in affiliations:
        parts = [part.strip() for part in affiliation.split(",")]
        yield affiliation
        yield ", ".join(parts[:-1]) or affiliation
        yield from (part for part in parts[: max(1, len(parts) - 2)] if part)


def _tells(part: str) -> bool:
    return len(part) >= _GRANT and any(c.isdigit() for c in part)


@lru_cache(maxsize=64)
def _lower(text: str) -> str:
    """In small letters, as long as it was."""
    return "".join(small if len(small := c.casefold()) == 1 else c for c in text)


@lru_cache(maxsize=64)
def _folded(text: str) -> str:
    """Without accents, a character for each of the text as it is composed: Åkerblom is Akerblom."""
    composed = unicodedata.normalize("NFC", text).translate(_STROKES)
    return "".join(unicodedata.normalize("NFD", c)[0] for c in composed)
