"""What the figures show: of a study's numbers and a template's words, all that one is drawn from
and all that it says."""

from collections.abc import Mapping, Sequence
from functools import partial

from report.compose import figures, tables, words
from report.compose.drawing import Chart
from report.model.study import Study


def speakers(study: Study, columns: Sequence[str], counted: Sequence[tables.SubThemeRow]) -> Chart:
    """Who spoke to which sub-theme: `columns` names the counts."""
    counts = {row.sub_theme.id: row.counts for row in counted}
    rows: list[figures.Row] = []
    for theme in study.codebook.themes:
        rows.append(figures.Row(str(theme.label), heading=True))
        rows += [figures.Row(str(s.label), counts=counts[s.id]) for s in theme.sub_themes]
    heads = tuple(str(column) for column in columns)
    numbers = [str(count) for row in rows for count in row.counts if count]
    said = (*heads, *(row.label for row in rows), *numbers)
    return Chart(partial(figures.speakers, heads, tuple(rows)), said)


def people(groups: Sequence[tuple[str, int]], colour: str) -> Chart:
    """Who took part: a label and a number for each group, people in the colour."""
    shown = tuple((str(label), count) for label, count in groups)
    said = tuple(str(part) for group in shown for part in group)
    return Chart(partial(figures.people, shown, colour), said)


def timeline(
    study: Study, language: str, labels: Sequence[str], note: str, legend: Mapping[str, str]
) -> Chart:
    """When the sessions were held: `labels` of its lanes, `note` below the axis, `legend` the modes
    in words, each shaded by its place there."""
    shades = {str(mode): shade for shade, mode in enumerate(legend)}
    lanes = tuple(
        figures.Lane(
            str(label),
            tuple(
                figures.Mark(at, n, shades.get(session.mode, len(shades)))
                for session, n, at in marks
            ),
        )
        for label, (_, marks) in zip(labels, tables.lanes(study), strict=True)
    )
    collection = study.file.data_collection
    ends = (words.month(collection.start, language), words.month(collection.end, language))
    modes = tuple((str(said), shades[mode]) for mode, said in legend.items())
    sizes = {mark.size for lane in lanes for mark in lane.marks}
    numbers = [str(size) for size in sizes] if sizes != {1} else []
    said = (*(lane.label for lane in lanes), *ends, str(note), *(m for m, _ in modes), *numbers)
    return Chart(partial(figures.timeline, lanes, ends, str(note), modes), said)
