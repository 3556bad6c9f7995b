"""Quotes as an audience may see them."""

import re
from dataclasses import dataclass
from typing import Final

from report.compose.escape import Markdown, attribute, markdown
from report.compose.problem import ProseError
from report.model.codebook import SubTheme
from report.model.diagnostic import did_you_mean
from report.model.records import Participant, Quote
from report.model.study import Study
from report.model.study_file import Stakeholder

_STRAIGHT: Final = re.compile(r'(^|[\s(\[—–-])"')


@dataclass(frozen=True)
class Shown:
    """A quote in a document: the words, and who said them."""

    quote: Quote
    participant: Participant
    stakeholder: Stakeholder

    def passage(self, language: str, opening: str, closing: str, line_break: str = " ") -> Markdown:
        """The words, the quotation marks inside them made the ones given, marked as a passage in
        their own language where that is not the document's. Their lines go on at `line_break`."""
        text = _STRAIGHT.sub(rf"\1{opening}", self.quote.text).replace('"', closing)
        text = text.replace("“", opening).replace("”", closing)
        words = line_break.join(markdown(line) for line in text.split("\n") if line.strip())
        if self.quote.language == language:
            return Markdown(words)
        return Markdown(f"[{words}]{{lang={attribute(self.quote.language)}}}")


def shown(study: Study, identifier: str) -> Shown:
    """The quote with that id; a ProseError where there is none."""
    quote = study.quote_by_id.get(identifier)
    if quote is None:
        hint = did_you_mean(identifier, study.quote_by_id)
        raise ProseError("unknown-quote", f"there is no quote {identifier}", hint, identifier)
    participant = study.participant_by_id[quote.participant]
    return Shown(quote, participant, study.stakeholder_by_id[study.stakeholder_of(participant)])


def of_sub_theme(study: Study, identifier: str) -> list[Shown]:
    """All quotes of a sub-theme in the order of their ids; a ProseError where it is none."""
    sub_themes: dict[str, SubTheme] = {sub_theme.id: sub_theme for sub_theme in study.sub_themes}
    if identifier not in sub_themes:
        hint = did_you_mean(identifier, sub_themes)
        message = f"there is no sub-theme {identifier}"
        raise ProseError("unknown-sub-theme", message, hint, identifier)
    sub_theme = sub_themes[identifier]
    return [shown(study, q.id) for q in study.quotes if sub_theme in study.sub_themes_of(q)]
