"""Jinja, set up so that what is shown is Markdown or is escaped."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any, Final, cast

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Undefined,
    pass_context,
)
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel

from report import config
from report.compose import escape, words
from report.compose.compiled import Compiled
from report.compose.escape import Markdown
from report.compose.noted import note
from report.compose.problem import ProseError
from report.compose.recipient import Columns
from report.compose.selection import Selection
from report.compose.translator import Translator
from report.model.catalogue import Domain, Message
from report.model.diagnostic import did_you_mean
from report.model.study_file import Author, Named

_OF_A_SELECTION: Final = ("where", "sizes")

# Jinja's own {# would take {#tbl-label} for a comment.
_COMMENT_START, _COMMENT_END = "{%#", "%}"


class _Prose(ImmutableSandboxedEnvironment):
    """What a study's prose may do: look, count and call; nothing that could run away."""

    intercepted_binops = frozenset(["*", "**", "%"])

    def __init__(self, language: str, **options: Any) -> None:  # noqa: ANN401
        super().__init__(**options)
        self.language = language

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401
        return _noted(super().getattr(obj, attribute))

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401
        return _noted(super().getitem(obj, argument))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        small = all(isinstance(side, int) and abs(side) < 10**6 for side in (left, right))
        if operator == "**" or not small:
            raise SecurityError(f"prose does not work out {operator} of these")
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: Any) -> None:  # noqa: ANN401
        """Jinja would let `"{:>9999999999}".format` pass."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401, ARG002
        """The fields and properties of what was read from a file, and what a selection offers:
        no attribute of a text, a number, a list or a function."""
        match obj:
            case BaseModel():
                known = attr in type(obj).model_fields
                return known or isinstance(getattr(type(obj), attr, None), property)
            case Selection():
                return attr in _OF_A_SELECTION
        return False


class _Templates(Environment):
    """Templates, which note the study's words that they show."""

    def __init__(self, language: str, **options: Any) -> None:  # noqa: ANN401
        super().__init__(**options)
        self.language = language

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401
        return _noted(super().getattr(obj, attribute))

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401
        return _noted(super().getitem(obj, argument))


def _noted(value: Any) -> Any:  # noqa: ANN401
    note(value)
    return value


class _Unknown(StrictUndefined):
    """What is not there. Where something is asked for a part, the nearest part is on line two."""

    @property
    def _undefined_message(self) -> str:
        message = super()._undefined_message
        if isinstance(self._undefined_obj, BaseModel):
            parts = type(self._undefined_obj).model_fields
            return f"{message}\n{did_you_mean(str(self._undefined_name), parts)}"
        if isinstance(self._undefined_obj, Columns):
            return f"{message}\n{did_you_mean(str(self._undefined_name), self._undefined_obj)}"
        return message


_compiled: Final = Compiled(config.templates(), Path(__file__))


@lru_cache(maxsize=32)
def templates(folders: tuple[Path, ...], language: str) -> Environment:
    """The environment of templates: files from the first of `folders` that has them."""
    environment = _Templates(
        language,
        loader=FileSystemLoader([str(folder) for folder in folders]),
        undefined=_Unknown,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        comment_start_string=_COMMENT_START,
        comment_end_string=_COMMENT_END,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # finalize escapes, for Markdown
        finalize=_finalize,
        bytecode_cache=_compiled,
        optimized=False,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        _gettext, _ngettext, newstyle=True
    )
    environment.filters.update(_FILTERS)
    environment.filters["meta"] = escape.metadata
    environment.filters["plain"] = escape.plain
    environment.filters["attribute"] = escape.attribute
    environment.filters["label"] = escape.identifier
    environment.filters["markdown"] = Markdown
    environment.filters["cited"] = cited
    return environment


def pages(themes: Sequence[Path], translator: Translator) -> Environment:
    """The environment of the theme's own pages, which are HTML: their words in the translator's
    language, or in their own where it has none."""

    def say(text: str) -> str:
        return translator.find(Message(Domain.TEMPLATES, "", text)).text

    environment = Environment(
        loader=FileSystemLoader([str(theme) for theme in themes]),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        say, lambda one, many, n: say(one if n == 1 else many), newstyle=True
    )
    return environment


@pass_context
def _gettext(context: Context, text: str) -> Markdown:
    return cast("Markdown", context["translator"].of_template(text))


@pass_context
def _ngettext(context: Context, one: str, many: str, n: int) -> Markdown:
    return cast("Markdown", context["translator"].of_template(one, many, n))


@lru_cache(maxsize=32)
def prose(language: str) -> ImmutableSandboxedEnvironment:
    """The environment of a study's prose, which knows no name by itself."""
    environment = _Prose(
        language,
        comment_start_string=_COMMENT_START,
        comment_end_string=_COMMENT_END,
        undefined=_Unknown,
        finalize=_finalize,
        optimized=False,
    )
    environment.globals = {}
    environment.filters = {
        "count": environment.filters["count"],
        "min": _least,
        "max": _most,
        "capitalize": _capitalize,
        **_FILTERS,
    }
    return environment


@lru_cache(maxsize=10000)
def code_of(expression: str) -> CodeType:
    """The code of an expression of prose, which is the same in all languages."""
    return prose("").compile("{{" + expression + "}}")


def cited(named: Named) -> Markdown:
    """A name with the works that it comes from."""
    note(named.name)
    shown = escape.markdown(named.name)
    keys = "; ".join(f"@{key}" for key in named.cite)
    return Markdown(f"{shown} [{keys}]" if keys else shown)


# What is language's own is asked for as a template runs, and nothing of it is worked out before: so
# the code of a template is the same in all languages.


def _language(context: Context) -> str:
    assert isinstance(context.environment, _Prose | _Templates)
    return context.environment.language


@pass_context
def _finalize(context: Context, value: object) -> object:
    match value:
        case Markdown():
            return value
        case str():
            return escape.markdown(value)
        case None:
            hint = "fill it in where the study has it, or leave the expression out"
            raise ProseError("no-value", "this is not filled in", hint)
        case bool():
            raise ProseError("no-value", "this is a yes or no, which cannot be shown")
        case int():
            return words.number(value, _language(context))
        case Undefined():
            return str(value)  # raises: the undefined are strict
        case _:
            kind = "a list" if hasattr(value, "__len__") else "more than a text or a number"
            hint = "count it with | count, or take one of its parts"
            raise ProseError("no-value", f"this is {kind}, which cannot be shown", hint)


@pass_context
def _words(context: Context, value: object, form: str = "") -> str:
    return words.words(_whole(value), _language(context), form)


@pass_context
def _counted(context: Context, things: object, *forms: str, form: str = "") -> str:
    return words.counted(_number_of(things), forms, _language(context), form)


@pass_context
def _listed(context: Context, items: Sequence[object]) -> Markdown:
    return Markdown(words.listed([escape.markdown(item) for item in items], _language(context)))


@pass_context
def _day(context: Context, value: str) -> str:
    return words.day(value, _language(context))


@pass_context
def _month(context: Context, value: str) -> str:
    return words.month(value, _language(context))


@pass_context
def _names(context: Context, people: Sequence[Author]) -> str:
    return words.listed([person.name for person in people], _language(context))


@pass_context
def _language_name(context: Context, code: str) -> str:
    return words.language_name(code, _language(context))


def _whole(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ProseError("no-number", "words are made of a number: count first, as in | count | words")


def _number_of(things: object) -> int:
    return things if isinstance(things, int) else len(things)  # type: ignore[arg-type]


def _least(numbers: object) -> int:
    return min(_some(numbers))


def _most(numbers: object) -> int:
    return max(_some(numbers))


def _some(numbers: object) -> Sequence[int]:
    if not isinstance(numbers, tuple) or not all(isinstance(each, int) for each in numbers):
        hint = "the smallest or the largest is one of a list of numbers, as in sessions.sizes | max"
        raise ProseError("no-number", "this is no list of numbers", hint)
    if not numbers:
        hint = "leave the expression out, or ask for others with .where( )"
        raise ProseError("no-number", "there are none, so none is the smallest or largest", hint)
    return numbers


def _capitalize(text: str) -> str:
    """The first letter as a capital; the others as they are."""
    capitalized = text[:1].upper() + text[1:]
    return Markdown(capitalized) if isinstance(text, Markdown) else capitalized


_FILTERS: Final[Mapping[str, Callable[..., object]]] = {
    "words": _words,
    "counted": _counted,
    "listed": _listed,
    "day": _day,
    "month": _month,
    "year": words.year,
    "capitalize": _capitalize,
    "names": _names,
    "language_name": _language_name,
}
