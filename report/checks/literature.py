"""Works cited and works listed are the same works."""

from collections.abc import Iterator

from report.model.citations import citations
from report.model.diagnostic import Diagnostic, Location, Severity, did_you_mean, excerpt
from report.model.study import Study
from report.model.study_file import Named


def check(study: Study) -> Iterator[Diagnostic]:
    """Keys cited in prose and study.yml that references.bib has not, and works never cited."""
    known = {reference.key for reference in study.references}
    cited: set[str] = set()
    for key, at in _cited(study):
        cited.add(key)
        if key not in known:
            message = f"the work “{excerpt(key)}” is cited, but is not in references.bib"
            hint = did_you_mean(key, known) if known else ""
            hint = hint or "export it from Zotero into references.bib, or mend the key"
            yield Diagnostic("unknown-reference", message, at, hint)
    for reference in study.references:
        if reference.key not in cited:
            yield Diagnostic(
                "uncited-reference",
                f"the work “{reference.key}” is never cited",
                reference.location,
                "cite it, or delete it from references.bib",
                Severity.WARNING,
            )


def _cited(study: Study) -> Iterator[tuple[str, Location]]:
    for prose in study.prose.values():
        for citation in citations(prose.text):
            before = prose.text[: citation.start]
            line = before.count("\n") + 1
            at = Location(prose.path, line, citation.start - before.rfind("\n"))
            yield citation.key, at
    file = study.file
    named: list[tuple[tuple[str | int, ...], Named | None]] = [
        (("analysis", "method"), file.analysis.method),
        (("design", "stance"), file.design.stance),
        *((("design", "concepts", n), concept) for n, concept in enumerate(file.design.concepts)),
    ]
    for path, entry in named:
        for number, key in enumerate(entry.cite if entry else ()):
            yield key, study.locate_key("study", (*path, "cite", number))
