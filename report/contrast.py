"""Contrast between two colours, and the nearest tone of a colour that has enough of it.

A colour is a text, #rrggbb.
"""

import math
from collections.abc import Callable, Iterable
from typing import Final

TEXT: Final = 7.0
"""What text needs on its ground (WCAG 2.2, success criterion 1.4.6, level AAA)."""

_NEAR: Final = 1e-5  # of lightness, finer than a step of one of 255
_IN_GAMUT: Final = 1e-6


def luminance(colour: str) -> float:
    """Relative luminance, from 0 (black) to 1 (white).

    W3C, Web Content Accessibility Guidelines 2.2, “relative luminance”.
    """
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Contrast ratio, from 1 (the same) to 21 (black and white).

    W3C, Web Content Accessibility Guidelines 2.2, “contrast ratio”: (L1 + 0.05) / (L2 + 0.05).
    """
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def passes(colour: str, grounds: Iterable[str]) -> bool:
    """Whether text of this colour can be read on each of the grounds."""
    return all(ratio(colour, ground) >= TEXT for ground in grounds)


def nearest(colour: str, enough: Callable[[str], bool]) -> str | None:
    """The colour itself where it is enough; else the tone of its hue that is, with the least
    change of lightness; none where there is none. `enough` must hold for black or for white, and
    from there on up to some tone.

    Lightness is that of OKLCH, where equal steps look equal, and a tone keeps hue and, as far as a
    screen can show it, chroma.
    """
    if enough(colour):
        return colour
    start = lightness(colour)
    found = [tone for end in (0.0, 1.0) if (tone := _until(colour, end, enough))]
    return min(found, key=lambda tone: abs(lightness(tone) - start)) if found else None


def lightness(colour: str) -> float:
    """Lightness as it is seen, from 0 (black) to 1 (white): L of OKLab."""
    return _oklab(colour)[0]


def toned(colour: str, lightness: float, most: float = math.inf) -> str:
    """The colour's hue in another lightness (0 to 1), with at most so much chroma, and no more than
    sRGB can show."""
    _, a, b = _oklab(colour)
    chroma = math.hypot(a, b)
    wanted = min(chroma, most)
    a, b = (a * wanted / chroma, b * wanted / chroma) if chroma else (0.0, 0.0)
    share, too_much = 1.0 if _shows(lightness, a, b) else 0.0, 1.0
    while too_much - share > _NEAR:
        middle = (share + too_much) / 2
        if _shows(lightness, a * middle, b * middle):
            share = middle
        else:
            too_much = middle
    return "#" + "".join(f"{_encoded(part):02x}" for part in _rgb(lightness, a * share, b * share))


def _until(colour: str, end: float, enough: Callable[[str], bool]) -> str:
    """The first tone that is enough on the way to black (0) or white (1), by bisection; none where
    not even the end is."""
    tone = toned(colour, end)
    if not enough(tone):
        return ""
    fails, fits = lightness(colour), end
    while abs(fits - fails) > _NEAR:
        middle = (fails + fits) / 2
        between = toned(colour, middle)
        if enough(between):
            fits, tone = middle, between
        else:
            fails = middle
    return tone


# sRGB (IEC 61966-2-1) and OKLab (Björn Ottosson, “A perceptual color space for image processing”,
# 2020), with the matrices given there for linear sRGB.


def _linear(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _decoded(red), _decoded(green), _decoded(blue)


def _decoded(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004


def _encoded(part: float) -> int:
    part = min(max(part, 0.0), 1.0)
    value = part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055  # noqa: PLR2004
    return round(value * 255)


def _oklab(colour: str) -> tuple[float, float, float]:
    red, green, blue = _linear(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _rgb(lightness: float, a: float, b: float) -> tuple[float, float, float]:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _shows(lightness: float, a: float, b: float) -> bool:
    return all(-_IN_GAMUT <= part <= 1 + _IN_GAMUT for part in _rgb(lightness, a, b))
