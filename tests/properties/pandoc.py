"""What pandoc reads in a text, without the differences that mean nothing."""

import json
import re
import subprocess
from collections.abc import Sequence
from typing import Any, Final

import pypandoc

READERS: Final = (
    "markdown-raw_html-raw_tex-raw_attribute",  # our renderer's
    "markdown+raw_html+autolink_bare_uris+emoji+mark",  # Quarto's, and more than that
)

_STRAIGHT: Final = str.maketrans("‘’“”", "''\"\"")


def normal(text: str) -> str:
    """The text with straight quotation marks and one space where there is any."""
    return re.sub(r"\s+", " ", text.translate(_STRAIGHT)).strip()


def read(sources: Sequence[str], reader: str) -> list[Any]:
    """What each of the sources means: pandoc's tree of it, with runs of words made one text."""
    marked = "\n\n".join(f":::: {{.source}}\n\n{source}\n\n::::" for source in sources)
    blocks = document(marked, reader)["blocks"]
    assert len(blocks) == len(sources), "a text has broken out of its div"
    return [_simple(block["c"][1]) for block in blocks]


def document(source: str, reader: str) -> Any:
    """pandoc's tree of a whole document."""
    command = [pypandoc.get_pandoc_path(), f"--from={reader}", "--to=json"]
    done = subprocess.run(command, input=source.encode(), capture_output=True, check=True)
    return json.loads(done.stdout)


def inlines(tree: Any) -> Any:
    """A tree of inlines, simplified."""
    return _simple(tree)


def _simple(tree: Any) -> Any:
    if isinstance(tree, dict) and tree.get("t") in {"ColWidth", "ColWidthDefault"}:
        return "ColWidthDefault"  # of the length of the line alone
    if isinstance(tree, dict):
        return {key: _simple(value) for key, value in tree.items()}
    if isinstance(tree, list):
        simple: list[Any] = []
        for part in tree:
            words = _words(part)
            if words is None:
                simple.append(_simple(part))
            elif simple and isinstance(simple[-1], Words):
                simple[-1] = Words(simple[-1] + words)
            else:
                simple.append(Words(words))
        return [normal(part) if isinstance(part, Words) else part for part in simple]
    return tree


class Words(str):
    """A run of words, as against a word of pandoc's own."""

    __slots__ = ()


def _words(part: Any) -> str | None:
    """The text of an inline that is text and nothing else."""
    match part:
        case {"t": "Str", "c": text}:
            return str(text)
        case {"t": "Space" | "SoftBreak"}:
            return " "
        case {"t": "Quoted", "c": [{"t": kind}, content]}:
            mark = "'" if kind == "SingleQuote" else '"'
            within = [_words(inner) for inner in content]
            return None if None in within else mark + "".join(map(str, within)) + mark
    return None
