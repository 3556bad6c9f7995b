"""The figures that templates ask for, with their words, as files of a document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from report.compose import figures, tables, words
from report.compose.drawing import Picture
from report.compose.escape import Markdown
from report.compose.gathered import Gathered
from report.compose.noted import note
from report.model.brand import Scheme
from report.model.study import Study


@dataclass(frozen=True)
class Drawings:
    """Draws a study as it is shown in a language, and gathers the files, by their path in
    `folder`."""

    study: Study
    language: str
    colours: Scheme
    fonts: tuple[Path, ...]
    folder: str
    gathered: Gathered

    def speakers(self, columns: Sequence[str], counted: Sequence[tables.SubThemeRow]) -> Markdown:
        """The path of the figure of who spoke to which sub-theme: `columns` names the counts."""
        counts = {row.sub_theme.id: row.counts for row in counted}
        rows: list[figures.Row] = []
        for theme in self.study.codebook.themes:
            rows.append(figures.Row(theme.label, heading=True))
            rows += [figures.Row(sub.label, counts=counts[sub.id]) for sub in theme.sub_themes]
        note([row.label for row in rows])
        return self._file("speakers", figures.speakers(tuple(columns), tuple(rows), self.fonts))

    def people(self, groups: Sequence[tuple[str, int]]) -> Markdown:
        """The path of the figure of who took part: a label and a number for each group."""
        note([label for label, _ in groups])
        drawn = figures.people(tuple(groups), self.colours.accent, self.fonts)
        return self._file("people", drawn)

    def timeline(self, labels: Sequence[str], note: str, legend: Mapping[str, str]) -> Markdown:
        """The path of the figure of when the sessions were held: `labels` of its lanes, `note`
        below the axis, `legend` the modes in words, each shaded by its place there."""
        shades = {mode: shade for shade, mode in enumerate(legend)}
        lanes = tuple(
            figures.Lane(
                label,
                tuple(
                    figures.Mark(at, n, shades.get(session.mode, len(shades)))
                    for session, n, at in marks
                ),
            )
            for label, (_, marks) in zip(labels, tables.lanes(self.study), strict=True)
        )
        collection = self.study.file.data_collection
        ends = (
            words.month(collection.start, self.language),
            words.month(collection.end, self.language),
        )
        self.gathered.told.columns |= {"session", "stakeholder", "mode", "date"}
        modes = tuple((legend[mode], shade) for mode, shade in shades.items())
        return self._file("timeline", figures.timeline(lanes, ends, note, modes, self.fonts))

    def _file(self, name: str, picture: Picture) -> Markdown:
        path = f"{self.folder}/{name}"
        self.gathered.assets |= {f"{path}.svg": picture.svg, f"{path}.png": picture.png}
        return Markdown(path)
