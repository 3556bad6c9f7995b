"""Strings that would be code, if data ever were."""

from typing import Final

from hypothesis import strategies as st

MARKUP: Final = (
    "<script>alert(1)</script>", "<b>x</b>", "<!-- x -->", "&amp;", "&lt;b&gt;", "&#65;",
    "{{ 7*7 }}", "{% raw %}", "{% endraw %}", "{# x #}", "{%# x %}", "{{< include x.qmd >}}",
    "{{< env HOME >}}", "```{python}", "```{=html}", "`r 1+1`", "`x`", "`<b>`{=html}", "@fig-1",
    "@key", "@sec-methods", "[@x]", "-@x", "@{x}", "@x[y]", "[^1]", "^[x]", '#read("/etc/passwd")',
    '#include "x.typ"', "#let x = 1", "#x", "#[x]", "<label>", "/* x */", "//x", "$x$", "$$x$$",
    "$ x $", r"\input{x}", r"\write18{ls}", r"\textbf{x}", r"\(x\)", r"\[x\]",
    r"\newcommand{\x}{y}", r"\$x", "x\\", "\\", "\\\\", r"\u{41}", r"\n", "| a | b |", "|---|",
    "+---+", "+", "-", "--", "---", "----", "***", "___", "* * *", "===", "=", "1. x", "1) x",
    "(a) x", "a) x", "A. x", "i. x", "(1) x", "(@) x", "(@x) y", "#. x", "1.", "(i)", "# x",
    "## x #", "> x", "- x", "* x", "+ x", "- [ ] x", ": x", "~ x", "Table: x", "table: x",
    ": Table", "/ x: y", "= x", "== x", "::: {.x}", ":::", "{.x}", "{#tbl-x}", "{#x .y z=1}",
    "[x](javascript:alert(1))", "![x](http://x)", "[x]: y", "[x][y]", "[x]", "[]", "[x]{.y}",
    "<http://x>", "http://x.y", "https://x.y/?a=b&c=d", "mailto:x@y.z", "www.x.y", "x@y.z",
    "doi:10.1/x", ":smile:", ":x:", "^x^", "~x~", "~~x~~", "==x==", "*x*", "**x**", "_x_", "__x__",
    "a_b_c", "a*b*c", "~", "...", "....", "'x'", '"x"', "“x”", "‘x’", "'", '"', "''", "_'x'",
    "-'x'", "1'", "x's", "'s", "5'10\"", "-5", "- 5", "–", "—", "-?", "a -- b", "a - b", "x-1",
    "1-2", "1--2", "%s", "%(x)s", "100%", '=HYPERLINK("x")', "=x", "+1", "@SUM(A1)", "%YAML 1.2",
    "--- x", "key: value", "# comment", "!x", "!tag", "&anchor", "*alias", "!!python/object:x",
    "Mr. X", "e.g. x", "x.y", "a;b", "x, y", "() { :;};", "$(ls)", "${HOME}", "%HOME%",
    "<?php x ?>", "]]>", "<![CDATA[x]]>", "</w:t>", "]", ")", "}", "}}", "%}", "«x»", "„x“", "„x”",
    "¡x!",
)  # fmt: skip
"""What would do something in Markdown, Quarto, HTML, Typst, LaTeX, Jinja, YAML or a shell."""

LANGUAGES: Final = (
    "blåbærsyltetøy på Ås", "sámegiella čáŋaldahkii đŋž", "Їжак ґанку з'їв", "Tiếng Việt rất đẹp",
    "Ελληνικά ώς", "naïve façade", "e\u0301te\u0301", "a\u030a o\u0308", "office ffi fl ſt",
    "½ ² №", "1 000", "‑", "€ £ ©",
)  # fmt: skip
"""Words of left-to-right languages that the theme's fonts have."""

UNSEEN: Final = (
    "a\u00adb",
    "a\u200bb",
    "a\u200db",
    "a\u200cb",
    "a\u2060b",
    "\u00a0",
    "\u202f",
    "a\u00a0b",
)
"""Characters that print nothing of their own."""

_LETTERS = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")
_PIECES = st.sampled_from((*MARKUP, *LANGUAGES, *UNSEEN, " ", "  ", "x", "A", "1", "\n", "\t"))


def texts() -> st.SearchStrategy[str]:
    """Any text with something in it: mostly made of what is hostile, joined as it comes."""
    pieces = st.lists(_PIECES, min_size=1, max_size=5).map("".join)
    signs = st.text(r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~ ax1""", min_size=1, max_size=8)
    return st.one_of(pieces, signs, st.text(_LETTERS, min_size=1, max_size=12)).filter(_is_seen)


def _is_seen(text: str) -> bool:
    return bool(text.strip())
