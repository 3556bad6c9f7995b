"""The words of a _brand.yml: read by brand_yml, and what is wrong with them told at its place."""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from report.load.brand.shape import COLOURED, misshapen, value
from report.model.diagnostic import Diagnostic, Severity
from report.sources.yaml import Key, Tree
from report.validate import complaints

if TYPE_CHECKING:
    from brand_yml import Brand

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
    problems = list(misshapen(tree))
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
        places += [("typography", name, colour) for name in typography for colour in COLOURED]
    both = {"light", "dark"}
    pairs = ((key, value(data, key)) for key in places)
    return [key for key, one in pairs if isinstance(one, Mapping) and one and one.keys() <= both]


def _placed(tree: Tree, problem: Any) -> Any:  # noqa: ANN401  # pydantic's own
    """The complaint with its place as it is in the file: a type of brand_yml's is no part of it.
    Nothing where it is about a way of reading the value that was not meant."""
    where, logo = problem["loc"], value(tree.data, ("logo",))
    is_resource = not isinstance(logo, Mapping) or "path" in logo
    other = "BrandLogo" if is_resource else "BrandLogoResource"
    if where[:2] == ("logo", other) or where[-1:] == ("FileLocationUrl",):
        return None
    key: Key = ()
    for part in where:
        if (*key, part) in tree.values or (part is where[-1] and problem["type"] == "missing"):
            key = (*key, part)
    kind = problem["type"]
    if kind in {"value_error", "url_parsing"} and isinstance(problem["input"], list | Mapping):
        kind = "string_type"
    return {**problem, "loc": key, "type": kind}


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
