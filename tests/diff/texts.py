"""Small composed texts to compare."""

from report.compose.quotes import Said
from report.diff.text import Text


def text(markdown: str, *said: Said, language: str = "en", **counts: int) -> Text:
    """A document with that text below its front matter."""
    front = f"---\ntitle: 'A study'\nlang: '{language}'\n---\n\n"
    return Text(f"lay.{language}", "lay", language, front + markdown, said, counts=counts)


def inline(identifier: str, words: str, speaker: str = "N1, nurse") -> Said:
    """A quote as it stands in a sentence."""
    return Said(identifier, "en", "en", words, f"“{words}” ({speaker})")


def block(identifier: str, words: str, speaker: str = "N1, nurse") -> Said:
    """A quote that is set apart."""
    markdown = f"::: {{.quote}}\n> {words}\n>\n> [{speaker}]{{.attribution}}\n:::"
    return Said(identifier, "en", "en", words, markdown)


def table(*rows: str, label: str = "tbl-a", caption: str = "The caption.") -> str:
    """A table in its division; the first row names the columns."""
    head, *body = rows
    rule = "|" + "---|" * (head.count("|") - 1)
    lines = "\n".join([head, rule, *body])
    return f"::: {{#{label}}}\n\n{lines}\n\n{caption}\n\n:::\n"
