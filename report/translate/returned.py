"""A review sheet as it came back: what each row says now."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from report import pandoc
from report.errors import RenderError, ReportError, UsageError
from report.model.diagnostic import Location
from report.sources import po
from report.sources.file import read
from report.translate.rows import state
from report.translate.sheet import ROW

_ID: Final = re.compile(r"([0-9a-f]{10}\.\d)-([0-9a-f]{6})(~?)")
_COLUMNS: Final = 4
_CONFIRMED: Final = re.compile(r"ok(?:ay)?\b[\s.,;:!–-]*", re.IGNORECASE)
_AROUND: Final = {
    "Space": (" ", ""),
    "SoftBreak": ("\n", ""),
    "LineBreak": ("\n", ""),
    "Strong": ("**", "**"),
    "Emph": ("*", "*"),
    "Para": ("", " "),
    "Plain": ("", " "),
}
"""What pandoc's elements are in a message: bold and italics become marks, breaks white space."""
_EXPRESSION: Final = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_TYPED: Final = str.maketrans("“”„«»‘’‚", '""""' + '"' + "'''")
"""The quotation marks that Word makes of straight ones while one types."""


@dataclass(frozen=True)
class Returned:
    """A row: which form of which message, the state that its translation had when the sheet was
    made, what the translation is now, whether the reviewer confirms it, the reviewer's comment, and
    where the row stands."""

    message: str
    state: str
    text: str
    confirmed: bool
    comment: str
    location: Location

    @property
    def is_changed(self) -> bool:
        """Whether the reviewer has written another translation. One that was deleted is none."""
        return bool(self.text) and state(self.text) != self.state


def returned(file: Path) -> list[Returned]:
    """The rows of a sheet. Raises UsageError for a file that is none, ReportError for one that
    cannot be read."""
    content, problems = read(file, str(file))
    if content is None:
        raise ReportError(f"{file}: {problems[0].message}", problems[0].hint)
    match file.suffix.lower():
        case ".po":
            found = list(_of_po(content, str(file)))
        case ".docx" | ".html" | ".htm":
            found = _of_table(file, content)
        case _:
            raise UsageError(
                f"{file.name} is no sheet: a sheet is a .docx, .html or .po file",
                "save it in the format that report translate sheet wrote it in",
            )
    if not found:
        raise UsageError(
            f"{file.name} has no rows of a sheet in it",
            "its first column must be as report translate sheet wrote it",
        )
    return found


def _of_po(content: bytes, path: str) -> Iterator[Returned]:
    catalogue, problems = po.entries(content, path)
    if catalogue is None:
        raise ReportError(f"{problems[0].location}: {problems[0].message}", problems[0].hint)
    for entry in catalogue:
        at = Location(path, entry.linenum or 1, 1)
        texts = dict(entry.msgstr_plural) if entry.msgid_plural else {0: entry.msgstr}
        ids = [line for line in entry.comment.split("\n") if line.startswith(ROW)]
        for line, (_, text) in zip(ids, sorted(texts.items()), strict=False):
            if found := _ID.search(line):
                confirmed = bool(found[3]) and not entry.fuzzy
                yield Returned(found[1], found[2], text, confirmed, entry.tcomment, at)


def _of_table(file: Path, content: bytes) -> list[Returned]:
    """The rows of the tables of a Word or HTML file, with tracked changes as if accepted and
    comments in the margin taken for comments; rows whose first cell is lost have no message."""
    form = "docx" if file.suffix.lower() == ".docx" else "html"
    # A sheet is somebody else's file: nothing in it may be fetched.
    arguments = [f"--from={form}", "--to=json", "--sandbox"]
    if form == "docx":
        arguments.append("--track-changes=all")
    pandoc.program()  # or its absence would be told as the sheet's fault
    try:
        tree = json.loads(pandoc.convert(arguments, content)[0])
    except (RenderError, ValueError) as error:
        hint = "open it in the program that it was written in, and save it again"
        raise ReportError(f"{file} cannot be read as {form}", hint) from error
    read: list[Returned] = []
    lost: list[Returned] = []
    for number, row in enumerate(_rows(tree["blocks"]), 1):
        cells = [_Cell() for _ in row]
        for cell, blocks in zip(cells, row, strict=True):
            cell.add(blocks)
        at = Location(str(file), number, 1, f"row {number}")
        found = _ID.search(cells[0].text) if len(cells) == _COLUMNS else None
        notes = [note for cell in cells for note in cell.notes]
        if found:
            comment = " ".join([cells[3].text, *notes]).strip()
            confirms = _CONFIRMED.match(comment)
            said = comment[confirms.end() :].strip() if confirms else comment
            confirmed = bool(confirms and found[3])
            read.append(Returned(found[1], found[2], cells[2].text, confirmed, said, at))
        else:
            lost.append(Returned("", "", " ".join(cell.text for cell in cells), False, "", at))  # noqa: FBT003
    return [*read, *lost] if read else []


def _rows(value: Any) -> Iterator[Sequence[Any]]:  # noqa: ANN401  # pandoc's JSON
    """The rows of all tables, each a list of cells' blocks."""
    match value:
        case {"t": "Table", "c": content}:
            parts = [row for body in content[4] for row in (*body[2], *body[3])]
            for _, cells in parts:
                yield [cell[4] for cell in cells]
        case dict():
            yield from _rows(list(value.values()))
        case list():
            for item in value:
                yield from _rows(item)


class _Cell:
    """The text of a cell, bold and italics as Markdown, and the notes in its margin."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.notes: list[str] = []

    @property
    def text(self) -> str:
        """On one line, but for hard breaks; quotation marks inside expressions straight again."""
        joined = re.sub(r"\\\s*\n\s*", "\ue000", "".join(self._parts))
        joined = re.sub(r"[ \t\n]+", " ", joined).replace("\ue000", "\\\n").strip()
        return _EXPRESSION.sub(lambda found: found[0].translate(_TYPED), joined)

    def add(self, value: Any) -> None:  # noqa: ANN401  # pandoc's JSON
        """Add blocks or inlines as pandoc has them."""
        match value:
            case list():
                for item in value:
                    self.add(item)
            case {"t": "Str", "c": text} | {"t": "Code", "c": [_, text]}:
                self._parts.append(text)
            case {"t": "Span", "c": [[_, classes, _], inner]}:
                self._span(classes, inner)
            case {"t": "Quoted" | "Link", "c": [_, inner, *_]}:
                self.add(inner)
            case {"t": str(kind), **content}:
                before, after = _AROUND.get(kind, ("", ""))
                self._parts.append(before)
                self.add(content.get("c"))
                self._parts.append(after)

    def _span(self, classes: Sequence[str], inner: Any) -> None:  # noqa: ANN401  # likewise
        if "comment-start" in classes:
            note = _Cell()
            note.add(inner)
            self.notes.append(note.text)
        elif not {"deletion", "comment-end", "paragraph-deletion"} & set(classes):
            self.add(inner)
