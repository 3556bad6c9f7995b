"""A translation takes the place of its source's words, and begins nothing of its own."""

import pytest

from report.checks.translations import compare
from report.model.blocks import blocks, inline
from report.model.diagnostic import Location

AT = Location("data/locale/nb.po", 1, 1)


@pytest.mark.parametrize(
    "date", ["12. mars 2020 stengte avdelingen.", "3. mai åpnet den.", "- nei"]
)
def test_a_date_at_the_start_is_no_list(date: str) -> None:
    block, _ = blocks(inline(date))  # and the end
    assert (block.before, block.kind) == ("", "paragraph")
    assert [p.code for p in compare(date.replace("mars", "March"), date, AT)] == []


@pytest.mark.parametrize(
    "translation", ["A\n\nB", "# Ny", "> sitat", "~~~\nx\n~~~", "::: {.draft-notice}", "| a | b |"]
)
def test_another_block_is_told(translation: str) -> None:
    assert "added-in-translation" in [p.code for p in compare("A text.", translation, AT)]
