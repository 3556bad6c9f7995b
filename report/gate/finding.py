"""What a rule finds."""

from dataclasses import dataclass

from report.gate.passage import Passage


@dataclass(frozen=True, slots=True)
class Finding:
    """`message` names the rule and what is withheld, and none of its words."""

    message: str
    passage: Passage
