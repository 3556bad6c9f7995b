"""A study and a variant, composed into one Quarto Markdown document."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import yaml
from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError

from report.clearance import Cleared
from report.compose import glossary, literature, recipient, selection
from report.compose.composition import FINGERPRINT, Composition
from report.compose.escape import Markdown, metadata, plain
from report.compose.noted import note
from report.compose.problem import ProseError
from report.compose.prose import unknown_name
from report.compose.quotes import Said
from report.compose.told import Told
from report.compose.translator import Translator, of_study
from report.model.catalogue import Catalogue, Gap, Message, Use
from report.model.diagnostic import Diagnostic, Location
from report.model.document import Document
from report.model.drawing import Asset, identity


@dataclass(frozen=True)
class Composed:
    """A document, or none where something was wrong; the text files that went into it; the messages
    that it shows, and what it lacks of their translations and of its quotes'."""

    document: Document | None
    diagnostics: tuple[Diagnostic, ...]
    prose: frozenset[str]
    uses: tuple[Use, ...] = ()
    gaps: tuple[Gap, ...] = ()
    quote_gaps: Mapping[tuple[str, str], Diagnostic] = field(default_factory=dict)
    quotes: tuple[tuple[str, str], ...] = ()
    """The quotes that it shows: id and language."""
    said: tuple[Said, ...] = ()
    """How it shows them."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """What there is of the study in it, by name: participants, and so on."""
    told: Told = field(default_factory=Told)
    """What it tells of single participants."""
    unexplained: str = ""
    """Its text without the explanations of terms, where it has any."""
    pictures: Mapping[str, str] = field(default_factory=dict)
    """The pictures that it shows, by id, and the path of their files without an ending."""
    shape: str = ""
    """That of another recipient's document is the same where it is, but for cells of the row."""
    addressed: str = ""
    """The paragraphs of its text that show cells of the recipient's row."""


Shared = dict[tuple[str, str], Composition]
"""By audience and language, what the documents of their recipients share."""


def compose(
    cleared: Cleared,
    folders: Sequence[Path],
    fonts: tuple[Path, ...],
    epoch: int,
    catalogues: Mapping[str, Sequence[Catalogue]],
    shared: Shared,
) -> Composed:
    """The document of one variant, of what its audience may see.

    Templates come from the first of `folders` that has them; figures are set in the fonts of the
    folders `fonts`; `epoch` is the day that the document bears, in seconds since 1970; `catalogues`
    are the templates' own, by language; `shared` holds what earlier recipients' documents leave for
    this one, and keeps what this leaves.

    What has no translation stands there in its own language, marked, and is among the gaps.
    """
    variant = cleared.variant
    composition = shared.get((variant.audience_name, variant.language))
    if composition is None:
        composition = _composition(cleared, folders, fonts, epoch, catalogues)
        if variant.recipient:
            shared[variant.audience_name, variant.language] = composition
    else:
        composition.turn_to(variant)
    problems, document, unexplained = composition.gathered.problems, None, ""
    text = ""
    try:
        template = composition.templates.get_template(f"{variant.audience_name}/document.qmd.j2")
        rendered = template.render(composition.names)
        text = composition.settled(rendered)
        unexplained = glossary.unexplained(recipient.unmarked(rendered.replace(FINGERPRINT, "")))
    except (TemplateError, ProseError, TypeError, ValueError, LookupError) as error:
        problems.append(_in_template(error, folders))
    else:
        if not problems:
            draft = bool(composition.translator.gaps or composition.gathered.quote_gaps)
            document = _document(composition, recipient.unmarked(text), epoch, draft=draft)
    gathered, (uses, gaps) = composition.gathered, composition.translator.notes
    return Composed(
        document,
        tuple(problems),
        frozenset(gathered.used),
        tuple(uses.values()),
        tuple(gaps.values()),
        dict(gathered.quote_gaps),
        tuple(gathered.shown),
        tuple(sorted(gathered.said, key=astuple)),
        selection.counts(cleared.study),
        Told({*gathered.told.columns}, {*gathered.told.participants}),
        unexplained,
        {i: path.removesuffix(".png") for i, path in gathered.pictures.items()},
        recipient.shape(text.replace(composition.files, "")) if variant.recipient else "",
        recipient.addressed(text) if variant.recipient else "",
    )


def _composition(
    cleared: Cleared,
    folders: Sequence[Path],
    fonts: tuple[Path, ...],
    epoch: int,
    catalogues: Mapping[str, Sequence[Catalogue]],
) -> Composition:
    study, variant = cleared.study, cleared.variant
    uses: dict[tuple[str, Message], Use] = {}
    gaps: dict[tuple[str, Message], Gap] = {}

    def speaking(language: str) -> Translator:
        return replace(of_study(study, language, catalogues), uses=uses, gaps=gaps)

    date = datetime.fromtimestamp(epoch, UTC).date().isoformat()
    translator = speaking(variant.language)
    return Composition(cleared, variant, translator, tuple(folders), fonts, date, speaking)


def _document(composition: Composition, text: str, epoch: int, *, draft: bool) -> Document:
    study, variant = composition.study, composition.variant
    files, brand = composition.files, composition.brand
    assets: dict[str, Asset] = {**composition.gathered.assets}
    assets |= brand.files(files) if brand else {}
    notice = composition.partial("draft_notice") if draft else Markdown("")
    if draft:
        text = _with_notice(text, notice)
    references = literature.cited(study, text)
    if references:
        bibliography = literature.bibliography(references)
        if blinding := composition.audience.blinding:
            note([blinding.author, blinding.title])
            text, bibliography = literature.blinded(text, references, study.file.authors, blinding)
        assets[f"{files}/references.bib"] = bibliography.encode()
        front = {"bibliography": f"{files}/references.bib", "link-citations": True}
        for name, style in study.styles.items():
            assets[f"{files}/{name}"] = style
            front["csl"] = f"{files}/{name}"
        text = text.replace("---\n", f"---\n{yaml.safe_dump(front, sort_keys=True)}", 1)
    state = hashlib.sha256((text + (brand.state if brand else "")).encode())
    for path in sorted(assets):
        state.update(f"{path} {identity(assets[path])}".encode())
    text = text.replace(FINGERPRINT, state.hexdigest()[:10])
    theme = variant.audience.theme
    return Document(
        variant.name,
        variant.audience_name,
        text,
        variant.language,
        theme,
        epoch,
        assets,
        draft_notice=plain(notice),
        brand=brand,
    )


def _with_notice(text: str, notice: Markdown) -> str:
    """The document with a notice above its text, which the looks repeat on every page."""
    head, fence, body = text.partition("\n---\n")
    front = f"draft-notice: {metadata(notice)}"
    return f"{head}\n{front}{fence}\n::: {{.draft-notice}}\n{notice}\n:::\n{body}"


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
