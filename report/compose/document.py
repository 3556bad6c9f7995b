"""A study and a variant, composed into one Quarto Markdown document."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

import yaml
from jinja2 import Environment, TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError

from report.compose import environment, figures, literature, quotes, tables, words
from report.compose.escape import Markdown, identifier
from report.compose.problem import ProseError
from report.compose.prose import fill, unknown_name
from report.compose.selection import selections
from report.model.audience import Variant
from report.model.diagnostic import Diagnostic, Location, did_you_mean
from report.model.document import Document
from report.model.glossary import Wording
from report.model.study import Study

# Stands for the fingerprint until all else of the document is known. No text can hold it.
_FINGERPRINT: Final = "\x00"
_NOTE: Final = re.compile(r"\[\^([^\]\s]+)\]")


@dataclass(frozen=True)
class Composed:
    """A document, or none where something was wrong; and the text files that went into it."""

    document: Document | None
    diagnostics: tuple[Diagnostic, ...]
    prose: frozenset[str]


@dataclass
class _Composition:
    """What comes together while one document is composed."""

    study: Study
    variant: Variant
    templates: Environment
    fonts: tuple[Path, ...]
    problems: list[Diagnostic] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    assets: dict[str, bytes] = field(default_factory=dict)
    names: dict[str, object] = field(default_factory=dict)
    prose_names: dict[str, object] = field(default_factory=dict)

    def partial(self, name: str, **values: object) -> Markdown:
        """The template partials/<name>.md.j2 with these values."""
        template = self.templates.get_template(f"partials/{name}.md.j2")
        return Markdown(template.render({**self.names, **values}).strip())

    def quote(self, name: str, identifier: str) -> Markdown:
        return self.partial(name, quote=quotes.shown(self.study, identifier))

    def quotes_of(self, sub_theme: str) -> Markdown:
        found = quotes.of_sub_theme(self.study, sub_theme)
        return Markdown("\n\n".join(self.partial("block_quote", quote=quote) for quote in found))

    def named(self, kind: str, name: str) -> Markdown:
        """partials/<kind>_<name>.md.j2: a table or a figure by its name."""
        try:
            return self.partial(f"{kind}_{name}")
        except TemplateNotFound:
            start = f"partials/{kind}_"
            known = [
                template[len(start) : -len(".md.j2")]
                for template in self.templates.list_templates()
                if template.startswith(start)
            ]
            message = f"there is no {kind} “{name}”"
            raise ProseError(f"unknown-{kind}", message, did_you_mean(name, known), name) from None

    def term(self, form: str) -> Markdown:
        """A term of the glossary, in any of its forms, with its explanation."""
        wordings: dict[str, Wording] = {}
        for term in self.study.glossary.terms:
            if wording := term.words.get(self.variant.language):
                wordings |= dict.fromkeys((wording.term, *wording.forms), wording)
        if form not in wordings:
            message = f"the glossary has no term “{form}” in {self.variant.language}"
            raise ProseError("unknown-term", message, did_you_mean(form, wordings), form)
        return self.partial("term", words=form, plain=wordings[form].plain)

    def section(self, name: str, *, optional: bool = False) -> Markdown:
        """The study's prose of that name: the audience's own wording, else everybody's."""
        prose = self.study.prose.get(f"{self.variant.audience_name}/{name}")
        prose = prose or self.study.prose.get(name)
        if prose is None:
            if not optional:
                message = f"this text is missing: {self.variant.audience_name} has a part for it"
                own = f"data/text/{self.variant.audience_name}/{name}.md"
                hint = f"write the file, or {own} for this audience only"
                at = Location(f"data/text/{name}.md")
                self.problems.append(Diagnostic("missing-text", message, at, hint))
            return Markdown("")
        self.used.add(prose.name)
        expressions = environment.prose(self.variant.language)
        text, problems = fill(prose, self.prose_names, expressions)
        self.problems += problems
        # Two texts may both have a note [^1]; in one document each keeps its own.
        return Markdown(_NOTE.sub(rf"[^{identifier(prose.name)}-\1]", text))

    def draw_speakers(
        self, columns: Sequence[str], counted: Sequence[tables.SubThemeRow]
    ) -> Markdown:
        """The path of the figure of who spoke to which sub-theme: `columns` names the counts."""
        counts = {row.sub_theme.id: row.counts for row in counted}
        rows: list[figures.Row] = []
        for theme in self.study.codebook.themes:
            rows.append(figures.Row(theme.label, heading=True))
            rows += [figures.Row(sub.label, counts=counts[sub.id]) for sub in theme.sub_themes]
        picture = figures.speakers(tuple(columns), tuple(rows), self.fonts)
        return self._picture("speakers", picture)

    def draw_timeline(
        self, labels: Sequence[str], note: str, legend: Mapping[str, str]
    ) -> Markdown:
        """The path of the figure of when the sessions were held: `labels` of its lanes, `note`
        below the axis, `legend` the modes in words, each shaded by its place there."""
        shades = {mode: shade for shade, mode in enumerate(legend)}
        lanes = tuple(
            figures.Lane(
                label,
                tuple(
                    figures.Mark(at, n, shades.get(session.mode, len(shades)))
                    for session, n, at in marks
                ),
            )
            for label, (_, marks) in zip(labels, tables.lanes(self.study), strict=True)
        )
        collection = self.study.file.data_collection
        language = self.variant.language
        ends = (words.month(collection.start, language), words.month(collection.end, language))
        modes = tuple((legend[mode], shade) for mode, shade in shades.items())
        return self._picture("timeline", figures.timeline(lanes, ends, note, modes, self.fonts))

    def _picture(self, name: str, picture: figures.Picture) -> Markdown:
        path = f"{self.variant.name}_files/{name}"
        self.assets |= {f"{path}.svg": picture.svg, f"{path}.png": picture.png}
        return Markdown(path)


def compose(
    study: Study, variant: Variant, folders: Sequence[Path], fonts: tuple[Path, ...], epoch: int
) -> Composed:
    """The document of one variant. Templates come from the first of `folders` that has them;
    figures are set in the fonts of the folders `fonts`; `epoch` is the day that the document bears,
    in seconds since 1970."""
    templates = environment.templates(tuple(folders), variant.language)
    composition = _Composition(study, variant, templates, fonts)
    _name(composition, epoch)
    try:
        template = templates.get_template(f"{variant.audience_name}/document.qmd.j2")
        text = template.render(composition.names)
    except (TemplateError, ProseError, TypeError, ValueError, LookupError) as error:
        composition.problems.append(_in_template(error, folders))
        return _composed(composition, None)
    if composition.problems:
        return _composed(composition, None)
    return _composed(composition, _document(composition, text, epoch))


def _name(composition: _Composition, epoch: int) -> None:
    """Gather what templates and prose may name."""
    study, variant = composition.study, composition.variant
    date = datetime.fromtimestamp(epoch, UTC).date().isoformat()
    for_prose: dict[str, object] = {
        **selections(study),
        "study": study.file,
        "quote": partial(composition.quote, "quote"),
        "block_quote": partial(composition.quote, "block_quote"),
        "pull_quote": partial(composition.quote, "pull_quote"),
        "quotes_of": composition.quotes_of,
        "table": partial(composition.named, "table"),
        "figure": partial(composition.named, "figure"),
        "term": composition.term,
    }
    composition.prose_names |= for_prose
    composition.names |= {
        **for_prose,
        "audience": variant.audience,
        "variant": variant,
        "language": variant.language,
        "date": date,
        "fingerprint": Markdown(_FINGERPRINT),
        "codebook": study.codebook,
        "attribution": lambda quote: composition.partial("attribution", quote=quote),
        "section": composition.section,
        "draw_speakers": composition.draw_speakers,
        "draw_timeline": composition.draw_timeline,
        "partial": composition.partial,
        "cited": environment.cited,
        "references": study.references,
        "stakeholder": study.stakeholder_by_id.__getitem__,
        "rows_by_session": partial(tables.by_session, study),
        "rows_by_stakeholder": partial(tables.by_stakeholder, study),
        "rows_of_quotes": partial(tables.quotes, study),
        "lanes": partial(tables.lanes, study),
        "dated": tables.dated(study),
    }


def _document(composition: _Composition, text: str, epoch: int) -> Document:
    study, variant = composition.study, composition.variant
    files = f"{variant.name}_files"
    assets = dict(composition.assets)
    references = literature.cited(study, text)
    if references:
        bibliography = literature.bibliography(references)
        if variant.audience.blinding:
            text, bibliography = literature.blinded(
                text, references, study.file.authors, variant.audience.blinding
            )
        assets[f"{files}/references.bib"] = bibliography.encode()
        front = {"bibliography": f"{files}/references.bib", "link-citations": True}
        for name, style in study.styles.items():
            assets[f"{files}/{name}"] = style
            front["csl"] = f"{files}/{name}"
        text = text.replace("---\n", f"---\n{yaml.safe_dump(front, sort_keys=True)}", 1)
    state = hashlib.sha256(text.encode())
    for path in sorted(assets):
        state.update(path.encode() + hashlib.sha256(assets[path]).digest())
    text = text.replace(_FINGERPRINT, state.hexdigest()[:10])
    theme = variant.audience.theme
    return Document(
        variant.name, variant.audience_name, text, variant.language, theme, epoch, assets
    )


def _composed(composition: _Composition, document: Document | None) -> Composed:
    return Composed(document, tuple(composition.problems), frozenset(composition.used))


def _in_template(error: Exception, folders: Sequence[Path]) -> Diagnostic:
    """What a template asked for in vain, at the line that asked."""
    at = _place(error, folders)
    match error:
        case ProseError():
            return Diagnostic(error.code, error.message, at, error.hint)
        case UndefinedError():
            problem = unknown_name(error, {})
            return Diagnostic(problem.code, problem.message, at, problem.hint)
        case TemplateNotFound():
            message = f"there is no template {error.name}"
            return Diagnostic("missing-template", message, at, "mend its name, or add the file")
        case _:
            return Diagnostic("invalid-template", f"this cannot be worked out: {error}", at)


def _place(error: Exception, folders: Sequence[Path]) -> Location:
    """The innermost line of a template on the way to the error."""
    named: list[tuple[str, int]] = []
    if isinstance(error, TemplateSyntaxError) and error.filename:
        named.append((error.filename, error.lineno))
    trace = error.__traceback__
    while trace is not None:
        named.append((trace.tb_frame.f_code.co_filename, trace.tb_lineno))
        trace = trace.tb_next
    for name, line in reversed(named):
        for folder in folders:
            if Path(name).is_relative_to(folder):
                path = f"templates/{Path(name).relative_to(folder).as_posix()}"
                return Location(path, line, 1)
    return Location("templates")
