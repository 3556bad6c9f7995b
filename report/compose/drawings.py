"""The figures that templates ask for, with their words, as files of a document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from report.compose import charts, drawing, tables
from report.compose.escape import Markdown
from report.compose.gathered import Gathered
from report.compose.noted import note as noted
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
        for theme in self.study.codebook.themes:
            noted([theme.label, *(sub_theme.label for sub_theme in theme.sub_themes)])
        return self._file("speakers", charts.speakers(self.study, columns, counted))

    def people(self, groups: Sequence[tuple[str, int]]) -> Markdown:
        """The path of the figure of who took part: a label and a number for each group."""
        noted([label for label, _ in groups])
        return self._file("people", charts.people(groups, self.colours.accent))

    def timeline(self, labels: Sequence[str], note: str, legend: Mapping[str, str]) -> Markdown:
        """The path of the figure of when the sessions were held: `labels` of its lanes, `note`
        below the axis, `legend` the modes in words."""
        self.gathered.told.columns |= {"session", "stakeholder", "mode", "date"}
        chart = charts.timeline(self.study, self.language, labels, note, legend)
        return self._file("timeline", chart)

    def _file(self, name: str, chart: drawing.Chart) -> Markdown:
        path = f"{self.folder}/{name}"
        svg, png = drawing.later(chart, self.fonts)
        self.gathered.assets |= {f"{path}.svg": svg, f"{path}.png": png}
        return Markdown(path)
