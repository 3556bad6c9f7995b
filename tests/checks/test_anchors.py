"""Links inside a document lead to a heading."""

from pathlib import Path

import pytest

from report.checks import crossrefs
from report.load import load
from report.model.audience import Audience, Variant
from report.model.document import Document

BASE = Path(__file__).parents[1] / "studies" / "base"
AUDIENCE = Audience(
    label="Manuscript", description="All.", theme="manuscript", formats=("pdf",), attribution="id"
)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("# A {#sec-a}\n\n[b](#sec-a) [c][d]\n\n[d]: #sec-a", 0),
        ("# A {.unnumbered #a}\n\n[b](#a)", 0),
        ("## What *we* did, 1.\n\n[b](#what-we-did-1.)", 0),
        ("`[b](#c)` \\[b](#c) [b](https://example.org/#c)", 0),
        ("[b](#c)", 1),
        ("[b](#c 'd') [e][f]\n\n[f]: #g", 2),
    ],
)
def test_links(text: str, count: int) -> None:
    study = load(BASE).study
    assert study is not None
    document = Document("journal.en", "journal", text, "en", "manuscript", 0, {})
    found = list(crossrefs.check(study, Variant("journal", AUDIENCE, "en"), document))
    assert [problem.code for problem in found] == ["unknown-anchor"] * count
