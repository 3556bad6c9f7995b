"""A screen reader says what the composed document says, in its order, and nothing else."""

from difflib import SequenceMatcher
from pathlib import Path

from tests.build.reading import plain
from tests.pdf import composed as source
from tests.pdf.tags import Tagged


def test_the_tags_say_the_document(tagged: Tagged, composed: Path) -> None:
    document = source.read(composed)
    said, body = plain(tagged.document.text), plain(document.body)
    if tagged.language == "ar":
        # Typst gives the letters around some vowel signs twice, or turned round.
        found = SequenceMatcher(None, body, said[-len(body) :], autojunk=False)
        assert found.ratio() > 0.97
        return
    assert said[-len(body) :] == body
    for part in document.above:
        assert plain(part) in said[: -len(body)]


def test_nothing_on_the_pages_is_left_out_of_the_tags(tagged: Tagged) -> None:
    assert tagged.unread == 0
