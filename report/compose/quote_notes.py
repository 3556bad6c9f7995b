"""What a document tells readers of its quotes: that they are translated, what brackets mean."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from report import languages
from report.clearance.masking import CUT, unmasked
from report.compose import words
from report.compose.quotes import Shown
from report.model.records import Mask
from report.model.study import Study

_ADDED: Final = re.compile(r"\[[^\]…]+\]")


def translated(shown: Sequence[Shown], study: Study, language: str) -> Mapping[str, object]:
    """Of the quotes, which stand in a document in `language`: the languages of those that are
    translated, what was spoken, and whether they were translated `back` into that."""
    sessions, general = study.session_by_id, study.file.data_collection.language
    pairs = [
        (quote.quote.language, sessions[quote.participant.session].language or general)
        for quote in shown
        if quote.translation
    ]
    sources = sorted({source for source, _ in pairs})
    spoken = general if any(languages.is_same(s, general) for _, s in pairs) else ""
    return {
        "sources": [words.language_name(code, language) for code in sources],
        "spoken": words.language_name(spoken, language) if spoken else "",
        "back": bool(spoken)
        and all(
            languages.is_same(said, language) and not languages.is_same(source, said)
            for source, said in pairs
        ),
    }


def brackets(shown: Sequence[Shown], masks: Sequence[Mask]) -> set[str]:
    """What brackets in the quotes mean: “replaced” and “cut”, where one of the audience's masks did
    either, and “added” for what the study itself put there."""
    texts = [quote.translation or quote.quote for quote in shown]
    kinds = {"replaced" for text in texts if text.replaced}
    cut = any(not mask.replacement for mask in masks)
    kinds |= {"cut" for text in texts if cut and CUT in text.text}
    added = any(_ADDED.search(unmasked(text.text, text.replaced)) for text in texts)
    return kinds | ({"added"} if kinds and added else set())
