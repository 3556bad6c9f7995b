"""BibTeX, as Zotero and its kin export it."""

import logging
from pathlib import Path

from report.model.diagnostic import Diagnostic, Location
from report.model.reference import Reference
from report.sources.encoding import decode


def read(file: Path, path: str) -> tuple[tuple[Reference, ...], list[Diagnostic]]:
    """The entries of `file`, told of as `path`, in its order; OSError where it cannot be read."""
    return parse(decode(file.read_bytes()), path)


def parse(text: str, path: str) -> tuple[tuple[Reference, ...], list[Diagnostic]]:
    """The entries of `text` in its order, a key that stands twice included once and reported."""
    # Heavy, and only studies that cite need it.
    from bibtexparser import model
    from bibtexparser.entrypoint import parse_string

    logging.getLogger("bibtexparser").setLevel(logging.ERROR)  # it tells what we tell, less well
    library = parse_string(text, parse_stack=[])
    entries: list[Reference] = []
    problems: list[Diagnostic] = []
    for block in library.blocks:
        at = Location(path, (block.start_line or 0) + 1, 1)
        if isinstance(block, model.Entry):
            fields = {f.key.casefold(): _bare(str(f.value)) for f in block.fields}
            entries.append(Reference(block.key, block.entry_type, at, block.raw or "", fields))
        elif isinstance(block, model.DuplicateBlockKeyBlock):
            message = f"“{block.key}” is in the list of references twice"
            hint = f"the first stands at line {(block.previous_block.start_line or 0) + 1}: "
            hint += "delete one, or give it a key of its own"
            problems.append(Diagnostic("duplicate-reference", message, at, hint))
        elif isinstance(block, model.ParsingFailedBlock):
            message = f"this entry cannot be read: {block.error}"
            hint = "often a brace or a comma is missing at the end of a line; export it again"
            problems.append(Diagnostic("invalid-bibtex", message, at, hint))
    return tuple(entries), problems


def _bare(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and (value[0], value[-1]) in {("{", "}"), ('"', '"')}:
        return value[1:-1]
    return value
