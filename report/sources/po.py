"""gettext's catalogues, as Poedit, Weblate and `report translate` write them."""

import gettext
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from babel.messages.plurals import get_plural

from report.model.catalogue import Catalogue, Translation
from report.model.diagnostic import Diagnostic, Location, excerpt
from report.sources import encoding

if TYPE_CHECKING:
    import polib

_TRIED: Final = 200  # numbers that a plural rule must have a form for
_WIDTH: Final = 78  # Poedit's and msgmerge's
_PLURAL: Final = re.compile(r"nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;]+)")
# polib passes over a text that is not closed.
_UNUSABLE: Final = ("invalid-catalogue", "duplicate-message", "not-text", "unreadable-file")
_TEXT: Final = r'"(?:[^"\\]|\\.)*"\s*'
_LINE: Final = re.compile(
    rf"\s*|\s*\#(?![~|]).*|(?:\s*\#(?:~\s*\|?|\|)\s*)?(?:msg\w+(?:\[\d+\])?\s*)?{_TEXT}|\s*\#[~|]+\s*"
)
_SEPARATOR: Final = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")  # ends a line for polib


def parse(content: bytes, path: str, language: str) -> tuple[Catalogue | None, list[Diagnostic]]:
    """The catalogue in a file's `content`, told of as `path`; none where it cannot be read."""
    file, problems = entries(content, path)
    if file is None:
        return None, problems
    header = file.metadata.get("Plural-Forms", "")
    form = plural_form(header or get_plural(language.replace("-", "_")).plural_forms)
    if form is None:
        message = f"the plural forms in its header cannot be read: {excerpt(header)}"
        hint = f"write Plural-Forms: {get_plural(language.replace('-', '_')).plural_forms}"
        problems.append(Diagnostic("invalid-catalogue", message, Location(path, 1, 1), hint))
        return None, problems
    translations: dict[tuple[str, str], Translation] = {}
    plurals: dict[tuple[str, str], str] = {}
    for entry in file:
        if entry.obsolete:
            continue
        key = (entry.msgctxt or "", entry.msgid)
        if key in translations:
            first = translations[key].line
            message = f"the same message stands here a second time: “{excerpt(entry.msgid)}”"
            at = Location(path, entry.linenum or 1, 1)
            hint = f"the first stands in line {first}; delete one of them"
            problems.append(Diagnostic("duplicate-message", message, at, hint))
        forms = [text for _, text in sorted(entry.msgstr_plural.items())]
        texts = tuple(forms) if entry.msgid_plural else (entry.msgstr,)
        translations[key] = Translation(texts, entry.fuzzy, entry.linenum or 1)
        if entry.msgid_plural:
            plurals[key] = entry.msgid_plural
    return Catalogue(path, language, translations, plurals, form), problems


def is_of_a_translation(problem: Diagnostic) -> bool:
    """Whether it is about words in a catalogue, and not about a catalogue that cannot be used."""
    return problem.location.path.endswith(".po") and problem.code not in _UNUSABLE


def entries(content: bytes, path: str) -> "tuple[polib.POFile | None, list[Diagnostic]]":
    """The file as polib reads it, to be changed and written; none where it cannot be read."""
    import polib

    text, problems = encoding.text(content, path)
    if text is None:
        return None, problems
    for number, line in enumerate(text.split("\n"), 1):
        if not _LINE.fullmatch(line) or _SEPARATOR.search(line):
            return None, [*problems, _unreadable(path, number)]
    try:
        # The line break keeps polib from taking the text for the name of a file.
        return polib.pofile(f"{text}\n", wrapwidth=_WIDTH), problems
    except (OSError, ValueError, IndexError) as error:
        found = re.search(r"\d+", str(error))
        return None, [*problems, _unreadable(path, int(found[0]) if found else 1)]


def _unreadable(path: str, line: int) -> Diagnostic:
    message = "this catalogue cannot be read from here on"
    hint = 'a text stands in quotation marks, one inside it is written \\"; Poedit writes it so'
    return Diagnostic("invalid-catalogue", message, Location(path, line, 1), hint)


def plural_form(header: str) -> Callable[[int], int] | None:
    """The rule of a header Plural-Forms: which form goes with a number; none for no rule."""
    found = _PLURAL.search(header)
    if found is None:
        return None
    try:
        rule, count = gettext.c2py(found[2].strip()), int(found[1])
        return rule if all(0 <= rule(n) < count for n in range(_TRIED)) else None
    except (ValueError, ArithmeticError, RecursionError):
        return None
