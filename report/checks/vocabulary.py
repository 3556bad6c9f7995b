"""Ids that stand once, and words that the tool has to know."""

from collections.abc import Iterable, Iterator

from report.model.diagnostic import Diagnostic, did_you_mean
from report.model.study import SESSION_KINDS, Study


def check(study: Study) -> Iterator[Diagnostic]:
    """Ids of the YAML files twice told; kinds of session that are not known."""
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
    attributes = [(("attributes", n, "id"), a.id) for n, a in enumerate(study.file.attributes)]
    yield from _twice(study, "study", attributes)
    terms = [(("terms", n, "id"), term.id) for n, term in enumerate(study.glossary.terms)]
    yield from _twice(study, "glossary", terms)
    for session in study.sessions:
        if session.kind not in SESSION_KINDS:
            yield Diagnostic(
                "unknown-kind",
                f"“{session.kind}” is not a kind of session",
                study.locate(session, "kind"),
                did_you_mean(session.kind, SESSION_KINDS),
            )


def _twice(
    study: Study, file: str, ids: Iterable[tuple[tuple[str | int, ...], str]]
) -> Iterator[Diagnostic]:
    first: dict[str, tuple[str | int, ...]] = {}
    for key, identifier in ids:
        if identifier in first:
            yield Diagnostic(
                "duplicate-id",
                f"the id {identifier} is here twice",
                study.locate_key(file, key),
                f"the first stands at {study.locate_key(file, first[identifier])}; "
                "give one of them another id",
            )
        first.setdefault(identifier, key)
