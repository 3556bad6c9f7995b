"""Documents made up for tests, and what two of them come to as a redline."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from report.model.document import Document
from report.redline.marking import Marking
from report.renderers.builtin import Builtin
from report.renderers.theme import theme

THEME = Path(__file__).parents[2] / "templates" / "theme"
RENDERER = Builtin(theme((THEME,)))
MARKING = Marking(
    (THEME / "redline" / "page.css").read_text("utf-8"), "inserted:", "deleted:", "Next change"
)
EPOCH = 1_725_235_200
_FRONT = """---
title: '{title}'
lang: '{language}'
{direction}look: 'manuscript'
number-sections: true
quotation-marks: ['“', '”', '‘', '’']
crossref:
  tbl-title: 'Table'
  tbl-prefix: 'Table'
  fig-title: 'Figure'
  fig-prefix: 'Figure'
  sec-prefix: 'Section'
---

"""


def document(
    body: str,
    *,
    title: str = "A study",
    language: str = "en",
    front: str = "",
    assets: Mapping[str, bytes] | None = None,
    look: str = "manuscript",
) -> Document:
    direction = "dir: 'rtl'\n" if language == "ar" else ""
    head = _FRONT.format(title=title, language=language, direction=direction)
    text = head.replace("lang:", f"{front}lang:", 1) + body
    return Document("a.en", "a", text, language, look, EPOCH, assets or {})


@cache
def _made(body: str, title: str, form: str) -> bytes:
    return RENDERER.render(document(body, title=title), form).content


def made(body: str, form: str, *, title: str = "A study") -> bytes:
    """A document of that text; one is made once."""
    return _made(body, title, form)


WORDS = re.findall(
    r"\w+", "people trust a place where they are heard and tell what nobody else would ask of them"
)
_word = st.sampled_from(WORDS)
_phrase = st.lists(_word, min_size=1, max_size=5).map(" ".join)
_inline = st.one_of(
    _phrase,
    _phrase.map("**{}**".format),
    _phrase.map("*{}*".format),
    _phrase.map("[{}](https://example.org/a)".format),
    _phrase.map("^[{}.]".format),
    _phrase.map("“{}”".format),
    _phrase.map("`{}`".format),
    st.just("$x^2$"),
)
sentence = st.lists(_inline, min_size=1, max_size=4).map(lambda parts: f"It {' '.join(parts)}.")
paragraph = st.lists(sentence, min_size=1, max_size=4).map(" ".join)
_items = st.lists(sentence, min_size=1, max_size=4)


def _table(rows: list[tuple[str, str]]) -> str:
    lines = "".join(f"| {one} | {other} |\n" for one, other in rows)
    return f"| Who | What |\n|:------|------:|\n{lines}"


block = st.one_of(
    paragraph,
    paragraph,
    _phrase.map("# {}".format),
    _phrase.map("## {}".format),
    _items.map(lambda items: "\n".join(f"- {item}" for item in items)),
    _items.map(lambda items: "\n".join(f"{n}. {item}" for n, item in enumerate(items, 1))),
    sentence.map("::: {{.quote}}\n> {}\n>\n> [P1, nurse]{{.attribution}}\n:::".format),
    st.lists(st.tuples(_phrase, _phrase), min_size=1, max_size=4).map(_table),
    sentence.map("::: {{.key-messages}}\n{}\n:::".format),
)


EDITS = ("keep", "keep", "drop", "word", "split", "join", "add", "swap")


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str]:
    """A text as it was and as it is: some blocks the same, others reworded, split, joined, gone or
    new."""
    old = draw(st.lists(block, max_size=6))
    new: list[str] = []
    for text in old:
        match draw(st.sampled_from(EDITS)):
            case "drop":
                continue
            case "word":
                words = text.split(" ")
                places = [n for n, word in enumerate(words) if word in WORDS]
                if places:
                    words[draw(st.sampled_from(places))] = draw(_word)
                new.append(" ".join(words))
            case "split" if text.startswith("It"):
                new.append(text.replace(". It", ".\n\nIt", 1))
            case "join" if new and text.startswith("It") and new[-1].startswith("It"):
                new[-1] = f"{new[-1]} {text}"
            case "add":
                new += [text, draw(block)]
            case "swap":
                new.insert(0, text)
            case _:
                new.append(text)
    return "\n\n".join(old), "\n\n".join(new)
