"""What a row says of one recipient stands in no other's document."""

from pathlib import Path

import pytest

from report.build import build
from report.check import check
from report.config import settings
from report.gate import gate
from report.model.diagnostic import Severity
from report.model.withheld import Own, Withheld


def leaks(
    text: str, *cells: tuple[str, str], reader: str = "moon", public: tuple[str, ...] = ()
) -> int:
    """How many cells, each of a recipient, are found in a page with the text for the reader."""
    held: dict[str, set[str]] = {}
    for recipient, cell in cells:
        held.setdefault(cell, set()).add(recipient)
    own = tuple(
        Own(f"cell {n}", cell, frozenset(who)) for n, (cell, who) in enumerate(held.items())
    )
    page = f"<!DOCTYPE html><body>{text}</body>".encode()
    return len(gate({"a.html": page}, Withheld(own=own, public=public, reader=reader)))


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Dear Berit Lanternsdatter,", "Berit Lanternsdatter"),
        ("Dear <b>berit</b>\nLANTERNSDATTER,", "Berit Lanternsdatter"),
        ("<td>Berit</td><td>Lanternsdatter</td>", "Berit Lanternsdatter"),
        ("for Lampeforeningen", "Lampeforeningen"),
        ("write to berit@lamps.example", "berit@lamps.example"),
        ("call 22 33 44 55", "22 33 44 55"),
        ("your code is X7-334-QZ", "X7-334-QZ"),
        ("Local branch 12", "Local branch 12"),
        (
            "how nights were before the harbour",
            "Asked how nights were before the harbour had lamps",
        ),
    ],
)
def test_what_is_of_another_is_found(text: str, cell: str) -> None:
    assert leaks(text, ("harbour", cell)) == 1
    assert leaks(text, ("harbour", cell), reader="") == 1
    assert leaks(text, ("harbour", cell), reader="harbour") == 0
    assert leaks(text, ("harbour", cell), ("moon", cell)) == 0


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("that was in 2024", "2024"),
        ("12 people", "12"),
        ("yes, it was", "yes"),
        ("of the 2024-05-12", "2024-05-12"),
        ("on 12 May 2026", "12 May 2026"),
        ("on 12 September 2026", "12 September 2026"),
        ("the north", "North"),
        ("Local branch 12", "Local branch 1"),
        ("Local branch 12", "Local branch 2"),
        ("in Lampeforeningens hus", "Lampeforeningen"),
        ("12 23 34 45 56 7", "22 33 44 55"),
    ],
)
def test_what_tells_nobody_is_not(text: str, cell: str) -> None:
    assert leaks(text, ("harbour", cell)) == 0


def test_a_cell_within_a_longer_one_of_the_readers_own_is_theirs() -> None:
    cells = ("harbour", "Mental Lamps"), ("moon", "Mental Lamps by the Sea")
    assert leaks("For Mental Lamps by the Sea", *cells) == 0
    assert leaks("For Mental Lamps by the Sea", *cells, reader="harbour") == 1


def test_rows_may_share_most_of_a_long_cell() -> None:
    cells = [
        (name, f"You told us that the nights are long and lamps are few in {name} harbour")
        for name in ("north", "south", "moon")
    ]
    assert leaks(cells[2][1], *cells) == 0
    assert leaks(cells[0][1], *cells) == 1


def test_what_everybody_may_read_is_of_nobody() -> None:
    cell = ("harbour", "Lamp Harbour Association")
    text = "We thank the Lamp Harbour Association."
    assert leaks(text, cell, public=("Thanks to the Lamp Harbour Association, and others",)) == 0
    assert leaks(text, cell, public=("Thanks to the Lamp Harbour, and others",)) == 1


def test_a_template_that_names_a_contact_stops_the_build(study: Path) -> None:
    contact = study / "templates/partials/contact.md.j2"
    contact.parent.mkdir(parents=True)
    contact.write_text("Write to Berit Lanternsdatter.\n")
    told = check(settings(study), ["briefing"], draft=True).diagnostics
    found = {d.message for d in told if d.code == "leak"}
    assert found == {
        "recipients: the contact of another recipient (data/recipients.csv:2:34) stands here"
    }
    built = build(settings(study), ["briefing"], ["html"], spoken=["en"])
    assert built.failed
    assert not (study / "_output").exists()


def test_its_own_recipient_may_read_it(study: Path) -> None:
    contact = study / "templates/partials/contact.md.j2"
    contact.parent.mkdir(parents=True)
    contact.write_text("Write to Berit Lanternsdatter.\n")
    assert not check(settings(study), ["briefing"], recipients=["harbour"], draft=True).failed


def test_what_the_authors_tell_all_is_public(study: Path) -> None:
    (study / "data/text/briefing/made-by.md").write_text(
        "Ada Example, with thanks to the Lamp Harbour Association on the North Shore.\n"
    )
    assert not check(settings(study), ["briefing"], draft=True).failed


def test_a_finished_file_of_another_recipient_is_refused(study: Path) -> None:
    """As if a renderer had mixed two documents up."""
    checked = check(settings(study), ["briefing"], spoken=["en"])
    named = {variant.name: variant for variant in checked.variants}
    harbour = checked.documents["briefing.harbour.en"].text.encode()
    held = checked.withheld[named["briefing.harbour.en"]]
    assert gate({"a.qmd": harbour}, held) == ()
    told = gate({"a.qmd": harbour}, checked.withheld[named["briefing.moon.en"]])
    assert {leak.code for leak in told} == {"leak"}
    columns = {leak.message.split(" of another")[0] for leak in told}
    assert columns == {
        f"recipients: the {column}" for column in ("organisation", "contact", "shore", "note")
    }


def test_no_file_for_nobody_in_particular_names_a_contact(study: Path) -> None:
    held = check(settings(study), draft=True).of_everyone
    page = "<p>Lamp Harbour Association</p><p>harbour</p>"
    assert gate({"index.html": page.encode()}, held) == ()
    assert gate({"index.html": b"<p>Berit Lanternsdatter</p>"}, held)


def test_a_row_that_holds_an_id_is_told_at_its_cell(study: Path) -> None:
    table = study / "data/recipients.csv"
    table.write_text(table.read_text().replace("You asked us how", "As P2 asked: how"))
    told = check(settings(study), ["briefing"], draft=True).diagnostics
    leak = [d for d in told if d.severity is Severity.ERROR]
    assert [(d.code, d.location.path, d.location.line) for d in leak] == [
        ("leak", "data/recipients.csv", 2)
    ]
    assert leak[0].message == "ids: a participant's id stands here"


def test_what_is_held_back_shares_all_but_its_reader(study: Path) -> None:
    """One for each document would cost as much as all documents."""
    checked = check(settings(study), ["briefing"], draft=True)
    held = [w for v, w in checked.withheld.items() if v.recipient]
    assert len({id(w.own) for w in held}) == len({id(w.words) for w in held}) == 1
    assert len({w.hash for w in held}) == 3
