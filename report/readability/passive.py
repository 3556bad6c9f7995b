"""Sentences in the passive voice, as far as their form tells: advice, and no measure."""

import re
from collections.abc import Mapping
from typing import Final

from report.readability.abbreviations import base

_ENGLISH: Final = (
    "been begun bent born bought bound broken brought built caught chosen cut dealt done drawn "
    "driven eaten fallen fed felt fought forgotten found frozen given gone grown heard held hidden "
    "hit hurt kept known laid led left lent let lost made meant met overcome paid put read ridden "
    "said seen sent set shaken shared shot shown shut sold sought spent split spoken spread stolen "
    "struck sworn taken taught thought thrown told torn understood won worn wound written"
)
_ADJECTIVES: Final = (
    "annleis annet anna betre blindt bredt dårligst fritt fullt galt glad godt greit helt høyt "
    "høgt klart kaldt kjent kort korte langt lett lette likt lite litt mange mest mett mildt minst "
    "mykje noko nytt redd rett rundt seint sent sist slikt slutt sort stort svart svært trygt tomt "
    "tungt varmt verst vondt først"
)
_ADVERB: Final = (
    r"(?:(?:ikke|ikkje|også|òg|ofte|aldri|alltid|da|då|nå|no|selv|sjølv|godt|mer|meir|bare|berre|"
    r"så|derfor|difor|jo|dermed|raskt|kanskje|lett|de|dei|vi|jeg|eg|han|hun|ho|det|den)\s+){0,2}?"
)
_BECOMES: Final = r"\b(?:blir|blei|ble|bli|blitt|vart|vert|verte|vorte)\s+"
_MODAL: Final = r"\b(?:kan|skal|må|vil|bør|kunne|skulle|måtte|ville|burde)\s+"
_NO_ADJECTIVE: Final = rf"(?!(?:{'|'.join(_ADJECTIVES.split())})\b)"

_PASSIVE: Final[Mapping[str, re.Pattern[str]]] = {
    "en": re.compile(
        r"\b(?:am|is|are|was|were|be|been|being|isn['’]t|aren['’]t|wasn['’]t|weren['’]t)\s+"
        r"(?:(?:not|never|always|also|only|often|then|now|still|just|being|\w+ly)\s+){0,2}"
        rf"(?:{'|'.join(_ENGLISH.split())}|\w{{2,}}ed)\b",
        re.IGNORECASE,
    ),
    "nb": re.compile(
        rf"{_BECOMES}{_ADVERB}{_NO_ADJECTIVE}\w{{3,}}(?:t|dd)\b"
        rf"|{_MODAL}{_ADVERB}(?!(?:finnes|synes|lykkes|trives|møtes)\b)\w{{3,}}es\b",
        re.IGNORECASE,
    ),
    "nn": re.compile(
        rf"{_BECOMES}{_ADVERB}{_NO_ADJECTIVE}"
        r"\w{3,}(?:t|dd|te|de|ne|[lrsngvkp]a|[dktvg]en)\b"
        rf"|{_MODAL}{_ADVERB}(?!(?:finnast|synast|lukkast|trivast|møtast)\b)\w{{3,}}ast\b",
        re.IGNORECASE,
    ),
}


def is_known(language: str) -> bool:
    """Whether the passive is looked for in that language: en, nb and nn."""
    return base(language) in _PASSIVE


def is_passive(sentence: str, language: str) -> bool:
    """Whether a sentence has a verb in the passive, by its form: “was asked”, “ble spurt”, “kan
    brukes”, “blei spurd”. It takes some adjectives for verbs and misses some verbs."""
    pattern = _PASSIVE.get(base(language))
    return bool(pattern and pattern.search(sentence))
