"""A text in blocks: nothing lost, and no words that a translator never sees."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.model.blocks import blocks

words = st.lists(
    st.sampled_from(
        """\
lamp|night,|**bold**|[@braun2006]|{{ quote("Q1") }}|{{ n ¦ words }}|æøå|don’t|(i)|a_b|3.5|¦|#|-
[a](https://x.y/z)|`code`|—""".replace("\n", "|").split("|")
    ).map(lambda word: word.replace("¦", "|")),
    min_size=1,
    max_size=6,
).map(lambda some: " ".join(["Word", *some]))
wrapped = st.builds(lambda some, mark: some.replace(" ", mark, 1), words, st.sampled_from(" \n"))
pieces = st.one_of(
    wrapped,
    st.builds(
        "{} {}{}".format, st.sampled_from(["#", "##"]), words, st.sampled_from(["", " {#x}"])
    ),
    st.builds("{}\n===".format, words),
    st.lists(words, min_size=1, max_size=3).map(lambda some: "\n".join(f"- {w}" for w in some)),
    st.lists(words, min_size=1, max_size=3).map(lambda some: "\n".join(f"1. {w}" for w in some)),
    st.builds("> {}".format, words),
    st.builds("::: {{.x}}\n{}\n:::".format, words),
    st.builds("[^n]: {}".format, words),
    st.builds("| a | {} |\n|---|---|\n| b | c |".format, st.sampled_from(["x", "{{ n }}"])),
    st.sampled_from(['{{ table("x") }}', "```\n# no heading\n```", "---", "[x]: https://x.y"]),
)
texts = st.lists(pieces, max_size=6).map("\n\n".join)


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def parts(text: str) -> list[tuple[str, str]]:
    """The kinds and words of a text's blocks."""
    return [(block.kind, block.text) for block in blocks(text) if block.text]


@given(texts)
def test_the_blocks_together_are_the_text(text: str) -> None:
    found = list(blocks(text))
    assert flat("".join(b.before + b.text for b in found)) == flat(text)
    assert [b.text for b in found][-1:] == [""]
    for block in found:
        assert text[block.start :].startswith(block.text.partition("\n")[0].split(" ")[0])
        assert text[: block.start].endswith(block.before)


@given(st.text(alphabet="#-*+>|:`~{}%[]^ \n\t\\=1.aA\r", max_size=60))
def test_any_text_has_blocks(text: str) -> None:
    found = list(blocks(text))
    assert re.sub(r"\{%#.*?%\}", "", found[-1].before) in text or "{%#" in text
    assert found[-1].text == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb\n\nc", [("paragraph", "a b"), ("paragraph", "c")]),
        ("# H {#sec-x}\n\na", [("heading", "H"), ("paragraph", "a")]),
        ("## H ##\na", [("heading", "H"), ("paragraph", "a")]),
        ("H\n===\n\na", [("heading", "H"), ("paragraph", "a")]),
        ("H\n---\na", [("heading", "H"), ("paragraph", "a")]),
        ("# {{ n }} lamps", [("heading", "{{ n }} lamps")]),
        ("- a\n  b\n- c", [("list item", "a b"), ("list item", "c")]),
        ("1. a\n2. b", [("list item", "a"), ("list item", "b")]),
        ("(a) b", [("list item", "b")]),
        ("- a\n    - b", [("list item", "a"), ("list item", "b")]),
        (
            "| a | b |\n|---|:-:|\n| c | d |",
            [("table row", "| a | b |"), ("table row", "| c | d |")],
        ),
        (
            "| a |\n|---|\n\n: Said {#tbl-x}",
            [("table row", "| a |"), ("footnote", "Said {#tbl-x}")],
        ),
        ("a[^n]\n\n[^n]: b\n    c", [("paragraph", "a[^n]"), ("footnote", "b c")]),
        ("> a\n> b\n>\n> c", [("paragraph", "a b"), ("paragraph", "c")]),
        ("::: {.x}\na\n:::", [("paragraph", "a")]),
        (":::: x\n::: {.y}\na\n:::\n::::", [("paragraph", "a")]),
        ("{%# note %}\n\na {%# note %} b", [("paragraph", "a b")]),
        ("{%# a\n\nb %}c", [("paragraph", "c")]),
        ("```\na\n\n# b\n```\n\nc", [("paragraph", "c")]),
        ("~~~ {.r}\na\n~~~", []),
        ("a\\\nb", [("paragraph", "a\\\nb")]),
        ("a  \nb", [("paragraph", "a\\\nb")]),
        ("> a\\\n> b", [("paragraph", "a\\\nb")]),
        ('{{ quote("Q1") }}', []),
        ('{{ block_quote("Q1") }}\n\n{{ table("x") }}\n\n{{ figure("y") }}', []),
        ('{{ quotes_of(\n  "x"\n) }}', []),
        ("{{ n }}", [("paragraph", "{{ n }}")]),
        ('She: {{ quote("Q1") }}', [("paragraph", 'She: {{ quote("Q1") }}')]),
        ("a\n\n---\n\n***\n\nb", [("paragraph", "a"), ("paragraph", "b")]),
        ("[x]: https://x.y\n\n12 %", []),
        ("", []),
        ("Term\n:   what it is", [("paragraph", "Term"), ("footnote", "what it is")]),
    ],
)
def test_the_words_of_a_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        '{{ quote("Q1") }} said by {{ role("x") }}',
        '{{ quote("Q1") }} and {{ quote("Q2") }}',
        '{{ quote("Q1") }}, she said, and the {{ n }} others agreed.',
    ],
)
def test_words_beside_a_quote_are_words(text: str) -> None:
    assert parts(text) == [("paragraph", text)]


@pytest.mark.parametrize(
    "text",
    [
        "A. Smith said so.",
        "We thank\nA. Smith for the lamps.",
        "It was so until\n2023. Then it ended.",
        "Lamps helped\n- as they said - all.",
    ],
)
def test_a_line_that_looks_like_an_item_is_part_of_its_paragraph(text: str) -> None:
    """As pandoc has it: a list follows an empty line, and a capital letter two spaces."""
    assert parts(text) == [("paragraph", text.replace("\n", " "))]


def test_indented_code_bears_no_words() -> None:
    assert parts("a\n\n    code = 1\n\nb") == [("paragraph", "a"), ("paragraph", "b")]


def test_sections_are_told_by_their_headings() -> None:
    found = [b for b in blocks("z\n\n# A\n\nx\n\n## B\n\ny\n\n# A\n\nw\n\n# A\n\nv") if b.text]
    assert [(b.section, b.text) for b in found] == [
        ("", "z"),
        ("A", "A"),
        ("A", "x"),
        ("A / B", "B"),
        ("A / B", "y"),
        ("A (2)", "A"),
        ("A (2)", "w"),
        ("A (3)", "A"),
        ("A (3)", "v"),
    ]


def test_a_heading_that_is_called_like_a_second_one_is_another() -> None:
    found = [
        b.section for b in blocks("# A\n\nx\n\n# A (2)\n\ny\n\n# A\n\nz") if b.kind != "heading"
    ]
    assert len({section for section in found if section}) == 3


def test_much_is_read_soon() -> None:
    text = "{{ " * 3000 + "{%# " * 3000 + "```\n" * 3001 + "> - " * 3000 + "x"
    assert list(blocks(text))
