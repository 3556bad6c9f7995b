"""The typefaces of a brand, from files in the study's folder."""

import io
import struct
from typing import TYPE_CHECKING, Final

from report.load.brand.file import Said
from report.load.brand.local import local
from report.load.folder import Folder
from report.model.brand import Font, Typeface
from report.model.diagnostic import Diagnostic, Location, did_you_mean, excerpt
from report.sources.yaml import Key, Tree

if TYPE_CHECKING:
    from brand_yml.typography import BrandTypographyFontFilesPath

_KINDS: Final = (".ttf", ".otf", ".woff2")
_WEB: Final = ("google", "bunny")
_WOFF2: Final = b"wOF2"
_NAMED: Final = {"normal": 400, "bold": 700}


def typefaces(
    folder: Folder, tree: Tree, said: Said
) -> tuple[Typeface | None, Typeface | None, list[Diagnostic]]:
    """The typeface of text, that of headings where it is another, and what is wrong with them."""
    typography = said.light.typography
    if typography is None:
        return None, None, []
    problems: list[Diagnostic] = []
    read: dict[str, Typeface | None] = {}
    for place, element in (("base", typography.base), ("headings", typography.headings)):
        family = element.family if element else None
        if family and family not in read:
            at = tree.locate(("typography", place, "family"))
            read[family], wrong = _typeface(folder, tree, said, family, at)
            problems += wrong
    base = typography.base.family if typography.base else None
    heading = typography.headings.family if typography.headings else None
    text = read.get(base) if base else None
    return text, read.get(heading) if heading and heading != base else None, problems


def _typeface(
    folder: Folder, tree: Tree, said: Said, family: str, at: Location
) -> tuple[Typeface | None, list[Diagnostic]]:
    fonts = said.light.typography.fonts if said.light.typography else []
    # brand_yml adds what has no files as a font of the system's.
    known = [(number, font) for number, font in enumerate(fonts) if font.source != "system"]
    mine = [(number, font) for number, font in known if font.family == family]
    problems: list[Diagnostic] = []
    cuts: list[Font] = []
    for number, font in mine:
        if font.source in _WEB:
            key: Key = ("typography", "fonts", number, "source")
            message = f"the typeface “{excerpt(family)}” lies on the web, and nothing is fetched "
            message += "from there"
            hint = "download its .ttf files into the study's folder, and list them: source: file"
            problems.append(Diagnostic("file-on-the-web", message, tree.locate(key), hint))
        elif font.source == "file":
            for place, entry in enumerate(font.files):
                key = ("typography", "fonts", number, "files", place, "path")
                cut, wrong = _font(folder, entry, tree.locate(key))
                problems += wrong
                cuts += [cut] if cut else []
    if not problems and not any(cut.name for cut in cuts):
        hint = "list them under typography: fonts:, with source: file"
        message = f"the typeface “{excerpt(family)}” has no files"
        if cuts:
            message = f"the typeface “{excerpt(family)}” has only .woff2, which PDF cannot take"
            hint = "add its .ttf or .otf files; pages keep the .woff2"
        elif not mine and (near := did_you_mean(family, [font.family for _, font in known])):
            hint = near
        problems.append(Diagnostic("missing-font", message, at, hint))
    return (None if problems else Typeface(family, tuple(cuts))), problems


def _font(
    folder: Folder, entry: "BrandTypographyFontFilesPath", at: Location
) -> tuple[Font | None, list[Diagnostic]]:
    name = str(entry.path.root)
    content, problems = local(folder, name, at, "font", _KINDS)
    if content is None:
        return None, problems
    italic, said = entry.style == "italic", entry.weight.root
    ending = name.rpartition(".")[2].lower()
    variable = isinstance(said, tuple)
    if ending == "woff2" and content.startswith(_WOFF2) and not variable:
        weight = _NAMED.get(str(said)) or (said if isinstance(said, int) else 400)
        return Font(ending, content, weight, italic), []
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(io.BytesIO(content)) as font:
            called, characters = font["name"].getBestFamilyName(), font.getBestCmap()
            own, variable = font["OS/2"].usWeightClass, variable or "fvar" in font
    except (TTLibError, KeyError, struct.error, AssertionError, ImportError):
        called, characters, own = None, None, 0
    if variable:
        message = f"the font {excerpt(name)} holds many weights in one file, which PDF cannot take"
        hint = "take a file for each weight; a download often has them in a folder “static”"
        return None, [Diagnostic("variable-font", message, at, hint)]
    if not (called and called.isprintable() and characters):
        message = f"the font {excerpt(name)} cannot be read"
        hint = "get it anew: the file is damaged, or no font"
        return None, [Diagnostic("unreadable-font", message, at, hint)]
    weight = _NAMED.get(str(said)) or (said if isinstance(said, int) else own)
    return Font(ending, content, weight, italic, called, frozenset(map(chr, characters))), []
