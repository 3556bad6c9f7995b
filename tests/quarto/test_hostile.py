"""Texts that would be code to Quarto come out as they went in, and nothing runs."""

import random
from pathlib import Path

import pytest
from lxml import html

from tests.properties.test_whole_way import HARMLESS_LINKS, KNOWN, comes_out_as_it_went_in

pytestmark = pytest.mark.quarto

OF_QUARTO = (
    "{{< include data/study.yml >}}", "{{< env HOME >}}", "{{< env HOME fallback >}}",
    "{{< meta title >}}", "{{< var x >}}", "{{< video https://x.y/z.mp4 >}}", "{{< pagebreak >}}",
    "{{< lipsum 2 >}}", "{{< kbd Ctrl-C >}}", "{{< version >}}", "{{< embed x.ipynb >}}",
    "{{{< env HOME >}}}", "```{python} print(6*7) ```", "`{python} 6*7`", "`{r} 6*7`", "{python}",
    "```{mermaid} graph ```", "::: {.callout-note} x :::", "::: {.content-hidden} x :::",
    '::: {.content-visible when-format="html"}', "[x]{.content-hidden}", ":::{.column-margin}",
    "[x]{.aside}", "#| eval: true", "!expr Sys.time()", "%%{init: {}}%%", "<<x>>", "?var:x",
    "?meta:title", "`<script>alert(1)</script>`{=html}", "$$x$$ {#eq-x}", "@eq-x", "@lst-x",
    "{#fig-x}", "+++", "<!-- {{< env HOME >}} -->", "quarto-executable-code-5450563D",
)  # fmt: skip
"""What does something in Quarto and nowhere else."""


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_known_to_be_hostile(seed: int) -> None:
    texts = [*OF_QUARTO, *OF_QUARTO, *KNOWN]
    random.Random(seed).shuffle(texts)
    comes_out_as_it_went_in(texts, ["journal", "lay"], "quarto", nothing_acts)


def nothing_acts(file: Path) -> None:
    """In the text, that is: Quarto's page has scripts of its own."""
    page = html.fromstring(file.read_bytes())
    (main,) = page.xpath("//main")
    assert not main.xpath(".//script | .//iframe | .//math | .//del | .//b | .//@onclick")
    assert not main.xpath(".//video | .//code | .//*[contains(@class, 'callout')]")
    links = [link for link in main.xpath(".//@href") if not HARMLESS_LINKS.match(link)]
    assert links == []
    assert not [image for image in main.xpath(".//@src") if not image.startswith("data:")]
