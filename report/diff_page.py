"""What changed in a document, as the first part of its page."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from lxml import html

from report.compose import environment, localise
from report.compose.translator import Translator
from report.diff.change import Change, Difference, Kind, Number, Part, Place
from report.diff.summary import changes, numbers
from report.diff.wording import pieces
from report.languages import is_right_to_left
from report.model.study import Study

_TEMPLATE: Final = "redline/summary.html.j2"
_NAMELESS: Final = (Kind.WITHDRAWN, Kind.WITHHELD)
"""What is not even named to readers."""


def with_summary(
    page: bytes,
    difference: Difference,
    states: tuple[str, str],
    study: Study,
    themes: Sequence[Path],
    translator: Translator,
) -> bytes:
    """The page of a document with the summary of what changed in it above its text, in the
    translator's language. `states` are what the two states are called; empty for the last build and
    for now."""
    tree = html.document_fromstring(page, html.HTMLParser(encoding="utf-8", huge_tree=True))
    made = _summary(difference, states, study, themes, translator)
    style, summary = html.fragments_fromstring(made, no_leading_text=True)
    tree.find("head").append(style)
    tree.find("body/main").insert(0, summary)
    return bytes(html.tostring(tree, doctype="<!DOCTYPE html>", encoding="utf-8")) + b"\n"


def _summary(
    difference: Difference,
    states: tuple[str, str],
    study: Study,
    themes: Sequence[Path],
    translator: Translator,
) -> str:
    labels = _labels(study, translator)
    parts = [
        {"part": part.value, "groups": list(_groups([each.change for each in shared]))}
        for part in Part
        if (shared := list(changes([difference], part)))
    ]
    template = environment.pages(themes, translator).get_template(_TEMPLATE)
    return template.render(
        source=study.file.language,
        source_dir="rtl" if is_right_to_left(study.file.language) else "ltr",
        since=states[0],
        until=states[1],
        hidden=difference.hidden,
        numbers=[
            _number(each.number, [place for place, _ in each.places], labels)
            for each in numbers([difference])
        ],
        parts=parts,
    )


def _labels(study: Study, translator: Translator) -> Mapping[str, str]:
    """What stakeholders are called in the page's language, by the study's own word."""
    there = localise.study(study, translator).file.stakeholders
    return {
        str(own.label): str(other.label)
        for own, other in zip(study.file.stakeholders, there, strict=True)
    }


def _number(
    number: Number, places: Iterable[Place], labels: Mapping[str, str]
) -> Mapping[str, object]:
    return {
        "name": labels.get(number.name, number.name),
        "old": number.old,
        "new": number.new,
        "places": [
            {
                "section": place.section,
                "within": place.within,
                "pieces": pieces(place.old, place.new),
            }
            for place in places
        ],
    }


def _groups(found: Sequence[Change]) -> Iterable[Mapping[str, object]]:
    """Changes of one part, those of the same thing together."""
    for (name, section), group in groupby(found, lambda change: (_name(change), change.section)):
        yield {
            "name": name,
            "section": section,
            "changes": [
                {
                    "kind": change.kind.value,
                    "row": change.row,
                    "column": change.column,
                    "language": change.language,
                    "direction": "rtl" if is_right_to_left(change.language) else "ltr",
                    "pieces": _shown(change),
                }
                for change in group
            ],
        }


def _name(change: Change) -> str:
    return "" if change.part is Part.QUOTE and change.kind in _NAMELESS else change.name


def _shown(change: Change) -> object:
    """The words; what may not be shown stands there as it is, and not as something deleted."""
    if change.kind in _NAMELESS:
        return [{"what": "same", "text": change.old or change.new}]
    return pieces(change.old, change.new)
