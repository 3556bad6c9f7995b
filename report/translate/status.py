"""`report translate status`: how much of what documents show is translated."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Final

from report import languages
from report.check import Checked
from report.config import Settings
from report.model.catalogue import Catalogue, Domain, Message, Translation
from report.model.diagnostic import Diagnostic
from report.translate import messages
from report.translate.extract import blocking, composed

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NO_WORDS: Final = re.compile(r"\{\{.*?\}\}|%\(\w+\)s|@[\w:.-]+|\{[#.][^}]*\}", re.DOTALL)


@dataclass(frozen=True)
class Line:
    """The counts of one audience in a language, or of one catalogue: messages, and words of their
    sources."""

    language: str
    of: str
    translated: int
    fuzzy: int
    missing: int
    words: int
    words_translated: int
    is_catalogue: bool = False
    """Whether it counts a file, and not what an audience reads."""

    @property
    def percent(self) -> float:
        """The share of the words that is translated, from 0 to 100."""
        return 100 * self.words_translated / self.words if self.words else 100.0


@dataclass(frozen=True)
class Status:
    """The lines by language, audiences before catalogues; or why there are none."""

    lines: Sequence[Line]
    diagnostics: tuple[Diagnostic, ...] = ()

    def as_text(self) -> str:
        """A table."""
        if not self.lines:
            return "No document comes in another language than that of the study.\n"
        head = ("", "", "translated", "fuzzy", "missing", "words", "done")
        rows: list[tuple[str, ...]] = [head]
        for line in self.lines:
            counts = (line.translated, line.fuzzy, line.missing)
            words = f"{line.words_translated}/{line.words}"
            share = f"{_whole(line.percent)} %"
            rows.append((line.language, line.of, *map(str, counts), words, share))
        widths = [max(len(row[n]) for row in rows) for n in range(len(head))]
        lines = []
        for row in rows:
            start = f"{row[0]:<{widths[0]}}  {row[1]:<{widths[1]}}"
            cells = "  ".join(
                f"{cell:>{width}}" for cell, width in zip(row[2:], widths[2:], strict=True)
            )
            lines.append(f"{start}  {cells}".rstrip())
        return "\n".join(lines) + "\n"

    def as_json(self) -> str:
        """The same for other programs."""
        lines = [asdict(line) | {"percent": round(line.percent, 2)} for line in self.lines]
        return json.dumps({"status": lines}, indent=2, ensure_ascii=False) + "\n"


def status(settings: Settings) -> Status:
    """The counts of every language that a document or an abstract comes in but the study's own."""
    checked = composed(settings)
    study = checked.study
    errors = blocking(checked)
    if study is None or errors:
        return Status((), errors)
    lines: list[Line] = []
    for language in messages.spoken(checked):
        own = [study.catalogues[c] for c in languages.general(language) if c in study.catalogues]
        held = {
            Domain.STUDY: own,
            Domain.TEMPLATES: list(checked.catalogues.get(language, ())),
        }
        lines += _of_audiences(checked, language, held)
        for catalogues in held.values():
            lines += [_of_catalogue(language, catalogue) for catalogue in catalogues]
    return Status(tuple(dict.fromkeys(lines)))


def _of_audiences(
    checked: Checked, language: str, held: Mapping[Domain, Sequence[Catalogue]]
) -> Iterator[Line]:
    wanted = [w for domain in Domain for w in messages.shown(checked, language, domain)]
    for name in dict.fromkeys(name for w in wanted for name in w.audiences):
        mine = [w.message for w in wanted if name in w.audiences]
        yield _line(language, name, ((m.text, _state(m, held[m.domain])) for m in mine))
        quotes = dict(_quotes(checked, name, language))
        if quotes:
            yield _line(language, f"{name}: quotes", quotes.values())


def _quotes(checked: Checked, name: str, language: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """By id the words of each quote that the audience reads in the language, and their state."""
    known = checked.study.quote_by_id if checked.study else {}
    for variant, result in checked.composed.items():
        for quote, code in result.quotes:
            if (variant.audience_name, code) == (name, language):
                gap = result.quote_gaps.get((quote, code))
                yield quote, (known[quote].text, _OF_QUOTES[gap.code] if gap else "translated")


_OF_QUOTES: Final = {"untranslated-quote": "missing", "stale-quote-translation": "fuzzy"}


def _of_catalogue(language: str, catalogue: Catalogue) -> Line:
    found = catalogue.translations.items()
    line = _line(language, catalogue.path, ((text, _of(t)) for (_, text), t in found))
    return replace(line, is_catalogue=True)


def _state(message: Message, catalogues: Sequence[Catalogue]) -> str:
    """The best that any of the catalogues has for the message."""
    found = [c.translations[message.key] for c in catalogues if message.key in c.translations]
    states = [_of(translation) for translation in found]
    return next((s for s in ("translated", "fuzzy") if s in states), "missing")


def _of(translation: Translation) -> str:
    """As gettext counts: fuzzy goes before what it holds."""
    if translation.fuzzy:
        return "fuzzy"
    return "translated" if translation.done else "missing"


def _line(language: str, of: str, states: Iterable[tuple[str, str]]) -> Line:
    counts, words = Counter[str](), Counter[str]()
    for text, state in states:
        counts[state] += 1
        words[state] += len(_WORD.findall(_NO_WORDS.sub(" ", text)))
    return Line(
        language,
        of,
        counts["translated"],
        counts["fuzzy"],
        counts["missing"],
        words.total(),
        words["translated"],
    )


def _whole(percent: float) -> int:
    """Rounded down: 100 means that nothing is missing."""
    return int(percent)
