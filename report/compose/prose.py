"""The expressions of a study's prose, each worked out where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import TemplateAssertionError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from report.compose.escape import Markdown
from report.compose.problem import ProseError
from report.model.diagnostic import Diagnostic, Location, did_you_mean
from report.model.study import Prose

# What a mistaken call of a name, filter or operator can raise.
_MISTAKES = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, SecurityError)


@dataclass(frozen=True)
class Piece:
    """A stretch of a text file: Markdown as it stands, or an expression, and where it starts."""

    text: str
    line: int
    column: int
    is_expression: bool = False


def fill(
    prose: Prose, environment: ImmutableSandboxedEnvironment
) -> tuple[Markdown, list[Diagnostic]]:
    """The prose with every expression replaced by its value, and each one that has none."""
    problems: list[Diagnostic] = []
    parts: list[str] = []
    try:
        for piece in pieces(prose.text, environment):
            if piece.is_expression:
                value, problem = _value(piece, prose.path, environment)
                parts.append(value)
                problems += problem
            else:
                parts.append(piece.text)
    except TemplateSyntaxError as error:
        at = Location(prose.path, error.lineno, _column(prose.text, error.lineno))
        problems.append(_syntax(str(error.message), at))
    return Markdown("".join(parts).strip("\n")), problems


def pieces(text: str, environment: ImmutableSandboxedEnvironment) -> Iterator[Piece]:
    """The text in its order; TemplateSyntaxError for a statement or an unclosed expression."""
    at, start, expression = 0, 0, ""
    for line, token, value in environment.lex(text):
        if token == "block_begin":
            raise TemplateSyntaxError("prose has no {% … %}", line)
        if token == "variable_begin":
            start, expression = at, ""
        elif token == "variable_end":
            before = text[:start]
            column = start - before.rfind("\n")
            yield Piece(expression, before.count("\n") + 1, column, is_expression=True)
        elif token == "data":
            yield Piece(value, line, at - text[:at].rfind("\n"))
        else:
            expression += value
        at += len(value)


def _value(
    piece: Piece, path: str, environment: ImmutableSandboxedEnvironment
) -> tuple[str, list[Diagnostic]]:
    at = Location(path, piece.line, piece.column)
    try:
        return environment.from_string("{{" + piece.text + "}}").render(), []
    except ProseError as error:
        return "", [_problem(error, piece, at)]
    except TemplateAssertionError as error:
        name = re.search(r"'(\w+)'", str(error.message))
        hint = did_you_mean(name[1], environment.filters) if name else ""
        return "", [Diagnostic("unknown-filter", f"{error.message}", at, hint)]
    except TemplateSyntaxError as error:
        return "", [_syntax(str(error.message), at)]
    except UndefinedError as error:
        return "", [_problem(unknown_name(error, environment.globals), piece, at)]
    except _MISTAKES as error:
        message = f"“{piece.text.strip()}” cannot be worked out: {error}"
        return "", [Diagnostic("invalid-expression", message, at)]


def unknown_name(error: UndefinedError, known: object) -> ProseError:
    """The same in our words: the name that is not known, and the nearest that is."""
    message = str(error.message)
    names = re.findall(r"'([^']+)'", message)
    name = names[-1] if names else ""
    hint = did_you_mean(name, known) if isinstance(known, dict) and len(names) == 1 else ""
    if len(names) > 1:
        message = f"“{name}” is not known of this"
    elif name:
        message = f"“{name}” is not known here"
    return ProseError("unknown-name", message, hint, name)


def _problem(error: ProseError, piece: Piece, at: Location) -> Diagnostic:
    offset = piece.text.find(error.needle) if error.needle else -1
    if offset >= 0 and "\n" not in piece.text[:offset]:
        at = Location(at.path, at.line, at.column + len("{{") + offset)
    return Diagnostic(error.code, error.message, at, error.hint)


def _syntax(why: str, at: Location) -> Diagnostic:
    hint = 'an expression is written {{ name }} or {{ quote("Q17") }}; braces that are meant as '
    hint += "such are written \\{ and \\}"
    return Diagnostic("invalid-expression", f"this expression cannot be read: {why}", at, hint)


def _column(text: str, line: int) -> int:
    lines = text.split("\n")
    found = re.search(r"\{[{%#]", lines[line - 1]) if line <= len(lines) else None
    return found.start() + 1 if found else 1
