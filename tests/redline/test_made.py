"""Whatever was edited: all changes accepted make the new document, all refused the old one."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from report.redline import web, word
from tests.redline import tracked, untracked
from tests.redline.made import EPOCH, MARKING, block, edited, made

_slow = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@_slow
@given(edited())
def test_in_word(texts: tuple[str, str]) -> None:
    old, new = (made(text, "docx") for text in texts)
    both = word.redlined(old, new, epoch=EPOCH)
    assert tracked.shown(tracked.accepted(both)) == tracked.shown(new)
    assert tracked.shown(tracked.refused(both)) == tracked.shown(old)
    assert both == word.redlined(old, new, epoch=EPOCH)


@_slow
@given(edited())
def test_on_a_page(texts: tuple[str, str]) -> None:
    old, new = (made(text, "html") for text in texts)
    both = web.redlined(old, new, MARKING)
    assert untracked.shown(untracked.accepted(both)) == untracked.shown(new)
    assert untracked.shown(untracked.refused(both)) == untracked.shown(old)
    assert not untracked.lost_anchors(both)


@_slow
@given(st.lists(block, max_size=5).map("\n\n".join))
def test_nothing_is_marked_where_nothing_changed(text: str) -> None:
    file = made(text, "docx")
    assert tracked.marks(word.redlined(file, file, epoch=EPOCH)) == 0
    page = made(text, "html")
    assert not untracked.changes(web.redlined(page, page, MARKING))
