"""Ids that stand once, and words that the tool has to know."""

from collections.abc import Iterable, Iterator
from typing import Final

from report import languages
from report.model.diagnostic import Diagnostic, did_you_mean, excerpt
from report.model.study import SESSION_KINDS, Study

_RESERVED: Final = {
    *("participant", "session", "stakeholder", "consent", "withdrawn"),
    *("mode", "platform", "date"),
}
"""Columns of participants and sessions that are no attributes."""


def check(study: Study) -> Iterator[Diagnostic]:
    """Ids of the YAML files twice told; kinds of session and languages that are not known."""
    themes = study.codebook.themes
    yield from _twice(
        study,
        "codebook",
        [(("themes", t, "id"), theme.id) for t, theme in enumerate(themes)]
        + [
            (("themes", t, "sub_themes", s, "id"), sub_theme.id)
            for t, theme in enumerate(themes)
            for s, sub_theme in enumerate(theme.sub_themes)
        ]
        + [
            (("themes", t, "sub_themes", s, "codes", c, "id"), code.id)
            for t, theme in enumerate(themes)
            for s, sub_theme in enumerate(theme.sub_themes)
            for c, code in enumerate(sub_theme.codes)
        ],
    )
    stakeholders = [
        (("stakeholders", n, "id"), s.id) for n, s in enumerate(study.file.stakeholders)
    ]
    yield from _twice(study, "study", stakeholders)
    for number, attribute in enumerate(study.file.attributes):
        if attribute.id.casefold() in _RESERVED:
            message = f"the column “{attribute.id}” has a meaning of its own, and cannot be an "
            message += "attribute"
            at = study.locate_key("study", ("attributes", number, "id"))
            yield Diagnostic("reserved-name", message, at, "give your column another name")
    attributes = [(("attributes", n, "id"), a.id) for n, a in enumerate(study.file.attributes)]
    yield from _twice(study, "study", attributes)
    terms = [(("terms", n, "id"), term.id) for n, term in enumerate(study.glossary.terms)]
    yield from _twice(study, "glossary", terms)
    for session in study.sessions:
        if session.kind not in SESSION_KINDS:
            told = f"“{excerpt(session.kind)}” is not a kind of session"
            yield Diagnostic(
                "unknown-kind",
                told if session.kind else "the kind of session is not filled in",
                study.locate(session, "kind"),
                did_you_mean(session.kind, SESSION_KINDS),
            )
    yield from _languages(study)


def _languages(study: Study) -> Iterator[Diagnostic]:
    file = study.file
    if not languages.is_language(file.language):
        yield languages.unknown(file.language, study.locate_key("study", ("language",)))
    if not languages.is_language(file.data_collection.language):
        at = study.locate_key("study", ("data_collection", "language"))
        yield languages.unknown(file.data_collection.language, at)
    for session in study.sessions:
        if session.language and not languages.is_language(session.language):
            yield languages.unknown(session.language, study.locate(session, "language"))
    for translation in study.quote_translations:
        if not languages.is_language(translation.language):
            at = study.locate(translation, "language")
            yield languages.unknown(translation.language, at)
    for quote in study.quotes:
        # One that names no language has the study's, which is told of above.
        if quote.language != file.language and not languages.is_language(quote.language):
            yield languages.unknown(quote.language, study.locate(quote, "language"))


def _twice(
    study: Study, file: str, ids: Iterable[tuple[tuple[str | int, ...], str]]
) -> Iterator[Diagnostic]:
    first: dict[str, tuple[str | int, ...]] = {}
    for key, identifier in ids:
        if identifier in first:
            yield Diagnostic(
                "duplicate-id",
                f"the id {excerpt(identifier)} is here twice",
                study.locate_key(file, key),
                f"the first stands at {study.locate_key(file, first[identifier])}; "
                "give one of them another id",
            )
        first.setdefault(identifier, key)
