"""The messages that a study's documents need in a language, with what helps a translator."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jinja2.ext import babel_extract

from report import languages
from report.check import Checked
from report.model.audience import Audience, Variant
from report.model.catalogue import Domain, Message
from report.model.glossary import forms_in, translation_of
from report.model.study import Study

_KEYWORDS: Final = ("_", "gettext", "ngettext")
_OURS: Final = {
    "extensions": "jinja2.ext.do",
    "trimmed": "true",
    "silent": "false",
    "comment_start_string": "{%#",
    "comment_end_string": "%}",
}
"""How our templates are written; pages of the theme have Jinja's own comments."""


@dataclass(frozen=True)
class Wanted:
    """A message, and for the translator: who reads it, where it stands, what kind of words it is,
    and the glossary's words in it with their translations, as far as there are any."""

    message: Message
    audiences: tuple[str, ...] = ()
    place: str = ""
    kind: str = ""
    terms: tuple[tuple[str, str], ...] = ()


def spoken(checked: Checked) -> list[str]:
    """The languages that need a catalogue: of documents, and of abstracts in them."""
    codes = {
        code for v in checked.composed for code in (v.language, *v.audience.abstract_languages)
    }
    source = checked.study.file.language if checked.study else ""
    return sorted(
        code for code in codes if code != source or languages.SOURCE not in languages.general(code)
    )


def shown(
    checked: Checked, language: str, domain: Domain, audience: str | None = None
) -> list[Wanted]:
    """The messages of that kind that documents show in the language, in their order; with
    `audience`, its documents."""
    audiences: dict[Message, dict[str, None]] = {}
    first: dict[Message, Wanted] = {}
    terms = _terms(checked.study, language) if checked.study and domain is Domain.STUDY else {}
    for variant, composed in checked.composed.items():
        for use in composed.uses if audience in {None, variant.audience_name} else ():
            message = use.message
            if use.language == language and message.domain is domain:
                audiences.setdefault(message, {})[variant.audience_name] = None
                first.setdefault(message, Wanted(message, (), use.place, use.kind))
    return [
        Wanted(
            message,
            tuple(audiences[message]),
            wanted.place,
            wanted.kind,
            tuple((form, said) for form, said in terms.items() if form in message.text),
        )
        for message, wanted in first.items()
    ]


def _terms(study: Study, language: str) -> Mapping[str, str]:
    """The glossary's terms, and their translations as far as there are any."""
    catalogue = study.catalogues.get(language)
    found: dict[str, str] = {}
    for term in study.glossary.terms:
        source = term.words.get(study.file.language)
        if source is None:
            continue
        own = term.words.get(language)
        translation = translation_of(term, source, catalogue) if catalogue else None
        forms = own.every_form if own else forms_in(translation.texts[0] if translation else "")
        found[source.term] = next(iter(forms), "")
    return found


def of_templates(
    folders: Sequence[Path], variants: Iterable[Variant], *, everything: bool
) -> list[Wanted]:
    """Every string of the templates that these variants come from, shown or not: which are shown
    hangs on the data. `everything`: of all templates, for whoever makes them."""
    made = list(variants)
    names = {v.audience_name for v in made}
    wanted: dict[Message, Wanted] = {}
    for path, file in sorted(_files(folders).items()):
        folder = path.partition("/")[0]
        if everything or folder in {"partials", "theme", *names}:
            for message in _strings(file):
                wanted.setdefault(message, Wanted(message, (), path, "template"))
    for variant in made:
        for message in _of_audience(variant):
            wanted.setdefault(message, Wanted(message, (variant.audience_name,), "", "audience"))
    return list(wanted.values())


def _files(folders: Sequence[Path]) -> dict[str, Path]:
    """The templates by path, each from the first folder that has it."""
    files: dict[str, Path] = {}
    for folder in folders:
        for file in folder.rglob("*.j2"):
            files.setdefault(file.relative_to(folder).as_posix(), file)
    return files


def _strings(file: Path) -> Iterable[Message]:
    options = _OURS if "theme" not in file.parts else {"trimmed": "true"}
    with file.open("rb") as opened:
        for _, function, said, _ in babel_extract(opened, _KEYWORDS, (), options):
            texts = [said] if isinstance(said, str) else [t for t in said or () if t is not None]
            if texts:
                plural = texts[1] if function == "ngettext" else ""
                yield Message(Domain.TEMPLATES, "", texts[0], plural)


def _of_audience(variant: Variant) -> Iterable[Message]:
    place = f"{variant.audience_name}/audience.yml §"
    for key in Audience.WORDS:
        value = getattr(variant.audience, key)
        if value and key not in variant.own:
            yield Message(Domain.TEMPLATES, f"{place} {key}", value)
    if blinding := variant.audience.blinding:
        for key in blinding.WORDS:
            yield Message(Domain.TEMPLATES, f"{place} blinding.{key}", getattr(blinding, key))
