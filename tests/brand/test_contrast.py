"""Contrast as WCAG has it, and tones that are no further from a colour than they must be."""

import re
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report import contrast
from report.config import templates
from report.model.brand import DARK, LIGHT, Scheme

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
GROUNDS = st.sampled_from([("#ffffff", "#f6efe6"), ("#14181a", "#24221e"), ("#fdf6e3",)])


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21),
        ("#ffffff", "#ffffff", 1),
        ("#777777", "#ffffff", 4.48),  # just below AA, as WCAG's own examples have it
        ("#767676", "#ffffff", 4.54),
        ("#595959", "#ffffff", 7.0),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_the_ratios_of_known_pairs(one: str, other: str, ratio: float) -> None:
    assert contrast.ratio(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast.ratio(one, other) == contrast.ratio(other, one)


@pytest.mark.parametrize(
    ("colour", "lightness"),
    [
        ("#ffffff", 1.0),
        ("#000000", 0.0),
        ("#ff0000", 0.628),
        ("#00ff00", 0.866),
        ("#0000ff", 0.452),
    ],
)
def test_the_lightness_of_known_colours(colour: str, lightness: float) -> None:
    """Values that CSS Color 4 gives for its named colours."""
    assert contrast.lightness(colour) == pytest.approx(lightness, abs=0.001)


@given(COLOURS)
def test_a_colour_in_its_own_lightness_is_itself(colour: str) -> None:
    assert contrast.toned(colour, contrast.lightness(colour)) == colour


@given(COLOURS, GROUNDS)
def test_the_nearest_tone_passes_and_no_nearer_one_does(
    colour: str, grounds: tuple[str, ...]
) -> None:
    near = contrast.nearest(colour, lambda tone: contrast.passes(tone, grounds))
    assert near is not None
    assert contrast.passes(near, grounds)
    start, end = contrast.lightness(colour), contrast.lightness(near)
    nearer = [start + (end - start) * share for share in (0.0, 0.3, 0.6, 0.9, 0.99)]
    other_way = [start - (end - start) * share for share in (0.3, 0.6, 0.9, 0.99)]
    for lightness in (*nearer, *other_way):
        tone = contrast.toned(colour, min(max(lightness, 0.0), 1.0))
        # between two tones that a screen can show lies none
        within_a_step = abs(contrast.lightness(tone) - end) < 0.006
        assert near == colour or within_a_step or not contrast.passes(tone, grounds), tone


@given(COLOURS)
def test_every_colour_has_a_tone_that_takes_text(colour: str) -> None:
    def takes(ground: str) -> bool:
        return any(contrast.passes(text, (ground,)) for text in ("#ffffff", "#000000"))

    near = contrast.nearest(colour, takes)
    assert near is not None
    assert takes(near)


def test_there_is_no_tone_between_two_grounds() -> None:
    assert contrast.nearest("#123456", lambda t: contrast.passes(t, ("#ffffff", "#000000"))) is None


@pytest.mark.parametrize("scheme", [LIGHT, DARK])
def test_our_own_colours_pass(scheme: Scheme) -> None:
    for text in (scheme.ink, scheme.muted, scheme.accent):
        assert contrast.passes(text, (scheme.paper, scheme.tint))
    assert contrast.passes(scheme.on_band, (scheme.band,))


def long(colour: str) -> str:
    digits = colour.removeprefix("#")
    return "#" + (digits if len(digits) == 6 else "".join(d + d for d in digits))


def test_our_own_colours_are_those_of_the_looks() -> None:
    """What is checked is what is shown."""
    theme = templates() / "theme"
    css = (theme / "html" / "base.css").read_text("utf-8")
    light, _, dark = css.partition("prefers-color-scheme: dark")
    for scheme, part in ((LIGHT, light), (DARK, dark)):
        said = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+);", part.partition("/* Page */")[0]))
        for name, colour in asdict(scheme).items():
            if name != "on_band" or scheme is LIGHT:
                assert long(said[name.replace("_", "-")]) == colour, name
    typst = dict(
        re.findall(r'#let ([a-z-]+) = rgb\("(.+?)"\)', (theme / "typst" / "brand.typ").read_text())
    )
    names = {"band": "band-fill", "on_band": "on-band", "rule": "hair"}
    assert typst == {names.get(name, name): colour for name, colour in asdict(LIGHT).items()}
