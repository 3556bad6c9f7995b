"""Texts that note when a document shows them."""

from collections.abc import Callable


class Noted(str):
    """Words of a study that a template may ask for; `uses` note that it did.

    They are made of all that a study says, and noted only where a template takes them.
    """

    __slots__ = ("uses",)
    uses: tuple[Callable[[], object], ...]


def noted(text: str, *uses: Callable[[], object]) -> Noted:
    """The text, which calls these where it is shown, after what it calls already."""
    made = Noted(text)
    made.uses = (*text.uses, *uses) if isinstance(text, Noted) else uses
    return made


def note(value: object) -> None:
    """Note the words in a value that a template has asked for: in a text, a list, a mapping."""
    if isinstance(value, str):  # as most are
        if isinstance(value, Noted):
            for use in value.uses:
                use()
    elif isinstance(value, tuple | list):
        for item in value:
            note(item)
    elif isinstance(value, dict):
        for pair in value.items():
            note(pair)
