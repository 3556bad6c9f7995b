"""Two states of a study's documents → what changed between them.

A state is a Text for each document. All here is pure: nothing is read from disk or written."""
