"""The glossary's terms have words in the study's language, and each form belongs to one term."""

from collections.abc import Iterable, Iterator

from report.model.catalogue import Catalogue
from report.model.diagnostic import Diagnostic, Location, excerpt
from report.model.glossary import folded, forms_in, translation_of
from report.model.study import Study


def check(study: Study) -> Iterator[Diagnostic]:
    """Terms without the study's own language, and forms that two terms share in a language, in
    glossary.yml or in a catalogue."""
    yield from _wordless(study)
    spoken = {code for term in study.glossary.terms for code in term.words}
    for code in sorted(spoken):
        yield from _shared(_in_glossary(study, code))
    for catalogue in study.catalogues.values():
        yield from _shared(_in_catalogue(study, catalogue))


def _wordless(study: Study) -> Iterator[Diagnostic]:
    code = study.file.language
    for number, term in enumerate(study.glossary.terms):
        if code not in term.words:
            at = study.locate_key("glossary", ("terms", number, "words"))
            message = f"{term.id} has no words in {code}, the language of the study"
            hint = f"add a line to it, {code}: {{term: …, plain: …}}; translations start from there"
            yield Diagnostic("missing-wording", message, at, hint)


Form = tuple[str, str, Location]
"""A form, the id of its term, and where it stands."""


def _in_glossary(study: Study, code: str) -> Iterator[Form]:
    for number, term in enumerate(study.glossary.terms):
        if wording := term.words.get(code):
            above = ("terms", number, "words", code)
            yield wording.term, term.id, study.locate_key("glossary", (*above, "term"))
            for place, form in enumerate(wording.forms):
                at = study.locate_key("glossary", (*above, "forms", place))
                yield form, term.id, at


def _in_catalogue(study: Study, catalogue: Catalogue) -> Iterator[Form]:
    for term in study.glossary.terms:
        source = term.words.get(study.file.language)
        if source is None or catalogue.language in term.words:
            continue
        if translation := translation_of(term, source, catalogue):
            at = Location(catalogue.path, translation.line, 1)
            for form in forms_in(translation.texts[0]):
                yield form, term.id, at


def _shared(forms: Iterable[Form]) -> Iterator[Diagnostic]:
    first: dict[str, tuple[str, Location]] = {}
    for form, term, at in forms:
        other, place = first.setdefault(folded(form), (term, at))
        if other != term:
            message = f"“{excerpt(form)}” is a form of {term}, and of {other} too"
            hint = f"the other stands at {place}; a text cannot mean both, so take one out"
            yield Diagnostic("shared-form", message, at, hint)
