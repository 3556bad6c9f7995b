"""A file's bytes → all passages in it, whatever kind of file it is."""

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Final

from report.gate import archive, images, markup, pages, plain, web
from report.gate.passage import Part, Passage, Unreadable

_DEEPEST: Final = 8
"""Files in files in files: deeper ones were made to be unreadable."""

_MAGIC: Final[tuple[tuple[bytes, str], ...]] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"wOF2", "font"),
)
_CLOSED: Final = (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ", b"BZh")
"""What gzip, 7-Zip, RAR, xz and bzip2 begin with."""
_ENDINGS: Final = {
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods", "odp", "epub", "zip"), "zip"),
    **dict.fromkeys(("xml", "svg", "csl", "jats", "rels", "xsl", "rdf", "opf", "ncx"), "xml"),
    **dict.fromkeys(("html", "htm", "xhtml"), "html"),
    **dict.fromkeys(("json", "jsonld", "ipynb", "webmanifest", "geojson", "map"), "json"),
    **dict.fromkeys(("css", "js", "mjs"), "code"),
    **dict.fromkeys(("jpg", "jpeg"), "jpeg"),
    **dict.fromkeys(("txt", "md", "qmd", "csv", "bib", "yml", "yaml", "tex", "typ"), "text"),
    **{kind: kind for kind in ("pdf", "png", "gif", "webp")},
}
_TEXTS: Final = {"html", "xml", "json", "code", "text"}
_BINARIES: Final = {"zip", "png", "jpeg", "gif", "webp", "pdf"}
_READERS: Final[dict[str, Callable[[bytes], Iterator[Passage | Part]]]] = {
    "zip": archive.read,
    "png": images.png,
    "jpeg": images.jpeg,
    "gif": images.gif,
    "webp": images.webp,
    "font": plain.font,
    "pdf": pages.read,
    "xml": markup.read,
    "html": web.read,
    "json": plain.json_file,
    "code": plain.code,
    "text": plain.text,
    "binary": plain.binary,
}


def passages(name: str, content: bytes) -> Iterator[Passage]:
    """All texts of a file and of the files inside it, in their order. Its own name is none of them.

    Raises Unreadable where the file is not what its first bytes or its name say, or is locked.
    """
    yield from _passages(name, content, 0)


def _passages(name: str, content: bytes, depth: int) -> Iterator[Passage]:
    if depth > _DEEPEST:
        raise Unreadable("this file has files inside files that go too deep to be read")
    for piece in _READERS[kind(name, content)](content):
        if isinstance(piece, Passage):
            yield piece
        else:
            for passage in _passages(piece.name, piece.content, depth + 1):
                yield passage.within(piece.place)


def kind(name: str, content: bytes) -> str:
    """What a file is: by its first bytes, then by its name's ending.

    Raises Unreadable where it has the ending of a kind that its bytes are not.
    """
    said = _ENDINGS.get(PurePosixPath(name).suffix.lower().lstrip("."), "")
    if content.startswith(_CLOSED):
        raise Unreadable("this is a compressed file, which nobody can look into here")
    found = _by_bytes(content)
    if found == "binary" and said:
        raise Unreadable("this file is not what its name says, or it is damaged")
    if found in _TEXTS and said in _BINARIES and content:
        raise Unreadable("this file is not what its name says, or it is damaged")
    if said == "html" and found in _TEXTS:
        return "html"  # XHTML too
    return said if found == "text" and said in _TEXTS else found


def _by_bytes(content: bytes) -> str:
    for magic, found in _MAGIC:
        if content.startswith(magic):
            return found
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if not plain.is_text(content):
        return "binary"
    start = plain.decoded(content[:1024]).lstrip("\ufeff \t\r\n").lower()
    if start.startswith(("<!doctype html", "<html")):
        return "html"
    return "xml" if start.startswith(("<?xml", "<svg")) else "text"
