"""A Word document as the files that it is packed of."""

import io
import zipfile
from typing import Final

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def parts_of(package: bytes) -> dict[str, bytes]:
    """The files in a Word document, by name."""
    with zipfile.ZipFile(io.BytesIO(package)) as read:
        return {name: read.read(name) for name in read.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    """A Word document of these files, all of one fixed time: the bytes depend on nothing else."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, content)
    return written.getvalue()
