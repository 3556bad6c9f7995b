"""A composed text taken apart into what is compared: titles, sentences, tables, figures, works."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from report.diff.text import Text
from report.model.blocks import blocks
from report.model.citations import citations
from report.model.document import FRONT_MATTER
from report.readability.sentences import sentences

_OPENS: Final = re.compile(r"[ ]{0,3}:{3,}[ \t]*(?P<what>\S.*)$")
_CLOSES: Final = re.compile(r"[ ]{0,3}:{3,}[ \t]*$")
_LEFT_OUT: Final = re.compile(r"\.(?:colophon|draft-notice)(?![\w-])|#refs(?![\w-])")
_LABEL: Final = re.compile(r"#((?:tbl|fig)-[\w-]+)")
_FIGURE: Final = re.compile(
    r"!\[(?P<caption>(?:[^\[\]\\]|\\.)*)\]\((?P<path>[^()\s]*)\)"
    r"(?:\{(?P<attributes>(?:[^{}\"\\]|\\.|\"(?:[^\"\\]|\\.)*\")*)\})?"
)
_ALT: Final = re.compile(r'fig-alt="((?:[^"\\]|\\.)*)"')
_CELL: Final = re.compile(r"(?<!\\)\|([^|\\]*(?:\\.[^|\\]*)*)(?=\|)")
_RULE: Final = re.compile(r"\|?[ \t]*:?-[-:| \t]*\|?[ \t]*")
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_SHIELD: Final = 0xE100  # + the character that a backslash takes away from Markdown
_SHIELDED: Final = re.compile("[\ue121-\ue17e]")
_SPAN: Final = re.compile(r"\[([^\[\]]*)\](\([^()\s]*\)|\(<[^<>]*>\)|\{[^{}]*\})")
_EMPHASIS: Final = re.compile(r"\*+|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)")
_QUOTE: Final = re.compile("\ue010[^\ue011]*\ue011")  # in the place of a quote
_INLINE_MARKS: Final = ("\\[withdrawn\\]", "\\[withheld\\]")  # they stay: readers must see them
_TITLES: Final = ("title", "subtitle", "kicker", "date-text")
_LISTS: Final = {"author": "authors", "keywords": "keywords"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without its markup, and the headings that it stands under. A quote in it is “…”,
    since quotes are compared by themselves."""

    text: str
    section: str


@dataclass(frozen=True, slots=True)
class Table:
    """Its caption, where it stands, and its cells without their markup."""

    label: str
    caption: str
    section: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """Its caption, what it shows in words, and where its picture lies."""

    caption: str
    alt: str
    path: str
    section: str


@dataclass(frozen=True)
class Reading:
    """All that a text says, in its order. Tables and figures are by their label, or by number."""

    titles: Mapping[str, str] = field(default_factory=dict)
    sentences: tuple[Sentence, ...] = ()
    tables: Mapping[str, Table] = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)
    works: tuple[str, ...] = ()


def reading(text: Text) -> Reading:
    """The text as it is compared. The colophon, which bears a state of its own, and the notice of a
    draft are no part of it."""
    front = FRONT_MATTER.match(text.markdown)
    data = _front(front[1]) if front else {}
    body = text.markdown[front.end() :] if front else text.markdown
    works = tuple(sorted({citation.key for citation in citations(body)}))
    shown = (q for q in text.said if q.markdown not in _INLINE_MARKS)
    for number, quote in enumerate(sorted(shown, key=lambda each: -len(each.markdown))):
        body = body.replace(quote.markdown, f"\ue010{number}\ue011")
    body, pieces = _apart(body)
    said = [*_abstract(data, text.language), *_sentences(body, text.language)]
    tables: dict[str, Table] = {}
    figures: dict[str, Figure] = {}
    for piece, section in zip(pieces, _sections(body, len(pieces)), strict=True):
        if isinstance(piece, _Grid):
            table = _table(piece, section)
            tables[table.label or str(len(tables) + 1)] = table
        else:
            label, figure = _figure(piece, section)
            figures[label or str(len(figures) + 1)] = figure
    return Reading(_titles(data), tuple(said), tables, figures, works)


def plain(markdown: str) -> str:
    """Markdown on one line without its marks. Citations stay as they are written."""
    text = _ESCAPED.sub(lambda found: chr(_SHIELD + ord(found[1])), markdown)
    text = text.replace("\\\n", " ").replace("\u00ad", "")
    count = 1
    while count:
        text, count = _SPAN.subn(r"\1", text)
    text = _EMPHASIS.sub("", _QUOTE.sub("“…”", text))
    text = _SHIELDED.sub(lambda found: chr(ord(found[0]) - _SHIELD), text)
    return " ".join(text.replace("\n>", "\n").split())


def _front(matter: str) -> Mapping[str, Any]:
    try:
        data = yaml.safe_load(matter)
    except yaml.YAMLError:  # a state of long ago, or one that a mark has cut into
        return {}
    return data if isinstance(data, dict) else {}


def _titles(data: Mapping[str, Any]) -> dict[str, str]:
    found = {name: plain(str(data[name])) for name in _TITLES if data.get(name)}
    for name, told in _LISTS.items():
        if isinstance(items := data.get(name), list):
            found[told] = "; ".join(plain(_literal(item)) for item in items)
    return {name.removesuffix("-text"): value for name, value in found.items()}


def _literal(item: object) -> str:
    match item:
        case {"name": {"literal": str(name)}}:
            return name
        case _:
            return str(item)


def _abstract(data: Mapping[str, Any], language: str) -> Iterator[Sentence]:
    heading = plain(str(data.get("abstract-title", "")))
    for paragraph in str(data.get("abstract") or "").split("\n\n"):
        for sentence in sentences(plain(paragraph), language):
            yield Sentence(sentence.text, heading)


@dataclass(frozen=True, slots=True)
class _Grid:
    label: str
    lines: tuple[str, ...]
    caption: str


def _apart(body: str) -> tuple[str, list["_Grid | str"]]:
    """The text without its tables and figures, in the place of each a word of its own; and these,
    in their order. What is left out of every comparison goes too."""
    lines: list[str] = []
    pieces: list[_Grid | str] = []
    around: list[str] = []
    grid: list[str] = []
    caption_of: dict[int, int] = {}
    for line in [*body.split("\n"), ""]:
        opening = _OPENS.match(line)
        if grid and not line.startswith("|"):
            label = next((m[1] for what in reversed(around) if (m := _LABEL.search(what))), "")
            if label:
                caption_of[len(around)] = len(pieces)
            pieces.append(_Grid(label, tuple(grid), ""))
            lines += ["", f"\ue012{len(pieces) - 1}\ue013", ""]
            grid = []
        if opening:
            around.append(opening["what"])
        elif _CLOSES.match(line) and around:
            caption_of.pop(len(around), None)
            around.pop()
        elif any(_LEFT_OUT.search(what) for what in around):
            continue
        elif line.startswith("|"):
            grid.append(line)
        elif (at := caption_of.get(len(around))) is not None:
            held = pieces[at]
            assert isinstance(held, _Grid)
            pieces[at] = _Grid(held.label, held.lines, f"{held.caption} {line}".strip())
        else:
            lines.append(line)
            continue
        lines.append("")

    def away(found: re.Match[str]) -> str:
        pieces.append(found[0])
        return f"\ue012{len(pieces) - 1}\ue013"

    return _FIGURE.sub(away, "\n".join(lines)), pieces


def _sections(body: str, count: int) -> list[str]:
    """The headings above each piece that was taken out."""
    found = [""] * count
    at, section = 0, ""
    for block in blocks(body):
        for piece in re.finditer("\ue012(\\d+)\ue013", body[at : block.start]):
            found[int(piece[1])] = section
        if block.text:
            at, section = block.start, plain(block.section)
    return found


def _sentences(body: str, language: str) -> Iterator[Sentence]:
    for block in blocks(body):
        words = re.sub("\ue012\\d+\ue013", "", block.text)
        if _QUOTE.sub("", words).strip(" >"):
            for sentence in sentences(plain(words), language):
                yield Sentence(sentence.text, plain(block.section))


def _table(grid: _Grid, section: str) -> Table:
    rows = [_cells(line) for line in grid.lines if not _RULE.fullmatch(line)]
    head, body = (rows[0], rows[1:]) if rows else ((), [])
    return Table(grid.label, plain(grid.caption), section, head, tuple(body))


def _cells(line: str) -> tuple[str, ...]:
    return tuple(plain(cell[1]) for cell in _CELL.finditer(line))


def _figure(markdown: str, section: str) -> tuple[str, Figure]:
    found = _FIGURE.fullmatch(markdown)
    assert found is not None  # it was found by the same pattern
    attributes = found["attributes"] or ""
    label, alt = _LABEL.search(attributes), _ALT.search(attributes)
    return label[1] if label else "", Figure(
        plain(found["caption"]), plain(alt[1]) if alt else "", found["path"], section
    )
