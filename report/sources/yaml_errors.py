"""What is wrong with a YAML file, in words for people who write it but never read its manual."""

from collections.abc import Sequence
from typing import Final

import yaml

_QUOTE: Final = "put quotation marks around a text that "
_ALIGN: Final = "give it as many spaces at its start as the lines that it belongs with"

# How the parser's own words start; ours; what to do; and whether the place is where the parser
# gave up (False: where what it could not finish began).
_WORDS: Final[Sequence[tuple[str, str, str, bool]]] = (
    (
        "mapping values are not allowed",
        "a “:” stands where none can",
        f"{_QUOTE}has “: ” in it; otherwise {_ALIGN}",
        True,
    ),
    (
        "found character '\\t'",
        "a tab stands where only spaces can",
        "indent with spaces",
        True,
    ),
    (
        "could not find expected ':'",
        "this is a key without a “:”",
        "write “key: value”, with a space behind the colon; indent a text that goes on",
        False,
    ),
    (
        "expected <block end>",
        "this line does not line up with those above it",
        f"{_ALIGN}; or a quotation mark above ends a text too early",
        True,
    ),
    (
        "expected '<document start>'",
        "this line does not go with those above it",
        f"{_ALIGN}, or delete it",
        True,
    ),
    (
        "sequence entries are not allowed",
        "a “- ” stands where no list can start",
        "start the list on a line of its own, below its key",
        True,
    ),
    (
        "found unexpected end of stream",
        "a quotation mark opens a text and none closes it",
        "close it; inside '…' an apostrophe is written twice ('')",
        False,
    ),
    (
        "found unexpected document separator",
        "a quotation mark opens a text and none closes it",
        "close it; inside '…' an apostrophe is written twice ('')",
        False,
    ),
    (
        "expected ',' or ']'",
        "a list in square brackets is not closed, or lacks a comma",
        f"write [one, two]; {_QUOTE}has a comma or a bracket in it",
        False,
    ),
    (
        "expected ',' or '}'",
        "keys in braces are not closed, or lack a comma",
        f"write {{one: 1, two: 2}}; {_QUOTE}has a comma or a brace in it",
        False,
    ),
    (
        "found unknown escape character",
        "a backslash (\\) inside double quotation marks has a meaning of its own",
        "write it twice (\\\\), or use single quotation marks",
        True,
    ),
    (
        "expected escape sequence",
        "a backslash (\\) inside double quotation marks has a meaning of its own",
        "write it twice (\\\\), or use single quotation marks",
        True,
    ),
    (
        "but found another document",
        "“---” starts a second file inside this one",
        "delete this line",
        True,
    ),
)
_STARTS: Final = "@`%*&!|>"


def explained(error: yaml.MarkedYAMLError, text: str) -> tuple[int, str, str]:
    """The offset in `text` at which something is wrong, what is, and what to do."""
    problem = str(error.problem or error.context or "")
    given_up, begun = error.problem_mark, error.context_mark
    for start, message, hint, where_given_up in _WORDS:
        if problem.startswith(start):
            mark = given_up if where_given_up else begun
            return _offset(mark or given_up or begun, text), message, hint
    # A text that starts with one of YAML's own characters: an alias, a tag, a directive …
    for mark in (begun, given_up):
        offset = _offset(mark, text)
        if mark and text[offset : offset + 1] in set(_STARTS):
            message = f"a text cannot start with “{text[offset]}”"
            return offset, message, f"{_QUOTE}starts with one of {' '.join(_STARTS)}"
    message = "this cannot be understood as YAML"
    return _offset(given_up or begun, text), message, f"{_QUOTE}is not just words; {_ALIGN}"


def _offset(mark: yaml.Mark | None, text: str) -> int:
    return min(mark.index, len(text)) if mark else 0
