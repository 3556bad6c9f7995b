"""Whom a document of their own is made for: the rows of data/recipients.csv, and their logos in
data/logos."""

import difflib
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from report.load import pictures, tables
from report.load.folder import Folder
from report.model.diagnostic import Diagnostic, Severity, excerpt
from report.model.records import Recipient
from report.model.table import Table

_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LETTERS: Final = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l"})
_LONGEST_ID: Final = 60
"""Characters; a file's name has room for the audience and the language besides."""
_LONGEST_LOGO: Final = 12.0
"""So many times as wide as high, or as high as wide, a logo may be beside a name."""


def read(folder: Folder, table: Table) -> tuple[tuple[Recipient, ...], dict[str, bytes]]:
    """The recipients, and the files of their logos by name: those that can be shown. Whatever is
    wrong with a row is told."""
    recipients = tables.recipients(folder, table)
    folder.problems += _strange(table)
    known = {recipient.id for recipient in recipients}
    files: dict[str, bytes] = {}
    told: set[str] = set()
    for recipient in recipients:
        folder.problems += _wrong(recipient, table, known)
        if recipient.logo and recipient.logo not in told:
            told.add(recipient.logo)
            at = table.locate(recipient.record, "logo")
            content = pictures.file(folder, "logos", recipient.logo, at, longest=_LONGEST_LOGO)
            if content is not None:
                files[recipient.logo] = content
    return recipients, files


def _wrong(recipient: Recipient, table: Table, known: set[str]) -> Iterator[Diagnostic]:
    if not _is_safe(recipient.id):
        message = f"“{excerpt(recipient.id)}” cannot be a part of a file's name on every machine"
        hint = "write it in small letters from a to z, digits and single hyphens between them, "
        hint += f"with at most {_LONGEST_ID} characters"
        if near := _safe(recipient.id):
            hint = (
                f"write {near}" if near not in known else f"another row has the id {near}; {hint}"
            )
        yield Diagnostic("recipient-id", message, table.locate(recipient.record, "recipient"), hint)
    if not recipient.organisation:
        message = f"the recipient {excerpt(recipient.id)} has no organisation"
        hint = "write its name as its document is to show it, or delete the row"
        at = table.locate(recipient.record, "organisation")
        yield Diagnostic("missing-organisation", message, at, hint)


def _strange(table: Table) -> Iterator[Diagnostic]:
    """Columns of the study's own that are called almost as ours are, which are not there."""
    columns = [str(name) for name in table.frame.columns]
    for ours in ("logo", "language"):
        near = difflib.get_close_matches(ours, columns, n=1, cutoff=0.8)
        if near and ours not in columns:
            message = f"the column “{excerpt(near[0])}” is one of your own, and means nothing here"
            hint = f"rename it to “{ours}”, if that is it"
            at = table.locate(-1, near[0])
            yield Diagnostic("unknown-column", message, at, hint, Severity.WARNING)


def _is_safe(identifier: str) -> bool:
    return bool(_ID.fullmatch(identifier)) and len(identifier) <= _LONGEST_ID


def _safe(identifier: str) -> str:
    """The nearest that is safe; nothing where no letter of it is."""
    letters = identifier.casefold().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", letters).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_ID].strip("-")
