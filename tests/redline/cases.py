"""Texts as they were and as they are, by what changed."""

from typing import Final

A: Final = "It was heard by many people who trust a place. It is told again."
B: Final = "It asks what nobody else would ask of them, where they are. It ends."
C: Final = "It closes here, with other words altogether that differ from all. It goes."
ROWS: Final = "| Who | What |\n|:----|:----|\n| Anna | one thing |\n| Bo | two other things |\n"
MORE: Final = f"{ROWS}| C | three |"
WIDE: Final = "| Who | What | When |\n|:----|:----|:---|\n| Anna | one thing | now |\n"
NOTED: Final = "It has a note^[A note here.] and goes on."
NAMED: Final = (
    "::: {{#tbl-{0}}}\n\n| {0} | What |\n|:--|:--|\n| a | {0} thing |\n\nAbout {0}.\n\n:::"
)
QUOTE: Final = "::: {{.quote}}\n> {}\n>\n> [{}]{{.attribution}}\n:::"


def _after(*blocks: str) -> str:
    return "\n\n".join(blocks)


CASES: Final = {
    "word": (A, A.replace("many", "some")),
    "last paragraph gone": (_after(A, B), A),
    "last paragraph new": (A, _after(A, B)),
    "first paragraph gone": (_after(A, B), B),
    "every word": (A, B),
    "all new": ("", _after(A, B)),
    "split": (_after(f"{A} {B}", C), _after(A, B, C)),
    "joined": (_after(A, B, C), _after(f"{A} {B}", C)),
    "heading to paragraph": (_after(f"# {A}", B), _after(A, B)),
    "heading numbered": (_after("# One", A), _after("# One {.unnumbered}", A)),
    "section gone": (
        _after("# One", A, "# Two", B, ROWS, "# Three", C),
        _after("# One", A, "# Three", C),
    ),
    "item gone": (_after("1. one\n2. two\n3. three", B), _after("1. one\n2. three\n3. four", B)),
    "bullet gone": (_after("- one\n- two\n- three", B), _after("- one\n- three\n- four", B)),
    "list new": (_after(A, B), _after(A, "1. one\n2. two", B, "1. one\n2. two")),
    "quote": (
        _after(A, QUOTE.format("Old words said", "P1, nurse"), B),
        _after(A, QUOTE.format("Quite other ones", "P2, doctor"), B),
    ),
    "cell": (ROWS, ROWS.replace("other", "new")),
    "row gone": (_after(A, MORE, B), _after(A, MORE.replace("| Bo | two other things |\n", ""), B)),
    "row new": (_after(A, ROWS, B), _after(A, ROWS + "| Cecilie | a third |", B)),
    "table gone": (_after(A, ROWS, C), _after(A, C)),
    "table new": (_after(A, C), _after(A, ROWS, C)),
    "table last, gone": (_after(A, ROWS), A),
    "table last, new": (A, _after(A, ROWS)),
    "column new": (_after(A, ROWS, C), _after(A, WIDE, C)),
    "paragraph before a table gone": (_after(A, B, ROWS, C), _after(A, ROWS, C)),
    "paragraph before a table new": (_after(A, ROWS, C), _after(A, B, ROWS, C)),
    "paragraph after a table gone": (_after(A, ROWS, B, C), _after(A, ROWS, C)),
    "paragraph between tables gone": (_after(A, ROWS, B, WIDE, C), _after(A, ROWS, WIDE, C)),
    "after a table, all other": (_after(A, ROWS, B), _after(A, ROWS, C)),
    "note gone": (_after(NOTED, B), _after("It has a note and goes on.", B)),
    "note new": (_after("It has a note and goes on.", B), _after(NOTED, B)),
    "note reworded": (_after(NOTED, B), _after(NOTED.replace("here", "there"), B)),
    "paragraph with a note gone": (_after(A, NOTED, B), _after(A, B)),
    "paragraph with a note new": (_after(A, B), _after(A, NOTED, B)),
    "paragraph with a note replaced": (
        _after(A, NOTED, B),
        _after(A, "Quite other things^[And more.] stand in this one.", B),
    ),
    "paragraph with a note split": (_after(f"{NOTED} {B}", C), _after(NOTED, B, C)),
    "paragraph with a note joined": (_after(A, NOTED, B, C), _after(A, f"{NOTED} {B}", C)),
    "paragraphs with notes gone, others joined": (
        _after(C, NOTED, A, B, "It ends."),
        _after(C, f"{A} {B}", "It ends."),
    ),
    "link": (
        _after("It is [here](https://a.org) now.", B),
        _after("It is [there](https://b.org) now.", B),
    ),
    "formula": (_after("It is $x^2$ here.", B), _after("It is $y^3$ here.", B)),
    "code": (_after("It is `one two` here.", B), _after("It is `one three` here.", B)),
    "bold": (_after("It is **very good** here.", B), _after("It is very good here.", B)),
    "numbered table gone": (
        _after(
            "It is in @tbl-one, and in @tbl-two.", NAMED.format("one"), A, NAMED.format("two"), B
        ),
        _after("It is in @tbl-two.", A, NAMED.format("two"), B),
    ),
    "numbered table for another": (
        _after("It is in @tbl-one.", NAMED.format("one"), B),
        _after("It is in @tbl-two.", A, NAMED.format("two"), B),
    ),
    "section referred to": (
        _after("# One {#sec-one}", A, "# Two {#sec-two}", "It is in @sec-one and @sec-two."),
        _after("# Two {#sec-two}", "It is in @sec-two."),
    ),
    "withdrawn": (_after(A, QUOTE.format(r"\[withdrawn\]", "a nurse"), B), _after(A, B)),
}
