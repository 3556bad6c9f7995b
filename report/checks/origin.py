"""Where the words of a composed document come from."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any, Final

from report.model.audience import Variant
from report.model.diagnostic import Location
from report.model.document import Document
from report.model.study import Prose, Study

Find = Callable[[str], Iterable[int]]
"""Where in a text the words stand that are looked for."""

Place = Callable[[], Location]
"""Says where a text stands. To work that out takes longer than to read the text."""

Skip = Callable[[str, tuple[str | int, ...]], bool]
"""Whether a value of a YAML file, by the file's name and the value's key, does not count."""

_OPEN: Final = re.compile(r"\{\{.*?\}\}|\{%#.*?%\}|\[[^\[\]]*@[^\[\]]*\]|(?<!\w)@\w[\w:.#-]*\w")
"""What a document may show otherwise than a text has it: values; where it is blinded, citations."""
_NAME: Final = re.compile(
    r"\\\[\\\^"
)  # of a footnote, escaped: compose puts the text's name before it
_EXPLAINED: Final = re.compile(
    r"""\[?\[([^\[\]]*)\]\{\.term\}
    (?:\]\(\#term-[^()]*\) | \ \([^()]*\) | \ \[\[\(\].*?\]\{\.term-note[^{}]*\})?""",
    re.VERBOSE,
)  # a term with its explanation, which the glossary adds to what a text says
_TELLING: Final = 20  # characters; fewer could stand in any line
_OF_AN_AUDIENCE = ("title", "subtitle", "kicker", "label", "description")


def origin(
    study: Study, variant: Variant, document: Document, find: Find, skip: Skip | None = None
) -> Location | None:
    """Where the study says what `find` finds: in words that this document shows as they stand, else
    in the audience's own texts, else in any. With `skip`, tables and YAML files are searched too.
    """
    own = f"{variant.audience_name}/"
    shown = _plain(document.text)
    places: list[tuple[tuple[bool, bool], Location]] = []
    for prose in chain(translated(study, variant.language), study.prose.values()):
        lines = prose.text.split("\n")
        for start in find(prose.text):
            at = place(prose, start)
            line = lines[at.line - prose.line]
            rank = (line not in document.text, not prose.name.startswith(own))
            places.append((rank, at))
    if skip:
        for text, where in chain(of_audience(study, variant), data(study, skip)):
            if any(True for _ in find(text)):
                places.append(((_plain(text) not in shown, True), where()))
    return min(places)[1] if places else None


def of_line(study: Study, variant: Variant, document: Document, line: int) -> Location:
    """Where the study says what stands in a line of the document's text, the first being 1; the
    audience's template where it comes from nowhere else."""
    lines = document.text.split("\n")
    shown = lines[line - 1] if 0 < line <= len(lines) else ""
    seen = tuple(dict.fromkeys((shown, _EXPLAINED.sub(r"\1", shown))))
    own = f"{variant.audience_name}/"
    places: list[tuple[tuple[int, bool, bool], Location]] = []
    for prose in chain(translated(study, variant.language), study.prose.values()):
        for number, written in enumerate(prose.text.split("\n"), prose.line):
            literal = [
                _NAME.sub(r"\\[\\^(?:[\\w-]+-)?", re.escape(t)) for t in _OPEN.split(written)
            ]
            said = len("".join(literal).strip())
            for words in seen if said else ():
                found = re.search(".*".join(literal), words)
                if found and (found[0] == words or said > _TELLING):
                    rank = (-said, found[0] != words, not prose.name.startswith(own))
                    places.append((rank, Location(prose.path, number, 1)))
    if places:
        return min(places)[1]
    value = _plain(shown.partition(":")[2].strip(" '"))
    for text, at in chain(of_audience(study, variant), data(study)):
        if value and _plain(text) == value:
            return at()
    return Location(f"templates/{variant.audience_name}/document.qmd.j2")


def translated(study: Study, language: str) -> Iterator[Prose]:
    """The translations of the study's texts into the language, each as a text of its own at its
    line of the catalogue."""
    catalogue = study.catalogues.get(language)
    for (context, _), translation in catalogue.translations.items() if catalogue else ():
        if catalogue and context.startswith("text/") and translation.done:
            name = context.partition(" § ")[0].removeprefix("text/").removesuffix(".md")
            yield Prose(name, catalogue.path, translation.texts[0], translation.line)


def place(prose: Prose, offset: int) -> Location:
    """The line and column of an offset in a text file."""
    before = prose.text[:offset]
    return Location(prose.path, before.count("\n") + prose.line, offset - before.rfind("\n"))


def data(study: Study, skip: Skip = lambda *_: False) -> Iterator[tuple[str, Place]]:
    """Every text of the study's tables, YAML files and catalogues, and where it stands; without the
    values of YAML files that `skip` names."""
    yield from _records(study)
    if study.brand and study.brand.name:
        yield study.brand.name, partial(study.locate_key, "_brand", ("meta", "name"))
    for catalogue in study.catalogues.values():
        for entry in catalogue.translations.values():
            yield "\n".join(entry.texts), partial(Location, catalogue.path, entry.line, 1)
    files = {"study": study.file, "codebook": study.codebook, "glossary": study.glossary}
    for file, content in files.items():
        for key, text in _strings(content.model_dump(by_alias=True), ()):
            if not skip(file, key):
                yield text, partial(study.locate_key, file, key)


def _records(study: Study) -> Iterator[tuple[str, Place]]:
    at = study.locate
    for session in study.sessions:
        yield session.id, partial(at, session, "session")
        yield session.mode, partial(at, session, "mode")
    for participant in study.participants:
        yield participant.id, partial(at, participant, "participant")
        for name, value in participant.attributes.items():
            yield value, partial(at, participant, name)
    for quote in study.quotes:
        yield quote.text, partial(at, quote, "text")
    for translation in study.quote_translations:
        yield translation.text, partial(at, translation, "text")
    for picture in study.pictures:
        for column in ("alt", "source", "licence"):
            yield getattr(picture, column), partial(at, picture, column)
    for recipient in study.recipients:
        for column, cell in recipient.columns.items():
            yield cell, partial(at, recipient, column)


def of_audience(study: Study, variant: Variant) -> Iterator[tuple[str, Place]]:
    """The audience's own title and labels, and where they stand."""
    name = variant.audience_name
    for key in _OF_AN_AUDIENCE:
        if text := getattr(variant.audience, key):
            yield text, partial(_place, study, name, key)


def _place(study: Study, name: str, key: str) -> Location:
    return wished(study, name, key) or Location(f"templates/{name}/audience.yml")


def wished(study: Study, name: str, key: str) -> Location | None:
    """Where the study's audiences.yml says a key of an audience, if it does."""
    around, at = (
        study.locate_key("audiences", path)
        for path in (("audiences", name), ("audiences", name, key))
    )
    return at if at != around else None


def _plain(text: str) -> str:
    return " ".join(text.replace("\\", "").split())


def _strings(
    value: Any,  # noqa: ANN401  # any tree of YAML
    key: tuple[str | int, ...],
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _strings(inner, (*key, name))
    elif isinstance(value, Sequence):
        for number, inner in enumerate(value):
            yield from _strings(inner, (*key, number))
