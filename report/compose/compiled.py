"""The code of templates: all of it in memory, that of our own on disk too, for the next command.

Compiling ours takes a fifth of a second, as much as composing the example's documents with them.
They hold nothing of a study. Jinja keeps the code in a folder of the user's own, where nobody else
can write, and takes it for no other text than that which it was made of. It is kept with a hash of
itself: Python would run what is damaged, or die of it.
"""

import hashlib
from contextlib import suppress
from functools import cached_property
from io import BytesIO
from pathlib import Path
from types import CodeType  # noqa: TC003  # the annotation of an attribute
from typing import IO, BinaryIO, Final

import jinja2
from jinja2 import BytecodeCache, FileSystemBytecodeCache
from jinja2.bccache import Bucket

_SEAL: Final = hashlib.sha256().digest_size


class Compiled(BytecodeCache):
    """`ours` is the folder of our own templates, `module` the one that says how they are compiled:
    where it says something else, the code is another."""

    def __init__(self, ours: Path, module: Path) -> None:
        self._ours = ours
        self._module = module
        self._of_ours: set[str] = set()
        self._known: dict[tuple[str, str], CodeType] = {}

    @cached_property
    def _disk(self) -> FileSystemBytecodeCache | None:
        """None where no folder is the user's alone."""
        of = hashlib.sha256(jinja2.__version__.encode() + self._module.read_bytes()).hexdigest()
        try:
            return FileSystemBytecodeCache(pattern=f"report-{of[:12]}-%s.cache")
        except (OSError, RuntimeError):
            return None

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """What a template is known by."""
        known = super().get_cache_key(name, filename)
        if filename is not None and Path(filename).is_relative_to(self._ours):
            self._of_ours.add(known)
        return known

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put in the code of a template, where it is known."""
        bucket.code = self._known.get((bucket.key, bucket.checksum))
        if bucket.code is None and bucket.key in self._of_ours and self._disk:
            sealed = _Sealed(bucket.environment, bucket.key, bucket.checksum)
            with suppress(OSError):  # it cannot be read: it is compiled anew
                self._disk.load_bytecode(sealed)
            bucket.code = sealed.code
        if bucket.code is not None:
            self._known[bucket.key, bucket.checksum] = bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Know the code of a template from now on."""
        if bucket.code is None:
            return
        self._known[bucket.key, bucket.checksum] = bucket.code
        if bucket.key in self._of_ours and self._disk:
            sealed = _Sealed(bucket.environment, bucket.key, bucket.checksum)
            sealed.code = bucket.code
            with suppress(OSError):  # a full disk: the next command compiles it
                self._disk.dump_bytecode(sealed)


class _Sealed(Bucket):
    """Code on disk, after its hash."""

    def load_bytecode(self, f: BinaryIO) -> None:
        """Take the code from the file, where it is as it was written."""
        seal, content = f.read(_SEAL), f.read()
        if hashlib.sha256(content).digest() == seal:
            super().load_bytecode(BytesIO(content))

    def write_bytecode(self, f: IO[bytes]) -> None:
        """Write the code to the file."""
        written = BytesIO()
        super().write_bytecode(written)
        f.write(hashlib.sha256(written.getvalue()).digest() + written.getvalue())
