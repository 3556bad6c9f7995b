"""Markdown that the documents cannot have."""

import pytest

from report.checks import markup
from report.model.study import Prose


def told(text: str) -> list[tuple[str, int, int]]:
    found = markup.check(Prose("x", "data/text/x.md", text))
    return [(d.code, d.location.line, d.location.column) for d in found]


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a\n![b](/etc/passwd)", "image-in-prose", 2, 1),
        ("![b][c]\n\n[c]: d", "image-in-prose", 1, 1),
        ("![b]\n\n[b]: d", "image-in-prose", 1, 1),
        ("![a [b [c]]\nd](e)", "image-in-prose", 1, 1),
        ("![^1](/etc/passwd)\n\n[^1]: b", "image-in-prose", 1, 1),
        ("a [![b](c)](d)", "image-in-prose", 1, 4),
        ("a ` b\n\n![c](d)\n\ne ` f", "image-in-prose", 3, 1),
        ("a[^1] b", "unknown-footnote", 1, 2),
        ("a[^1]: b", "unknown-footnote", 1, 2),
        ("a[^b]\n\n[^c]: d", "unknown-footnote", 1, 2),
        ("so $p < 0.05$", "maths-in-prose", 1, 4),
        ("$$ p $$", "maths-in-prose", 1, 1),
        ("$5 and 6$ more", "maths-in-prose", 1, 1),
        ("$a\nb$", "maths-in-prose", 1, 1),
        ("---\ncsl: a\n---", "metadata-in-prose", 1, 1),
        ("a\n\n---\ncsl: a\n...", "metadata-in-prose", 3, 1),
        ("a `b`{=html}", "raw-in-prose", 1, 6),
        ("```{=typst}\n#x\n```", "raw-in-prose", 1, 4),
        ("``` {=typst}\n#x\n```", "raw-in-prose", 1, 5),
    ],
)
def test_each_is_told_at_its_place(text: str, code: str, line: int, column: int) -> None:
    assert told(text) == [(code, line, column)]


@pytest.mark.parametrize(
    "text",
    [
        "Oh! [a](b) !\\[c] \\![d](e) `![f](g)`",
        "```\n![a](b) $c$ [^1]\n```",
        "~~~\n![a](b)\n~~~",
        '{{ figure("![") }} {%# ![a](b) $c$ #%} {%# [^1] %}',
        "a[^1] b![^1]\n\n[^1]: c",
        "a^[a note]",
        "$5 and 6$7",
        "$ 8 $",
        "\\$a$",
        "$a\\$",
        "$9 $",
        "US$10 and US$20",
        "a\n\n---\n\nb",
        "Heading\n---\nb",
        "$a\n\nb$",
        "set {=} and {.html}",
    ],
)
def test_what_is_meant_otherwise_is_let_pass(text: str) -> None:
    assert told(text) == []
