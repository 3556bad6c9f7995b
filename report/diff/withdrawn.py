"""What today's readers may not read, taken out of an earlier text before it is compared.

What takes its place says that something stood there, and why not what. The smallest unit goes that
leaves the Markdown whole: a quote, a cell, a sentence, else the line or the block around it.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from report.compose.quotes import Said
from report.diff.change import Kind
from report.diff.text import Text, Untranslated
from report.gate import Passage, findings
from report.gate.finding import Finding
from report.gate.stream import FLOW, folded, letters
from report.model.document import FRONT_MATTER
from report.model.withheld import Withheld
from report.readability.sentences import sentences

WITHDRAWN: Final = "[withdrawn]"
"""In the place of what a participant said or was who has withdrawn since."""
WITHHELD: Final = "[withheld]"
"""In the place of what may not be shown any more for another reason: consent, a mask."""
MARKS: Final = {WITHDRAWN: Kind.WITHDRAWN, WITHHELD: Kind.WITHHELD}
"""Each with what people are told; of two that fit, the first stands."""
_FIRST: Final = [*MARKS].index

_ROUNDS: Final = 5  # what is found after these stands across units: then nothing is shown
_STRUCTURE: Final = re.compile(r"[ \t>]*(?::{3,}.*|-{3,}|\|?[ \t]*:?-[-:| \t]*)?")
_PREFIX: Final = re.compile(
    r"[ \t]*(?:>[ \t]?|[-*+][ \t]+|#{1,6}[ \t]+|\(?\d+\\?[.)][ \t]+|\[\^[^\]\s]+\]:[ \t]*)*"
)
_KEY: Final = re.compile(r"[ \t]*(?:-[ \t]+)?(?:[\w-]+:[ \t]*)?'?")
_CELL: Final = re.compile(r"(?<!\\)\|([^|\\]*(?:\\.[^|\\]*)*)(?=\|)")
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_OPENS: Final = re.compile(r"[ ]{0,3}:{3,}[ \t]*\S")
_OF_PEOPLE: Final = "#tbl-participants"


@dataclass(frozen=True, slots=True)
class _Unit:
    """A stretch of a text; `line` is where its line's words start and end. `row` numbers the rows
    of tables; -1 for no cell."""

    start: int
    end: int
    line: tuple[int, int]
    row: int = -1
    of_people: bool = False
    is_name: bool = False
    """Whether it is the first cell of its row, or one of the first row."""
    is_head: bool = False


def joined(today: Withheld, earlier: Withheld) -> Withheld:
    """What may not be read today, in the words of today and of earlier."""
    return replace(
        today,
        words=(*today.words, *earlier.words),
        marks=(*today.marks, *earlier.marks),
        values=(*today.values, *earlier.values),
    )


def without(text: Text, held: Withheld, gone: Collection[str] = ()) -> Text:
    """The text without what may not be read. `gone` are the participants who were counted in it
    and have withdrawn since: a table may tell of them without their ids."""
    broken = _rules_of_quotes(text.said, held)
    return replace(
        text,
        markdown=blanked(text.markdown, held, text.said, gone=bool(gone)),
        said=tuple(
            replace(each, words=broken[each], markdown=_instead(each.markdown, broken[each]))
            if each in broken
            else each
            for each in text.said
        ),
        untranslated=tuple(_told(text.untranslated, held)),
        participants=tuple(i for i in text.participants if i not in gone),
    )


def blanked(text: str, held: Withheld, said: Iterable[Said] = (), *, gone: bool = False) -> str:
    """A composed text with marks in the place of what may not be read. `said` are its quotes;
    `gone`: a participant whom it counts has withdrawn since."""
    broken = _rules_of_quotes(said, held)
    for quote in sorted(broken, key=lambda quote: -len(quote.markdown)):
        text = text.replace(quote.markdown, _instead(quote.markdown, broken[quote]))
    hidden = gone
    for _ in range(_ROUNDS):
        units = list(_units(text))
        marks = _marks(text, units, held)
        if hidden:
            marks |= _people(text, units, marks)
            hidden = False
        if not marks:
            return text
        text = _replaced(text, units, marks)
    return f"{_escaped(WITHHELD)}\n"


def _told(gaps: Sequence[Untranslated], held: Withheld) -> Iterator[Untranslated]:
    """What lacks a translation, with marks in the place of messages that may not be read."""
    read = [Passage(str(n), gap.what) for n, gap in enumerate(gaps) if gap.kind == "message"]
    marks = _worst(findings(read, held))
    for number, gap in enumerate(gaps):
        yield replace(gap, what=marks[number]) if number in marks else gap


def _worst(found: Iterable[Finding]) -> dict[int, str]:
    """The mark for each passage in which something was found, by the number that is its place."""
    marks: dict[int, str] = {}
    for finding in found:
        number = int(finding.passage.place)
        marks[number] = min(marks.get(number, WITHHELD), _mark(finding.message), key=_FIRST)
    return marks


def _rules_of_quotes(said: Iterable[Said], held: Withheld) -> dict[Said, str]:
    """The quotes that may not be shown, and what stands in their place."""
    refused = {words.told: words.rule for words in held.words if not words.whole}
    quotes = list(said)
    read = [Passage(str(n), _plain(q.markdown), str(n)) for n, q in enumerate(quotes)]
    broken: dict[Said, str] = {}
    for quote in quotes:
        if rule := refused.get(f"quote {quote.id}"):
            broken[quote] = _mark(rule)
    for number, mark in _worst(findings(read, held)).items():
        quote = quotes[number]
        broken[quote] = min(broken.get(quote, WITHHELD), mark, key=_FIRST)
    return broken


def _mark(message: str) -> str:
    return WITHDRAWN if message.partition(":")[0] == "withdrawn" else WITHHELD


def _escaped(mark: str) -> str:
    return mark.replace("[", "\\[").replace("]", "\\]")


def _instead(markdown: str, mark: str) -> str:
    """A quote's Markdown with the mark for all that it says; set apart where that was."""
    if not markdown.startswith(":::"):
        return _escaped(mark)
    first, *_, last = markdown.split("\n")
    return f"{first}\n> {_escaped(mark)}\n{last}"


def _plain(markdown: str) -> str:
    return _ESCAPED.sub(r"\1", markdown)


def _units(text: str) -> Iterator[_Unit]:
    """The cells and sentences of a text, in order."""
    front = FRONT_MATTER.match(text)
    body = front.end() if front else 0
    at, row, people, before = 0, 0, False, ""
    for line in text.splitlines(keepends=True):
        bare, start = line.rstrip("\n"), at
        at += len(line)
        if _OPENS.match(bare):
            people = _OF_PEOPLE in bare
        if _STRUCTURE.fullmatch(bare):
            before = bare
            continue
        if bare.lstrip().startswith("|"):
            row += 1
            head = not before.lstrip().startswith("|")
            span = (start, start + len(bare))
            for n, cell in enumerate(_CELL.finditer(bare)):
                inner = (start + cell.start(1), start + cell.end(1))
                yield _Unit(*inner, span, row, people, n == 0, head)
            before = bare
            continue
        before = bare
        prefix = (_KEY if start < body else _PREFIX).match(bare)
        first = prefix.end() if prefix else 0
        last = len(bare) - (start < body and bare.endswith("'"))
        span = (start + first, start + last)
        for sentence in sentences(bare[first:last], ""):
            begin = start + first + sentence.start
            yield _Unit(begin, begin + len(sentence.text), span)


def _marks(text: str, units: list[_Unit], held: Withheld) -> dict[int, str]:
    """What stands in the place of which unit, by its number."""
    read = [
        Passage(str(n), _plain(text[unit.start : unit.end]), "text") for n, unit in enumerate(units)
    ]
    marks = _worst(findings(read, held))
    cells = [units[n] for n, mark in marks.items() if units[n].row >= 0 and mark == WITHDRAWN]
    rows, of_one = {unit.row for unit in cells}, {unit.row for unit in cells if unit.is_name}
    for number, unit in enumerate(units):
        # Numbers too of a row that is about one person: an age, and no count of people.
        tells = _tells(text, unit) or (unit.row in of_one and _digits(text, unit))
        if unit.row in rows and not unit.is_name and tells:
            marks.setdefault(number, WITHDRAWN)
    alone = [n for n in marks if units[n].row < 0]
    said = FLOW.join(letters(folded(words.text)) for words in held.words) if alone else ""
    for number in alone:
        for step in (1, -1):
            near = number + step
            while (
                0 <= near < len(units) and near not in marks and _goes_on(text, units[near], said)
            ):
                marks[near] = marks[number]
                near += step
    return marks


def _goes_on(text: str, unit: _Unit, said: str) -> bool:
    """Whether a sentence beside withheld words is a part of these too; `said` are their letters."""
    own = letters(folded(_plain(text[unit.start : unit.end])))
    return bool(own) and unit.row < 0 and own in said


def _people(text: str, units: list[_Unit], marks: Mapping[int, str]) -> dict[int, str]:
    """The cells of a table of participants that names none of them: all but how many a row counts,
    which is its last cell, and the name of such a row."""
    mine = {n: unit for n, unit in enumerate(units) if unit.of_people and not unit.is_head}
    if any(number in marks for number in mine):
        return {}
    last = {unit.row: unit for unit in mine.values()}
    counting = {u.row for u in last.values() if _digits(text, u) and not _tells(text, u)}
    return {
        n: WITHDRAWN
        for n, unit in mine.items()
        if _tells(text, unit) or _digits(text, unit)
        if not (unit.row in counting and (unit.is_name or unit is last[unit.row]))
    }


def _tells(text: str, unit: _Unit) -> bool:
    return any(c.isalpha() for c in text[unit.start : unit.end])


def _digits(text: str, unit: _Unit) -> bool:
    return any(c.isdigit() for c in text[unit.start : unit.end])


def _replaced(text: str, units: list[_Unit], marks: Mapping[int, str]) -> str:
    """The text with the marks; wider than their units where half a construct would stay."""
    spans: dict[tuple[int, int], str] = {}
    for number, mark in marks.items():
        unit = units[number]
        wider = [(unit.start, unit.end), unit.line]
        whole = next((each for each in wider if _balanced(text[slice(*each)])), None)
        span = whole or _block(text, unit)
        spans[span] = min(spans.get(span, WITHHELD), mark, key=_FIRST)
    end = len(text)
    for (start, stop), mark in sorted(spans.items(), reverse=True):
        if stop > end:
            continue  # inside a wider one that went
        said = text[start:stop]
        space = " " if said.startswith(" ") else ""
        after = " " if said.endswith(" ") and len(said) > 1 else ""
        text = f"{text[:start]}{space}{_escaped(mark)}{after}{text[stop:]}"
        end = start
    return text


def _balanced(markdown: str) -> bool:
    """Whether brackets, braces and quotation marks of attributes are whole there."""
    plain = _ESCAPED.sub("", markdown)
    depth = {"]": 0, "}": 0}
    for character in plain:
        if character in "[{":
            depth["]" if character == "[" else "}"] += 1
        elif character in depth:
            depth[character] -= 1
            if depth[character] < 0:
                return False
    return not any(depth.values()) and plain.count('"') % 2 == 0 and plain.count("**") % 2 == 0


def _block(text: str, unit: _Unit) -> tuple[int, int]:
    """The lines around a unit between empty lines and fences; in the front matter its own value."""
    front = FRONT_MATTER.match(text)
    if front and unit.start < front.end():
        return unit.line
    start = text.rfind("\n", 0, unit.start) + 1
    while start and text[: start - 1].rpartition("\n")[2].strip(" >:"):
        start = text.rfind("\n", 0, start - 1) + 1
    stop = text.find("\n", unit.end)
    stop = len(text) if stop < 0 else stop
    while stop < len(text) and text[stop + 1 :].partition("\n")[0].strip(" >:"):
        after = text.find("\n", stop + 1)
        stop = len(text) if after < 0 else after
    return start, stop
