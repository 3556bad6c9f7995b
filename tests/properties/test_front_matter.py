"""Escaped text in the front matter and in attributes is that text, and not YAML."""

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from report.compose.escape import Markdown, attribute, metadata
from tests.properties.hostile import LANGUAGES, MARKUP, texts
from tests.properties.pandoc import READERS, document, inlines, normal

KNOWN = [*MARKUP, *LANGUAGES, "yes", "null", "1e3", "2024-01-01", "%YAML 1.2", "? x", "a: b #c"]
MANY = st.lists(texts(), min_size=1, max_size=60)


@pytest.mark.parametrize("reader", READERS)
@settings(max_examples=15, deadline=None)
@given(MANY)
@example(KNOWN)
def test_front_matter(reader: str, strings: list[str]) -> None:
    lines = [f"k{n}: {metadata(text)}" for n, text in enumerate(strings)]
    lines += ["list:", *(f"  - name: {metadata(text)}" for text in strings)]
    meta = document("\n".join(["---", *lines, "---", "", "x"]), reader)["meta"]
    names = [entry["c"]["name"] for entry in meta["list"]["c"]]
    for n, text in enumerate(strings):
        assert words(meta[f"k{n}"]) == words(names[n]) == normal(text)


def words(value: Any) -> str:
    assert value["t"] == "MetaInlines", value
    assert len(inlines(value["c"])) == 1, value
    return str(inlines(value["c"])[0])


def test_paragraphs_stay_paragraphs() -> None:
    text = Markdown('A *b*: "c" \\@d.\n\n- e\n- f `g`')
    meta = document(f"---\nabstract: {metadata(text)}\nx: 1\n---\n", READERS[0])["meta"]
    plain = document(text, READERS[0])["blocks"]
    assert meta["abstract"]["c"] == plain


@pytest.mark.parametrize("reader", READERS)
@settings(max_examples=15, deadline=None)
@given(MANY)
@example(KNOWN)
def test_attributes(reader: str, strings: list[str]) -> None:
    source = "\n\n".join(f"[x]{{#i fig-alt={attribute(text)} .c}}" for text in strings)
    for text, block in zip(strings, document(source, reader)["blocks"], strict=True):
        (span,) = block["c"]
        (_, classes, attributes), _ = span["c"]
        assert classes == ["c"]
        (pair,) = attributes
        assert normal(pair[1]) == normal(text)
