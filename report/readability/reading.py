"""A document's running text, read sentence by sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from report.readability import formulas
from report.readability.abbreviations import base
from report.readability.formulas import Counts
from report.readability.passive import is_known, is_passive
from report.readability.running_text import Passage, passages, shown
from report.readability.sentences import sentences
from report.readability.syllables import syllables
from report.readability.words import is_long, words

ENGLISH: Final = "en"


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence: its words for people, the document's line that it starts in (from 1), and what
    was counted in it."""

    text: str
    line: int
    counts: Counts


@dataclass(frozen=True)
class Reading:
    """What a document in `language` is made of; `quoted` is the number of words in quotes."""

    language: str
    passages: Sequence[Passage]
    sentences: Sequence[Read]
    quoted: int

    @cached_property
    def counts(self) -> Counts:
        """All of the running text, without quotes."""
        return sum((sentence.counts for sentence in self.sentences), Counts())

    @cached_property
    def indices(self) -> dict[str, float]:
        """By name, the indices that the language has: lix, rix; flesch and flesch_kincaid for
        English. None at all where there is no text."""
        if not self.sentences:
            return {}
        found = {"lix": formulas.lix(self.counts), "rix": formulas.rix(self.counts)}
        if base(self.language) == ENGLISH:
            found["flesch"] = formulas.flesch(self.counts)
            found["flesch_kincaid"] = formulas.flesch_kincaid(self.counts)
        return found

    @property
    def passive(self) -> float | None:
        """The share of sentences with a verb in the passive, from 0 to 1; None where it is not
        looked for in the language, or there is no text."""
        if not is_known(self.language) or not self.sentences:
            return None
        found = sum(is_passive(sentence.text, self.language) for sentence in self.sentences)
        return found / len(self.sentences)

    def longest(self, most: int) -> Sequence[Read]:
        """At most so many sentences, those with most words first."""
        return sorted(self.sentences, key=lambda s: -s.counts.words)[:most]

    def hardest(self, most: int) -> Sequence[Read]:
        """At most so many different sentences, those first that raise LIX most: a long word weighs
        as many words as it adds to LIX, 100 divided by the words of an average sentence."""
        if not self.sentences:
            return []
        weight = 100 * self.counts.sentences / self.counts.words
        once = {sentence.text: sentence for sentence in reversed(self.sentences)}
        return sorted(
            once.values(),
            key=lambda s: (-(s.counts.words + weight * s.counts.long_words), s.line),
        )[:most]


def read(markdown: str, language: str) -> Reading:
    """The reading of a composed document, as Quarto Markdown, in its language."""
    found = tuple(passages(markdown))
    mine: list[Read] = []
    for passage in found:
        if passage.is_quote:
            continue
        for sentence in sentences(passage.text, language):
            counts = count(sentence.text, language)
            if counts.words:
                line = passage.line + passage.text.count("\n", 0, sentence.start)
                mine.append(Read(shown(sentence.text), line, counts))
    quoted = sum(len(words(passage.text)) for passage in found if passage.is_quote)
    return Reading(language, found, mine, quoted)


def count(sentence: str, language: str) -> Counts:
    """What one sentence is made of."""
    said = words(sentence)
    heard = sum(map(syllables, said)) if base(language) == ENGLISH else 0
    return Counts(1, len(said), sum(map(is_long, said)), heard)
