"""What is left to write, and what would be lost."""

from dataclasses import replace
from pathlib import Path

import pytest

from report.checks import prose
from report.load import load
from report.model.study import Prose

BASE = Path(__file__).parents[1] / "studies" / "base"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("TODO: write", ["placeholder"]),
        ("XXX and Lorem ipsum", ["placeholder", "placeholder"]),
        ("Todo is a word; so are tbd, X, XXI and xx, and p < 0.05, 3 <4", []),
        ("XX of XXX; lorem  ipsum", ["placeholder", "placeholder"]),
        ("a <b>bold</b> <!-- note -->", ["html-in-prose"] * 3),
        ("a \\<b> and <https://x.org> and <ada@x.org>", []),
        ("", ["empty-file"]),
        (" \n\n", ["empty-file"]),
    ],
)
def test_prose(text: str, codes: list[str]) -> None:
    study = load(BASE).study
    assert study is not None
    study = replace(study, prose={"x": Prose("x", "data/text/x.md", text)})
    assert [problem.code for problem in prose.check(study)] == codes
