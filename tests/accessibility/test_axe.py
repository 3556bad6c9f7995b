"""axe-core and the Nu HTML checker, over every page."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from .studies import PAGES

WIDTHS = (320, 768, 1280)

RUN = """async () => {
  const rules = Object.fromEntries(axe.getRules().map((rule) => [rule.ruleId, { enabled: true }]));
  const options = { rules, resultTypes: ["violations", "incomplete"] };
  const result = await axe.run(document, options);
  const nodes = (rules) => rules.flatMap((rule) =>
    rule.nodes.map((node) => [rule.id, node.target.join(" "), node.failureSummary]));
  return { found: nodes(result.violations), unsure: nodes(result.incomplete) };
}"""
"""Every rule that axe has: those of level AAA, the best practices and the experimental ones too."""

MEASURED = {"color-contrast", "color-contrast-enhanced", "hidden-content"}
"""Where axe is not sure (shadows at the edge of a scroll box, cells of one digit), test_colours.py
measures. What it calls hidden are brackets around explanations, where these stand in the margin: at
320 pixels they are shown, and looked at."""

WARNINGS = {
    # pandoc's own way of writing, and of putting styles and pictures into the page
    "The “type” attribute for the “style” element is not needed and should be omitted.",
    "The “img” role is unnecessary for element “img”.",
    # no more than a habit that HTML lets one have
    (
        "Trailing slash on void elements has no effect and interacts badly with unquoted"
        " attribute values."
    ),
}
UNTRUE = "Resource violates Content Security Policy (meta tag): image “data:image/svg+xml"
"""The policy says “img-src data:”; browsers show the picture, and test_structure.py sees it."""


def is_known(rule: str, element: str, _why: str) -> bool:
    """Whether what axe is not sure of is looked at elsewhere, or meant: beside the text an
    explanation has no brackets."""
    return rule in MEASURED or (rule == "hidden-content" and ".bracket" in element)


@pytest.mark.chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(name: str, scheme: str, opened: Callable[..., Page], axe: str) -> None:
    page = opened(name, color_scheme=scheme)
    page.evaluate(axe)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        result: dict[str, Any] = page.evaluate(RUN)
        assert result["found"] == [], f"at {width} pixels"
        assert [node for node in result["unsure"] if not is_known(*node)] == []


@pytest.mark.chromium
def test_axe_finds_what_is_wrong(opened: Callable[..., Page], axe: str) -> None:
    """Else its silence would say nothing."""
    page = opened("example/journal.en")
    page.evaluate(axe)
    page.evaluate("document.querySelector('tbody th').textContent = ''")
    page.evaluate("document.querySelector('main > div > p').style.color = '#888'")
    page.evaluate("document.querySelector('main h2').style.color = '#666'")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    found = {rule for rule, *_ in page.evaluate(RUN)["found"]}
    assert {
        "html-has-lang",
        "empty-table-header",
        "color-contrast",
        "color-contrast-enhanced",
    } <= found


@pytest.mark.java
def test_the_nu_checker_finds_no_error(pages: Path, nu: Path) -> None:
    files = [str(pages / f"{name}.html") for name in PAGES]
    command = ["java", "-jar", str(nu), "--format", "json", "--stdout", "--exit-zero-always"]
    done = subprocess.run([*command, *files], capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)["messages"]
    assert [message for message in told if message["type"] != "info"] == []
    news = {message["message"] for message in told} - WARNINGS
    assert {message for message in news if not message.startswith(UNTRUE)} == set()


@pytest.mark.java
def test_the_nu_checker_finds_what_is_wrong(tmp_path: Path, nu: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!DOCTYPE html><html lang=en><title>A</title><p id=a><p id=a>", "utf-8")
    command = ["java", "-jar", str(nu), "--format", "json", "--stdout", "--exit-zero-always"]
    done = subprocess.run([*command, str(page)], capture_output=True, text=True, check=True)
    assert "error" in {message["type"] for message in json.loads(done.stdout)["messages"]}
