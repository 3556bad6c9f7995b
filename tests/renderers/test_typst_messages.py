"""What Typst itself says, in a user's words: a change of its wording shows here."""

from pathlib import Path

import matplotlib as mpl
import pytest
import typst
from fontTools.ttLib import TTFont

from report.errors import RenderError
from report.model.document import Document
from report.renderers.typst_messages import refusal

FONTS = Path(__file__).parents[2] / "templates" / "theme" / "fonts"
HEAD = '#set document(title: "x")\n'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h5v5"/></svg>'
TEXT = "---\ntitle: x\n---\n\n# First words\n\nPlain prose here.\n\n### Third\n\n![](one.svg)\n"


def refused(folder: Path, source: str, fonts: Path = FONTS) -> RenderError:
    (folder / "one.svg").write_text(SVG, "utf-8")
    (folder / "main.typ").write_text(f'#set text(font: "Source Sans 3")\n{source}', "utf-8")
    family = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts)]
    )
    with pytest.raises(typst.TypstError) as caught:
        typst.compile(
            str(folder / "main.typ"),
            format="pdf",
            pdf_standards=["ua-1", "a-2a"],
            font_paths=family,
            timestamp=1,
        )
    document = Document("lay.en", "lay", TEXT, "en", "lay", 1)
    return refusal(caught.value.diagnostic, document, (folder / "main.typ").read_text("utf-8"))


@pytest.mark.parametrize(
    ("source", "meant", "line"),
    [
        (f"{HEAD}= First words\n=== Third", "a heading of level 3 follows one of level 1", 9),
        (f"{HEAD}== First words", "the first heading is not of level 1", 5),
        (f"{HEAD}= First words\n#heading[]", "a heading has no words", 0),
        (f'{HEAD}#image("one.svg")', "a picture has no words for those who do not see it", 11),
        ("= First words", "the document has no title", 0),
        ('#set document(title: "x", date: none)\n= A', "the document has no date", 0),
        (f"{HEAD}Plain prose 語 here.", "no font can print “語”", 7),
        (
            f'#set document(title: "{"x" * 40000}")\n= A',
            "alternative text is longer than 32767 characters",
            0,
        ),
    ],
)
def test_a_refusal_is_told_in_plain_words_at_its_line(
    tmp_path: Path, source: str, meant: str, line: int
) -> None:
    error = refused(tmp_path, source)
    assert error.message.startswith("lay.en.pdf: ")
    assert meant in error.message
    assert "PDF/UA-1 error" not in error.message
    assert error.hint
    assert error.line == line


def test_a_font_that_may_not_be_embedded_is_named(tmp_path: Path) -> None:
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    with TTFont(FONTS / "SourceSans3-Regular.ttf") as font:
        font["OS/2"].fsType = 2  # “restricted licence”
        font.save(fonts / "mine.ttf")
    error = refused(tmp_path, f"{HEAD}Plain prose here.", fonts)
    assert "the font Source Sans 3 may not be put into files" in error.message
    assert "templates/theme/fonts" in error.hint


def test_a_character_that_nobody_can_read_out_is_named(tmp_path: Path) -> None:
    fonts = Path(mpl.get_data_path()) / "fonts" / "ttf"
    source = f'{HEAD}#set text(font: "DejaVu Sans")\nPlain prose \uf6c5 here.'
    error = refused(tmp_path, source, fonts)
    assert r"the character \u{f6c5} stands there" in error.message
    assert error.line == 7


def test_what_has_no_words_of_ours_keeps_its_own(tmp_path: Path) -> None:
    error = refused(tmp_path, "#nothing\n")
    assert error.message == "lay.en.pdf: Typst refused it: unknown variable: nothing"
    assert error.line == 0
