"""Texts that note when a document shows them."""

from collections.abc import Callable


class Noted(str):
    """Words of a study that a template may ask for; `use` notes that it did.

    They are made of all that a study says, and noted only where a template takes them.
    """

    __slots__ = ("use",)
    use: Callable[[], None]


def noted(text: str, use: Callable[[], None]) -> Noted:
    """The text, which calls `use` where it is shown, after what it calls already."""
    made = Noted(text)
    before = text.use if isinstance(text, Noted) else None

    def both() -> None:
        if before:
            before()
        use()

    made.use = both
    return made


def note(value: object) -> None:
    """Note the words in a value that a template has asked for: in a text, a list, a mapping."""
    match value:
        case Noted():
            value.use()
        case tuple() | list():
            for item in value:
                note(item)
        case dict():
            for item in value.values():
                note(item)
