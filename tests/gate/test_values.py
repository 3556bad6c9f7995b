"""The rules of values, names and folders."""

import pytest

from report.gate import gate
from report.model.diagnostic import Diagnostic
from report.model.term import Term
from report.model.withheld import Name, Value, Withheld
from tests.gate.plants import package, typeset, word

OWN = "my boat is all that I have left here"


def told(text: str, value: str = "Harbour pilot") -> tuple[Diagnostic, ...]:
    values = (Value("small cells", "profession 3", value, (OWN,)),)
    return gate({"a.html": f"<!DOCTYPE html><body>{text}</body>".encode()}, Withheld(values=values))


@pytest.mark.parametrize(
    "text",
    [
        "<td>Harbour pilot</td>",
        "<td>harbour  pilot </td>",
        "<td>Harbour pilot (1)</td>",
        "<td>Harbour <b>pilot</b> (1)</td>",
        "<td>Nurse (2), Harbour pilot (1), Baker</td>",
        "<td>Nurse; Harbour pilot</td>",
        "<td>Nurse / harbour pilot</td>",
        "<img alt='Harbour pilot'>",
        "<p>Of these, nurse (2) and harbour pilot (1) were new</p>",
        f"<p>“{OWN}” (a harbour pilot)</p>",
        f"<p>As a harbour pilot said:</p><p>{OWN}</p>",
        "<p>A harbour pilot said: “my boat is all that I</p>",
    ],
)
def test_a_value_stands_alone_or_close(text: str) -> None:
    assert [d.message for d in told(text)] == ["small cells: profession 3 stands here"]


@pytest.mark.parametrize(
    "text",
    [
        "<p>We met a harbour pilot there.</p>",
        "<td>Harbour pilots</td>",
        "<p class='Harbour pilot'>x</p>",
        f"<p>{OWN}</p><p>{'x ' * 70}</p><p>A harbour pilot came</p>",
        f"<p title='{OWN}'>A harbour pilot came</p>",
        "<p>A harbour pilot: my boat is all that</p>",
    ],
)
def test_elsewhere_it_may(text: str) -> None:
    assert told(text) == ()


def test_a_number_is_a_value_too() -> None:
    assert len(told("<td>34</td>", "34")) == 1
    assert len(told(f"<p>{OWN} (34 years)</p>", "34")) == 1
    assert told("<p>34 people, 340 days</p>", "34") == ()


def test_cells_of_a_pdf() -> None:
    cells = "#table(columns: 3, [A], [Harbour pilot (1)], [5], [B], [Nurse], [6])"
    values = (Value("small cells", "profession 3", "Harbour pilot", ()),)
    assert len(gate(dict([typeset(cells)]), Withheld(values=values))) == 1


NAMES = Withheld(
    names=(
        Name("blinding", "name 1", Term("Kari Næss-Åkerblom", names=True)),
        Name("blinding", "name 2", Term("Young", names=True, family=True)),
        Name("blinding", "mail", Term("kari@hvl.no")),
    )
)


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("Kari Næss-Åkerblom", ["name 1"]),
        ("KARI NÆSS-ÅKERBLOM", ["name 1"]),
        ("Kari\nNæss‑Åkerblom", ["name 1"]),
        ("<td>Kari</td><td>Næss-Akerblom</td>", ["name 1"]),
        ("Kari Næss-Åkerblom<sup>1</sup>", ["name 1"]),
        ("Kari Næss-Åkerblom1,2", ["name 1"]),
        ("Ka&shy;ri N&aelig;ss-Åkerblom", ["name 1"]),
        ("write to kari@hvl.no", ["mail"]),
        ("<a href='mailto:kari%40hvl.no'>x</a>", ["mail"]),
        ("<a href='/kari-n%C3%A6ss'>x</a>", []),
        ("Young (2020)", ["name 2"]),
        ("young people, Youngstown", []),
        ("<script>months = 'Young'</script>", []),
        ("<script>/* kari@hvl.no */</script>", ["mail"]),
    ],
)
def test_names(text: str, messages: list[str]) -> None:
    page = f"<!DOCTYPE html><body>{text}</body>".encode()
    assert [d.message for d in gate({"a.html": page}, NAMES)] == [
        f"blinding: {m} stands here" for m in messages
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Kari Næss-\nÅkerblom",
        "Kari Næss-Åker-\nblom",
        "Kari\nNæss-Åkerblom",
        "**Kari** Næss-_Åkerblom_",
    ],
)
def test_a_name_over_lines(text: str) -> None:
    assert len(gate({"a.md": text.encode()}, NAMES)) == 1


def test_a_value_over_lines() -> None:
    withheld = Withheld(values=(Value("small cells", "profession 3", "Harbour pilot", (OWN,)),))
    assert len(gate({"a.txt": f"“{OWN}”, said a har-\nbour pilot".encode()}, withheld)) == 1


def test_a_name_over_runs_of_word() -> None:
    runs = "".join(f"<w:r><w:t>{t}</w:t></w:r>" for t in ("Kari N", "æss-Åker", "blom"))
    file = package({"word/document.xml": word(f"<w:p>{runs}</w:p>")})
    assert len(gate(dict([file]), NAMES)) == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("/home/anna/a.docx", 1),
        ("file:///home/anna/a.docx", 1),
        ("/home/anna", 1),
        ("\\\\home\\\\anna\\\\a", 1),
        ("%2Fhome%2Fanna%2Fa", 1),
        ("C:\\Users\\Anna Lie\\a.docx", 1),
        ("c:/users/anna lie/a.docx", 1),
        ("file:///C:/Users/Anna%20Lie/a.docx", 1),
        ("C:\\\\Users\\\\Anna Lie\\\\a", 1),
        ("/home/annabel/a", 0),
        ("https://example.org/home/anna", 0),
        ("C:\\Users\\Ann", 0),
        ("a / b", 0),
    ],
)
def test_folders(text: str, count: int) -> None:
    withheld = Withheld(paths=("/home/anna/", "C:\\Users\\Anna Lie", "/"))
    assert len(gate({"a.txt": text.encode()}, withheld)) == count
    assert len(gate({"a.html": f"<p>{text}</p>".encode()}, withheld)) == count
