"""What a study's _quarto.yml says: to report, and to Quarto."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from report.model.entry import Entry, Text


class Wishes(Entry):
    """How this study is built."""

    renderer: Literal["builtin", "quarto"] = "builtin"
    """What makes files of the documents: builtin (pandoc and Typst, as installed with report), or
    quarto."""
    output_dir: Text = Field("_output", alias="output-dir")
    """Where report build puts the documents, from the study's folder."""


class ProjectFile(BaseModel):
    """The part of _quarto.yml that is ours; all else is Quarto's."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    report: Wishes | None = None


@dataclass(frozen=True)
class QuartoProject:
    """What a study asks of Quarto for all its documents."""

    text: str = ""
    """Its _quarto.yml without what says how projects are rendered, and without our part, line by
    line."""
    formats: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """The options that it sets, by Quarto's name of the format."""
    files: frozenset[str] = frozenset()
    """The files of the study that Quarto will ask for, by their path from its folder."""
    output: str = ""
    """The folder that quarto render puts documents into, from the study's; empty where it says
    none."""
    profiles: Mapping[str, "QuartoProject"] = field(default_factory=dict)
    """What the study asks for in one profile only, by its name."""

    def formats_in(self, profiles: Iterable[str]) -> Mapping[str, Mapping[str, object]]:
        """The options of formats where these profiles are active; one that the study has nothing
        for adds nothing."""
        parts = [self, *(self.profiles[name] for name in profiles if name in self.profiles)]
        names = {name: None for part in parts for name in part.formats}
        return {
            name: {k: v for part in parts for k, v in part.formats.get(name, {}).items()}
            for name in names
        }
