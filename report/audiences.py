"""The audiences that a study writes for: the templates' own, with the study's say over them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from report.model.audience import Audience, AudiencesFile, Variant
from report.model.diagnostic import Diagnostic, Location, did_you_mean
from report.model.study import Study
from report.sources import yaml
from report.validate import validate

# What the looks of a format share.
_NO_THEMES = {"base", "document", "pieces", "typst-show", "added", "brand"}


def audiences(
    templates: Sequence[Path],
    wishes: AudiencesFile,
    locate_key: Callable[[str, tuple[str | int, ...]], Location],
) -> tuple[Mapping[str, Audience], list[Diagnostic]]:
    """Every folder of `templates` with an audience.yml, by name, as the study wants it; those that
    it does not use are left out. They come in the order of the study's audiences.yml, then those
    that it does not name. A folder earlier in `templates` goes before the same later.

    `locate_key` says where a key of the study's audiences.yml stands.
    """
    found: dict[str, Path] = {}
    for folder in templates:
        for file in sorted(folder.glob("*/audience.yml")):
            found.setdefault(file.parent.name, file)
    problems = [
        Diagnostic(
            "unknown-audience",
            f"there is no audience “{name}”",
            locate_key("audiences", ("audiences", name)),
            did_you_mean(name, found) or f"add the folder templates/{name}",
        )
        for name in wishes.audiences
        if name not in found
    ]
    known: dict[str, Audience] = {}
    listed = [name for name in wishes.audiences if name in found]
    for name in (*listed, *sorted(found.keys() - set(listed))):
        file = found[name]
        tree, trouble = yaml.read(file, f"templates/{name}/audience.yml")
        problems += trouble
        if tree is None:
            continue
        audience, trouble = validate(tree, Audience)
        problems += trouble
        if audience is not None:
            wish = wishes.audiences.get(name)
            said = wish.model_dump(exclude_none=True) if wish else {}
            audience = Audience.model_validate(audience.model_dump() | said)
            if audience.used:
                known[name] = audience
                own = wish is not None and wish.theme is not None
                at = locate_key("audiences", ("audiences", name, "theme"))
                at = at if own else tree.locate(("theme",))
                problems += _theme(audience, templates, at)
    return known, problems


def _theme(audience: Audience, templates: Sequence[Path], at: Location) -> Iterator[Diagnostic]:
    """The look must be there in every format that the audience has one in."""
    looks = {"html": ("html", ".css"), "pdf": ("typst", ".typ"), "docx": ("docx", ".docx")}
    for form in audience.formats:
        if form in looks:
            folder, ending = looks[form]
            files = [f for t in templates for f in (t / "theme" / folder).glob(f"*{ending}")]
            names = {file.stem for file in files} - _NO_THEMES
            if audience.theme not in names:
                message = f"there is no theme “{audience.theme}” for {form}"
                yield Diagnostic("unknown-theme", message, at, did_you_mean(audience.theme, names))


def variants(
    audiences: Mapping[str, Audience], wishes: AudiencesFile, study: Study
) -> list[Variant]:
    """A variant for each audience and each of its languages; where each recipient gets a document,
    for each of them and those of the languages that they want."""
    own = {
        name: frozenset(wish.model_dump(exclude_none=True)) if wish else frozenset()
        for name, wish in wishes.audiences.items()
    }
    return [
        Variant(name, audience, language, own.get(name, frozenset()), recipient)
        for name, audience in audiences.items()
        for recipient in (study.recipients if audience.each else (None,))
        for language in audience.languages or (study.file.language,)
        if recipient is None or not recipient.languages or language in recipient.languages
    ]
