"""A Word document with tracked changes, of the document as it was and as it is. All changes
accepted make the one of it, all refused the other."""

import re
from copy import deepcopy
from datetime import UTC, datetime
from typing import Final

from lxml import etree

from report.redline.word_incoming import Incoming, written
from report.redline.word_source import DOCUMENT, NOTES, Element, Source, W
from report.redline.word_story import Story, shared_bookmarks
from report.redline.word_tokens import Stamp
from report.renderers.word_parts import packed

AUTHOR: Final = "report"
"""Whose the changes are in Word's list."""
_MARGIN: Final = re.compile(r"word/(header|footer)\d+\.xml")


def redlined(old: bytes, new: bytes, *, epoch: int) -> bytes:
    """The new Word document with the way from the old one as tracked changes.

    `epoch` is the time of the changes, in seconds since 1970. What Word cannot track is the new
    document's: the widths of columns, the page, the properties of the file.
    """
    before, after = Source(old), Source(new)
    shared = shared_bookmarks(before, after)
    date = datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    stamp = Stamp(AUTHOR, date, Incoming(before, after, shared))
    parts = dict(after.parts)
    story = Story(stamp, before.document, after.document, shared)
    body = after.document.root.find(f"{W}body")
    made = story.merged(before.document.root.find(f"{W}body"), body)
    _fill(body, [*made, *body.findall(f"{W}sectPr")])
    parts[DOCUMENT] = written(after.document.root)
    if before.notes is not None and after.notes is not None:
        _notes(story, before, after)
        parts[NOTES] = written(after.notes.root)
    for name in sorted(parts):
        if _MARGIN.fullmatch(name) and name in before.parts:
            margin = Story(stamp, before.text(name), after.text(name), shared)
            _fill(margin.new.root, margin.merged(margin.old.root, margin.new.root))
            parts[name] = written(margin.new.root)
    stamp.incoming.write(parts)
    return packed(parts)


def _notes(body: Story, before: Source, after: Source) -> None:
    """The text of each note that the body refers to."""
    assert before.notes is not None
    assert after.notes is not None
    story = Story(body.stamp, before.notes, after.notes, body.shared)
    for was, now in body.notes:
        old, new = before.note(was), after.note(now)
        if old is not None and new is not None:
            _fill(new, story.merged(old, new))
        elif new is not None:
            _fill(new, story.marked(new, is_old=False))
        elif old is not None:
            made = etree.SubElement(after.notes.root, f"{W}footnote")
            made.set(f"{W}id", body.incoming.note(was))
            made.extend(story.marked(old, is_old=True))


def _fill(container: Element, contents: list[Element]) -> None:
    kept = [deepcopy(element) for element in contents]
    for child in list(container):
        container.remove(child)
    container.extend(kept)
