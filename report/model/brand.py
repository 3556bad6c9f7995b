"""An organisation's looks, as its _brand.yml has them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final


@dataclass(frozen=True, slots=True)
class Scheme:
    """The colours of a document, each #rrggbb."""

    paper: str
    """What text stands on."""
    tint: str
    """What text in a box stands on."""
    ink: str
    """Text."""
    muted: str
    """Text that matters less."""
    accent: str
    """Headings and links, and what is to be seen first."""
    rule: str
    """Lines between rows."""
    band: str
    """The ground of a band of colour."""
    on_band: str
    """Text on it."""


LIGHT: Final = Scheme(
    paper="#ffffff",
    tint="#f6efe6",
    ink="#1c1f20",
    muted="#464c4d",
    accent="#0b4f55",
    rule="#d8cfc2",
    band="#0b4f55",
    on_band="#ffffff",
)
"""Our own colours."""
DARK: Final = Scheme(
    paper="#14181a",
    tint="#24221e",
    ink="#ebe7e0",
    muted="#c2bdb4",
    accent="#94d4d6",
    rule="#4b4943",
    band="#0a3d42",
    on_band="#ffffff",
)
"""Our own for dark screens."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture: its kind (svg, png), its bytes, the same as PNG for what shows no SVG, and the one
    for dark grounds where there is another."""

    ending: str
    content: bytes = field(repr=False)
    png: bytes = field(repr=False)
    alt: str
    dark: "Logo | None" = None


@dataclass(frozen=True, slots=True)
class Font:
    """A file of a typeface: one cut of it. `name` is what the file calls the typeface, `characters`
    are those that it has; neither is known of a woff2."""

    ending: str
    content: bytes = field(repr=False)
    weight: int
    """From 100 to 900."""
    italic: bool
    name: str = ""
    characters: frozenset[str] = field(default=frozenset(), repr=False)


@dataclass(frozen=True, slots=True)
class Typeface:
    """A family, called so in _brand.yml, and its fonts."""

    family: str
    fonts: tuple[Font, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What its files call it."""
        return tuple(dict.fromkeys(font.name for font in self.fonts if font.name))

    @property
    def characters(self) -> frozenset[str]:
        """Those that every cut has."""
        read = [font.characters for font in self.fonts if font.name]
        return frozenset.intersection(*read) if read else frozenset()


@dataclass(frozen=True, slots=True)
class Brand:
    """What of a _brand.yml our documents show; what it leaves out is as in our own looks."""

    name: str = ""
    """The organisation's."""
    light: Scheme = LIGHT
    dark: Scheme = DARK
    logo: Logo | None = None
    text: Typeface | None = None
    headings: Typeface | None = None
    """None: as the text."""

    @property
    def typefaces(self) -> tuple[Typeface, ...]:
        """Each once."""
        return tuple(dict.fromkeys(face for face in (self.text, self.headings) if face))

    def logos(self, folder: str) -> Mapping[str, str]:
        """The alternative text, and the paths that the logos have in the folder: `alt`, `light`,
        and `dark` where there is one for dark grounds; nothing where there is no logo."""
        if not self.logo:
            return {}
        paths = {"alt": self.logo.alt, "light": f"{folder}/logo.{self.logo.ending}"}
        dark = self.logo.dark
        return paths | ({"dark": f"{folder}/logo-dark.{dark.ending}"} if dark else {})

    def files(self, folder: str) -> Mapping[str, bytes]:
        """The logos, by these paths, and beside that for light grounds the same as PNG."""
        if not self.logo:
            return {}
        paths = self.logos(folder)
        logos = {"light": self.logo, "dark": self.logo.dark}
        found = {paths[ground]: logo.content for ground, logo in logos.items() if logo}
        return {f"{folder}/logo.png": self.logo.png, **found}

    @property
    def state(self) -> str:
        """A text that is another one where a colour or a font is."""
        fonts = [sha256(font.content).hexdigest() for f in self.typefaces for font in f.fonts]
        return repr((self.light, self.dark, self.text, self.headings, fonts))
