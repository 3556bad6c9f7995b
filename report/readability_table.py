"""`report readability`: how hard each document is to read."""

import json
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from report.check import check
from report.checks.origin import of_line
from report.checks.readability import AT_LEAST, CODES, limits, over, used_terms
from report.config import Settings
from report.model.audience import Limits, Variant
from report.model.diagnostic import Diagnostic, Location, Severity
from report.model.document import Document
from report.model.study import Study
from report.readability.reading import Read, Reading, read
from report.readability.unexplained import Terms

_WIDTH: Final = 79
_LONGEST: Final = 3
_HEAD: Final = (
    *("document", "words", "sent.", "LIX", "RIX", "Flesch", "grade", "longest", "long", "pass."),
    *("quotes", "terms"),
)
_INDICES: Final = ("lix", "rix", "flesch", "flesch_kincaid")
_LEGEND: Final = """\
Of running text: words; sentences; LIX; RIX; Flesch Reading Ease; Flesch-Kincaid
grade; words in the longest sentence; words of more than six letters; sentences
in the passive, by their form. Apart from it: words in quotes. Terms of the
glossary: explained at first use / used. ≤ and ≥ are limits; ! is over one."""


@dataclass(frozen=True)
class Line:
    """A document and what it is called here: its reading, its limits, what it does with terms, and
    its longest sentences with their places."""

    variant: Variant
    name: str
    reading: Reading
    limits: Limits
    terms: Terms
    longest: Sequence[tuple[Read, Location]]

    @property
    def used(self) -> int:
        """How many of the glossary's terms it uses."""
        return len(self.terms.explained) + len(self.terms.unexplained)

    @property
    def words_of_longest(self) -> int:
        """Words in its longest sentence; 0 where it has none."""
        return max((s.counts.words for s in self.reading.sentences), default=0)

    @property
    def long(self) -> float | None:
        """The share of long words, from 0 to 1; None where there are no words."""
        counts = self.reading.counts
        return counts.long_words / counts.words if counts.words else None


@dataclass(frozen=True)
class ReadabilityTable:
    """A line for each document; or why there are none."""

    lines: Sequence[Line]
    diagnostics: tuple[Diagnostic, ...] = ()

    def as_text(self) -> str:
        """The table, and the longest sentences below it."""
        rows: list[tuple[str, ...]] = [_HEAD]
        for line in self.lines:
            rows.append(_values(line))
            if line.limits != Limits():
                rows.append(_limits(line.limits))
        widths = [max(len(row[n]) for row in rows) for n in range(len(_HEAD))]
        parts = [
            " ".join(
                (
                    f"{row[0]:<{widths[0]}}",
                    *(f"{c:>{w}}" for c, w in zip(row[1:], widths[1:], strict=True)),
                )
            ).rstrip()
            for row in rows
        ]
        parts += ["", _LEGEND]
        for line in self.lines:
            parts += ["", f"The longest sentences of {line.name}:"]
            for sentence, at in line.longest:
                parts.append(f"  {at}: {sentence.counts.words} words")
                parts.append(
                    textwrap.fill(
                        sentence.text, _WIDTH, initial_indent="    ", subsequent_indent="    "
                    )
                )
        return "\n".join(parts) + "\n"

    def as_json(self) -> str:
        """The same for other programs; shares are from 0 to 1."""
        lines = [_plain(line) for line in self.lines]
        return json.dumps({"readability": lines}, indent=2, ensure_ascii=False) + "\n"


def table(settings: Settings, names: Sequence[str], spoken: Sequence[str]) -> ReadabilityTable:
    """The documents of the audiences `names` in the languages `spoken` (all, where none is named),
    measured; recipients whose documents are as hard to read have one line. Where they cannot be
    composed: the errors that stand in the way.

    Raises UsageError for an audience or a language that is not there.
    """
    checked = check(settings, names, (), spoken, draft=True)
    errors = tuple(
        d for d in checked.diagnostics if d.severity is Severity.ERROR and d.code not in CODES
    )
    study = checked.study
    if study is None or errors:
        return ReadabilityTable((), errors)
    firsts: dict[tuple[str, str], Variant] = {}
    for variant, result in checked.composed.items():
        firsts.setdefault((variant.told, result.shape), variant)
    lines = (_line(study, variant, checked.documents[variant.name]) for variant in firsts.values())
    return ReadabilityTable(_named(lines))


def _line(study: Study, variant: Variant, document: Document) -> Line:
    reading = read(document.text, document.language)
    longest = [
        (sentence, of_line(study, variant, document, sentence.line))
        for sentence in reading.longest(_LONGEST)
    ]
    most = limits(variant.audience, document.language)
    used = used_terms(study, variant.audience, reading)
    return Line(variant, variant.told, reading, most, used, longest)


def _named(lines: Iterable[Line]) -> list[Line]:
    """Each that says something else once. Where recipients of an audience have several, they are
    told apart by the first recipient of each."""
    kinds: dict[str, dict[tuple[str, ...], Line]] = {}
    for line in lines:
        kinds.setdefault(line.variant.told, {}).setdefault(_values(line), line)
    return [
        line if len(mine) == 1 else replace(line, name=line.variant.name)
        for mine in kinds.values()
        for line in mine.values()
    ]


def _values(line: Line) -> tuple[str, ...]:
    reading, counts = line.reading, line.reading.counts
    hard = set(over(reading, line.limits))
    indices = {name: f"{v:.1f}{'!' * (name in hard)}" for name, v in reading.indices.items()}
    too_long = line.limits.sentence is not None and line.words_of_longest > line.limits.sentence
    return (
        line.name,
        str(counts.words),
        str(counts.sentences),
        *(indices.get(name, "") for name in _INDICES),
        f"{line.words_of_longest}{'!' * too_long}",
        _percent(line.long),
        _percent(reading.passive),
        str(reading.quoted),
        f"{len(line.terms.explained)}/{line.used}" if line.used else "",
    )


def _limits(most: Limits) -> tuple[str, ...]:
    cells = [
        "" if (limit := getattr(most, name)) is None else f"{_sign(name)}{limit:g}"
        for name in (*_INDICES, "sentence")
    ]
    return ("", "", "", *cells, "", "", "", "")


def _sign(name: str) -> str:
    return "≥" if name in AT_LEAST else "≤"


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.0f}%"


def _plain(line: Line) -> dict[str, object]:
    reading = line.reading
    return {
        "document": line.name,
        "audience": line.variant.audience_name,
        "language": line.variant.language,
        "words": reading.counts.words,
        "sentences": reading.counts.sentences,
        "long_words": reading.counts.long_words,
        **{name: round(value, 2) for name, value in reading.indices.items()},
        "longest": line.words_of_longest,
        "passive": None if reading.passive is None else round(reading.passive, 4),
        "quoted": reading.quoted,
        "terms": {"used": line.used, "explained": len(line.terms.explained)},
        "limits": line.limits.model_dump(exclude_none=True),
        "longest_sentences": [
            {
                "words": sentence.counts.words,
                "text": sentence.text,
                "path": at.path,
                "line": at.line,
                "column": at.column,
            }
            for sentence, at in line.longest
        ],
    }
