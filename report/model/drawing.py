"""A picture that is drawn when somebody wants to see it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from report.model.checksum import checksum


@dataclass(frozen=True)
class Drawing:
    """`key` is a hash of all that the file is drawn from, so that of another picture is another;
    the programs that draw it are no part of that. `words` are what it says, a text each, unless in
    pixels; `draw` gives its bytes."""

    key: str
    words: tuple[str, ...]
    draw: Callable[[], bytes] = field(compare=False, repr=False)

    def __reduce__(self) -> tuple[type[bytes], tuple[bytes]]:
        """In another process, where our fonts may not be, it is the file itself."""
        return bytes, (self.draw(),)


Asset: TypeAlias = bytes | Drawing
"""A file beside a document."""


def content(asset: Asset) -> bytes:
    """The file itself; a drawing is drawn for it."""
    return asset.draw() if isinstance(asset, Drawing) else asset


def identity(asset: Asset) -> str:
    """A hash: that of another file is another. Nothing is drawn for it."""
    return asset.key if isinstance(asset, Drawing) else checksum(asset)
