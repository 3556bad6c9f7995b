"""What holds of any two texts."""

from hypothesis import given
from hypothesis import strategies as st

from report.diff.compare import compare
from report.diff.numbers import tokens
from report.diff.reading import Sentence
from report.diff.sentences import pairs
from report.diff.withdrawn import blanked
from report.diff.wording import pieces
from report.gate import gate
from report.model.withheld import Withheld, Words
from tests.diff.texts import text
from tests.properties.hostile import texts

WORDS = st.sampled_from(
    [
        "a",
        "lamp",
        "helps",
        "at",
        "night",
        "and",
        "nobody",
        "came",
        "to",
        "see",
        "3",
        "47",
        "forty-eight",
    ]
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)
PARAGRAPHS = st.lists(SENTENCES, max_size=6).map(lambda said: [Sentence(s, "A") for s in said])


@given(texts())
def test_equal_states_do_not_differ(markdown: str) -> None:
    one = text(markdown)
    assert not compare(one, one)


@given(PARAGRAPHS, PARAGRAPHS)
def test_what_came_and_went_makes_the_new_text_of_the_old(
    old: list[Sentence], new: list[Sentence]
) -> None:
    """Without what went and with what came, each at its place, the old sentences are the new."""
    found = list(pairs(old, new))
    went = [one for one, _ in found if one]
    came = [other for _, other in found if other]
    rest = list(old)
    for sentence in went:
        rest.remove(sentence)
    left = list(new)
    for sentence in came:
        left.remove(sentence)
    assert sorted(s.text for s in rest) == sorted(s.text for s in left)
    assert bool(found) == ([s.text for s in old] != [s.text for s in new])


@given(SENTENCES, SENTENCES)
def test_two_wordings_in_one_read_as_either(old: str, new: str) -> None:
    found = pieces(old, new)
    assert "".join(p.text for p in found if p.what != "new") == old
    assert "".join(p.text for p in found if p.what != "old") == new


@given(texts())
def test_the_pieces_of_a_sentence_are_all_of_it(said: str) -> None:
    assert "".join(token.text for token in tokens(said, ("en",))) == said


@given(st.lists(st.one_of(texts(), SENTENCES), max_size=4), st.integers(0, 4))
def test_no_text_around_keeps_words_that_may_not_be_read(around: list[str], place: int) -> None:
    said = "I keep a small lamp beside my bed because the nights are long"
    held = Withheld(words=(Words("withdrawn", "quote Q1", said),))
    lines = [*around[:place], said, *around[place:]]
    left = blanked("\n\n".join(lines), held)
    assert not gate({"x.qmd": left.encode()}, held)
