"""Narrow windows, larger letters, wider spacing: nothing is lost and nothing scrolls sideways."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from .studies import PAGES

pytestmark = pytest.mark.chromium

SPACING = """
* {
  line-height: 1.5 !important;
  letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important;
}
p { margin-bottom: 2em !important; }
"""
"""What a reader may set (WCAG 2.2, 1.4.12)."""


def lost(page: Page) -> dict[str, object]:
    """What went wrong with the page as it stands; nothing, where all is well."""
    found = {
        name: page.evaluate(f"probe.{name}()")
        for name in ("wider", "outside", "clipped", "overlapping")
    }
    return {name: told for name, told in found.items() if told}


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_lost(name: str, opened: Callable[..., Page], probe: str) -> None:
    # 320 by 256 is a window of 1280 by 1024 at 400 % (1.4.10).
    page = opened(name, 320, 256)
    page.evaluate(probe)
    assert lost(page) == {}
    assert page.evaluate("probe.broken()") == []
    page.add_style_tag(content=SPACING)
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert lost(page) == {}, f"spaced, at {width} pixels"


@pytest.mark.parametrize("name", PAGES)
def test_letters_may_be_twice_as_large(name: str, opened: Callable[..., Page], probe: str) -> None:
    page = opened(name)
    session = page.context.new_cdp_session(page)
    size = "parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
    before = page.evaluate(size)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    page.evaluate(probe)
    assert page.evaluate(size) == 2 * before
    for width in (640, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert lost(page) == {}, f"at {width} pixels"


def test_a_band_is_as_high_as_the_explanations_beside_it(opened: Callable[..., Page]) -> None:
    page = opened("example/briefing.en", 1280)
    page.evaluate("""for (const note of document.querySelectorAll(".term-note"))
      note.append(" and more".repeat(60))""")
    outside = """[...document.querySelectorAll(".key-messages .term-note")].filter((note) => {
      const band = note.closest(".key-messages").getBoundingClientRect();
      return note.getBoundingClientRect().bottom > band.bottom;
    }).length"""
    assert page.evaluate(outside) == 0


def test_what_is_lost_is_found(opened: Callable[..., Page], probe: str) -> None:
    page = opened("example/lay.en", 320)
    page.evaluate(probe)
    page.evaluate("document.querySelector('h1').style.whiteSpace = 'nowrap'")
    assert lost(page).keys() == {"wider", "outside"}
    page.evaluate("document.querySelector('h1').style.cssText = 'font-size: 160px'")
    assert page.evaluate("probe.broken()") != []
    page.reload()
    page.evaluate(probe)
    page.evaluate("document.querySelector('main p').style.cssText = 'height: 20px'")
    assert lost(page).keys() == {"overlapping"}
    page.evaluate("document.querySelector('main p').style.overflow = 'hidden'")
    assert "clipped" in lost(page)


@pytest.mark.parametrize("name", ["example/index", "example/lay.en"])
def test_a_word_of_any_length_is_broken(name: str, opened: Callable[..., Page], probe: str) -> None:
    page = opened(name, 320)
    page.evaluate(probe)
    page.evaluate("document.querySelectorAll('h1, h2, h3').forEach(h => h.append('x'.repeat(90)))")
    assert lost(page) == {}
