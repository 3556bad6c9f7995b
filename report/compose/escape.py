"""Text that is data, made safe to stand in Markdown."""

import re
import unicodedata
from functools import lru_cache
from textwrap import indent
from typing import Final

# What opens something in Quarto Markdown wherever it stands. A backslash before any ASCII
# punctuation is that punctuation (Pandoc User's Guide, "Backslash escapes").
_ALWAYS: Final = re.compile(r"""[\\`*_{}\[\]<>|@~^$"#&=+:!%]""")
_QUOTE: Final = re.compile(r"(?<![^\W_])'")
_RUN: Final = re.compile(r"(?<=\.)\.|(?<=-)-|-(?=-)")
_START: Final = re.compile(r"^(\(?\w+)([.)])|^([-()])", re.MULTILINE)
_BACKSLASH: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_SPACE: Final = re.compile(r"[^\S\u00a0\u202f]+")


class Markdown(str):
    """Text that is Markdown already. Everything else is data, and is escaped where it is shown.

    `%` puts values into a message and escapes them on the way, as a translation needs it.
    """

    __slots__ = ()

    def __mod__(self, values: object) -> "Markdown":
        if isinstance(values, dict):
            return Markdown(str.__mod__(self, {k: markdown(v) for k, v in values.items()}))
        return Markdown(str.__mod__(self, values))


class Cell(str):
    """A cell of a recipient's row, marked where it is shown. No text can hold the marks."""

    __slots__ = ()
    OPEN: Final = "\x06"
    CLOSE: Final = "\x07"


def markdown(value: object) -> Markdown:
    """The value as Markdown that shows it and does nothing else, on one line.

    An apostrophe after a letter is left for typography; any other quotation mark stays as it is.
    """
    if isinstance(value, Markdown):
        return value
    text = _escaped(str(value))
    return Markdown(f"{Cell.OPEN}{text}{Cell.CLOSE}") if isinstance(value, Cell) else text


@lru_cache(maxsize=10_000)
def _escaped(text: str) -> Markdown:
    """Tables show the same words again and again."""
    text = _SPACE.sub(" ", text).strip()
    text = _ALWAYS.sub(r"\\\g<0>", text)
    text = _QUOTE.sub(r"\\'", text)
    text = _RUN.sub(r"\\\g<0>", text)
    return Markdown(_START.sub(_escape_start, text))


def _escape_start(found: re.Match[str]) -> str:
    return f"\\{found[3]}" if found[3] else f"{found[1]}\\{found[2]}"


def metadata(value: object) -> Markdown:
    """A value for the front matter: Markdown in a YAML string, of the two kinds that leave
    backslashes alone, so that it reads as it would in the text."""
    text = markdown(value).strip("\n")
    if "\n" in text:
        return Markdown("|\n" + indent(text, " " * 8))  # pandoc: paragraphs
    return Markdown("'" + text.replace("'", "''") + "'")


def plain(text: Markdown) -> str:
    """What `markdown` escaped, as it was."""
    return _SPACE.sub(" ", _BACKSLASH.sub(r"\1", text)).strip()


def attribute(value: object) -> Markdown:
    """A value for an attribute, as in {fig-alt="…"}: there the text is plain, not Markdown, but
    backslashes are what they are in Markdown."""
    return Markdown(f'"{markdown(plain(markdown(value)))}"')


def identifier(value: str) -> Markdown:
    """A label's part made of the value: letters, digits and hyphens."""
    folded = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode()
    return Markdown(re.sub(r"[^A-Za-z0-9]+", "-", folded).strip("-").casefold())
