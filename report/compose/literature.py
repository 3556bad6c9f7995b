"""The works that a document cites; the authors' own without a name where reviewers are blinded."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from report.model.audience import Blinding
from report.model.citations import citations
from report.model.reference import Reference
from report.model.study import Study
from report.model.study_file import Author

# What LaTeX has a command for; a command for an accent is left out, as accents are.
_LETTERS: Final = {
    "AA": "Å", "aa": "å", "O": "Ø", "o": "ø", "AE": "Æ", "ae": "æ", "OE": "Œ", "oe": "œ",
    "L": "Ł", "l": "ł", "DJ": "Đ", "dj": "đ", "NG": "Ŋ", "ng": "ŋ", "ss": "ß", "i": "i", "j": "j",
}  # fmt: skip


def cited(study: Study, text: str) -> tuple[Reference, ...]:
    """The works that `text` cites, by key."""
    keys = {citation.key for citation in citations(text)}
    return tuple(sorted((r for r in study.references if r.key in keys), key=lambda r: r.key))


def bibliography(references: Iterable[Reference]) -> str:
    """A .bib file of the works."""
    return "".join(f"{reference.source.strip()}\n\n" for reference in references)


def own(references: Iterable[Reference], authors: Iterable[Author]) -> Iterator[Reference]:
    """The works that one of the study's authors had a hand in."""
    mine = [(_folded(author.given)[:1], f" {_folded(author.family)}") for author in authors]
    for reference in references:
        people = f"{reference.fields.get('author', '')} and {reference.fields.get('editor', '')}"
        for name in _people(people):
            if any(name.startswith(initial) and name.endswith(family) for initial, family in mine):
                yield reference
                break


def blinded(
    text: str, references: tuple[Reference, ...], authors: Iterable[Author], blinding: Blinding
) -> tuple[str, str]:
    """The text and a .bib file in which the authors' own works keep their year and nothing else:
    not even their keys, which Word's bookmarks would tell."""
    mine = {reference.key for reference in own(references, authors)}
    # In the order in which they are cited: citeproc letters them so (2023a, 2023b).
    order = dict.fromkeys(c.key for c in citations(text) if c.key in mine)
    hidden = {key: f"blinded-{n}" for n, key in enumerate(order, 1)}
    by_key = {reference.key: reference for reference in references}
    sources = [r.source.strip() for r in references if r.key not in hidden]
    for key, stand_in in hidden.items():
        year = re.search(r"\d{4}", _year(by_key[key].fields))
        sources.append(
            f"@misc{{{stand_in},\n  author = {{{{{blinding.author}}}}},\n"
            f"  title = {{{{{blinding.title}}}}},\n  year = {{{year[0] if year else ''}}}\n}}"
        )
    return _rekeyed(text, hidden), "".join(f"{source}\n\n" for source in sources)


def _rekeyed(text: str, keys: Mapping[str, str]) -> str:
    parts, at = [], 0
    for citation in citations(text):
        if citation.key in keys:
            end = text.index(citation.key, citation.start) + len(citation.key)
            parts += [text[at : citation.start], "@", keys[citation.key]]
            braced = text[citation.start + 1] == "{"
            at = end + braced
    return "".join([*parts, text[at:]])


def _year(fields: Mapping[str, str]) -> str:
    return fields.get("year") or fields.get("date", "")


def _people(names: str) -> Iterator[str]:
    """Each name, folded, given name first: particles then go with either."""
    for name in re.split(r"\s+and\s+", names):
        parts = _plain(name).split(",")
        family = parts[0] if len(parts) > 1 else ""
        yield _folded(" ".join(f"{parts[-1]} {family}".split()))


def _plain(latex: str) -> str:
    """The letters of BibTeX's LaTeX: {\\AA}kerblom and \\r{A}kerblom are Åkerblom."""
    letters = re.sub(r"\\([A-Za-z]+)\s*|\\.", lambda m: _LETTERS.get(m[1] or "", ""), latex)
    return letters.replace("{", "").replace("}", "").replace("~", " ")


def _folded(name: str) -> str:
    """Without case and accents: Åkerblom is Akerblom."""
    plain = unicodedata.normalize("NFKD", name.strip())
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()
