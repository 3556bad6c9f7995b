"""For any study: what an audience may not see is in none of its documents, and the rest is.

Each quote, id, value and masked word is made of words that nothing else holds, so that a word that
is found tells where it came from. The documents are read without the gate.
"""

import csv
import shutil
import string
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from report.build import build
from report.config import settings as settings_of
from tests.build import reading

BASE = Path(__file__).parents[1] / "studies" / "base"
USES = ("analysis", "quoting", "translating")
OTHERS = ("lay", "reviewer", "briefing")
READERS = {".html": reading.web, ".docx": reading.docx, ".xml": reading.jats}
CONSENT = st.sampled_from(
    ["all", "none", "analysis", "analysis; quoting", "quoting; translating", "analysis translating"]
)
PERSON = st.fixed_dictionaries(
    {
        "session": st.sampled_from(["FG1", "FG2"]),
        "consent": CONSENT,
        "withdrawn": st.sampled_from(["", "", "2024-01-01 all", "2024 lay", "2024-05 journal"]),
        "ward": st.integers(0, 2),
        "quotes": st.lists(
            st.fixed_dictionaries(
                {"consent": st.one_of(st.just(""), CONSENT), "mask": st.booleans()}
            ),
            max_size=3,
        ),
    }
)
STUDY = st.fixed_dictionaries(
    {
        "people": st.lists(PERSON, min_size=2, max_size=8),
        "attribution": st.sampled_from(["id", "role", "stakeholder", "none"]),
        "generalise": st.booleans(),
        "suppress": st.booleans(),
        "counted": st.booleans(),
    }
)


def word(kind: str, number: int) -> str:
    """A word that nothing else holds: zq, its kind, and its number in letters."""
    digits = f"{number:03d}".translate(str.maketrans("0123456789", string.ascii_lowercase[:10]))
    return f"zq{kind}{digits}x"


def write(root: Path, made: dict[str, Any]) -> Iterator[tuple[bool, str]]:
    """Make `root` that study; yields each string of it and whether the journal may show it."""
    shutil.copytree(BASE, root)
    people, masks = [], []
    quotes: list[list[str]] = []
    for number, person in enumerate(made["people"]):
        name = f"ZQ{number:03d}P"
        gone = person["withdrawn"].endswith(("all", "journal"))
        in_it = not gone and ("analysis" in person["consent"] or person["consent"] == "all")
        people.append([name, person["session"], word("ward", person["ward"]), person["consent"],
                       person["withdrawn"]])  # fmt: skip
        yield in_it and made["attribution"] == "id", name
        for one in person["quotes"]:
            words = [word("said", len(quotes) * 10 + n) for n in range(8)]
            quotes.append([f"Q{len(quotes)}", name, "light", " ".join(words), one["consent"]])
            may = in_it and all(
                cell == "all" or "quoting" in cell
                for cell in (person["consent"], one["consent"] or "all")
            )
            if one["mask"]:
                masks.append([words[3], "place", "somewhere"])
            yield from ((may and not (one["mask"] and n == 3), w) for n, w in enumerate(words))
    if made["generalise"]:
        yield from ((False, word("ward", n)) for n in (0, 1))
    save(root, "participants", ["participant", "session", "ward", "consent", "withdrawn"], people)
    save(root, "quotes", ["quote", "participant", "codes", "text", "consent"], quotes)
    save(root, "masks", ["words", "kind", "replacement"], masks)
    general = [["ward", word("ward", n), "Some ward"] for n in (0, 1)]
    save(root, "generalisations", ["attribute", "value", "general"], general)
    file = root / "data" / "study.yml"
    tree = yaml.safe_load(file.read_bytes())
    tree["consents"] = [{"id": use, "label": use, "required": use == "analysis"} for use in USES]
    tree["attributes"][0]["role"] = True
    tree["withdrawn_count"] = made["counted"]
    tree["identifying"] = ["ward"] if made["suppress"] else []
    file.write_text(yaml.safe_dump(tree), "utf-8")
    journal = {
        "attribution": made["attribution"],
        "generalise": ["ward"] if made["generalise"] else [],
        "suppress": made["suppress"],
        "formats": ["html", "docx", "jats"],
        "consent": {"quote": ["quoting"]},
    }
    others = {n: {"used": n == "lay", "consent": {"quote": []}} for n in OTHERS}
    wishes = {"audiences": {"journal": journal, **others}}
    (root / "data" / "audiences.yml").write_text(yaml.safe_dump(wishes), "utf-8")
    for name, text in (("light", '{{ quotes_of("light") }}'), ("talk", "Nothing.")):
        (root / "data" / "text" / "findings" / f"{name}.md").write_text(text, "utf-8")


def save(root: Path, name: str, columns: list[str], rows: list[list[str]]) -> None:
    if rows:
        with (root / "data" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([columns, *rows])


@settings(max_examples=12, deadline=None, database=None, phases=[Phase.generate])
@given(STUDY)
def test_no_document_holds_what_its_audience_may_not_see(made: dict[str, Any]) -> None:
    # Somebody at least may be shown, else there is no document.
    made["people"][0] |= {"consent": "all", "withdrawn": ""}
    made["people"][0]["quotes"] += [{"consent": "", "mask": False}]
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "study"
        strings = list(write(root, made))
        built = build(settings_of(root), ["journal"])
        assert not built.failed, [str(d) for d in built.diagnostics]
        for file in sorted((root / "_output").glob("journal.*")):
            if reader := READERS.get(file.suffix):
                raw = file.read_bytes().decode("utf-8", errors="replace").casefold()
                shown = f"{reader(file)} {raw}".casefold()
                for may, text in strings:
                    if not may:
                        assert text.casefold() not in shown, (file.name, text)
                    elif text.startswith("zqsaid"):
                        assert text in shown, (file.name, text)
