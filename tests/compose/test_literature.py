import pytest

from report.compose.literature import blinded, own
from report.model.audience import Blinding
from report.model.diagnostic import Location
from report.model.reference import Reference
from report.model.study_file import Author

AUTHORS = [
    Author(given="Kristina Bakke", family="Åkerblom"),
    Author(given="Jan", family="van der Berg"),
    Author(given="Søren", family="Ødegård"),
]


def work(key: str, author: str) -> Reference:
    fields = {"author": author, "year": "2020", "title": "Ours"}
    source = f"@book{{{key}, author = {{{author}}}, title = {{Ours}}, year = {{2020}}}}"
    return Reference(key, "book", Location("references.bib", 1, 1), source, fields)


@pytest.mark.parametrize(
    "name",
    [
        "Åkerblom, Kristina Bakke",
        "Akerblom, K. B.",
        "Kristina Bakke Åkerblom",
        r"{\AA}kerblom, Kristina",
        r"\r{A}kerblom, K.",
        "A\u030akerblom, Kristina",
        "van der Berg, Jan",
        "Jan van der Berg",
        "Berg, Jan van der",
        "van der Berg, Jr, Jan",
        "Doe, Jane and {van der Berg}, J.",
        r"{\O}deg{\aa}rd, S{\o}ren",
        r"\O{}deg\aa{}rd, S.",
        "ØDEGÅRD, S.",
    ],
)
def test_own_work(name: str) -> None:
    assert list(own([work("x", name)], AUTHORS))


@pytest.mark.parametrize("name", ["Åkerblom, Maria", "Berg, Jan", "Kerblom, Kristina", "WHO", ""])
def test_anothers_work(name: str) -> None:
    assert not list(own([work("x", name)], AUTHORS))


def test_a_blinded_text_has_neither_key_nor_name() -> None:
    works = (work("akerblom2020", "Åkerblom, K."), work("doe2020", "Doe, J."))
    text = "As @akerblom2020 and [see @{akerblom2020}, p. 1; @doe2020] say."
    blinding = Blinding(author="Author", title="Omitted")
    shown, bibliography = blinded(text, works, AUTHORS, blinding)
    assert shown == "As @blinded-1 and [see @blinded-1, p. 1; @doe2020] say."
    assert "kerblom" not in bibliography.casefold()
    assert "2020" in bibliography
    assert "doe2020" in bibliography
