"""Easy-read pictures: those that a text asks for, as files of its document."""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Final

from report.compose.problem import ProseError
from report.model.diagnostic import did_you_mean
from report.model.drawing import Asset, Drawing
from report.model.records import Picture
from report.model.study import Study

_WITHOUT_SVG: Final = {"docx", "jats"}
_PIXELS: Final = 800
"""Of the PNG of a drawing, across: sharp at twice the width that Word shows."""
_PAGE: Final = """\
#set page(width: 72pt, height: auto, margin: 0pt, fill: none)
#image(bytes(sys.inputs.drawing), format: "svg", width: 72pt)
"""


def known(study: Study, identifier: str) -> Picture:
    """The picture of that id. Raises ProseError where there is none."""
    if identifier not in study.picture_by_id:
        message = f"there is no picture {identifier}"
        near = did_you_mean(identifier, study.picture_by_id)
        raise ProseError("unknown-picture", message, near, identifier)
    return study.picture_by_id[identifier]


def origins(study: Study, shown: Iterable[str]) -> list[Picture]:
    """Of the pictures of these ids those that say where they are from, one for each place."""
    pictures = (study.picture_by_id[identifier] for identifier in shown)
    return list({(p.source, p.licence): p for p in pictures if p.source}.values())


def assets(
    path: str, name: str, content: bytes, formats: Collection[str]
) -> tuple[str, Mapping[str, Asset]]:
    """A picture's file of that name as a document in these formats has it: the path by which its
    text names it, and the files by theirs. They are called by `path`, since what a file is called
    is for those who drew it. An SVG comes with a PNG for formats that show no SVG, and is named
    without an ending."""
    if PurePosixPath(name).suffix.casefold() == ".png":
        return f"{path}.png", {f"{path}.png": content}
    files: dict[str, Asset] = {f"{path}.svg": content}
    if _WITHOUT_SVG & set(formats):
        key = sha256(f"{_PAGE} {_PIXELS} ".encode() + content).hexdigest()
        files[f"{path}.png"] = Drawing(key, (), partial(drawn, content))
    return path, files


@lru_cache(maxsize=64)
def drawn(svg: bytes) -> bytes:
    """The drawing as a PNG, without what else the file says. It has been read before and holds
    shapes alone, so Typst fetches nothing."""
    import typst

    made = typst.compile(
        _PAGE.encode(), format="png", ppi=_PIXELS, sys_inputs={"drawing": svg.decode()}
    )
    assert isinstance(made, bytes)  # of one page
    return made
