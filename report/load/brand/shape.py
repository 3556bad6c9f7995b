"""What brand_yml takes for granted of a _brand.yml. Where it is otherwise, brand_yml raises what it
does not name, or says nothing."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any, Final

from report.model.diagnostic import Diagnostic, excerpt
from report.sources.yaml import Key, Tree

COLOURED: Final = ("color", "background-color")
"""Keys of a kind of text that hold a colour."""
_SOURCES: Final = ("file", "google", "bunny", "system")
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


def value(data: object, key: Key) -> Any:  # noqa: ANN401  # whatever stands there
    """What stands at a key; None where nothing does."""
    for part in key:
        match data:
            case Mapping():
                data = data.get(part)
            case list() if isinstance(part, int) and part < len(data):
                data = data[part]
            case _:
                return None
    return data


def misshapen(tree: Tree) -> Iterator[Diagnostic]:
    """What is wrong with the file's keys and values."""
    keys: tuple[Key, ...] = (("color",), ("color", "palette"), ("typography",), ("logo", "images"))
    for key in keys:
        if not isinstance(value(tree.data, key) or {}, Mapping):
            message = f"“{key[-1]}” must be keys with values"
            hint = "write each on a line of its own: “key: value”"
            yield Diagnostic("wrong-type", message, tree.locate(key), hint)
            return
    yield from _empty(tree)
    yield from _circular(tree)
    yield from _palette(tree)
    yield from _logo(tree)
    yield from _fonts(tree)
    yield from _paths(tree)
    yield from _kinds_of_text(tree)


def _kinds_of_text(tree: Tree) -> Iterator[Diagnostic]:
    from brand_yml import BrandColor

    colours = value(tree.data, ("color",)) or {}
    for name, element in (value(tree.data, ("typography",)) or {}).items():
        if name != "fonts" and not isinstance(value(element, ("family",)), str | None):
            at = tree.locate(("typography", name, "family"))
            hint = "write the name of one family: family: Lato"
            yield Diagnostic("wrong-type", "“family” must be a text", at, hint)
        for kind in COLOURED:
            of = value(element, (kind,))
            if isinstance(of, str) and of in BrandColor.model_fields and of not in colours:
                at = tree.locate(("typography", name, kind))
                message = f"“{of}” is a colour that is not set"
                yield Diagnostic("invalid-value", message, at, f"set it under “color:”: “{of}: …”")


def _empty(tree: Tree) -> Iterator[Diagnostic]:
    """A colour that is not in quotation marks is a comment."""
    for key in tree.keys:
        colour = key[0] == "color" or key[-1] in COLOURED
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


def _palette(tree: Tree) -> Iterator[Diagnostic]:
    for name in value(tree.data, ("color", "palette")) or {}:
        if not _NAME.fullmatch(name):
            at = tree.locate(("color", "palette", name), of_key=True)
            message = f"“{excerpt(name)}” cannot be the name of a colour"
            hint = "a name is letters (a to z), digits, hyphens and underscores, a letter first"
            yield Diagnostic("invalid-value", message, at, hint)


def _paths(tree: Tree) -> Iterator[Diagnostic]:
    """Paths that are none, and those that brand_yml would look up in a home folder, or refuse."""
    for key in tree.values:
        name, is_path = value(tree.data, key), key[-1:] == ("path",)
        could_be = is_path or (key[:1] == ("logo",) and key[-1] != "alt")
        if is_path and not (isinstance(name, str) and PurePath(name).suffix):
            message = "“path” must be the name of a file, with its ending"
            hint = "write it as it is called in the study's folder: looks/logo.svg"
            yield Diagnostic("wrong-type", message, tree.locate(key), hint)
        elif could_be and isinstance(name, str) and name.startswith(("/", "~")):
            message = f"{excerpt(name)} lies outside the study, and could not go with it"
            hint = "copy it into the study's folder, and name it from there"
            yield Diagnostic("file-outside", message, tree.locate(key), hint)


def _logo(tree: Tree) -> Iterator[Diagnostic]:
    logo = value(tree.data, ("logo",))
    sizes: set[Key] = set()
    images: set[Key] = set()
    if isinstance(logo, Mapping) and "path" not in logo:
        sizes = {("logo", size) for size in ("small", "medium", "large")}
        images = {("logo", "images", name) for name in value(logo, ("images",)) or {}}
    for key in sizes | images or {("logo",)}:
        one = value(tree.data, key)
        is_pair = isinstance(one, Mapping) and key in sizes and {"light", "dark"} & one.keys()
        is_one = isinstance(one, str) or (isinstance(one, Mapping) and "path" in one)
        is_one = is_one or (one is None and key not in images)
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
        elif value(font, ("source",)) not in _SOURCES:
            at = tree.locate(("typography", "fonts", number, "source"))
            message = f"the source of “{excerpt(font['family'])}” is none that there is"
            yield Diagnostic("invalid-value", message, at, f"it can be: {', '.join(_SOURCES)}")
