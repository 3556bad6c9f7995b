"""The code of templates: all of it in memory, that of our own on disk too, for the next command.

Compiling ours takes a fifth of a second, as much as composing the example's documents with them.
They hold nothing of a study. Jinja keeps the code in a folder of the user's own, where nobody else
can write, and takes it for no other text than that which it was made of.
"""

import hashlib
import pickle
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from types import CodeType  # noqa: TC003  # the annotation of an attribute

import jinja2
from jinja2 import BytecodeCache, FileSystemBytecodeCache
from jinja2.bccache import Bucket


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
            try:
                self._disk.load_bytecode(bucket)
            except (OSError, EOFError, pickle.UnpicklingError):
                bucket.reset()  # damaged: it is compiled anew
        if bucket.code is not None:
            self._known[bucket.key, bucket.checksum] = bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Know the code of a template from now on."""
        if bucket.code is None:
            return
        self._known[bucket.key, bucket.checksum] = bucket.code
        if bucket.key in self._of_ours and self._disk:
            with suppress(OSError):  # a full disk: the next command compiles it
                self._disk.dump_bytecode(bucket)
