"""Figures of two states."""

from collections.abc import Iterator, Mapping

from report.diff.change import Change, Kind, Part
from report.diff.numbers import changed
from report.diff.reading import Figure
from report.diff.text import Text
from report.readability.sentences import sentences


def figures(
    old: Mapping[str, Figure],
    new: Mapping[str, Figure],
    before: Text,
    after: Text,
    languages: tuple[str, ...],
) -> Iterator[Change]:
    """Figures that came, went, show another picture, or say otherwise what they show."""
    for label in dict.fromkeys([*new, *old]):
        was, now = old.get(label), new.get(label)
        if was is None and now is not None:
            yield Change(Part.FIGURE, Kind.ADDED, name(now), now.section)
        elif now is None and was is not None:
            yield Change(Part.FIGURE, Kind.DELETED, name(was), was.section)
        elif was is not None and now is not None:
            told = was.alt != now.alt and changed(was.alt, now.alt, languages)[1]
            if told or _pictures(was, before) != _pictures(now, after):
                ends = _counted(was.alt, now.alt) if told else ("", "")
                yield Change(Part.FIGURE, Kind.REDRAWN, name(now), now.section, "", "", *ends)
            if was.caption != now.caption:
                yield Change(
                    Part.FIGURE, Kind.REWORDED, name(now), now.section,
                    old=was.caption, new=now.caption,
                )  # fmt: skip
            if was.alt != now.alt and not told:
                yield Change(
                    Part.FIGURE, Kind.REWORDED, name(now), now.section, old=was.alt, new=now.alt
                )


def _counted(old: str, new: str) -> tuple[str, str]:
    """The sentences in which two descriptions differ."""
    sides = (
        [sentence.text for sentence in sentences(old, "")],
        [sentence.text for sentence in sentences(new, "")],
    )
    one, other = ([s for s in side if s not in against] for side, against in (sides, sides[::-1]))
    return " ".join(one), " ".join(other)


def name(figure: Figure) -> str:
    """What people know it by: its caption, or what it shows."""
    return figure.caption or figure.alt


def _pictures(figure: Figure, text: Text) -> list[str]:
    return [
        sha
        for path, sha in text.assets.items()
        if path == figure.path or path.startswith(f"{figure.path}.")
    ]
