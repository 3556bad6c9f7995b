"""The colours of a brand as our documents need them, each text readable on its ground."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from report import contrast
from report.load.brand.file import Said
from report.load.brand.shape import value
from report.model.brand import DARK, LIGHT, Scheme
from report.model.diagnostic import Diagnostic, Location, did_you_mean, excerpt
from report.sources.yaml import Key, Tree

if TYPE_CHECKING:
    from brand_yml import Brand

_COLOUR: Final = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_BACKGROUND: Final = ("color", "background")
_FOREGROUND: Final = ("color", "foreground")
_PRIMARY: Final = ("color", "primary")
_HEADINGS: Final = ("typography", "headings", "color")
_NEEDED: Final = f"{contrast.TEXT:.0f}:1"
_ON_BAND: Final = ("#ffffff", "#000000")

# Of OKLCH, as our own tint and lines have it.
_TINT: Final = (0.035, 0.015)
_RULE: Final = (0.14, 0.02)
_MUTED: Final = 0.18


def colours(tree: Tree, said: Said) -> tuple[Scheme, Scheme, list[Diagnostic]]:
    """The colours on light screens and on paper, those on dark screens, and what is wrong.

    What the file leaves out is ours. Of a colour that is not written as light and dark, the tone
    for dark screens is the nearest that can be read there.
    """
    light = _Side(tree, "light", _given(said.light), LIGHT)
    scheme = light.scheme()
    said_for_dark = {key: c for key, c in _given(said.dark).items() if _is_dark(tree, key)}
    dark = _Side(tree, "dark", said_for_dark, DARK, of_light=scheme if light.given else None)
    return scheme, dark.scheme(), [*light.problems, *dark.problems]


def _given(brand: "Brand") -> dict[Key, str]:
    """The colours that we use, by key, as far as they are set."""
    colour, typography = brand.color, brand.typography
    headings = typography.headings if typography else None
    found = {
        _BACKGROUND: colour.background if colour else None,
        _FOREGROUND: colour.foreground if colour else None,
        _PRIMARY: colour.primary if colour else None,
        _HEADINGS: headings.color if headings else None,
    }
    return {key: text for key, text in found.items() if text}


def _is_dark(tree: Tree, key: Key) -> bool:
    """Whether the file says what the colour is on dark screens."""
    return value(tree.data, (*key, "dark")) is not None


@dataclass
class _Side:
    """One of the two schemes: the colours `given` over `ours`, and what is wrong with them."""

    tree: Tree
    name: str
    """light, dark"""
    given: Mapping[Key, str]
    ours: Scheme
    of_light: Scheme | None = None
    """The light scheme, where colours were given for it and this is the dark one."""
    problems: list[Diagnostic] = field(default_factory=list)

    def scheme(self) -> Scheme:
        self.given = {key: c for key, text in self.given.items() if (c := self._parsed(key, text))}
        if self.problems or not (self.given or self.of_light):
            return self.ours
        ours, given, light = self.ours, self.given, self.of_light
        primary = given.get(_PRIMARY)
        hue = given.get(_HEADINGS) or primary or (light.accent if light else ours.accent)
        paper = given.get(_BACKGROUND, ours.paper)
        self._needs_a_text(paper)
        of_box = paper if hue == ours.accent else hue
        is_ours = of_box == ours.paper
        tint = ours.tint if is_ours else _shifted(paper, of_box, *_TINT)
        grounds = (paper, tint)
        ink = self._text(_FOREGROUND, given.get(_FOREGROUND, ours.ink), lambda _: grounds)
        accent = self._text(
            _HEADINGS if _HEADINGS in given else _PRIMARY,
            hue,
            # Another accent would have another box.
            lambda tone: grounds if tone == hue else (paper, _shifted(paper, tone, *_TINT)),
        )
        theirs = light.band if light and light.band != LIGHT.band else ""
        band = primary or theirs or given.get(_HEADINGS, ours.band)
        return Scheme(
            paper=paper,
            tint=tint,
            ink=ink,
            muted=_softened(ink, grounds) if ink != ours.ink or paper != ours.paper else ours.muted,
            accent=accent,
            rule=ours.rule if is_ours else _shifted(paper, of_box, *_RULE),
            band=band,
            on_band=self._on_band(band, ink),
        )

    def _parsed(self, key: Key, text: str) -> str:
        """The colour as #rrggbb; nothing where it is none, and that is told."""
        if found := _COLOUR.fullmatch(text):
            digits = found[1].lower()
            return f"#{digits}" if len(digits) == 6 else "#" + "".join(d + d for d in digits)  # noqa: PLR2004
        names = value(self.tree.data, ("color", "palette")) or {}
        message = f"“{excerpt(text)}” is no colour, and no name in the palette"
        hint = did_you_mean(text, names) if text.isalpha() else ""
        hint = hint or "write it as #rrggbb, in quotation marks"
        self.problems.append(Diagnostic("invalid-colour", message, self._at(key), hint))
        return ""

    def _at(self, key: Key) -> Location:
        return self.tree.locate((*key, self.name))

    def _text(self, key: Key, colour: str, grounds: Callable[[str], tuple[str, ...]]) -> str:
        """The colour, which must be readable on the grounds that go with it; where nobody gave it
        for this scheme, or none of the colours is the file's, its nearest tone that is."""
        near = contrast.nearest(colour, lambda tone: contrast.passes(tone, grounds(tone)))
        if near is None or near == colour:
            return colour
        ground = min(grounds(colour), key=lambda ground: contrast.ratio(colour, ground))
        if key not in self.given:
            return near
        self._too_faint(key, colour, ground, near)
        return colour

    def _too_faint(self, key: Key, colour: str, ground: str, near: str) -> None:
        name = ".".join(map(str, key))
        what = "the paper" if ground == self.given.get(_BACKGROUND, self.ours.paper) else "a box"
        message = f"“{name}” ({colour}) is too faint for text: its contrast with {what} ({ground}) "
        message += f"is {_told(contrast.ratio(colour, ground))}, and {_NEEDED} is needed"
        hint = f"the nearest tone that passes is {near}"
        if key == _PRIMARY and _takes_text(colour):
            hint += f"; to keep {colour} for bands, write {near} as typography.headings.color"
        self.problems.append(Diagnostic("low-contrast", message, self._at(key), hint))

    def _needs_a_text(self, paper: str) -> None:
        """Some colour must be readable on the paper."""
        near = contrast.nearest(paper, _takes_text)
        if near != paper:
            message = f"“color.background” ({paper}) is neither light nor dark: no text on it has "
            message += f"the contrast of {_NEEDED} that is needed"
            hint = f"the nearest tone that passes is {near}"
            self.problems.append(Diagnostic("low-contrast", message, self._at(_BACKGROUND), hint))

    def _on_band(self, band: str, ink: str) -> str:
        """White, ink or black, the first that can be read on the band."""
        choice = (_ON_BAND[0], ink, _ON_BAND[1])
        found = next((text for text in choice if contrast.passes(text, (band,))), "")
        if found:
            return found
        best = max(choice, key=lambda text: contrast.ratio(text, band))
        near = contrast.nearest(band, _takes_text)
        message = f"“color.primary” ({band}) is neither light nor dark: the text on a band of it "
        message += f"has a contrast of {_told(contrast.ratio(best, band))}, and {_NEEDED} is needed"
        hint = f"the nearest tone that passes is {near}"
        # Said already where it fails as text too; a dark screen's band is the light one's.
        if _PRIMARY in self.given and not self.problems:
            self.problems.append(Diagnostic("low-contrast", message, self._at(_PRIMARY), hint))
        return best


def _takes_text(ground: str) -> bool:
    return any(contrast.passes(text, (ground,)) for text in _ON_BAND)


def _shifted(paper: str, hue: str, by: float, chroma: float) -> str:
    """A ground a little darker than the paper, or lighter where the paper is dark, of that hue."""
    lightness = contrast.lightness(paper)
    return contrast.toned(hue, lightness - by if lightness > 0.5 else lightness + by, chroma)  # noqa: PLR2004


def _softened(ink: str, grounds: tuple[str, ...]) -> str:
    """The ink a little nearer to the paper, as far as it stays readable."""
    lightness = contrast.lightness(ink)
    on_light = contrast.lightness(grounds[0]) > lightness
    soft = contrast.toned(ink, lightness + _MUTED if on_light else lightness - _MUTED)
    return contrast.nearest(soft, lambda tone: contrast.passes(tone, grounds)) or ink


def _told(ratio: float) -> str:
    """A ratio that falls short, never rounded up to what is needed: 6.9:1."""
    return f"{math.floor(ratio * 10) / 10}:1"
