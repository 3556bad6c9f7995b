"""The words of a _brand.yml: read by brand_yml, and what is wrong with them told at its place."""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from report.model.diagnostic import Diagnostic, Severity, excerpt
from report.sources.yaml import Key, Tree
from report.validate import complaints

if TYPE_CHECKING:
    from brand_yml import Brand

_COLOURED: Final = ("color", "background-color")
_SOURCES: Final = ("file", "google", "bunny", "system")
_USED: Final[tuple[Key, ...]] = (
    *(("meta", "name"), ("logo",)),
    *(("color", key) for key in ("palette", "foreground", "background", "primary")),
    *(("typography", "fonts"), ("typography", "base", "family")),
    *(("typography", "headings", key) for key in ("family", "color")),
)
"""The keys that our documents show."""


@dataclass(frozen=True)
class Said:
    """A _brand.yml as brand_yml reads it, for light grounds and for dark ones: they differ where a
    colour is written as light and dark."""

    light: "Brand"
    dark: "Brand"

    @property
    def name(self) -> str:
        """The organisation's name: the full one where there are two."""
        name = self.light.meta.name if self.light.meta else None
        return (name.full or name.short or "") if name else ""


def read(tree: Tree) -> tuple[Said | None, list[Diagnostic]]:
    """What the file says; nothing where it is not well-formed, and then why."""
    problems = list(_misshapen(tree))
    if problems:
        return None, problems
    # It brings much with it: only who has a brand waits for that.
    from brand_yml import Brand

    try:
        said = Said(*(Brand.model_validate(_of(tree.data, s)) for s in ("light", "dark")))
    except ValidationError as error:
        found = [_placed(tree, problem) for problem in error.errors(include_url=False)]
        return None, complaints(tree, Brand, [problem for problem in found if problem])
    return said, list(_unused(tree))


def value(data: object, key: Key) -> Any:  # noqa: ANN401  # whatever stands there
    """What stands at a key; None where nothing does."""
    for part in key:
        data = data.get(part) if isinstance(data, Mapping) else None
    return data


def _of(data: object, scheme: str) -> object:
    """The file's data with each pair of light and dark colours as one of them."""
    data = copy.deepcopy(data)
    for key in _pairs(data):
        *way, last = key
        holder, pair = value(data, tuple(way)), value(data, key)
        if scheme in pair:
            holder[last] = pair[scheme]
        else:
            del holder[last]
    return data


def _pairs(data: object) -> list[Key]:
    """The keys of colours that are written as light and dark."""
    colours = value(data, ("color",)) or {}
    places: list[Key] = [("color", name) for name in colours if name != "palette"]
    typography = value(data, ("typography",))
    if isinstance(typography, Mapping):
        places += [("typography", name, colour) for name in typography for colour in _COLOURED]
    both = {"light", "dark"}
    pairs = ((key, value(data, key)) for key in places)
    return [key for key, one in pairs if isinstance(one, Mapping) and one and one.keys() <= both]


# brand_yml raises, or says nothing, where these are wrong.


def _misshapen(tree: Tree) -> Iterator[Diagnostic]:
    from brand_yml import BrandColor

    keys: tuple[Key, ...] = (("color",), ("color", "palette"), ("typography",))
    for key in keys:
        if not isinstance(value(tree.data, key) or {}, Mapping):
            message = f"“{key[-1]}” must be keys with values"
            hint = "write each on a line of its own: “key: value”"
            yield Diagnostic("wrong-type", message, tree.locate(key), hint)
            return
    yield from _empty(tree)
    yield from _circular(tree)
    yield from _logo(tree)
    yield from _fonts(tree)
    colours = value(tree.data, ("color",)) or {}
    for name, element in (value(tree.data, ("typography",)) or {}).items():
        for kind in _COLOURED:
            of = value(element, (kind,))
            if isinstance(of, str) and of in BrandColor.model_fields and of not in colours:
                at = tree.locate(("typography", name, kind))
                message = f"“{of}” is a colour that is not set"
                yield Diagnostic("invalid-value", message, at, f"set it under “color:”: “{of}: …”")


def _empty(tree: Tree) -> Iterator[Diagnostic]:
    """A colour that is not in quotation marks is a comment."""
    for key in tree.keys:
        colour = key[0] == "color" or key[-1] in _COLOURED
        if colour and len(key) > 1 and value(tree.data, key) is None:
            message = f"“{excerpt(str(key[-1]))}” is empty"
            hint = f"put the colour in quotation marks, since # starts a comment: “{key[-1]}: "
            yield Diagnostic("empty-value", message, tree.locate(key), f'{hint}"#336699"”')


def _circular(tree: Tree) -> Iterator[Diagnostic]:
    colours = value(tree.data, ("color",)) or {}
    palette = colours.get("palette") or {}
    for names in (palette, {**palette, **colours}):
        for name in names:
            way = [name]
            while isinstance(following := names.get(way[-1]), str) and following in names:
                if following in way:
                    message = f"a colour leads back to itself: {' → '.join([*way, following])}"
                    theirs: Key = ("color", name)
                    key = theirs if theirs in tree.keys else ("color", "palette", name)
                    hint = "give one of them as #rrggbb"
                    yield Diagnostic("circular-colour", message, tree.locate(key), hint)
                    return
                way.append(following)


def _logo(tree: Tree) -> Iterator[Diagnostic]:
    logo = value(tree.data, ("logo",))
    logos: dict[Key, object] = {("logo",): logo}
    sizes: set[Key] = set()
    if isinstance(logo, Mapping) and "path" not in logo:
        sizes = {("logo", size) for size in ("small", "medium", "large")}
        named: set[Key] = {("logo", "images", name) for name in value(logo, ("images",)) or {}}
        logos = {key: value(tree.data, key) for key in sizes | named}
    for key, one in logos.items():
        is_pair = isinstance(one, Mapping) and key in sizes and {"light", "dark"} & one.keys()
        is_one = one is None or isinstance(one, str) or (isinstance(one, Mapping) and "path" in one)
        if not (is_pair or is_one):
            message = f"“{key[-1]}” is not a logo"
            hint = "a logo is a path, or has the keys “path” and “alt”, or “light” and “dark”"
            yield Diagnostic("wrong-type", message, tree.locate(key), hint)


def _fonts(tree: Tree) -> Iterator[Diagnostic]:
    fonts = value(tree.data, ("typography", "fonts"))
    hint = "write each entry on a line of its own that starts with “- ”"
    if fonts is not None and not isinstance(fonts, list):
        at = tree.locate(("typography", "fonts"))
        yield Diagnostic("wrong-type", "“fonts” must be a list", at, hint)
        return
    for number, font in enumerate(fonts or ()):
        at = tree.locate(("typography", "fonts", number))
        if not isinstance(value(font, ("family",)), str):
            message = f"entry {number + 1} of “fonts” has no family"
            yield Diagnostic("missing-key", message, at, "add a line “family: …”")
        elif (source := value(font, ("source",))) not in _SOURCES:
            at = tree.locate(("typography", "fonts", number, "source"))
            message = f"“source” cannot be “{excerpt(str(source or ''))}”"
            yield Diagnostic("invalid-value", message, at, f"it can be: {', '.join(_SOURCES)}")


def _placed(tree: Tree, problem: Any) -> Any:  # noqa: ANN401  # pydantic's own
    """The complaint with its place as it is in the file: a type of brand_yml's is no part of it.
    Nothing where it is about a way of reading the value that was not meant."""
    where, is_resource = problem["loc"], value(tree.data, ("logo", "path")) is not None
    other = "BrandLogo" if is_resource else "BrandLogoResource"
    if where[:2] == ("logo", other) or where[-1:] == ("FileLocationUrl",):
        return None
    key: Key = ()
    for part in where:
        if (*key, part) in tree.values or (part is where[-1] and problem["type"] == "missing"):
            key = (*key, part)
    return {**problem, "loc": key}


def _unused(tree: Tree) -> Iterator[Diagnostic]:
    """One note of all that documents do not show, lest somebody waits for it."""
    unused: list[Key] = []
    for key in tree.keys:
        used = any(known[: len(key)] == key or key[: len(known)] == known for known in _USED)
        if not used and not any(key[: len(other)] == other for other in unused):
            unused.append(key)
    if unused:
        names = ", ".join(".".join(map(str, key)) for key in unused)
        message = f"our documents do not use {names}"
        hint = "they stay for Quarto; docs/brand.md lists what is used"
        at = tree.locate(unused[0], of_key=True)
        yield Diagnostic("unused-brand-key", message, at, hint, Severity.NOTE)
