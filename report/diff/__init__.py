"""Two states of a study's documents → what changed between them.

A state is a Text for each document. All here is pure: nothing is read from disk or written."""

from typing import Final

FOLDER: Final = "_changes"
"""Where files that show changes go, in the study's folder."""
