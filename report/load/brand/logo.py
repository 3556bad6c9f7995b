"""The logo of a brand: a picture in the study's folder, with words for who cannot see it."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from report.load.brand.file import Said
from report.load.brand.local import local
from report.load.brand.shape import value
from report.load.folder import Folder
from report.model.brand import Logo
from report.model.diagnostic import Diagnostic, Location, Severity, excerpt
from report.scratch import scratch
from report.sources.yaml import Key, Tree

if TYPE_CHECKING:
    from brand_yml import BrandLogoResource

_SIZES: Final = ("medium", "large", "small")
"""The first that there is stands at the top of a document."""
_KINDS: Final = (".svg", ".png")
_TEXT: Final = re.compile(rb"<(svg:)?text\b")
# Its shape is asked for before it is drawn: of a thread that is endless Typst dies.
_DRAWING: Final = """
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#let logo = image("logo.{0}", height: 1.3cm)
#context assert(
  measure(logo).width <= {1} * 1.3cm and measure(logo).width >= 1.3cm / {1},
  message: "it is more than {1} times as wide as high, or as high as wide",
)
#logo
"""
_LONGEST: Final = 20
"""So many times as wide as high, or as high as wide, a logo may be."""
_PPI: Final = 300.0


def logo(folder: Folder, tree: Tree, said: Said) -> tuple[Logo | None, list[Diagnostic]]:
    """The logo for a document's head; nothing where there is none, or it cannot be used, which is
    told."""
    key, light, dark = _resources(said)
    problems: list[Diagnostic] = []
    found: list[Logo | None] = []
    for scheme, resource in (("light", light), ("dark", dark)):
        found.append(None)
        if resource is not None and (scheme == "light" or resource != light):
            at = _place(tree, (*key, scheme))
            found[-1], wrong = _read(folder, resource, at, said.name)
            problems += wrong
    on_light, on_dark = found
    if on_light is None:
        return on_dark, problems
    return replace(on_light, dark=on_dark), problems


def _resources(
    said: Said,
) -> tuple[Key, "BrandLogoResource | None", "BrandLogoResource | None"]:
    """Where the logo is set, and what is set for light grounds and for dark ones."""
    from brand_yml import BrandLogoResource, BrandLogoResourceLightDark

    match said.light.logo:
        case BrandLogoResource() as single:
            return ("logo",), single, None
        case None:
            return (), None, None
        case several:
            sizes = ((size, getattr(several, size)) for size in _SIZES)
            for size, one in sizes:
                if isinstance(one, BrandLogoResourceLightDark):
                    return ("logo", size), one.light, one.dark
                if one is not None:
                    return ("logo", size), one, None
            return (), None, None


def _place(tree: Tree, key: Key) -> Location:
    """Where the picture is named: by itself, or among the images."""
    set_at = value(tree.data, key)
    name = set_at if set_at is not None else value(tree.data, key[:-1])
    images = value(tree.data, ("logo", "images")) or {}
    if isinstance(name, str) and name in images:
        key = ("logo", "images", name)
    return tree.locate((*key, "path"))


def _read(
    folder: Folder, resource: "BrandLogoResource", at: Location, name: str
) -> tuple[Logo | None, list[Diagnostic]]:
    content, problems = local(folder, str(resource.path.root), at, "logo", _KINDS)
    alt = resource.alt or name
    if not alt:
        message = "the logo has no words for who cannot see it"
        hint = "write the organisation's name as meta: name:, or as alt: beside the logo's path:"
        problems.append(Diagnostic("missing-alt", message, at, hint))
    if content is None or not alt:
        return None, problems
    ending = str(resource.path.root).rpartition(".")[2].lower()
    drawn, why = _drawn(content, ending)
    if why:
        message = f"the logo is no {ending.upper()} that can be drawn: {excerpt(why)}"
        hint = "open it in a drawing program, and export it anew with all that it shows inside"
        return None, [*problems, Diagnostic("unreadable-logo", message, at, hint)]
    if ending == "svg" and _TEXT.search(content):
        message = "the logo has letters that need a typeface, and a document may show others"
        hint = "in a drawing program, turn its text into paths"
        problems.append(Diagnostic("letters-in-logo", message, at, hint, Severity.WARNING))
    return Logo(ending, content, drawn, alt), problems


def _drawn(content: bytes, ending: str) -> tuple[bytes, str]:
    """The logo as PNG, or why Typst, which draws it in PDF, refuses it."""
    import typst

    with scratch() as folder:
        main = folder / "main.typ"
        main.write_text(_DRAWING.format(ending, _LONGEST), "utf-8")
        main.with_name(f"logo.{ending}").write_bytes(content)
        try:
            drawn = typst.compile(str(main), format="png", ppi=_PPI, ignore_system_fonts=True)
        except typst.TypstError as error:
            return b"", str(error).removeprefix("assertion failed: ")
    return (content, "") if ending == "png" else (drawn, "")
