"""What of a composed document is running text, and what is a quote."""

from textwrap import dedent

import pytest
from hypothesis import example, given

from report.readability.reading import read
from report.readability.running_text import passages
from tests.properties.hostile import texts


def own(markdown: str) -> list[str]:
    return [passage.text for passage in passages(dedent(markdown)) if not passage.is_quote]


def quotes(markdown: str) -> list[str]:
    return [passage.text for passage in passages(dedent(markdown)) if passage.is_quote]


@pytest.mark.parametrize(
    "apart",
    [
        "# A heading {#sec-x}",
        "A heading\n=========",
        "| a | b |\n|---|---|\n| one | two |",
        "::: {#tbl-x}\n\n| a |\n|---|\n| b |\n\nThe caption.\n\n:::",
        '![A caption.](map.png){#fig-x fig-alt="A map."}',
        "::: {.facts}\n- [48]{.number} people\n:::",
        "::: {.statements}\n# Funding\n\nFoundation Dam paid.\n\n- PW: peer worker\n:::",
        "::: {.contact}\nWrite to us.\n:::",
        "::: {.colophon}\nBuilt from data.\n:::",
        "::: {.glossary}\n[ward]{#term-ward}\n:   a part of a hospital\n:::",
        '::: {.translated-abstract lang="nb"}\nHva skjer?\n:::',
        "::: {lang=nb}\nHva skjer?\n:::",
        "[^1]: A note.",
        "[\\[nb: Ikke oversatt.\\]]{lang=nb .untranslated}",
        "```\ncode\n```",
        "[@alford2014; @osborne2016]",
        "---",
    ],
)  # fmt: skip
def test_what_is_no_running_text(apart: str) -> None:
    assert own(f"Before it.\n\n{apart}\n\nAfter it.\n") == ["Before it.", "After it."]
    assert quotes(apart) == []


def test_the_front_matter_is_none_and_lines_count_from_the_top() -> None:
    document = "---\ntitle: 'A study.'\nabstract: 'It is.'\n---\n\n# Why\n\nBecause.\nReally so.\n"
    assert [(p.text, p.line) for p in passages(document)] == [("Because.\nReally so.", 8)]
    assert [(s.text, s.line) for s in read(document, "en").sentences] == [
        ("Because.", 8),
        ("Really so.", 9),
    ]


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        (r"On 2\. May it cost 5\$ \[sic\] \*so\*\.\.\.", "On 2. May it cost 5$ [sic] *so*..."),
        ("A [link](https://x.org/a_b) and [a *span*]{.term}.", "A link and a span."),
        ("So [it is [here]{.x}]{.term} and <https://x.org>", "So it is here and"),
        ("As shown [@a; @b], it is^[A note.].[^1]", "As shown, it is."),
        ("**Bold**, _soft_, a_b, `code`, H~2~O, x^2^", "Bold, soft, a_b, code, H2O, x2"),
        (r"It is “a dark side” of it\: so.", "It is “a dark side” of it: so."),
        ("[[ward]{.term}](#term-ward) is", "ward is"),
        ('[ward]{.term} [[(]{.bracket}a part[)]{.bracket}]{.term-note term="ward"} is', "ward  is"),
    ],
)  # fmt: skip
def test_marks_and_backslashes_are_undone(markdown: str, shown: str) -> None:
    assert [text.strip() for text in own(markdown)] == [shown]


def test_items_are_passages_of_their_own() -> None:
    assert own("Three:\n\n- one thing\n- two things\n  and more\n\n1. first\n") == [
        "Three:",
        "one thing",
        "two things\nand more",
        "first",
    ]


QUOTED = """
    ::: {.pull-quote}
    > We do what we can \\
    > every day
    >
    > [A manager]{.attribution}
    :::

    One said: “It is hard to say how long it takes.” (a manager). It takes “a while”.

    > Said without a box

    Und „das hier sagte mir einmal jemand“ (M6), so.
"""


def test_quotes_are_apart_and_their_speakers_are_nobodys_words() -> None:
    assert quotes(QUOTED) == [
        "We do what we can \nevery day",
        "“It is hard to say how long it takes.”",
        "Said without a box",
        "„das hier sagte mir einmal jemand“",
    ]
    reading = read(dedent(QUOTED), "en")
    assert [s.text for s in reading.sentences] == [
        "One said: “…”.",
        "It takes “a while”.",
        "Und “…”, so.",
    ]
    assert reading.quoted == 7 + 9 + 4 + 6


def test_a_quote_in_another_language_counts_as_a_quote() -> None:
    markdown = '::: {.quote}\n> [Det er ikke så lett]{lang="nb"}\n:::\n'
    assert quotes(markdown) == ["Det er ikke så lett"]


def test_where_a_term_is_explained_is_known() -> None:
    (passage,) = passages("A [peer *worker*]{.term} (someone) helps.")
    ((start, end),) = passage.explained
    assert passage.text[start:end] == "peer worker"


@given(texts())
@example("“[It is so” and so]{.term} “and [so it goes on” on]{lang=nb} [a [b]{.term} c]{.term}")
@example("\ue000 \ue001 \ue003 is \ue004 \ue150 here. [x]{.term}")
@example("> \ue003 x")
def test_any_text_can_be_read(text: str) -> None:
    reading = read(text, "en")
    assert reading.counts.long_words <= reading.counts.words
    assert bool(reading.indices) == bool(reading.sentences)


def test_the_hardest_sentence_is_long_or_has_long_words() -> None:
    text = "We sat and we ate and we sat. Administration complicates implementation. We ate. "
    reading = read(text, "en")
    assert reading.hardest(1)[0].text.startswith("Administration")
    assert reading.longest(1)[0].text.startswith("We sat")
    assert read("", "en").hardest(3) == []
