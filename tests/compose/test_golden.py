"""The composed documents of the example study, line by line; --accept records them anew."""

from pathlib import Path

import pytest

from report.check import check
from report.config import example, settings

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.mark.parametrize(
    "name", ["journal.en", "reviewer.en", "briefing.en", "lay.en", "briefing.nb", "lay.nn"]
)
def test_composed(name: str, accept: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    audience, _, language = name.partition(".")
    documents = check(settings(example(), None), [audience], spoken=[language]).documents
    text = documents[name].text
    file = GOLDEN / f"{name}.qmd"
    if accept:
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8", newline="\n")
    assert text == file.read_text("utf-8")
