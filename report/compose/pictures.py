"""Easy-read pictures as files of a document."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final

_PIXELS: Final = 800
"""Of the PNG of a drawing, across: sharp at twice the width that Word shows."""
_PAGE: Final = """\
#set page(width: 72pt, height: auto, margin: 0pt, fill: none)
#image(bytes(sys.inputs.drawing), format: "svg", width: 72pt)
"""


def assets(path: str, file: str, content: bytes) -> tuple[str, Mapping[str, bytes]]:
    """A picture's file as a document has it, below `path`: the path by which its text names the
    picture, and the files. An SVG comes with a PNG, as figures do, and is named without ending."""
    if PurePosixPath(file).suffix.casefold() == ".png":
        return f"{path}.png", {f"{path}.png": content}
    return path, {f"{path}.svg": content, f"{path}.png": _drawn(content)}


@lru_cache(maxsize=64)
def _drawn(svg: bytes) -> bytes:
    """The drawing as a PNG, without what else the file says. It has been read before and holds
    shapes alone, so Typst fetches nothing."""
    import typst

    made = typst.compile(
        _PAGE.encode(), format="png", ppi=_PIXELS, sys_inputs={"drawing": svg.decode()}
    )
    assert isinstance(made, bytes)  # of one page
    return made
