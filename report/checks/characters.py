"""Characters that no document can show."""

import unicodedata
from collections.abc import Iterator

from report.model.diagnostic import Diagnostic, Location
from report.model.study import Study


def check(study: Study) -> Iterator[Diagnostic]:
    """Control characters and the sign of a broken encoding, in quotes, tables and prose."""
    for quote in study.quotes:
        yield from _text(quote.text, f" in quote {quote.id}", study.locate(quote, "text"))
    for participant in study.participants:
        for name, value in participant.attributes.items():
            yield from _text(value, f" of {participant.id}", study.locate(participant, name))
    for prose in study.prose.values():
        for line, text in enumerate(prose.text.split("\n"), 1):
            for column, character in enumerate(text, 1):
                at = Location(prose.path, line, column)
                yield from _character(character, "", at)


def _text(text: str, where: str, at: Location) -> Iterator[Diagnostic]:
    for place, character in enumerate(text, 1):
        yield from _character(character, f"{where}, character {place}", at)


def _character(character: str, where: str, at: Location) -> Iterator[Diagnostic]:
    if (character.isascii() and character.isprintable()) or character in "\n\t":
        return
    if character == "\ufffd":
        message = f"a letter was lost (�){where}"
        hint = "the file went through a wrong encoding: save it again as “CSV UTF-8”"
        yield Diagnostic("broken-encoding", message, at, hint)
    elif is_control(character):
        message = f"the control character U+{ord(character):04X}{where}"
        yield Diagnostic("control-character", message, at, "delete it, or type it anew")


def is_control(character: str) -> bool:
    """Whether XML and PDF refuse the character: controls, lone surrogates, non-characters."""
    if unicodedata.category(character) in {"Cc", "Cs"}:
        return character not in "\n\t"
    return (ord(character) & 0xFFFE) == 0xFFFE or "\ufdd0" <= character <= "\ufdef"  # noqa: PLR2004  # Unicode, 23.7
