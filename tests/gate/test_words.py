"""The rule of texts."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report.clearance.masking import found, originals
from report.gate import gate
from report.model.records import Mask
from report.model.withheld import Withheld, Words

QUOTE = "we never told the ward about those nights and nobody asked us why"
HTML = "<!DOCTYPE html><body>{}</body>"


def leaks(text: str, told: str, *, whole: bool = False, cleared: tuple[str, ...] = ()) -> int:
    """How many leaks a page has in which this text stands."""
    withheld = Withheld(words=(Words("withdrawn", "quote Q1", told, whole),), cleared=cleared)
    return len(gate({"a.html": HTML.format(text).encode()}, withheld))


@pytest.mark.parametrize(
    "text",
    [
        "told the ward about those nights",
        "TOLD THE WARD ABOUT THOSE NIGHTS",
        "“told – the, ward; about: those (nights)”",
        "told the ward<sup>3</sup> about those nights",
        "<p>told the ward</p><p>about those nights</p>",
        "<td>told the ward</td><td>about those nights</td>",
        "<ul><li>told the <li>ward about <li>those nights</ul>",
        "told the wa&shy;rd ab&#8203;out those nights",
        "tóld thé wärd aboūt thøse nights",
        "12 told the ward\n13 about those nights",
        "ｔｏｌｄ ｔｈｅ ｗａｒｄ ａｂｏｕｔ ｔｈｏｓｅ ｎｉｇｈｔｓ",
        "toldthewardaboutthosenights",
        "so I told the ward about those nights, I said",
    ],
)
def test_six_words_are_found(text: str) -> None:
    assert leaks(text, QUOTE) == 1


@pytest.mark.parametrize(
    "text",
    [
        "told the ward about those",
        "told the ward about these nights",
        "told the ward <p>and</p> about those nights",
        "never told the ward of those nights",
    ],
)
def test_fewer_are_not(text: str) -> None:
    assert leaks(text, QUOTE) == 0


def test_the_ends_of_a_quote_are_found() -> None:
    assert leaks("we never told the ward about", QUOTE) == 1
    assert leaks("nights and nobody asked us why", QUOTE) == 1


def test_short_words_are_found() -> None:
    assert leaks("yes, I am as I am to us", "I am as I am to us") == 1
    assert leaks("I a m a b c", "I a m a b c d") == 1


def test_another_flow_is_another_text() -> None:
    assert leaks("told the ward <img alt='about those nights'>", QUOTE) == 0


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("it was in Bergen then", 1),
        ("it was in\nBergen", 1),
        ("it was in <b>Bergen</b>", 1),
        ("in Bergenhus", 0),
        ("within Bergen", 0),
        ("in<sup>2</sup> Bergen", 1),
    ],
)
def test_a_short_text_is_found_as_a_whole(text: str, count: int) -> None:
    assert leaks(text, "in Bergen") == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("in Ber-\ngen", 1),
        ("in Bergen-\nhus", 0),
        ("With-\nin Bergen", 0),
        ("never told the wa-\nrd about those nights", 1),
        ("never told\n\nthe ward about\nthose nights", 1),
    ],
)
def test_words_go_over_lines(text: str, count: int) -> None:
    withheld = Withheld(words=tuple(Words("withdrawn", t, t) for t in (QUOTE, "in Bergen")))
    assert len(gate({"a.txt": text.encode()}, withheld)) == count


def test_of_a_whole_text_a_part_may_be_read() -> None:
    assert leaks("told the ward about those nights", QUOTE, whole=True) == 0
    assert leaks(f"He said: {QUOTE}.", QUOTE, whole=True) == 1


def test_numbers_of_a_short_text_count() -> None:
    assert leaks("it was ward 7 then", "ward 7") == 1
    assert leaks("it was ward 8 then", "ward 7") == 0
    assert leaks("it was ward 71 then", "ward 7") == 0
    assert leaks("7 beds in the ward", "ward 7") == 0


@pytest.mark.parametrize("told", ["Yes", "Awful", "", "—", "12"])
def test_one_short_word_is_not_looked_for(told: str) -> None:
    assert leaks(f"he said {told} then", told) == 0


def test_one_long_word_is() -> None:
    assert leaks("a matter of Selbstwirksamkeit", "Selbstwirksamkeit") == 1


def test_what_is_cleared_tells_nothing() -> None:
    cleared = ("It says that they told the ward about those nights, as was said",)
    assert leaks("told the ward about those nights", QUOTE, cleared=cleared) == 0
    assert leaks("never told the ward about those", QUOTE, cleared=cleared) == 1
    assert leaks("in Bergen", "in Bergen", cleared=("we met in Bergen",)) == 0
    assert leaks("in Bergen", "in Bergen", cleared=("we met in Bergenhus",)) == 1
    assert leaks(QUOTE, QUOTE, whole=True, cleared=cleared) == 1


@pytest.mark.parametrize(
    ("told", "text", "count"),
    [
        ("我们从来没有告诉过病房里的人那些夜晚的事情", "她说没有告诉过病房里的人那些夜晚", 1),
        ("我们从来没有告诉过病房里的人那些夜晚的事情", "她告诉过病房里的人", 0),
        ("很难说话", "我觉得很难说话的", 1),
        ("很难", "我觉得很难说话的", 0),
        ("私たちはあの夜のことを病棟に話さなかった", "「あの夜のことを病棟に話さなかった」と", 1),
        ("เราไม่เคยบอกวอร์ดเรื่องคืนเหล่านั้นเลย", "เขาว่าไม่เคยบอกวอร์ดเรื่องคืนเหล่านั้น", 1),
        ("لم نخبر الجناح أبدا عن تلك الليالي", "قالت لم نخبر الجناح أبدا عن تلك", 1),
        ("لم نخبر الجناح أبدا عن تلك الليالي", "قالت لم نخبر الجناح عن تلك", 0),
        ("우리는 그 밤들에 대해 병동에 말하지 않았다", "우리는 그 밤들에 대해 병동에 말하지", 1),
        ("Мы никогда не говорили о тех ночах", "мы никогда не говорили о тех", 1),
    ],
)
def test_other_scripts(told: str, text: str, count: int) -> None:
    assert leaks(text, told) == count


def test_many_texts_are_told_each() -> None:
    withheld = Withheld(
        words=tuple(Words("withdrawn", f"quote Q{n}", f"{QUOTE} {n * 'x'}") for n in range(3))
    )
    page = HTML.format(f"<p>{QUOTE}</p>\n<p>{QUOTE}</p>").encode()
    messages = [d.message for d in gate({"a.html": page}, withheld)]
    assert messages == [
        f"withdrawn: words of quote Q{n} stand here, and in 1 more place" for n in range(3)
    ]


words = st.text("abcdefghijklmnoøåéßиж", min_size=1, max_size=9)
parts = st.sampled_from(
    [
        " ",
        "\n",
        ", ",
        " – ",
        "<b> ",
        "</i> ",
        " <!-- x -->",
        "&nbsp;",
        "</p><p>",
        "<br>",
        "-\n",
        "&shy; ",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(words, min_size=6, max_size=14), st.data())
def test_any_six_words_in_any_markup_are_found(text: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 6))
    run = text[start : start + 6]
    between = data.draw(st.lists(parts, min_size=6, max_size=6))
    page = "".join(word + part for word, part in zip(run, between, strict=True))
    assert leaks(f"<p>Ω {page} Ω</p>", " ".join(text)) == 1


@settings(max_examples=150, deadline=None)
@given(st.lists(words, min_size=6, max_size=14), st.data())
def test_five_of_them_are_not(text: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 5))
    page = " ".join(text[start : start + 5])
    assert leaks(f"<p>Ω {page} Ω</p>", " ".join(text) + " Ψ Ψ Ψ Ψ Ψ Ψ") == 0


@given(
    st.sampled_from(["Große Gasse", "İzmir", "St. Mary's", "A\u030alesund", "Nord-Odal", "3 mai"]),
    st.sampled_from(
        [str.upper, str.title, str.casefold, lambda word: word.replace(" ", "\u00a0 ")]
    ),
    st.sampled_from(["", "(", "in ", "we went to ", "6 "]),
    st.sampled_from(["", "’s", ")", " and back", ", once more"]),
)
def test_what_a_mask_replaces_holds_its_letters(
    words: str, written: Callable[[str], str], before: str, after: str
) -> None:
    mask = Mask(words, "place", "there", 1)
    said = f"{before}{written(words)}{after}"
    page = {"a.txt": f"They said: {said}.".encode()}
    for _, own, original in originals(said, found(said, (mask,))):
        whole = Words("masked", "a quote", original, whole=True)
        plainly = gate(page, Withheld(words=(whole,)))
        assert gate(page, Withheld(words=(whole._replace(holds=own),))) == plainly


def test_what_is_held_is_looked_for_first() -> None:
    masked = Words("masked", "quote Q1", "we left Bergen early", whole=True, holds="Bergen")
    for text, count in (("we left Ber-\ngen early", 1), ("we left Oslo early", 0)):
        assert len(gate({"a.txt": text.encode()}, Withheld(words=(masked,)))) == count


@pytest.mark.parametrize("written", ["O'Brien", "O’Brien", "OʼBrien", "O‘Brien"])
@pytest.mark.parametrize("said", ["O'Brien", "O’Brien", "OʼBrien"])
def test_an_apostrophe_is_one_however_it_is_written(said: str, written: str) -> None:
    text = f"then {said} took me aside"
    masks = (Mask("O'Brien", "person", "a colleague", 1),)
    held = tuple(
        Words("masked", "quote Q1", words, whole=True, holds=own)
        for _, own, words in originals(text, found(text, masks))
    )
    page = {"a.txt": f"She said: Then {written} took me aside.".encode()}
    assert gate(page, Withheld(words=held))
