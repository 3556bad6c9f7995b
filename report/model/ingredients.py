"""What a finished file was made from."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Ingredients:
    """All that a finished file was made from, by the names that users know. `document` are the
    composed document's own: its text, pictures, date; `others` what it shares with other documents:
    looks and programs. Values are hashes and versions."""

    document: Mapping[str, str]
    others: Mapping[str, str]

    @property
    def fingerprint(self) -> str:
        """That of other ingredients is another."""
        return hash_of({**self.document, **self.others})

    @property
    def composed(self) -> str:
        """The same of the composed document alone."""
        return hash_of(self.document)


def hash_of(ingredients: Mapping[str, str]) -> str:
    """The SHA-256 of names and their values, in whatever order they come."""
    return hashlib.sha256(json.dumps(sorted(ingredients.items())).encode()).hexdigest()
