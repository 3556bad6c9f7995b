"""What templates and prose can name while a document is composed, in one language or several."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Final, TypeVar

from jinja2 import Environment, TemplateNotFound

from report import languages
from report.clearance import Cleared
from report.clearance.cells import identifying
from report.clearance.masking import masks_for
from report.compose import (
    environment,
    glossary,
    localise,
    pictures,
    quote_notes,
    quotes,
    tables,
    words,
)
from report.compose.drawings import Drawings
from report.compose.escape import Markdown, identifier
from report.compose.gathered import Gathered
from report.compose.kept import Texts
from report.compose.problem import ProseError
from report.compose.prose import fill
from report.compose.recipient import Columns, logo
from report.compose.running import Passage, passages
from report.compose.selection import selections
from report.compose.told import noting, noting_participant, noting_people, noting_quote
from report.compose.translated_prose import translated
from report.compose.translator import Translator
from report.model.audience import Audience, Variant
from report.model.brand import LIGHT, Brand
from report.model.catalogue import Domain, Message
from report.model.diagnostic import Diagnostic, Location, did_you_mean
from report.model.records import Participant
from report.model.study import Prose, Study

FINGERPRINT: Final = "\x00"
"""Stands for the document's fingerprint until all else of it is known. No text can hold it."""
_Row = TypeVar("_Row", tables.SessionRow, tables.StakeholderRow)
_NOTE: Final = re.compile(r"\[\^([^\]\s]+)\]")


@dataclass
class Composition:
    """One document, or a part of one, in the translator's language. `cleared` is what the audience
    may see, `source` the study so far, `study` and `audience` are in that language."""

    cleared: Cleared
    variant: Variant
    translator: Translator
    folders: tuple[Path, ...]
    fonts: tuple[Path, ...]
    date: str
    speaking: Callable[[str], Translator]
    gathered: Gathered = field(default_factory=Gathered)
    source: Study = field(init=False)
    study: Study = field(init=False)
    audience: Audience = field(init=False)
    identifying: Collection[str] = field(init=False)
    templates: Environment = field(init=False)
    terms: glossary.Terms = field(init=False)
    names: dict[str, object] = field(init=False)
    prose_names: dict[str, object] = field(init=False)
    texts: Texts = field(default_factory=Texts)

    def __post_init__(self) -> None:
        variant, translator = self.variant, self.translator
        self.source = self.cleared.study
        self.study = noting(localise.study(self.source, translator), self.gathered.told)
        self.identifying = frozenset(identifying(self.source))
        self.audience = localise.audience(
            variant.audience_name, variant.audience, variant.own, translator
        )
        self.templates = environment.templates(self.folders, self.language)
        self.terms = glossary.Terms(
            self.source, translator, variant.audience.glossary, variant.language, self.partial
        )
        self._name()

    def turn_to(self, variant: Variant) -> None:
        """Begin the document of another recipient."""
        self.variant = variant
        self.gathered.clear()
        for noted in self.translator.notes:
            noted.clear()
        self.terms.forget()
        self._name()

    def _name(self) -> None:
        self.prose_names = self._names_for_prose()
        self.names = self.prose_names | self._names_for_templates()

    @property
    def language(self) -> str:
        return self.translator.language

    @property
    def files(self) -> str:
        """The folder of what lies beside the document."""
        return f"{self.variant.name}_files"

    @property
    def brand(self) -> Brand | None:
        """Whose looks the document bears; none: ours."""
        return self.source.brand if self.variant.audience.brand else None

    def partial(self, name: str, **values: object) -> Markdown:
        """The template partials/<name>.md.j2 with these values."""
        template = self.templates.get_template(f"partials/{name}.md.j2")
        return Markdown(template.render({**self.names, **values}).strip())

    def in_language(self, language: str, name: str) -> Markdown:
        """The same partial in another language."""
        other = Composition(
            self.cleared,
            self.variant,
            self.speaking(language),
            self.folders,
            self.fonts,
            self.date,
            self.speaking,
            self.gathered,
        )
        return other.partial(name)

    def quote(self, name: str, identifier: str, *, instead: str = "") -> Markdown:
        identifier = quotes.allowed(self.cleared, identifier, instead, self.language)
        say = partial(self.in_words, "masks", "replacement")
        study, language = self.study, self.language
        shown = quotes.shown(self.source, study, identifier, language, self.person, say)
        self.gathered.told.participants.add(shown.quote.participant)
        self.gathered.shown[identifier, self.language] = shown
        if wrong := quotes.gap(self.source, shown.quote, self.language):
            self.gathered.quote_gaps[identifier, self.language] = wrong
        made = self.partial(name, quote=shown)
        self.gathered.said.add(shown.said(self.language, made))
        return made

    def quotes_of(self, sub_theme: str) -> Markdown:
        found = quotes.of_sub_theme(self.cleared.whole, sub_theme)
        may = [quote for quote in found if not self.cleared.refusal(quote, self.language)]
        if found and not may:
            message = f"no quote of the sub-theme {sub_theme} may be shown here"
            hint = "take it out, and what leads up to it"
            raise ProseError("withheld-quote", message, hint, sub_theme)
        return Markdown("\n\n".join(self.quote("block_quote", quote) for quote in may))

    def translated_quotes(self) -> Mapping[str, object]:
        """What there is to tell of the quotes so far that are shown in translation."""
        return quote_notes.translated(self._shown(), self.source, self.language)

    def marks(self) -> set[str]:
        """What brackets in the quotes so far mean."""
        masks = masks_for(self.source.masks, self.variant.audience)
        return quote_notes.brackets(self._shown(), masks)

    def _shown(self) -> list[quotes.Shown]:
        """The quotes so far in this language."""
        shown = self.gathered.shown.items()
        return [quote for (_, language), quote in shown if language == self.language]

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

    def picture(self, identifier: str) -> Markdown:
        """The picture, where the audience has pictures."""
        picture = pictures.known(self.study, identifier)
        if not self.audience.pictures:
            return Markdown("")
        paths = self.gathered.pictures
        if identifier not in paths:
            path = f"{self.files}/picture-{len(paths) + 1}"
            formats = self.audience.formats
            content = self.source.picture_files[picture.file]
            paths[identifier], files = pictures.assets(path, picture.file, content, formats)
            self.gathered.assets |= files
        return self.partial("picture", picture=picture, path=Markdown(paths[identifier]))

    def recipient_logo(self) -> Markdown:
        """The path of the recipient's logo; nothing where there is none."""
        recipient = self.variant.recipient
        assert recipient  # templates ask where there is one
        path = f"{self.files}/recipient"
        named, files = logo(path, self.source, recipient, self.audience.formats)
        self.gathered.assets |= files
        return named

    def section(self, name: str, *, optional: bool = False) -> Markdown:
        """The study's prose of that name: the audience's own wording, else everybody's."""
        make = partial(self._section, name, optional=optional)
        if self.variant.recipient is None:
            return make()
        notes = (*self.gathered.notes, *self.translator.notes)
        return self.texts.text(name, make, self.gathered, notes)

    def _section(self, name: str, *, optional: bool) -> Markdown:
        audience = self.variant.audience_name
        prose = self.study.prose.get(f"{audience}/{name}") or self.study.prose.get(name)
        if prose is None:
            if not optional:
                message = f"this text is missing: {audience} has a part for it"
                hint = f"write the file, or data/text/{audience}/{name}.md for this audience only"
                at = Location(f"data/text/{name}.md")
                self.gathered.problems.append(Diagnostic("missing-text", message, at, hint))
            return Markdown("")
        self.gathered.used.add(prose.name)
        if self.translator.translates(Domain.STUDY):
            self.terms.ask(prose)
            text, problems = translated(prose, self.translator, self._fill)
        else:
            text, problems = self._fill(prose, self.language, passages(prose.text))
        self.gathered.problems += problems
        # Two texts may both have a note [^1]; in one document each keeps its own.
        name = identifier(prose.name)
        if self.language != self.variant.language:
            name = Markdown(f"{name}-{self.language}")
        return Markdown(_NOTE.sub(rf"[^{name}-\1]", text.strip("\n")))

    def settled(self, text: str) -> str:
        """The document's text once all of it is known: each term explained at its first use."""
        text, explained = glossary.settled(text, self.language)
        listed = self.terms.listed(explained)
        if not listed:
            return text.replace(f"{glossary.PLACE}\n\n", "").replace(glossary.PLACE, "")
        if glossary.PLACE not in text:
            text = f"{text}\n\n{glossary.PLACE}\n"
        return text.replace(glossary.PLACE, listed)

    def _fill(
        self, prose: Prose, language: str, within: Iterable[Passage]
    ) -> tuple[Markdown, list[Diagnostic]]:
        """The text, which is in the language given, with its expressions worked out and the terms
        in its passages marked."""
        names = {**self.prose_names, "term": partial(self.terms.asked_for, language)}
        marked = self.terms.marked(prose.text, within, language)
        return fill(prose, names, environment.prose(language), marked)

    def in_words(self, table: str, column: str, value: str) -> str:
        """A value of a table that the templates have no words of their own for."""
        if not self.translator.translates(Domain.STUDY):
            return value
        message = Message(Domain.STUDY, f"{table} § {column}", value)
        return self.translator.said(message, "table", table)

    def person(self, participant: Participant) -> Participant:
        """The participant as the document takes him or her."""
        return noting_participant(self.gathered.told, self.identifying, participant)

    def rows_by_session(self) -> Sequence[tables.SessionRow]:
        """The table's rows, which tell of every participant."""
        self.gathered.told.participants |= {p.id for p in self.study.participants}
        return self._by_session

    @cached_property
    def _by_session(self) -> Sequence[tables.SessionRow]:
        return [self._noting(row) for row in tables.by_session(self.study)]

    @cached_property
    def _by_stakeholder(self) -> Sequence[tables.StakeholderRow]:
        return [self._noting(row) for row in tables.by_stakeholder(self.study)]

    def _noting(self, row: _Row) -> _Row:
        return replace(row, people=noting_people(self.gathered.told, self.identifying, row.people))

    def _names_for_prose(self) -> dict[str, object]:
        recipient = self.variant.recipient
        return {
            **({"recipient": Columns(recipient.columns, self.gathered.ask)} if recipient else {}),
            **selections(
                self.source,
                self.study,
                self.gathered.told.columns.add,
                self.person,
                partial(noting_quote, self.gathered.told),
                limited=self.cleared.is_limited,
            ),
            "study": self.study.file,
            "quote": partial(self.quote, "quote"),
            "block_quote": partial(self.quote, "block_quote"),
            "pull_quote": partial(self.quote, "pull_quote"),
            "quotes_of": self.quotes_of,
            "table": partial(self.named, "table"),
            "figure": partial(self.named, "figure"),
            "picture": self.picture,
            "term": partial(self.terms.asked_for, self.language),
        }

    def _names_for_templates(self) -> dict[str, object]:
        study = self.study
        colours = self.brand.light if self.brand else LIGHT
        drawings = Drawings(study, self.language, colours, self.fonts, self.files, self.gathered)
        return {
            "translator": self.translator,
            "audience": self.audience,
            "variant": self.variant,
            "language": self.language,
            "direction": "rtl" if languages.is_right_to_left(self.language) else "",
            "plural_forms": words.plural_forms(self.language),
            "date": self.date,
            "fingerprint": Markdown(FINGERPRINT),
            "codebook": study.codebook,
            "organisation": self.brand.name if self.brand else "",
            "logo": self.brand.logos(self.files) if self.brand else {},
            "attribution": lambda quote: self.partial("attribution", quote=quote),
            "section": self.section,
            "words_explained": Markdown(glossary.PLACE),
            "in_language": self.in_language,
            "in_words": self.in_words,
            "translated_quotes": self.translated_quotes,
            "marks": self.marks,
            "recipient_logo": self.recipient_logo,
            "draw_people": drawings.people,
            "pictures_from": lambda: pictures.origins(study, self.gathered.pictures),
            "draw_speakers": drawings.speakers,
            "draw_timeline": drawings.timeline,
            "partial": self.partial,
            "cited": environment.cited,
            "references": study.references,
            "stakeholder": study.stakeholder_by_id.__getitem__,
            "rows_by_session": self.rows_by_session,
            "rows_by_stakeholder": lambda: self._by_stakeholder,
            "rows_of_quotes": partial(tables.quotes, self.source, study),
            "lanes": partial(tables.lanes, study),
            "dated": tables.dated(study),
            "suppressed": self.cleared.suppressed,
        }
