"""The composed documents of the example study, line by line; --accept records them anew."""

from pathlib import Path

import pytest

from report.check import check
from report.config import example, settings

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.mark.parametrize("audience", ["journal", "reviewer", "briefing", "lay"])
def test_composed(audience: str, accept: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    text = check(settings(example(), None), [audience]).documents[f"{audience}.en"].text
    file = GOLDEN / f"{audience}.en.qmd"
    if accept:
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8", newline="\n")
    assert text == file.read_text("utf-8")
