"""Documents that are harder to read than their audience's limits, and words not explained."""

from collections.abc import Iterator, Mapping
from typing import Final

from report import languages
from report.checks.origin import of_line
from report.model.audience import Audience, Limits, Variant
from report.model.diagnostic import Diagnostic, Location, Severity
from report.model.document import Document
from report.model.glossary import forms_in, translation_of
from report.model.study import Study
from report.readability.reading import Read, Reading, read
from report.readability.unexplained import Met, Terms, abbreviations, terms

ANY: Final = "any"
"""Every language that has no limit of its own."""
AT_LEAST: Final = frozenset({"flesch"})
"""The indices that are low where a text is hard."""
NAMES: Final = {
    "lix": "LIX",
    "rix": "RIX",
    "flesch": "Flesch Reading Ease",
    "flesch_kincaid": "Flesch-Kincaid grade",
}
CODES: Final = frozenset({"hard-to-read", "long-sentence"})
"""The codes of what is over a limit."""
ENOUGH: Final = 100
"""With fewer words, one long word moves LIX by more than 1, and no index is judged."""
_HARDEST: Final = 3


def check(study: Study, variant: Variant, document: Document) -> Iterator[Diagnostic]:
    """What is over a limit in the document's running text, as the audience wants it told; and terms
    and abbreviations that are not explained where they are met first."""
    wanted = variant.audience.readability
    if wanted is None:
        return
    reading = read(document.text, document.language)
    most = limits(variant.audience, document.language)
    severity = Severity(wanted.over)

    def at(line: int) -> Location:
        return of_line(study, variant, document, line)

    if hard := [_value(name, reading, most) for name in over(reading, most)]:
        hardest = [(sentence, at(sentence.line)) for sentence in reading.hardest(_HARDEST)]
        message = f"{variant.told} is too hard to read: {'; '.join(hard)}. This sentence weighs "
        message += f"most: “{hardest[0][0].text}”"
        yield Diagnostic("hard-to-read", message, hardest[0][1], _hint(hardest), severity)
    for sentence in reading.sentences:
        if most.sentence is not None and sentence.counts.words > most.sentence:
            message = f"this sentence has {sentence.counts.words} words, and {most.sentence} is "
            message += f"the limit for {variant.audience_name}: “{sentence.text}”"
            hint = "make two of it, or leave out what these readers do not need"
            yield Diagnostic("long-sentence", message, at(sentence.line), hint, severity)
    for met in used_terms(study, variant.audience, reading).unexplained:
        yield _unexplained(met, at(met.line), variant)
    spelt = study.file.abbreviations
    for met in abbreviations(reading.passages, document.text, spelt, wanted.known):
        message = f"{variant.told} does not spell out “{met.word}” where it stands first"
        hint = f"write its words first, then ({met.word}); or its words only; or, if these readers "
        hint += f"know it, name it under readability, known: [{met.word}], in audiences.yml"
        where = at(met.line)
        yield Diagnostic("unexplained-abbreviation", message, where, hint, Severity.WARNING)


def check_audiences(study: Study, audiences: Mapping[str, Audience]) -> Iterator[Diagnostic]:
    """Limits for what is no language."""
    for name, audience in audiences.items():
        for code in audience.readability.limits if audience.readability else ():
            if code != ANY and not languages.is_language(code):
                key = ("audiences", name, "readability", "limits", code)
                yield languages.unknown(code, study.locate_key("audiences", key))


def limits(audience: Audience, language: str) -> Limits:
    """The limits of an audience for a language: its own, then those for any."""
    if audience.readability is None:
        return Limits()
    said: dict[str, object] = {}
    for code in (ANY, *reversed(languages.general(language))):
        if found := audience.readability.limits.get(code):
            said |= found.model_dump(exclude_none=True)
    return Limits.model_validate(said)


def over(reading: Reading, most: Limits) -> Iterator[str]:
    """The names of the indices that are over their limits, to one decimal place, as they are shown;
    none where there are too few words to judge by."""
    for name, value in reading.indices.items() if reading.counts.words >= ENOUGH else ():
        limit = getattr(most, name)
        shown = round(value, 1)
        if limit is not None and (shown < limit if name in AT_LEAST else shown > limit):
            yield name


def used_terms(study: Study, audience: Audience, reading: Reading) -> Terms:
    """What a document does with the terms of the study's glossary; nothing where its audience wants
    none explained."""
    is_explaining = audience.glossary != "none"
    return terms(reading.passages, _forms(study, reading.language) if is_explaining else {})


def _forms(study: Study, language: str) -> Mapping[str, str]:
    """The glossary's terms in a language, in all their forms, each with the term's id: from
    glossary.yml, else from the catalogue."""
    codes = languages.general(language)
    forms: dict[str, str] = {}
    for term in study.glossary.terms:
        source = term.words.get(study.file.language)
        for code in codes:
            if wording := term.words.get(code):
                forms |= dict.fromkeys(wording.every_form, term.id)
                break
            catalogue = study.catalogues.get(code)
            if source and catalogue and (said := translation_of(term, source, catalogue)):
                forms |= dict.fromkeys(forms_in(said.texts[0]), term.id)
                break
    return forms


def _unexplained(met: Met, where: Location, variant: Variant) -> Diagnostic:
    if met.later:
        message = f"{variant.told} uses “{met.word}” before it is explained"
        hint = f'write {{{{ term("{met.word}") }}}} here, and the bare word further on'
    else:
        message = f"{variant.told} uses “{met.word}” and does not explain it"
        hint = f'write {{{{ term("{met.word}") }}}} here'
    return Diagnostic("unexplained-term", message, where, hint, Severity.WARNING)


def _value(name: str, reading: Reading, most: Limits) -> str:
    sign = "at least" if name in AT_LEAST else "at most"
    return f"{NAMES[name]} is {reading.indices[name]:.1f}, {sign} {getattr(most, name):g} is wanted"


def _hint(hardest: list[tuple[Read, Location]]) -> str:
    first = "make it shorter, or its words"
    others = [f"{where} “{sentence.text}”" for sentence, where in hardest[1:]]
    return f"{first}; then {'; and '.join(others)}" if others else first
