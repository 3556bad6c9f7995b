"""The keyboard alone, and a browser that runs no scripts."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from .studies import PAGES

pytestmark = pytest.mark.chromium
LEAST = 24
"""Pixels that a target must measure (WCAG 2.2, 2.5.8)."""


def walk(page: Page, key: str, steps: int) -> list[dict[str, Any]]:
    """Where the key leads, until it leaves the page or has been pressed that often."""
    stops = []
    for _ in range(steps):
        page.keyboard.press(key)
        focus = page.evaluate("probe.focus()")
        if focus is None:
            break
        stops.append(focus)
    return stops


@pytest.mark.parametrize("name", PAGES)
def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(
    name: str, opened: Callable[..., Page], probe: str
) -> None:
    page = opened(name, 320, 600)
    page.evaluate(probe)
    expected = page.evaluate("probe.stops()")
    stops = walk(page, "Tab", len(expected) + 1)
    assert [stop["told"] for stop in stops] == expected
    # Backwards, what sticks to the top of the window may lie over what has the focus.
    back = walk(page, "Shift+Tab", len(expected))
    assert [stop["told"] for stop in back] == expected[::-1]
    stops += back
    assert [stop for stop in stops if stop["ring"] < 2 or stop["contrast"] < 3] == []
    assert [stop for stop in stops if not stop["seen"]] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("settings", [{}, {"forced_colors": "active"}], ids=["", "forced"])
@pytest.mark.parametrize("name", ["example/journal.en", "example/briefing.nb", "example/index"])
def test_the_focus_is_seen_in_every_scheme(
    name: str, settings: dict[str, str], scheme: str, opened: Callable[..., Page], probe: str
) -> None:
    page = opened(name, color_scheme=scheme, **settings)
    page.evaluate(probe)
    for _ in range(8):
        page.keyboard.press("Tab")
        focus = page.evaluate("probe.focus()")
        assert focus is None or (focus["ring"] >= 2 and focus["contrast"] >= 3), focus


@pytest.mark.parametrize("name", [name for name in PAGES if not name.endswith("index")])
def test_the_skip_link_comes_first_and_leads_to_the_text(
    name: str, opened: Callable[..., Page], probe: str
) -> None:
    page = opened(name)
    page.evaluate(probe)
    page.keyboard.press("Tab")
    assert page.evaluate("probe.focus().told").startswith("a.skip")
    assert page.evaluate(f"probe.small({LEAST})") == []
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    if page.evaluate("probe.focus()"):
        assert page.evaluate("document.activeElement.closest('header') === null")
        first = "document.querySelector('main :is(a[href], [tabindex]), footer a[href]')"
        assert page.evaluate(f"document.activeElement === {first}")


def test_arrows_scroll_a_wide_table(opened: Callable[..., Page]) -> None:
    page = opened("example/journal.en", 320)
    box = page.locator(".scroll").first
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")


@pytest.mark.parametrize("name", PAGES)
def test_targets_are_large_enough(name: str, opened: Callable[..., Page], probe: str) -> None:
    page = opened(name, 320)
    page.evaluate(probe)
    assert page.evaluate(f"probe.small({LEAST})") == []


@pytest.mark.parametrize("name", ["example/journal.en", "drafts/lay.sv", "languages/index"])
def test_a_page_is_the_same_without_scripts(name: str, opened: Callable[..., Page]) -> None:
    with_scripts, without = opened(name), opened(name, java_script_enabled=False)
    assert with_scripts.screenshot(full_page=True) == without.screenshot(full_page=True)
