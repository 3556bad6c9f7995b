"""YAML data into frozen types; what does not fit becomes diagnostics in the user's words."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from report.model.diagnostic import Diagnostic, did_you_mean, excerpt
from report.sources.yaml import Key, Tree

Model = TypeVar("Model", bound=BaseModel)

_TEXT: Final = ("a text", 'write it behind the colon, in quotation marks: “key: "text"”')
_WHOLE: Final = ("a whole number", "write it in digits, without quotation marks")
_NUMBER: Final = ("a number above 0", "write it in digits, with a point where it needs one: 37.5")
_SWITCH: Final = ("true or false", "write true or false, without quotation marks")
_LIST: Final = ("a list", "write each entry on a line of its own that starts with “- ”")
_KEYS: Final = ("keys with values", "write each on a line of its own: “key: value”")
_EXPECTED: Final = {
    "string_type": _TEXT,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "greater_than_equal": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "greater_than": _NUMBER,
    "bool_type": _SWITCH,
    "bool_parsing": _SWITCH,
    "tuple_type": _LIST,
    "list_type": _LIST,
    "dict_type": _KEYS,
    "model_type": _KEYS,
}
"""What a type of pydantic's errors says was expected, and how one writes it."""

_FORMS: Final = {
    "orcid": ("ORCID iD", "an ORCID iD is written 0000-0002-1825-0097, without https://orcid.org/"),
    "email": ("e-mail address", "an e-mail address is written name@place.org"),
    "doi": ("DOI", "a DOI is written 10.1000/xyz123, without https://doi.org/"),
    "language": ("language code", "a language is a code: en, nb, nn, pt-BR"),
    "languages": ("language code", "a language is a code: en, nb, nn, pt-BR"),
    "words": ("language code", "a language is a code: en, nb, nn, pt-BR"),
    "limits": ("language code", "a language is a code: en, nb, nn; any stands for all the others"),
}
"""By key: what a value of a certain form is called, and its form."""
_ID: Final = (
    "id",
    "an id is letters (a to z) and digits, with hyphen, underscore and dot in between; no spaces",
)


def validate(tree: Tree, model: type[Model]) -> tuple[Model | None, list[Diagnostic]]:
    """An instance of `model`, or none and every reason why not, each at its place."""
    try:
        return model.model_validate(tree.data), []
    except ValidationError as error:
        return None, complaints(tree, model, error.errors(include_url=False))


def complaints(
    tree: Tree,
    model: type[BaseModel],
    problems: Sequence[Any],
) -> list[Diagnostic]:
    """Pydantic's errors of reading the tree into `model`, each as a diagnostic at its place."""
    return [
        _diagnostic(tree, model, problem) for problem in problems if not _follows(problem, problems)
    ]


def _follows(problem: Any, problems: Sequence[Any]) -> bool:  # noqa: ANN401  # pydantic's own
    """Whether a list is called too short only because of what is wrong with its entries."""
    where = problem["loc"]
    return problem["type"] == "too_short" and any(
        other["loc"][: len(where)] == where for other in problems if other is not problem
    )


def _diagnostic(
    tree: Tree,
    model: type[BaseModel],
    problem: Any,  # noqa: ANN401  # likewise
) -> Diagnostic:
    kind: str = problem["type"]
    of_key = problem["loc"][-1:] == ("[key]",)
    key: Key = tuple(part for part in problem["loc"] if part != "[key]")
    at = tree.locate(key, of_key=of_key)
    what = _named(key)
    if kind == "missing":
        message, hint = f"the key “{key[-1]}” is missing", f"add a line “{key[-1]}: …”"
        if len(key) > 1:
            message += f" from {_named(key[:-1])}"
        return Diagnostic("missing-key", message, tree.locate(key[:-1]), hint)
    if kind == "extra_forbidden":
        at = tree.locate(key, of_key=True)
        name = str(key[-1])
        message = f"the key “{excerpt(name)}” is not known here"
        hint = did_you_mean(name, _keys(model, key[:-1]))
        return Diagnostic("unknown-key", message, at, hint or "delete it, or mend its name")
    if problem["input"] is None or kind in {"too_short", "string_too_short"}:
        hint = "fill it in, or delete the key where it may be left out"
        return Diagnostic("empty-value", f"{what} is empty", at, hint)
    if kind in _EXPECTED:
        expected, hint = _EXPECTED[kind]
        return Diagnostic("wrong-type", f"{what} must be {expected}", at, hint)
    message, hint = _invalid(kind, what, key, problem)
    return Diagnostic("invalid-value", message, at, hint)


def _named(key: Key) -> str:
    """What a place is called in a message: “title”, entry 2 of “authors”, the file."""
    match key:
        case ():
            return "the file"
        case (*_, str(of), int(number)):
            return f"entry {number + 1} of “{excerpt(of)}”"
        case _:
            return f"“{excerpt(str(key[-1]))}”"


def _invalid(kind: str, what: str, key: Key, problem: Any) -> tuple[str, str]:  # noqa: ANN401  # likewise
    value = excerpt(str(problem["input"]))
    match kind:
        case "value_error":
            return f"{what} cannot be “{value}”", str(problem["ctx"]["error"])
        case "literal_error":
            allowed = str(problem["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
            return f"{what} cannot be “{value}”", f"it can be: {allowed}"
        case _:
            name = next((k for k in reversed(key) if k in _FORMS), "")
            called, hint = _FORMS.get(str(name), _ID)
            return f"“{value}” is not a well-formed {called}", hint


def _keys(model: type[BaseModel], key: Key) -> set[str]:
    """The keys that are known at a place of the model: follows fields through lists and dicts."""
    schema = _schema(model)
    node: dict[str, Any] = schema
    for part in key:
        node = _resolve(schema, node)
        if isinstance(part, int):
            node = node.get("items", {})
        else:
            properties = node.get("properties", {})
            node = properties.get(part) or node.get("additionalProperties") or {}
    return set(_resolve(schema, node).get("properties", {}))


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema()


def _resolve(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """Through references, and past null in an optional value."""
    while "properties" not in node:
        inner = [*node.get("anyOf", []), *node.get("allOf", [])]
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rpartition("/")[2]]
        elif inner:
            node = next((option for option in inner if option.get("type") != "null"), {})
        else:
            return node
    return node
