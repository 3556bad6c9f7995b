"""Escaped text is that text to pandoc, and nothing else, wherever it stands."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from report.compose.escape import markdown, plain
from tests.properties.hostile import LANGUAGES, MARKUP, UNSEEN, texts
from tests.properties.pandoc import READERS, normal, read

PLACES = {
    "block": "%s",
    "sentence": "Before %s after.",
    "line of a paragraph": "A line.\n%s\nA line.",
    "brackets": "(%s), “%s”",
    "span": "a [%s]{.x} b",
    "strong": "**%s**",
    "after a table": "| a |\n|:--|\n| b |\n\n%s",
    "before a table": "%s\n\n| a |\n|:--|\n| b |",
    "cell": "| a | b |\n|:--|--:|\n| %s | after |\n| x | %s |",
    "heading": "# %s {#sec-x}",
    "block quote": "> %s\n>\n> [%s]{.attribution}",
    "line of a block quote": "> x\\\n> %s\\\n> %s",
    "list item": "- %s\n- x",
    "numbered item": "1. %s\n2. %s",
    "caption": "![%s](x.svg){#fig-x}",
}
KNOWN = [*MARKUP, *LANGUAGES, *UNSEEN[:5]]
BATCHES = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("place", PLACES)
@BATCHES
@given(st.lists(texts(), min_size=1, max_size=60))
@example(KNOWN)
def test_data_is_text(reader: str, place: str, strings: list[str]) -> None:
    source = PLACES[place]
    (wanted,) = read([source.replace("%s", "QQ")], reader)
    found = read([source.replace("%s", markdown(text)) for text in strings], reader)
    for text, tree in zip(strings, found, strict=True):
        assert tree == filled(wanted, normal(text)), text


def filled(tree: object, text: str) -> object:
    """The tree with the text where its stand-in is."""
    match tree:
        case str():
            return tree.replace("QQ", text)
        case list():
            return [filled(part, text) for part in tree]
        case dict():
            return {key: filled(value, text) for key, value in tree.items()}
    return tree


@given(texts())
def test_plain_takes_back_what_markdown_escaped(text: str) -> None:
    assert normal(plain(markdown(text))) == normal(text)
