"""Easy-read pictures: the rows of data/pictures.csv, and their files in data/pictures."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Final

from report.load import tables
from report.load.folder import Folder, there
from report.model.diagnostic import Diagnostic, Location, did_you_mean, excerpt
from report.model.records import Picture
from report.model.table import Table
from report.sources import png, svg

Size = tuple[float, float]
FORMATS: Final[Mapping[str, Callable[[bytes, str], tuple[Size | None, list[Diagnostic]]]]] = {
    ".svg": svg.read,
    ".png": png.read,
}
"""The formats of pictures: an ending, and what reads such a file."""
_LARGEST: Final = 2_000_000
"""Bytes of a file; every document that shows it grows by as much."""
_LONGEST: Final = 4.0
"""So many times as wide as high, or as high as wide, a picture may be beside a text."""


def read(folder: Folder, table: Table) -> tuple[tuple[Picture, ...], dict[str, bytes]]:
    """The pictures, and their files by name: those that can be shown. Where a file cannot, or where
    a picture has no words for those who do not see it, that is told."""
    pictures = tables.pictures(folder, table)
    files: dict[str, bytes] = {}
    told: set[str] = set()
    for picture in pictures:
        if not picture.alt:
            message = f"the picture {excerpt(picture.id)} has no alternative text"
            hint = "say in a few words what it shows, for those who do not see it"
            at = table.locate(picture.record, "alt")
            folder.problems.append(Diagnostic("missing-alt", message, at, hint))
        if picture.file in told:
            continue
        told.add(picture.file)
        content = file(folder, "pictures", picture.file, table.locate(picture.record, "file"))
        if content is not None:
            files[picture.file] = content
    return pictures, files


def file(
    folder: Folder, inside: str, name: str, at: Location, *, longest: float = _LONGEST
) -> bytes | None:
    """What a picture's file in the folder `inside` of data holds; none, with a diagnostic, where it
    cannot be shown. `longest`: so many times as wide as high, or as high as wide, it may be."""
    if not _is_plain(name):
        message = f"“{excerpt(name)}” is not the name of a picture"
        if not name:
            message = "the picture's file is not filled in"
        hint = f"write the name of a file in data/{inside} that ends in .svg or .png: talking.svg"
        folder.problems.append(Diagnostic("picture-name", message, at, hint))
        return None
    pictures = folder.data / inside
    picture = pictures / name
    path = folder.path(picture)
    if not there(picture):
        message = f"there is no picture {excerpt(name)} in data/{inside}"
        near = did_you_mean(name, _names(pictures))
        hint = near or "put the file there, or mend its name here"
        folder.problems.append(Diagnostic("missing-file", message, at, hint))
        return None
    if not Path(os.path.realpath(picture)).is_relative_to(os.path.realpath(pictures)):
        message = f"this is a link to a file outside data/{inside}"
        hint = "put the file itself there"
        folder.problems.append(Diagnostic("unreadable-file", message, Location(path), hint))
        return None
    content = folder.read(picture)
    if content is None:
        return None
    problems = _problems(content, path, longest)
    folder.problems += problems
    return None if problems else content


def _problems(content: bytes, path: str, longest: float) -> list[Diagnostic]:
    """What is wrong with a picture's file."""
    if len(content) > _LARGEST:
        message = f"this picture has {len(content) / 1e6:.1f} MB, and every document grows by it"
        hint = f"make it smaller: at most {_LARGEST // 1_000_000} MB; 600 pixels a side are enough"
        return [Diagnostic("large-picture", message, Location(path), hint)]
    size, problems = FORMATS[PurePosixPath(path).suffix.casefold()](content, path)
    if size and not problems and not 1 / longest <= size[0] / size[1] <= longest:
        message = f"this picture is {size[0]:g} wide and {size[1]:g} high: too long beside a text"
        hint = f"cut it: at most {longest:g} times as wide as high, or as high as wide"
        return [Diagnostic("long-picture", message, Location(path), hint)]
    return problems


def _is_plain(name: str) -> bool:
    """Whether it is the name of a file, on any machine, and of no folder or place elsewhere."""
    plain = name == PurePosixPath(name).name == PureWindowsPath(name).name
    known = PurePosixPath(name).suffix.casefold() in FORMATS
    # A colon names a drive on Windows, or a stream of another file.
    return plain and known and name.isprintable() and ":" not in name


def _names(folder: Path) -> list[str]:
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return [file.name for file in files if _is_plain(file.name)]
