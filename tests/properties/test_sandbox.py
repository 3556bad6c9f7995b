"""Prose that tries to be a program is told so, at its line and column, and at once."""

from pathlib import Path

import pytest

from report.check import check
from report.config import settings
from tests.properties.hostile_study import copy

ESCAPES = (
    "''.__class__", "''['__class__']", "study.model_dump()", "study.__init__.__globals__",
    "quote.__globals__", "quote.func", "quote.args", "quotes_of.func.__self__",
    '"x" * 10**9', '10**9 * "x"', "10**10**10", "'%999999999d' % 1", "'{:>999999999}'.format(1)",
    "'x'.ljust(999999999)", "'x'.join", "range(10**9)", "cycler", "lipsum", "dict", "namespace",
    "joiner", "self", "self._TemplateReference__context", "participants.records", "participants",
    "participants.every", "participants.values", "study.authors", "study.abbreviations.items()",
    "sessions.sizes_by_id", "[].append", "study | attr('title')", "study | tojson", "caller()",
    "super()", "get_flashed_messages", "_", "gettext", "environment", "codebook", "none", "1.5",
    "quote('Q01').format", "quote('../../journal/document.qmd')", "table('../colophon')",
    "participants.where(stakeholder='x')", "participants.where(x='x')", "1/0", "x for x in y",
    "(" * 3000 + "1" + ")" * 3000, "-" * 3000 + "1", "9" * 5000, "",
)  # fmt: skip


def test_every_escape_is_an_error_at_its_place(tmp_path: Path) -> None:
    copy(tmp_path / "s")
    text = "\n\n".join(f"ø {{{{ {escape} }}}}" for escape in ESCAPES)
    (tmp_path / "s" / "data" / "text" / "introduction.md").write_text(text, "utf-8")
    diagnostics = check(settings(tmp_path / "s", None), ["journal"]).diagnostics
    told = [d for d in diagnostics if d.location.path.endswith("introduction.md")]
    lines = {d.location.line for d in told}
    missed = [escape for n, escape in enumerate(ESCAPES) if 2 * n + 1 not in lines]
    assert not missed
    assert all(d.location.column >= 3 for d in told)
    assert all(len(d.message) < 250 for d in told)


@pytest.mark.parametrize("statement", ["{% if x %}", "{%- set x = 1 -%}", "{% raw %}", "{{ x"])
def test_what_is_no_expression(tmp_path: Path, statement: str) -> None:
    copy(tmp_path / "s")
    text = f"One {{#tbl-x}} line.\nAnother {statement} one."
    (tmp_path / "s" / "data" / "text" / "introduction.md").write_text(text, "utf-8")
    told = check(settings(tmp_path / "s", None), ["journal"]).diagnostics
    places = {d.location for d in told if d.location.path.endswith("introduction.md")}
    assert {(at.line, at.column) for at in places} == {(2, 9)}
