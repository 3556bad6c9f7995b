"""Small cells are told, and known by a waiver only where the waiver shows them."""

import shutil
from pathlib import Path

import pytest

from report.check import check
from report.config import settings

BASE = Path(__file__).parents[1] / "studies" / "base"
WAIVER = "{cell: {ward: any}, reason: known, who: us, date: 2024}"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """The base study, whose wards have two people each; manuscripts show wards."""
    root = shutil.copytree(BASE, tmp_path / "study")
    file = root / "data" / "study.yml"
    file.write_text(file.read_text("utf-8").replace("identifying: []\n", ""), "utf-8")
    return root


def told(study: Path, audiences: str, *names: str) -> list[str]:
    (study / "data" / "audiences.yml").write_text(f"audiences:\n{audiences}", "utf-8")
    codes = ("small-cell", "waived-cell", "known-cell", "needless-waiver")
    found = check(settings(study), names).diagnostics
    return [f"{d.code} {d.message.split()[0]}" for d in found if d.code in codes]


def test_both_manuscripts_show_small_cells(study: Path) -> None:
    assert sorted(told(study, "  journal: {}\n")) == [
        *["small-cell journal"] * 2,
        *["small-cell reviewer"] * 2,
    ]


def test_what_the_journal_shows_by_a_waiver_is_known(study: Path) -> None:
    said = f"  journal: {{waivers: [{WAIVER}]}}\n"
    assert sorted(told(study, said)) == ["known-cell reviewer", "waived-cell by"]
    assert told(study, said, "reviewer") == ["known-cell reviewer"]


def test_what_blinded_reviewers_are_shown_is_not_known(study: Path) -> None:
    said = f"  reviewer: {{waivers: [{WAIVER}]}}\n"
    assert sorted(told(study, said)) == [*["small-cell journal"] * 2, "waived-cell by"]


def test_a_waiver_that_shows_nothing_opens_nothing(study: Path) -> None:
    said = f"  briefing: {{waivers: [{WAIVER}]}}\n"
    assert sorted(told(study, said)) == [
        "needless-waiver this",
        *["small-cell journal"] * 2,
        *["small-cell reviewer"] * 2,
    ]


def test_suppression_leaves_no_small_cell(study: Path) -> None:
    both = "  journal: {suppress: true}\n  reviewer: {suppress: true}\n"
    assert told(study, both) == []
    text = check(settings(study), ["journal"]).documents["journal.en"].text
    assert "North" not in text
    assert "Details that could identify four participants are left out." in text
