"""What the tests withhold, and how often it is told."""

from report.gate import gate
from report.model.diagnostic import Diagnostic
from report.model.term import Term
from report.model.withheld import Mark, Name, Value, Withheld, Words

QUOTE = "We never told the ward about those nights, and nobody ever asked us why"
RUN = "told the ward about those nights"
FOLDER = "/home/anna/interviews"
WITHHELD = Withheld(
    words=(
        Words("withdrawn", "quote Q17", QUOTE),
        Words("withdrawn", "quote Q18", "in Bergen", whole=True),
    ),
    marks=(Mark("ids", "the id of participant 12", "PW12"),),
    names=(Name("blinding", "name 1", Term("Ragnhild Skårdal", names=True)),),
    values=(
        Value(
            "small cells",
            "profession 3",
            "Harbour pilot",
            (OWN := "my boat is all I have left here now",),
        ),
    ),
    paths=(FOLDER,),
)
CANARIES = {
    "words": RUN,
    "whole": "It was in Bergen that it began",
    "mark": "see PW12 here",
    "range": "see PW10–PW14 here",
    "name": "by Ragnhild Skårdal herself",
    "folder": f"made in {FOLDER}/04.docx today",
}
"""By the rule that finds each. A value is found only where people read, so it is tested apart."""

CLEAN = "Nothing of the kind stands in this place, whoever looks for it, not in Bergenhus or PW120"


def found(name: str, content: bytes) -> tuple[Diagnostic, ...]:
    """What the gate tells of one file. No message, place or name may hold what is withheld."""
    told = gate({name: content}, WITHHELD)
    for diagnostic in told:
        line = f"{diagnostic} {diagnostic.hint}".casefold()
        assert not any(
            secret.casefold() in line
            for secret in (RUN, "in Bergen", "PW12", "Skårdal", "Harbour pilot", FOLDER)
        ), line
    return told
