"""A translation of a label, a quote or a term is text as its source is: it does nothing."""

import csv
import itertools
import tempfile
from pathlib import Path

import polib

from report.build import build
from report.config import settings
from tests.properties import hostile_study
from tests.properties.test_whole_way import KNOWN, READERS, bare, nothing_acts, pattern


def test_hostile_translations_come_out_as_they_went_in() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "study"
        hostile_study.copy(root)
        written = translated(root)
        built = build(settings(root), ["lay", "briefing"], spoken=["nb"])
        assert not built.failed, built.diagnostics[:3]
        for name in built.artifacts:
            file = root / "_output" / name
            shown = bare(READERS[file.suffix[1:]](file))
            here = [text for n, text in enumerate(written) if f"q{n}q" in shown]
            assert len(here) > 8, "too few are shown"
            for text in here:
                whole = text.split() if file.suffix == ".pdf" else [text]
                assert all(pattern(part).search(shown) for part in whole), (name, text)
            if file.suffix == ".html":
                nothing_acts(file)


def translated(root: Path) -> list[str]:
    """Hostile texts in place of the Norwegian words of YAML files and of quotes."""
    texts, written = itertools.cycle(KNOWN), list[str]()

    def hostile() -> str:
        written.append(f"{next(texts)} q{len(written)}q {next(texts)}")
        return written[-1]

    path = root / "data" / "locale" / "nb.po"
    catalogue = polib.pofile(str(path), encoding="utf-8")
    for entry in catalogue:
        plain = entry.msgctxt.startswith(("study.yml", "codebook.yml", "audiences.yml"))
        if plain or entry.msgctxt.endswith(".plain"):
            entry.msgstr = hostile()
    catalogue.save()
    table = root / "data" / "quote_translations.csv"
    with table.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    with table.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0].keys())
        writer.writeheader()
        writer.writerows({**row, "text": hostile()} for row in rows)
    return written
