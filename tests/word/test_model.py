"""The reference document that a document is written by."""

from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from report.errors import RenderError
from report.model.document import Document
from report.renderers.word_model import fitted
from report.renderers.word_parts import packed, parts_of

LOOKS = Path(__file__).parents[2] / "templates" / "theme" / "docx"


def document(*, numbered: bool = False, language: str = "en", notice: str = "") -> Document:
    text = f"---\nnumber-sections: {str(numbered).lower()}\n---\n"
    return Document("a.b", "a", text, language, "lay", 0, draft_notice=notice)


def look(name: str) -> bytes:
    return (LOOKS / f"{name}.docx").read_bytes()


def numbered(model: bytes) -> list[bool]:
    styles = docx.Document(BytesIO(model)).styles
    return [styles[f"Heading {n}"].element.find(f".//{qn('w:numPr')}") is not None for n in (1, 6)]


@pytest.mark.parametrize("name", ["manuscript", "review", "briefing", "lay"])
def test_headings_are_numbered_as_the_document_says_whatever_the_look(name: str) -> None:
    for says in (True, False):
        model = fitted(look(name), document(numbered=says))
        assert numbered(model) == [says, says]
        again = fitted(model, document(numbered=not says))
        assert numbered(again) == [not says, not says]


def test_a_list_of_the_looks_own_stays() -> None:
    before, after = (
        parts_of(m) for m in (look("review"), fitted(look("review"), document(numbered=True)))
    )
    for part in ("word/numbering.xml", "word/styles.xml"):
        assert before[part] == after[part]


def test_a_look_without_lists_cannot_number() -> None:
    parts = parts_of(look("lay"))
    del parts["word/numbering.xml"]
    with pytest.raises(RenderError, match="has no lists"):
        fitted(packed(parts), document(numbered=True))
    assert fitted(packed(parts), document())


def test_the_notice_of_a_draft_is_a_style_and_runs_as_the_language_does() -> None:
    model = fitted(look("lay"), document(language="ar", notice="A draft"))
    (section,) = docx.Document(BytesIO(model)).sections
    paragraph = section.header.paragraphs[0]
    assert (paragraph.text, paragraph.style.name) == ("A draft", "Draft Notice")
    assert not list(paragraph._p.iter(qn("w:rPr")))
    assert paragraph._p.pPr.find(qn("w:bidi")) is not None
    assert section._sectPr.find(qn("w:bidi")) is not None


def test_the_same_document_gives_the_same_bytes() -> None:
    says = document(numbered=True, language="ar", notice="A draft")
    assert fitted(look("briefing"), says) == fitted(look("briefing"), says)
