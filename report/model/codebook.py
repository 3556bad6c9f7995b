"""codebook.yml: themes, sub-themes and codes."""

from pydantic import ConfigDict, Field

from report.model.entry import Entry, Identifier, Text


class Code(Entry):
    """The finest unit of the analysis. A quote names it in its column “codes”."""

    WORDS = ("label", "definition")

    id: Identifier
    """The name that quotes.csv uses."""
    label: Text
    """The code in words."""
    definition: Text | None = None
    """What is coded with it, and what is not."""


class SubTheme(Entry):
    """A sub-theme. The manuscript's findings have a section for each."""

    WORDS = ("label", "definition")

    id: Identifier
    """The name that quotes.csv may use, and the name of its text: text/findings/ID.md."""
    label: Text
    """The sub-theme in words: its section's heading."""
    definition: Text | None = None
    """What belongs to it."""
    codes: tuple[Code, ...] = ()
    """The codes under it. Leave it out where quotes name the sub-theme itself."""


class Theme(Entry):
    """A theme with its sub-themes."""

    WORDS = ("label", "definition")

    id: Identifier
    """Its name, and that of its text: text/findings/ID.md."""
    label: Text
    """The theme in words: its section's heading."""
    definition: Text | None = None
    """What holds its sub-themes together."""
    sub_themes: tuple[SubTheme, ...] = Field(min_length=1)
    """The sub-themes, in the order in which they are told."""


class Codebook(Entry):
    """Themes, their sub-themes, and the codes under these."""

    model_config = ConfigDict(title="codebook.yml")

    themes: tuple[Theme, ...] = Field(min_length=1)
    """The themes, in the order in which they are told."""
