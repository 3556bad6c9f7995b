"""Colours as a browser shows them: contrast of text and of the focus, forced colours, paper."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page

from .studies import PAGES

pytestmark = pytest.mark.chromium
AAA = 7.0
"""The contrast of text with its ground (WCAG 2.2, 1.4.6)."""


@pytest.mark.parametrize("name", PAGES)
def test_text_stands_out_in_both_schemes_and_on_paper(
    name: str, opened: Callable[..., Page], probe: str
) -> None:
    page = opened(name)
    page.evaluate(probe)
    assert page.evaluate("probe.texts()") > 10
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(f"probe.faint({AAA})") == {}, scheme
        page.emulate_media(media="print", color_scheme=scheme)
        assert page.evaluate(f"probe.faint({AAA}, true)") == {}, f"printed, from {scheme}"
        assert page.evaluate("probe.hidden()") == []
        page.emulate_media(media="screen")


def test_what_does_not_stand_out_is_found(opened: Callable[..., Page], probe: str) -> None:
    page = opened("example/lay.en")
    page.evaluate(probe)
    page.evaluate("document.querySelector('h2:not(.key-messages *)').style.color = '#767676'")
    ((told, ratio),) = page.evaluate(f"probe.faint({AAA})").items()
    assert told.startswith("h2.")
    assert ratio == pytest.approx(4.54, abs=0.01)  # as WCAG's own examples have it


@pytest.mark.parametrize("name", [name for name in PAGES if not name.endswith("index")])
def test_a_link_is_told_by_more_than_its_colour(
    name: str, opened: Callable[..., Page], probe: str
) -> None:
    page = opened(name)
    page.evaluate(probe)
    assert page.evaluate("probe.plain()") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_charts_can_be_seen_in_forced_colours(scheme: str, opened: Callable[..., Page]) -> None:
    """Charts are drawn in dark on nothing: a ground that the reader forces may be dark as well."""
    page = opened("example/journal.en", color_scheme=scheme, forced_colors="active")
    pictures = page.locator("figure img")
    assert pictures.count() == 2
    for picture in pictures.all():
        shades = Image.open(BytesIO(picture.screenshot())).convert("L").histogram()
        count = sum(shades)
        assert sum(shades[230:]) > count / 2, "the paper"
        assert sum(shades[:80]) > count / 200, "the ink"
