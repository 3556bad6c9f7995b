"""Catalogues as Poedit, Weblate and people with a text editor write them."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from report.model.catalogue import Catalogue
from report.sources.po import parse, plural_form

HEADER = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=n != 1;\\n"\n\n'


def read(text: str, language: str = "nb") -> Catalogue:
    catalogue, problems = parse(text.encode(), "nb.po", language)
    assert problems == []
    assert catalogue is not None
    return catalogue


def told(text: str) -> list[tuple[str, int]]:
    """What is said about a catalogue: codes and lines."""
    return [(p.code, p.location.line) for p in parse(text.encode(), "nb.po", "nb")[1]]


MESSAGES = f"""{HEADER}\
#. Readers: lay
#: text/x.md
msgctxt "text/x.md § Light"
msgid "A lamp"
msgstr "En lampe"

#, fuzzy
#| msgid "A lamp"
msgid "Lamps \\"here\\"\\n"
"of two lines"
msgstr "Lamper «her»\\n"
"på to linjer"

msgid "one"
msgid_plural "many"
msgstr[0] "én"
msgstr[1] "mange"

msgid "not yet"
msgstr ""

#~ msgid "gone"
#~ msgstr "borte"
"""


def test_what_a_catalogue_says() -> None:
    catalogue = read(MESSAGES)
    found = {key: (t.texts, t.fuzzy, t.line, t.done) for key, t in catalogue.translations.items()}
    assert found == {
        ("text/x.md § Light", "A lamp"): (("En lampe",), False, 4, True),
        ("", 'Lamps "here"\nof two lines'): (("Lamper «her»\npå to linjer",), True, 10, False),
        ("", "one"): (("én", "mange"), False, 17, True),
        ("", "not yet"): (("",), False, 22, False),
    }
    assert catalogue.plurals == {("", "one"): "many"}
    assert [catalogue.form(n) for n in (0, 1, 2)] == [1, 0, 1]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_mean_nothing(mark: str, end: str) -> None:
    assert read(mark + MESSAGES.replace("\n", end)).translations == read(MESSAGES).translations


def test_utf_16_is_read() -> None:
    catalogue, problems = parse(MESSAGES.encode("utf-16"), "nb.po", "nb")
    assert catalogue is not None
    assert (catalogue.translations, problems) == (read(MESSAGES).translations, [])


def test_forms_go_by_their_numbers() -> None:
    text = f'{HEADER}msgid "one"\nmsgid_plural "many"\nmsgstr[1] "mange"\nmsgstr[0] "én"\n'
    assert read(text).translations["", "one"].texts == ("én", "mange")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('msgid "a\nmsgstr "b"\n', 4),
        ('msgid "a"\nmsgstr "b\n', 5),
        ('msgid "a"\nmsgstr "b"\n"c\n', 6),
        ('msgid "a"\nmsgstr "b"c"\n', 5),
        ('msgid "a"\nmsgstr ""\n"b" c\n', 6),
        ('msgid "a"\nmsgstr "b\\"\n', 5),
        ("msgid a\n", 4),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c\n', 6),
        ('msgid "a"\nmsgstr "b"\n\nnonsense\n', 7),
        ('#~ msgid "a"\n#~ msgstr "b\n', 5),
        ('#, fuzzy\n#| msgid "a\nmsgid "b"\nmsgstr "c"\n', 5),
        ('msgid "a"\nmsgstr "b"\n<<<<<<< HEAD\n', 6),
    ],
)
def test_what_is_not_closed_is_told_where_it_stands(text: str, line: int) -> None:
    assert told(HEADER + text) == [("invalid-catalogue", line)]
    assert parse((HEADER + text).encode(), "nb.po", "nb")[0] is None


def test_a_message_that_stands_twice_is_told_at_the_second() -> None:
    text = f'{HEADER}msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n\nmsgctxt "x"\nmsgid "a"\n'
    text += 'msgstr ""\n\n#~ msgid "a"\n#~ msgstr "d"\n'
    assert told(text) == [("duplicate-message", 7)]
    (problem,) = parse(text.encode(), "nb.po", "nb")[1]
    assert "line 4" in problem.hint


@pytest.mark.parametrize(
    "header",
    [
        "nonsense",
        "nplurals=2",
        "nplurals=2; plural=n !;",
        "nplurals=1; plural=n != 0;",
        "nplurals=2; plural=import os;",
        f"nplurals=2; plural={'(' * 500}n{')' * 500};",
        f"nplurals={'9' * 5000}; plural=0;",
        "nplurals=2; plural=n/(n-1);",
    ],
)
def test_a_plural_rule_that_is_none_is_told(header: str) -> None:
    text = f'msgid ""\nmsgstr "Plural-Forms: {header}\\n"\n'
    assert told(text) == [("invalid-catalogue", 1)]


@pytest.mark.parametrize("rule", ["n/(n-5)", "n%(n-7)", "n==1 ? 0 : n/(n-2)"])
def test_a_plural_rule_never_fails_where_it_is_used(rule: str) -> None:
    form = plural_form(f"nplurals=2; plural={rule};")
    if form:
        assert all(form(n) >= 0 for n in range(20))


def test_without_a_header_the_language_has_its_rule() -> None:
    catalogue = read('msgid "a"\nmsgstr "b"\n', "ar")
    assert {catalogue.form(n) for n in range(200)} == set(range(6))


LINES = st.sampled_from(
    """\
msgid "a"|msgid ""|msgstr "b"|msgstr ""|msgctxt "c"|msgid_plural "d"|"e"|msgstr[0] "f"|msgid
msgstr[9] "g"|msgstr[a] "h"|"\\"|"\\x"|"x: y\\n"|# i|#. j|#: n:1|#:|#|#, fuzzy|#,
#| msgid "k"|#| x y|#| "l"|#~ msgid "m"|#~ msgstr "n"|#~| msgid "o"|#~|#~ "p"|#~ msgctxt "q"
""".replace("#|", "#¦")
    .replace("|", "\n")
    .replace("¦", "|")
    .split("\n")
)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.binary(max_size=80), st.lists(LINES, max_size=12).map("\n".join)))
@example(b"/etc/passwd")
@example(b"")
@example(b"\xff\xfe")
@example("a\u2028b\x0bc\x85")
def test_nothing_is_raised(content: bytes | str) -> None:
    made = content.encode() if isinstance(content, str) else content
    catalogue, problems = parse(made, "nb.po", "nb")
    assert catalogue is not None or problems
    assert all(problem.location.line >= 0 for problem in problems)


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c"])
def test_a_text_may_hold_what_python_takes_for_a_line_break(mark: str) -> None:
    catalogue, problems = parse(f'{HEADER}msgid "a"\nmsgstr "b{mark}c"\n'.encode(), "nb.po", "nb")
    if catalogue is None:
        assert [(p.code, p.location.line) for p in problems] == [("invalid-catalogue", 5)]
    else:
        assert catalogue.translations["", "a"].texts == (f"b{mark}c",)


def test_a_line_separator_at_the_end_of_a_line_loses_no_words() -> None:
    """As polib writes it, and so do we."""
    text = f'{HEADER}msgid "a"\nmsgstr ""\n"b\u2028"\n"c"\n'
    catalogue, problems = parse(text.encode(), "nb.po", "nb")
    assert problems or (catalogue and catalogue.translations["", "a"].texts == ("b\u2028c",))
