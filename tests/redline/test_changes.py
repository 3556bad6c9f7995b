"""What is marked within a paragraph: words where it was reworded, no confetti."""

import pytest

from report.redline.changes import Token, compared, pieces


def marked(old: str, new: str) -> str:
    """Both texts as one: [-what went-], [+what came+]."""

    def tokens(text: str) -> list[Token[None]]:
        return [Token(piece, piece, None) for piece in pieces(text)]

    said = ""
    for before, after in compared(tokens(old), tokens(new)):
        token = before or after
        assert token is not None
        sign = "" if before and after else "-" if before else "+"
        said += f"[{sign}{token.text}{sign}]" if sign else token.text
    return said.replace("-][-", "").replace("+][+", "")


@pytest.mark.parametrize(
    ("old", "new", "both"),
    [
        ("In all, forty-eight people came.", "In all, forty-seven people came.",
         "In all, [-forty-eight-][+forty-seven+] people came."),
        ("Of 17 managers, 15 nurses and 16 others.", "Of 16 managers, 14 nurses and 16 others.",
         "Of [-17-][+16+] managers, [-15-][+14+] nurses and 16 others."),
        ("One. Two things here. Three.", "One. Three.", "One. [-Two things here. -]Three."),
        ("One. Three.", "One. Two things here. Three.", "One. [+Two things here. +]Three."),
        ("One here. They had trust in the place.", "One here. Nobody asked about it again.",
         "One here. [-They had trust in the place.-][+Nobody asked about it again.+]"),
        ("She said “yes.” He left.", "She said “yes.” He stayed.",
         "She said “yes.” He [-left-][+stayed+]."),
        ("All who came early to the big meeting had tea and cake there in the hall.",
         "All who arrived much later to a small lecture had tea and cake there in the hall.",
         "All who [-came early to the big meeting-][+arrived much later to a small lecture+]"  # noqa: ISC004
         " had tea and cake there in the hall."),
        ("", "All is new.", "[+All is new.+]"),
        ("All is gone.", "", "[-All is gone.-]"),
        ("قال ذلك؟ ثم ذهب إلى البيت.", "قال ذلك؟ ثم ذهب إلى العمل.",
         "قال ذلك؟ ثم ذهب إلى [-البيت-][+العمل+]."),
    ],
)  # fmt: skip
def test_a_text_is_marked(old: str, new: str, both: str) -> None:
    assert marked(old, new) == both
