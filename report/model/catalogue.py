"""Translations as gettext keeps them: messages, and what stands for each in another language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_SEPARATORS: Final = dict.fromkeys((0x0B, 0x0C, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029), " ")


class Domain(StrEnum):
    """Whose words a message holds: the study's own, or the templates'."""

    STUDY = "study"
    TEMPLATES = "templates"


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """Words to be translated: `context` says where they stand (gettext's msgctxt), `text` is
    written as the study or a template writes it; `plural` is their form for many, where they count
    something."""

    domain: Domain
    context: str
    text: str
    plural: str = ""

    def __post_init__(self) -> None:
        """A line separator, which would end a line of the file, is a space."""
        if not self.text.isprintable():
            object.__setattr__(self, "text", self.text.translate(_SEPARATORS))

    @property
    def key(self) -> tuple[str, str]:
        """What no two messages of a catalogue share."""
        return self.context, self.text


@dataclass(frozen=True, slots=True)
class Translation:
    """What a catalogue has for a message: a text, or one for each plural form; `fuzzy` where the
    message has changed since. `line` is that of its entry in the file."""

    texts: tuple[str, ...]
    fuzzy: bool
    line: int

    @property
    def done(self) -> bool:
        """Whether it may be shown."""
        return bool(self.texts) and all(t.strip() for t in self.texts) and not self.fuzzy


@dataclass(frozen=True)
class Catalogue:
    """A .po file: the translations into a language by their messages' keys."""

    path: str
    language: str
    translations: Mapping[tuple[str, str], Translation]
    plurals: Mapping[tuple[str, str], str]
    """The form for many of those that count something."""
    form: Callable[[int], int]
    """Which of the plural forms goes with a number."""


@dataclass(frozen=True, slots=True)
class Use:
    """A message that a document shows: where the study says it, and what kind of words it is."""

    message: Message
    language: str
    place: str
    kind: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A message without a translation that may be shown: `line` of the catalogue's file, 0 where it
    does not stand there."""

    use: Use
    path: str
    line: int
    fuzzy: bool
