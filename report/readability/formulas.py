"""Formulas of readability: what goes in are counts, what comes out is an index without a unit.

Each raises ZeroDivisionError where the text has no words or no sentences.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """How many sentences, words, long words (more than six letters) and syllables a text has;
    syllables are counted for English only, and 0 elsewhere."""

    sentences: int = 0
    words: int = 0
    long_words: int = 0
    syllables: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.sentences + other.sentences,
            self.words + other.words,
            self.long_words + other.long_words,
            self.syllables + other.syllables,
        )


def lix(counts: Counts) -> float:
    """LIX, for any language: the words in a sentence, and the long words in a hundred words.

    Carl-Hugo Björnsson, Läsbarhet, Stockholm: Liber, 1968. Above 0, and higher is harder: below 30
    children's books, about 40 newspapers, above 50 official texts.
    """
    return counts.words / counts.sentences + 100 * counts.long_words / counts.words


def rix(counts: Counts) -> float:
    """RIX, for any language: the long words in a sentence.

    Jonathan Anderson, Lix and Rix: Variations on a little-known readability index, Journal of
    Reading 26 (6), 1983, 490–496. From 0, and higher is harder: 1.8 is grade 5 in school, 3.7 grade
    9, 7.2 university.
    """
    return counts.long_words / counts.sentences


def flesch(counts: Counts) -> float:
    """Flesch Reading Ease, for English.

    Rudolf Flesch, A new readability yardstick, Journal of Applied Psychology 32 (3), 1948, 221–233.
    Mostly from 0 to 100, and higher is easier: 60 to 70 is plain English.
    """
    sentence = counts.words / counts.sentences
    return 206.835 - 1.015 * sentence - 84.6 * counts.syllables / counts.words


def flesch_kincaid(counts: Counts) -> float:
    """The Flesch-Kincaid grade level, for English: years of school in the United States.

    J. Peter Kincaid, Robert P. Fishburne, Richard L. Rogers, Brad S. Chissom, Derivation of new
    readability formulas for Navy enlisted personnel, Research Branch Report 8-75, Naval Technical
    Training Command, Millington, 1975.
    """
    sentence = counts.words / counts.sentences
    return 0.39 * sentence + 11.8 * counts.syllables / counts.words - 15.59
