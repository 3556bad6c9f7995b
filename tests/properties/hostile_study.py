"""The example study with a hostile text in the place of every text."""

import csv
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import yaml

from report.config import example

# What is no text but a name, a code or a date.
_NAMES: Final = {
    "schema", "id", "language", "date", "orcid", "email", "start", "end", "cite", "stakeholder",
    "moderated", "doi", "received", "accepted", "published", "appendix", "sampling", "term",
    "forms",
}  # fmt: skip


def copy(folder: Path) -> None:
    """Make `folder` the example study."""
    shutil.copytree(example() / "data", folder / "data")


def in_english(folder: Path) -> None:
    """Leave the study's other languages out."""
    _audiences_without(folder, "languages", "abstract_languages")


def _audiences_without(folder: Path, *keys: str) -> None:
    file = folder / "data" / "audiences.yml"
    tree = yaml.safe_load(file.read_bytes())
    for said in tree["audiences"].values():
        for key in keys:
            said.pop(key, None)
    file.write_text(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False), "utf-8")


def write(folder: Path, texts: Iterator[str]) -> list[str]:
    """Make `folder` such a study; returns its texts, each with a number of its own inside."""
    written: list[str] = []

    def hostile(_: str = "") -> str:
        written.append(f"{next(texts)} q{len(written)}q {next(texts)}")
        return written[-1]

    copy(folder)
    in_english(folder)
    _audiences_without(folder, "generalise", "waivers")
    (folder / "data" / "generalisations.csv").unlink()
    for name in ("study", "codebook", "glossary"):
        file = folder / "data" / f"{name}.yml"
        tree = _changed(yaml.safe_load(file.read_bytes()), hostile)
        if name == "study":
            tree["identifying"] = []  # every profession is one person's, or two
        file.write_text(yaml.safe_dump(tree, allow_unicode=True), "utf-8")
    professions: dict[str, str] = {}
    people: dict[str, str] = {}

    def person(row: dict[str, str]) -> None:
        value = professions.get(row["profession"]) or hostile()
        professions[row["profession"]] = row["profession"] = value
        people[row["participant"]] = row["participant"] = hostile()

    def quote(row: dict[str, str]) -> None:
        row["text"], row["participant"] = hostile(), people[row["participant"]]

    _rewrite(folder / "data" / "participants.csv", person)
    _rewrite(folder / "data" / "quotes.csv", quote)
    return written


def _changed(tree: Any, hostile: Callable[[str], str], key: str = "") -> Any:
    match tree:
        case dict():
            return {k: v if k in _NAMES else _changed(v, hostile, k) for k, v in tree.items()}
        case list():
            return [_changed(part, hostile, key) for part in tree]
        case str():
            return hostile(tree)
    return tree


def _rewrite(file: Path, change: Callable[[dict[str, str]], None]) -> None:
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        change(row)
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
