"""Sentences, quotes, tables, figures, works and translations of two states."""

from dataclasses import replace

import pytest

from report.diff.change import Change, Kind, Part
from report.diff.compare import compare
from report.diff.text import Text, Untranslated, read, written
from tests.diff.texts import block, inline, table, text


def found(old: Text, new: Text, part: Part) -> list[Change]:
    return [change for change in compare(old, new).changes if change.part is part]


def said(old: str, new: str) -> list[tuple[Kind, str, str]]:
    return [(c.kind, c.old, c.new) for c in found(text(old), text(new), Part.TEXT)]


def test_sentences_are_compared_one_by_one() -> None:
    old = "# A\n\nIt was late. A lamp helps at night. Nobody came.\n"
    new = "# A\n\nIt was late. A small lamp helps at night. Nobody came. Then it was day.\n"
    assert said(old, new) == [
        (Kind.REWORDED, "A lamp helps at night.", "A small lamp helps at night."),
        (Kind.ADDED, "", "Then it was day."),
    ]


def test_markup_that_shows_nothing_is_no_difference() -> None:
    old = "A lamp\nhelps *much* \\(here\\) and [there]{.term}.\n"
    assert said(old, "A lamp helps much (here) and there.\n") == []


def test_a_paragraph_that_was_split_says_the_same() -> None:
    assert said("One is here. Two is there.\n", "One is here.\n\nTwo is there.\n") == []


def test_a_sentence_is_told_with_the_headings_above_it() -> None:
    old, new = "# A\n\n## B\n\nIt is so.\n", "# A\n\n## B\n\nIt is not so.\n"
    assert [c.section for c in found(text(old), text(new), Part.TEXT)] == ["A / B"]


def test_the_state_in_the_colophon_and_the_notice_of_a_draft_are_passed_over() -> None:
    new = "::: {.draft-notice}\nDraft\n:::\n\nSame.\n\n::: {.colophon}\nState 2.\n:::\n"
    assert not compare(text("Same.\n\n::: {.colophon}\nState 1.\n:::\n"), text(new))


def test_quotes_come_go_and_are_reworded_by_their_ids() -> None:
    gone, came = inline("Q2", "It rained all day"), block("Q10", "It was warm")
    was, now = inline("Q1", "A lamp helps"), inline("Q1", "A small lamp helps")
    old = text(f"A nurse: {was.markdown}. Another: {gone.markdown}.\n", was, gone)
    new = text(f"A nurse: {now.markdown}. Another: …\n\n{came.markdown}\n", now, came)
    assert [(c.kind, c.name, c.old, c.new) for c in found(old, new, Part.QUOTE)] == [
        (Kind.REWORDED, "Q1", "A lamp helps", "A small lamp helps"),
        (Kind.DELETED, "Q2", "It rained all day", ""),
        (Kind.ADDED, "Q10", "", "It was warm"),
    ]
    assert not [c for c in found(old, new, Part.TEXT) if "lamp" in c.old + c.new]


@pytest.mark.parametrize("shape", [inline, block])
def test_another_speaker_is_told(shape: type) -> None:
    was, now = shape("Q1", "A lamp helps", "M1, manager"), shape("Q1", "A lamp helps", "N1, nurse")
    old, new = (text(f"{q.markdown}\n", q) for q in (was, now))
    assert [(c.kind, c.old, c.new) for c in found(old, new, Part.QUOTE)] == [
        (Kind.SPEAKER, "M1, manager", "N1, nurse")
    ]


def cells(old: str, new: str) -> list[tuple[Kind, str, str, str, str]]:
    changes = found(text(old), text(new), Part.TABLE)
    return [(c.kind, c.row, c.column, c.old, c.new) for c in changes]


def test_a_cell_is_told_by_its_row_and_column() -> None:
    old = table("| Theme | Nurses | All |", "| Light | 1 | 2 |", "| Talk | 3 | 4 |")
    new = table("| Theme | Nurses | All |", "| Light | 1 | 2 |", "| Talk | 2 | 4 |")
    assert cells(old, new) == [(Kind.CHANGED, "Talk", "Nurses", "3", "2")]


def test_rows_and_columns_come_and_go() -> None:
    old = table("| Theme | A | B |", "| Light | 1 | 2 |", "| Talk | 3 | 4 |")
    new = table("| Theme | B | C |", "| Light | 2 | 9 |")
    assert cells(old, new) == [
        (Kind.ADDED, "", "C", "", ""),
        (Kind.DELETED, "", "A", "", ""),
        (Kind.DELETED, "Talk", "", "Talk | 3 | 4", ""),
    ]


def test_a_column_that_is_called_otherwise_is_the_same() -> None:
    old = table("| Theme | A |", "| Light | 1 |")
    new = table("| Theme | B |", "| Light | 2 |")
    assert cells(old, new) == [
        (Kind.REWORDED, "", "B", "A", "B"),
        (Kind.CHANGED, "Light", "B", "1", "2"),
    ]


def test_a_row_that_has_no_name_of_its_own_bears_the_one_above() -> None:
    old = table("| Theme | Sub |", "| Light | Lamp |", "|  | Window |")
    new = table("| Theme | Sub |", "| Light | Lamp |", "|  | Door |")
    assert cells(old, new) == [(Kind.CHANGED, "Light, Door", "Sub", "Window", "Door")]


def test_tables_come_and_go() -> None:
    one = table("| A |", "| 1 |", label="tbl-one", caption="One.")
    assert [c[0] for c in cells(one, "Nothing.\n")] == [Kind.DELETED]
    assert [c[0] for c in cells("Nothing.\n", one)] == [Kind.ADDED]


def test_a_figure_that_was_drawn_anew_is_told() -> None:
    markdown = '![Who.](lay.en_files/people){#fig-people fig-alt="A row."}\n'
    old = replace(text(markdown), assets={"lay.en_files/people.svg": "1"})
    new = replace(text(markdown), assets={"lay.en_files/people.svg": "2"})
    assert [(c.kind, c.name) for c in found(old, new, Part.FIGURE)] == [(Kind.REDRAWN, "Who.")]
    assert not compare(old, old)


def test_titles_and_works_are_told() -> None:
    old, new = text("So [@a2001].\n"), text("So [@b2002].\n")
    new = replace(new, markdown=new.markdown.replace("A study", "The study"))
    assert [(c.name, c.new) for c in found(old, new, Part.TITLE)] == [("title", "The study")]
    assert [(c.kind, c.name) for c in found(old, new, Part.WORK)] == [
        (Kind.ADDED, "b2002"),
        (Kind.DELETED, "a2001"),
    ]


def test_translations_that_became_stale_are_told_and_old_gaps_are_not() -> None:
    known = Untranslated("message", "Before", "nb", "data/locale/nb.po", 3)
    stale = Untranslated("quote", "Q1", "nb", "data/quote_translations.csv", 2, stale=True)
    old = replace(text("Same.\n"), untranslated=(known,))
    new = replace(text("Same.\n"), untranslated=(known, stale))
    assert found(old, new, Part.TRANSLATION) == [
        Change(Part.TRANSLATION, Kind.STALE, "Q1", "data/quote_translations.csv:2")
    ]


def test_a_text_is_read_as_it_was_written() -> None:
    one = replace(
        text("A nurse: x\n", inline("Q1", "A lamp"), participants=3),
        untranslated=(Untranslated("message", "x", "nb", "y"),),
    )
    assert read(written(one)) == one


@pytest.mark.parametrize("damaged", [b"", b"{", b"[]", b"{}", b'{"text": 1, "said": 3}', b"\xff"])
def test_a_damaged_text_is_none(damaged: bytes) -> None:
    assert read(damaged) is None
