"""Long texts are folded and parted by short cuts. They give what the plain way gives."""

import re
import sys
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from report.gate.passage import Passage
from report.gate.stream import clean, folded, stream

TEXTS = st.text(st.characters(codec="utf-8"))


def plainly(text: str) -> str:
    plain = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", text).casefold())
    return plain.translate(str.maketrans("øłđıʼ", "oldi'"))


def test_every_character_is_folded_as_by_itself() -> None:
    for number in range(sys.maxunicode + 1):
        if not 0xD800 <= number <= 0xDFFF:
            assert folded(f"aB{chr(number)}C") == plainly(f"aB{chr(number)}C"), hex(number)


@given(TEXTS)
@example("ΟΔΟΣ")
@example("ﾊﾞ")
@example("a\u0315\u0300b")
@example("a\u0345Å")
def test_texts_are_folded_as_a_whole(text: str) -> None:
    assert folded(text) == plainly(text)


@given(TEXTS)
@example("PW10–PW14, «N1»")
@example("a\u0301b_c…d\x1cé")
def test_tokens_are_runs_of_letters_digits_and_underscores(text: str) -> None:
    at = stream([Passage("", text)])
    assert at.tokens == set(re.findall(r"\w+", at.text))


@given(TEXTS)
@example("soft\xadly² said\u200b")
def test_nothing_that_nobody_sees_is_left(text: str) -> None:
    assert not re.search("[\0\x1e\xad\u200b-\u200f\ufeff]", clean(text))
    assert clean(clean(text)) == clean(text)
