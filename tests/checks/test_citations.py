"""Citations are found as pandoc finds them."""

import pytest

from report.model.citations import citations, crossrefs


@pytest.mark.parametrize(
    ("markdown", "keys"),
    [
        ("As [@a2020; see -@b:c, p. 3] and @{d e}.", ["a2020", "b:c"]),
        ("@a.", ["a"]),
        ("@a_b.c's and @{https://x.y/z}", ["a_b.c", "https://x.y/z"]),
        ("write ada@example.org", []),
        ("\\@a @b", ["b"]),
        ("`@a` @b", ["b"]),
        ("`` ` @a `` @b", ["b"]),
        ("```\n@a\n```\n@b", ["b"]),
        ("a \\` b @a c \\` @b", ["a", "b"]),
        ("a ` b @a", ["a"]),
        ("`@a`` @b` @c", ["c"]),
        ("@tbl-x @fig-y @sec-z @a", ["a"]),
    ],
)
def test_the_works_of_a_text(markdown: str, keys: list[str]) -> None:
    assert [citation.key for citation in citations(markdown)] == keys
    assert all(markdown[citation.start] == "@" for citation in citations(markdown))


def test_the_cross_references_of_a_text() -> None:
    assert [c.key for c in crossrefs("@tbl-x, `@fig-y` and @sec-z.")] == ["tbl-x", "sec-z"]


def test_a_text_of_backticks_ends_soon() -> None:
    text = "".join("`" * n + " @a " for n in range(1, 300))
    assert len(list(citations(text))) == 299
