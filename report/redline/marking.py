"""How a page shows its changes: the style, and the words for whom the colours say nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from report.compose import environment
from report.compose.translator import Translator

_WORDS: Final = "redline/words.yml.j2"
_STYLE: Final = "redline/page.css"


@dataclass(frozen=True)
class Marking:
    """`style` is CSS. `inserted` and `deleted` are read out before what came or went, `following`
    is the link to the next change."""

    style: str
    inserted: str
    deleted: str
    following: str


def marking(themes: Sequence[Path], translator: Translator) -> Marking:
    """The marking of a theme, in the translator's language; from the first theme that has it."""
    said = environment.pages(themes, translator).get_template(_WORDS).render()
    style = next(file for theme in themes if (file := theme / _STYLE).is_file())
    return Marking(style.read_text("utf-8"), **yaml.safe_load(said))
