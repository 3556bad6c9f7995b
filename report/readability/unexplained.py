"""Words that a reader meets before they are explained: terms of a glossary, and abbreviations."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from report.readability.abbreviations import KNOWN
from report.readability.running_text import Passage

_CAPITALS: Final = re.compile(r"(?<![\w@#./-])[^\W\d_a-zà-öø-ÿ]{2,}(?=s?(?![\w/@]|\.\w))")
_ROMAN: Final = re.compile(r"[IVXLC]+")
_BEHIND: Final = re.compile(r"\s*(\([^()]*\w\s+\w[^()]*\))")
"""An explanation in brackets behind a term: two words at least."""
_LISTED: Final = re.compile(r"^[ \t]*[-*][ \t]+([^\W\d_]{2,}):[ \t]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Met:
    """A word as the text has it where it is met first, the passage, and where in that it starts.
    `later` where it is explained further on."""

    word: str
    passage: Passage
    start: int
    later: bool = False

    @property
    def line(self) -> int:
        """The line of the document, from 1."""
        return self.passage.line + self.passage.text.count("\n", 0, self.start)


@dataclass(frozen=True, slots=True)
class Terms:
    """Of the terms that a document uses, by id, those that it explains at first use, and where the
    others are met."""

    explained: tuple[str, ...]
    unexplained: tuple[Met, ...]


def terms(passages: Sequence[Passage], forms: Mapping[str, str]) -> Terms:
    """What a document's passages do with the terms of a glossary: `forms` are all of their forms,
    each with the term's id. A term is explained where the document marks it so, and where the
    author says in brackets behind it what it means. Quotes are left alone."""
    if not forms:
        return Terms((), ())
    # Longest first: who reads “service user” has not met “user”.
    longest = "|".join(map(_written, sorted(forms, key=len, reverse=True)))
    pattern = re.compile(rf"(?<![\w-])(?:{longest})(?![\w-])")
    first: dict[str, Met] = {}
    explained: set[str] = set()
    later: set[str] = set()
    for passage in passages:
        if passage.is_quote:
            continue
        inside = [
            m.span(1) for _, end in passage.explained if (m := _BEHIND.match(passage.text, end))
        ]
        for found in pattern.finditer(passage.text):
            if any(start <= found.start() < end for start, end in inside):
                continue  # in the explanation of another term
            words = " ".join(found[0].split())
            term = forms.get(words) or forms[words[0].lower() + words[1:]]
            is_here = any(start <= found.start() < end for start, end in passage.explained) or bool(
                _BEHIND.match(passage.text, found.end())
            )
            if term not in first:
                first[term] = Met(found[0], passage, found.start())
                explained |= {term} if is_here else set()
            elif is_here and term not in explained:
                later.add(term)
    missed = (
        Met(met.word, met.passage, met.start, later=term in later)
        for term, met in first.items()
        if term not in explained
    )
    return Terms(tuple(t for t in first if t in explained), tuple(missed))


def abbreviations(
    passages: Sequence[Passage],
    markdown: str,
    spelt: Mapping[str, str],
    known: Collection[str] = (),
) -> Iterator[Met]:
    """Abbreviations in capitals that are not spelled out where they are met first.

    Spelled out is one that stands in brackets behind words, or with words in brackets behind it;
    whose words (`spelt`, by abbreviation) stand before it; or that a list in the document's
    `markdown` explains, an item each: - PW: peer worker. Left out are Roman numerals, those that
    everybody knows, and `known`. Quotes are left alone.
    """
    done = {*KNOWN, *known, *_LISTED.findall(markdown)}
    read = ""
    for passage in passages:
        if passage.is_quote:
            continue
        for found in _CAPITALS.finditer(passage.text):
            short = found[0]
            if short in done or _ROMAN.fullmatch(short):
                continue
            done.add(short)
            before, after = passage.text[: found.start()], passage.text[found.end() :]
            words = spelt.get(short, "").casefold()
            told = words and words in f"{read} {before}{after}".casefold()
            if not (told or _stands_in_brackets(before, after)):
                yield Met(short, passage, found.start())
        read += f" {passage.text}"


def _stands_in_brackets(before: str, after: str) -> bool:
    """Whether it is “World Health Organization (WHO)” or “WHO (World Health Organization)”."""
    behind = re.search(r"[^\W\d_]{3,}[^()]*\($", before[-80:])
    inside = re.match(r"s?\s*\([^()]*[^\W\d_]{3,}[^()]*\s[^()]*[^\W\d_]{3,}", after)
    return bool(behind or inside)


def _written(form: str) -> str:
    """A pattern of the form as texts write it: a capital first, a line's end for a space."""
    first = form[0]
    start = f"[{re.escape(first)}{re.escape(first.upper())}]"
    return start + r"\s+".join(re.escape(part) for part in form[1:].split(" "))
