"""BibTeX, as Zotero and its kin export it."""

import logging
import re
from collections.abc import Mapping
from typing import Any, Final

from report.model.diagnostic import Diagnostic, Location, excerpt
from report.model.reference import Reference
from report.sources import encoding

_NAME: Final = re.compile(r"[^\s#{},\"]+")
_START: Final = re.compile(r"\s*@\s*(\w+)\s*\{\s*([^\s#{},\"]+)")
_PART: Final = re.compile(r"\s*#\s*")


def parse(content: bytes, path: str) -> tuple[tuple[Reference, ...], list[Diagnostic]]:
    """The entries of a file's `content` in its order, a key that stands twice included once.

    An entry's source is whole: it brings the @string abbreviations along that it uses.
    """
    # Heavy, and only studies that cite need it.
    from bibtexparser import model
    from bibtexparser.entrypoint import parse_string

    text, problems = encoding.text(content, path)
    if text is None:
        return (), problems
    logging.getLogger("bibtexparser").setLevel(logging.ERROR)  # it tells what we tell, less well
    library = parse_string(text, parse_stack=[])
    strings = {string.key.casefold(): string for string in library.strings}
    entries: list[Reference] = []
    for block in library.blocks:
        at = Location(path, (block.start_line or 0) + 1, 1)
        if isinstance(block, model.Entry):
            if not _NAME.fullmatch(block.key):
                message = f"this entry ({block.entry_type}) has no key that one could cite"
                hint = f"write one behind the brace: @{block.entry_type}{{smith2020,"
                problems.append(Diagnostic("invalid-bibtex", message, at, hint))
                continue
            entries.append(_reference(block, strings, at))
        elif isinstance(block, model.DuplicateBlockKeyBlock):
            first = (block.previous_block.start_line or 0) + 1
            what = f"“{excerpt(block.key)}” is in the list of references twice"
            hint = f"the first stands at {path}:{first}:1; delete one, or give it a key of its own"
            problems.append(Diagnostic("duplicate-reference", what, at, hint))
        elif isinstance(block, model.ParsingFailedBlock):
            raw = block.raw or ""
            message = f"this entry cannot be read: {excerpt(raw.partition('{')[0])}"
            hint = "often a brace or a comma is missing at the end of a line; export it again"
            if found := _START.match(raw):
                # It stays, so that nothing that cites it is called wrong.
                entries.append(Reference(found[2], found[1], at, raw))
                message = f"the entry “{excerpt(found[2])}” cannot be read"
            if isinstance(block, model.DuplicateFieldKeyBlock):
                twice = ", ".join(f"“{name}”" for name in sorted(block.duplicate_keys))
                message, hint = f"this entry has {twice} twice", "delete one of them"
            problems.append(Diagnostic("invalid-bibtex", message, at, hint))
    return tuple(entries), problems


def _reference(block: Any, strings: Mapping[str, Any], at: Location) -> Reference:  # noqa: ANN401  # bibtexparser is untyped
    used: dict[str, str] = {}
    fields = {
        field.key.casefold(): _plain(_value(str(field.value), strings, used))
        for field in block.fields
    }
    source = "\n".join([*used.values(), block.raw or ""])
    return Reference(block.key, block.entry_type, at, source, fields)


def _value(raw: str, strings: Mapping[str, Any], used: dict[str, str]) -> str:
    """A field's text without its outer braces; abbreviations are written out, and noted in `used`
    with what defines them, those first that others are made of."""
    raw = raw.strip()
    if len(raw) > 1 and raw[0] == "{" and raw[-1] == "}":
        return raw[1:-1]
    parts = []
    for part in _PART.split(raw):
        name = part.casefold()
        if name in strings:
            # Without itself: an abbreviation can be made of those that stand before it only.
            others = {key: string for key, string in strings.items() if key != name}
            parts.append(_value(str(strings[name].value), others, used))
            used.setdefault(name, strings[name].raw or "")
        else:
            parts.append(part.strip('"'))
    return "".join(parts)


def _plain(value: str) -> str:
    r"""LaTeX's accents as letters: {\AA}kerblom is Åkerblom."""
    if "\\" not in value:
        return value
    from pylatexenc.latex2text import LatexNodes2Text

    return str(LatexNodes2Text(keep_braced_groups=True).latex_to_text(value))
