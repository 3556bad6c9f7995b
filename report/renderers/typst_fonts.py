"""The fonts that a study adds to ours, made known to Typst."""

import json
from collections.abc import Sequence
from pathlib import Path

from report.fonts import families

FILE = "added.typ"
"""The file beside base.typ that lists them."""


def added(themes: Sequence[Path]) -> bytes:
    """The content of that file for a study whose looks lie in `themes`, ours being the last."""
    own = tuple(folder for folder in themes[:-1] if (folder / "fonts").is_dir())
    names = sorted(families(own) - families(tuple(themes[-1:]))) if own else []
    # A string of JSON is one of Typst's, as far as names of fonts go.
    listed = "".join(f"{json.dumps(name, ensure_ascii=False)}, " for name in names)
    return f"#let added = ({listed})\n".encode()
