"""The expressions of a study's prose, each worked out where it stands."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from textwrap import shorten
from typing import Final

from jinja2 import Template, TemplateAssertionError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from report.compose.environment import code_of
from report.compose.escape import Markdown
from report.compose.problem import ProseError
from report.model.diagnostic import Diagnostic, Location, did_you_mean
from report.model.study import Prose

_CLOSING: Final = re.compile(r"\}\}\s*\S?")  # Jinja leaves out a line's end that nothing follows
_OPENING: Final = re.compile(r"\{\{-?|\{%#?")

_BLOCK: Final = re.compile(r":::|!\[")
_GAP_BEFORE: Final = re.compile(r"(?:\A|\n[ \t]*\n)\Z")
_GAP_AFTER: Final = re.compile(r"-?\}\}[ \t]*(?:\Z|\n[ \t]*(?:\n|\Z))")

# What a mistaken call of a name, filter or operator can raise; and nesting without end.
_MISTAKES: Final = (
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    SecurityError,
    RecursionError,
    SyntaxError,
)


@dataclass(frozen=True)
class Piece:
    """A stretch of a text file: Markdown as it stands, or an expression, and where it starts."""

    text: str
    start: int
    is_expression: bool = False


@dataclass(frozen=True, slots=True)
class Instead:
    """What takes the place of a stretch of a text's own Markdown."""

    start: int
    end: int
    text: Markdown


class UnreadableError(Exception):
    """Raised at the place in the text where an expression goes wrong, or something else opens."""

    def __init__(self, why: str, start: int) -> None:
        super().__init__(why)
        self.why = why
        self.start = start


def fill(
    prose: Prose,
    names: Mapping[str, object],
    environment: ImmutableSandboxedEnvironment,
    instead: Iterable[Instead] = (),
) -> tuple[Markdown, list[Diagnostic]]:
    """The prose with every expression replaced by its value, and each one that has none. `names`
    are what expressions know; `instead` takes the place of stretches between them, in their order.
    White space around the text stays."""
    problems: list[Diagnostic] = []
    parts: list[str] = []
    waiting = deque(instead)
    try:
        for piece in pieces(prose.text, environment):
            if piece.is_expression:
                value, problem = _value(piece, prose, names, environment)
                parts.append(value)
                problems += problem or _alone(value, piece, prose)
            else:
                parts.append(_replaced(piece, waiting))
    except UnreadableError as error:
        problems.append(_syntax(error.why, _at(prose, error.start)))
    return Markdown("".join(parts)), problems


def pieces(text: str, environment: ImmutableSandboxedEnvironment) -> Iterator[Piece]:
    """The text in its order; UnreadableError for a statement or what is never closed.

    `{{- x -}}` eats the white space around it, `{%# … %}` is left out: both as in Jinja.
    """
    at = 0
    while opening := _OPENING.search(text, at):
        start = opening.start()
        before = text[at:start]
        yield Piece(before.rstrip() if opening[0] == "{{-" else before, at)
        if opening[0] == "{%#":
            end = text.find("%}", start)
            if end < 0:
                raise UnreadableError("it is never closed with %}", start)
            at = end + len("%}")
        elif opening[0] == "{%":
            raise UnreadableError("prose has no {% … %}", start)
        elif text.startswith("{{<", start):
            raise UnreadableError("Quarto's shortcodes do not work in texts", start)
        else:
            expression, at = _expression(text, start, environment)
            yield Piece(expression, opening.end(), is_expression=True)
    yield Piece(text[at:], at)


def _expression(
    text: str, start: int, environment: ImmutableSandboxedEnvironment
) -> tuple[str, int]:
    """What stands between the braces that open at `start`, and where the text goes on."""
    # As good as always it ends at the first braces, and Jinja looks at all that it is given.
    first = _CLOSING.search(text, start)
    for within in (text[start : first.end()] if first else "", text[start:]):
        at, inside = start, ""
        try:
            for _, token, value in environment.lex(within):
                at += len(value)
                if token == "variable_end":
                    return inside, at
                if token != "variable_begin":
                    inside += value
        except TemplateSyntaxError as error:
            why = str(error.message).partition(" at ")[0]
        else:
            why = "it is never closed with }}"
            at = start
    raise UnreadableError(why, at)


def _replaced(piece: Piece, waiting: deque[Instead]) -> str:
    """The piece's text with what takes the place of stretches of it."""
    parts: list[str] = []
    at, end = piece.start, piece.start + len(piece.text)
    while waiting and waiting[0].end <= end:
        instead = waiting.popleft()
        if instead.start >= at:
            parts += [piece.text[at - piece.start : instead.start - piece.start], instead.text]
            at = instead.end
    return "".join((*parts, piece.text[at - piece.start :]))


def _value(
    piece: Piece,
    prose: Prose,
    names: Mapping[str, object],
    environment: ImmutableSandboxedEnvironment,
) -> tuple[str, list[Diagnostic]]:
    at = _at(prose, prose.text.rindex("{{", 0, piece.start))
    try:
        return _template(piece.text, environment).render(names), []
    except ProseError as error:
        return "", [_problem(error, piece, prose, at)]
    except TemplateAssertionError as error:
        name = re.search(r"'(\w+)'", str(error.message))
        hint = did_you_mean(name[1], environment.filters) if name else ""
        return "", [Diagnostic("unknown-filter", f"{error.message}", at, hint)]
    except TemplateSyntaxError as error:
        return "", [_syntax(str(error.message), at)]
    except UndefinedError as error:
        return "", [_problem(unknown_name(error, names), piece, prose, at)]
    except _MISTAKES as error:
        message = f"“{shorten(piece.text, 60, placeholder='…')}” cannot be worked out"
        hint = "check its names, its brackets, and that each | is followed by what can stand there"
        if isinstance(error, SecurityError):
            hint = "prose can look and count; this is more than it may do"
        return "", [Diagnostic("invalid-expression", message, at, hint)]


@lru_cache(maxsize=10000)
def _template(expression: str, environment: ImmutableSandboxedEnvironment) -> Template:
    """Documents share most of their prose, and compiling is most of its cost."""
    return Template.from_code(environment, code_of(expression), environment.make_globals(None))


def _alone(value: str, piece: Piece, prose: Prose) -> list[Diagnostic]:
    """A quote set apart, a table or a figure would come out as its own Markdown in a sentence."""
    start = prose.text.rindex("{{", 0, piece.start)
    before, after = prose.text[:start], prose.text[piece.start + len(piece.text) :]
    if not _BLOCK.match(value) or (_GAP_BEFORE.search(before) and _GAP_AFTER.match(after)):
        return []
    message = f"“{shorten(piece.text, 60, placeholder='…')}” stands in the middle of a paragraph"
    hint = "leave an empty line before and after it; for a quote in a sentence use quote(…)"
    return [Diagnostic("not-alone", message, _at(prose, start), hint)]


def unknown_name(error: UndefinedError, known: object) -> ProseError:
    """The same in our words: the name that is not known, and the nearest that is."""
    message, _, near = str(error.message).partition("\n")
    names = re.findall(r"'([^']+)'", message)
    name = names[-1] if names else ""
    hint = did_you_mean(name, known) if isinstance(known, Mapping) and len(names) == 1 else ""
    if len(names) > 1:
        message, hint = f"“{name}” is not known of this", near
    elif name:
        message = f"“{name}” is not known here"
    if name == "recipient" and len(names) == 1:
        hint = (
            "only documents of an audience with “each: recipients” are for somebody in particular"
        )
    return ProseError("unknown-name", message, hint, name)


def _problem(error: ProseError, piece: Piece, prose: Prose, at: Location) -> Diagnostic:
    needle = re.search(rf"(?<!\w){re.escape(error.needle)}(?!\w)", piece.text)
    if error.needle and needle:
        at = _at(prose, piece.start + needle.start())
    return Diagnostic(error.code, error.message, at, error.hint)


def _syntax(why: str, at: Location) -> Diagnostic:
    hint = 'an expression is written {{ name }} or {{ quote("Q17") }}; braces that are meant as '
    hint += "such are written \\{ and \\}"
    return Diagnostic("invalid-expression", f"this expression cannot be read: {why}", at, hint)


def _at(prose: Prose, offset: int) -> Location:
    before = prose.text[:offset]
    return Location(prose.path, before.count("\n") + prose.line, offset - before.rfind("\n"))
