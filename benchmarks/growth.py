"""How what is searched or compared grows with its size, where a careless way would grow faster.

In one run and in turn, each is done at two sizes; printed are the least seconds of computing, and
by how many times they grew.
"""

import sys
import time
from collections.abc import Callable
from typing import NamedTuple

from report.compose.running import passages
from report.compose.vocabulary import Found, Vocabulary
from report.gate import gate
from report.model.glossary import Term, Wording
from report.model.withheld import Own, Withheld
from report.redline.alignment import Unit, aligned, words_of

TURNS = 5


class Growth(NamedTuple):
    """What is made ready at a size and then done; at which two sizes; and by how many times the
    time may grow from one to the other."""

    told: str
    ready: Callable[[int], Callable[[], object]]
    sizes: tuple[int, int]
    limit: float


def main() -> None:
    kept = True
    for growth in GROWTHS:
        actions = [growth.ready(size) for size in growth.sizes]
        taken: list[list[float]] = [[], []]
        for action in actions:
            action()
        for _ in range(TURNS):
            for action, seconds in zip(actions, taken, strict=True):
                seconds.append(timed(action))
        small, large = map(min, taken)
        kept &= large <= growth.limit * small
        print(f"{growth.told:<44} {small:7.4f} s  {large:7.4f} s", end="")
        print(f"  {large / small:6.1f} times, at most {growth.limit}")
    sys.exit(0 if kept else 1)


def timed(action: Callable[[], object]) -> float:
    start = time.process_time()
    action()
    return time.process_time() - start


def terms(size: int) -> Callable[[], object]:
    wording = Wording(term="peer worker", forms=("co-production role",), plain="it")
    found = Found(Term(id="peer", words={"en": wording}), wording)
    vocabulary = Vocabulary(dict.fromkeys(wording.every_form, found))
    text = (
        "A peer worker [and “more* of `it\n\n> said\n\n- co-production role (and so on\n\n" * size
    )
    return lambda: list(vocabulary.uses(text, passages(text)))


def rows(size: int) -> Callable[[], object]:
    def table(word: str) -> list[Unit]:
        texts = [f"row {n} of {word} with number{n} and id{n}" for n in range(size)]
        return [Unit(text, words_of(text), "row") for text in texts]

    before, after = table("then"), table("now")
    return lambda: aligned(before, after)


def recipients(size: int) -> Callable[[], object]:
    text = "</p><p>".join(f"We asked {n} people of all shores" for n in range(300))
    page = {"a.html": f"<!DOCTYPE html><body><p>{text}</p></body>".encode()}
    own = (
        Own("contact", f"Somebody Named{chr(97 + n % 26)}{chr(97 + n // 26 % 26)} {n}",
            frozenset({f"r{n}"}))
        for n in range(size)
    )  # fmt: skip
    withheld = Withheld(own=tuple(own), reader="r0")
    return lambda: gate(page, withheld)


GROWTHS = (
    Growth("terms in a text, 10 times as long", terms, (400, 4000), 15),
    Growth("a table with each row changed, 5 times", rows, (300, 1500), 8),
    Growth("contacts of recipients, 1,000 times", recipients, (2, 2000), 10),
)


if __name__ == "__main__":
    main()
