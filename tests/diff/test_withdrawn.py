"""What may not be read any more is not in what is compared."""

from dataclasses import replace

import pytest

from report.diff.change import Kind
from report.diff.compare import compare
from report.diff.summary import Comparison
from report.diff.text import Untranslated
from report.diff.told import as_json, as_text
from report.diff.withdrawn import WITHDRAWN, WITHHELD, blanked, without
from report.gate import gate
from report.model.withheld import Mark, Withheld, Words
from tests.diff.texts import block, inline, table, text

SAID = "I keep a small lamp beside my bed because the nights are long"
HELD = Withheld(
    words=(Words("withdrawn", "quote Q1", SAID),),
    marks=(Mark("withdrawn", "the id N2", "N2"),),
)


def test_a_quote_in_a_sentence_goes_with_who_said_it() -> None:
    quote = inline("Q1", SAID, "N2, nurse")
    markdown = f"# A\n\nA nurse said so: {quote.markdown}. Others slept.\n"
    assert blanked(markdown, HELD, [quote]) == (
        "# A\n\nA nurse said so: \\[withdrawn\\]. Others slept.\n"
    )


def test_a_quote_that_is_set_apart_stays_one() -> None:
    quote = block("Q1", SAID, "N2, nurse")
    assert blanked(f"Before.\n\n{quote.markdown}\n\nAfter.\n", HELD, [quote]) == (
        "Before.\n\n::: {.quote}\n> \\[withdrawn\\]\n:::\n\nAfter.\n"
    )


def test_a_short_quote_goes_by_its_id() -> None:
    held = Withheld(words=(Words("consent", "quote Q1", "Yes."),))
    quote = inline("Q1", "Yes.")
    assert blanked(f"A nurse: {quote.markdown}\n", held, [quote]) == "A nurse: \\[withheld\\]\n"


@pytest.mark.parametrize(
    "markdown",
    [
        f"It was so. {SAID}. And then.\n",
        f"- It was so. {SAID}.\n- And then.\n",
        f"# {SAID}\n\nAnd then.\n",
        "I keep a small lamp. Beside my bed\nbecause the nights are long. And then.\n",
        f'![A picture.](x){{fig-alt="{SAID}."}}\n',
        f"So [{SAID}]{{.term}} it is.\n",
        f"---\ntitle: 'x'\nabstract: '{SAID}. And then.'\n---\n\nAnd then.\n",
        f"| A | B |\n|---|---|\n| {SAID} | N2 |\n",
        "They are N1–N3, and N2 is one.\n",
    ],
)
def test_words_that_stand_anywhere_go_and_the_gate_finds_none(markdown: str) -> None:
    assert gate({"x.qmd": markdown.encode()}, HELD)
    left = blanked(markdown, HELD)
    assert not gate({"x.qmd": left.encode()}, HELD)
    assert "withdrawn" in left
    assert blanked(left, HELD) == left


def test_only_the_sentence_goes() -> None:
    left = blanked(f"It was so. {SAID}. And then.\n", HELD)
    assert left == "It was so. \\[withdrawn\\] And then.\n"


def test_a_row_that_names_them_keeps_its_name_and_its_numbers() -> None:
    markdown = table(
        "| Session | Ward | Who | Number |",
        "| FG1 | North | N1–N3 | 3 |",
        "| FG2 | South | P1 | 1 |",
    )
    left = blanked(markdown, HELD)
    assert "| FG1 | \\[withdrawn\\] | \\[withdrawn\\] | 3 |" in left
    assert "| FG2 | South | P1 | 1 |" in left


def test_a_row_that_is_about_them_keeps_nothing() -> None:
    markdown = table("| Who | Ward | Age |", "| N2 | North | 47 |", "| P1 | South | 52 |")
    left = blanked(markdown, HELD)
    assert "47" not in left
    assert "| P1 | South | 52 |" in left


def test_a_table_of_people_without_ids_keeps_none_of_its_rows() -> None:
    rows = ("| Role | Ward |", "| Nurse | North |", "| Chief | South |")
    markdown = table(*rows, label="tbl-participants")
    left = blanked(markdown, HELD, gone=True)
    assert "Chief" not in left
    assert "Nurse" not in left
    assert "| Role | Ward |" in left
    assert blanked(markdown, HELD) == markdown


def test_a_table_that_counts_people_keeps_its_numbers() -> None:
    rows = ("| Group | Role | Number |", "| FG1 | Nurse (2) | 2 |")
    left = blanked(table(*rows, label="tbl-participants"), HELD, gone=True)
    assert "| FG1 | \\[withdrawn\\] | 2 |" in left


def test_a_number_that_tells_of_a_person_counts_nobody() -> None:
    rows = ("| Role | Age | Interviewed |", "| Nurse | 47 | in person |")
    left = blanked(table(*rows, label="tbl-participants"), HELD, gone=True)
    assert "47" not in left
    assert "Nurse" not in left
    rows = ("| Group | Age | Number |", "| FG1 | 47 (1), 48 (1) | 2 |")
    left = blanked(table(*rows, label="tbl-participants"), HELD, gone=True)
    assert "47" not in left
    assert "| FG1 |" in left
    assert "| 2 |" in left


def test_they_are_told_as_withdrawn_and_never_as_a_deletion() -> None:
    one, other = inline("Q1", SAID, "N2, nurse"), block("Q2", SAID, "N2, nurse")
    held = Withheld(words=(*HELD.words, Words("withdrawn", "quote Q2", SAID)), marks=HELD.marks)
    old = text(f"# A\n\nA nurse: {one.markdown}. So it was.\n\n{other.markdown}\n", one, other)
    difference = compare(without(old, held), text("# A\n\nSo it was.\n"))
    quotes = [(c.kind, c.old) for c in difference.changes if c.part == "quote"]
    assert quotes == [(Kind.WITHDRAWN, WITHDRAWN)] * 2
    told = as_text(Comparison("a", "b", (difference,))) + as_json(
        Comparison("a", "b", (difference,))
    )
    assert "lamp" not in told
    assert "N2" not in told
    assert difference.hidden == 2


def test_a_message_that_holds_them_is_not_told_as_untranslated() -> None:
    """Between two revisions both of which are from before the withdrawal."""
    gap = Untranslated("message", f"A nurse: {SAID}.", "nb", "data/locale/nb.po", 3)
    new = replace(text(f"A nurse: {SAID}.\n"), untranslated=(gap,))
    difference = compare(text("Nobody.\n"), without(new, HELD))
    assert "lamp" not in as_text(Comparison("a", "b", (difference,)))
    told = [(c.section, c.new) for c in difference.changes if c.part == "translation"]
    assert told == [("data/locale/nb.po:3", WITHDRAWN)]


def test_a_row_that_is_withheld_for_another_reason_is_told_so() -> None:
    held = Withheld(words=(Words("consent", "quote Q1", SAID),))
    old = text(table("| A | B |", f"| {SAID} | 2 |", "| x | 1 |"))
    difference = compare(without(old, held), text(table("| A | B |", "| x | 1 |")))
    assert [(c.kind, c.old) for c in difference.changes] == [(Kind.WITHHELD, WITHHELD)]


def test_what_is_withheld_for_another_reason_is_told_so() -> None:
    held = Withheld(words=(Words("masked", "quote Q1 that data/masks.csv:2 replaces", SAID),))
    quote = inline("Q1", SAID)
    new = inline("Q1", "I keep a small lamp [somewhere]")
    old = without(text(f"So: {quote.markdown}\n", quote), held)
    difference = compare(old, text(f"So: {new.markdown}\n", new))
    assert [(c.kind, c.old, c.new) for c in difference.changes if c.part == "quote"] == [
        (Kind.WITHHELD, WITHHELD, new.words)
    ]
