"""What tells one file's bytes from another's."""

import hashlib


def checksum(content: bytes) -> str:
    """The SHA-256 of these bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
