"""YAML data into frozen types; what does not fit becomes diagnostics in the user's words."""

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from report.model.diagnostic import Diagnostic, did_you_mean
from report.sources.yaml import Key, Tree

Model = TypeVar("Model", bound=BaseModel)

_EXPECTED = {
    "string_type": "a text",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list (lines that start with “- ”)",
    "list_type": "a list (lines that start with “- ”)",
    "dict_type": "keys with values (lines such as “key: value”)",
    "model_type": "keys with values (lines such as “key: value”)",
}


def validate(tree: Tree, model: type[Model]) -> tuple[Model | None, list[Diagnostic]]:
    """An instance of `model`, or none and every reason why not, each at its place."""
    try:
        return model.model_validate(tree.data), []
    except ValidationError as error:
        return None, [_diagnostic(tree, model, problem) for problem in error.errors()]


def _diagnostic(
    tree: Tree,
    model: type[BaseModel],
    problem: Any,  # noqa: ANN401  # pydantic's own dictionary
) -> Diagnostic:
    kind: str = problem["type"]
    key: Key = tuple(part for part in problem["loc"] if part != "[key]")
    name = str(key[-1]) if key else ""
    at = tree.locate(key)
    match kind:
        case "missing":
            message, hint = f"the key “{name}” is missing", f"add “{name}:”"
            return Diagnostic("missing-key", message, tree.locate(key[:-1]), hint)
        case "extra_forbidden":
            at = tree.locate(key, of_key=True)
            message, hint = f"the key “{name}” is not known here", _nearest(model, key)
            return Diagnostic("unknown-key", message, at, hint)
        case "too_short" | "string_too_short":
            return Diagnostic("empty-value", f"“{name}” is empty", at, "fill it in")
        case _ if kind in _EXPECTED:
            return Diagnostic("wrong-type", f"“{name}” must be {_EXPECTED[kind]}", at)
        case _:
            message, hint = _invalid(kind, name, problem)
            return Diagnostic("invalid-value", message, at, hint)


def _invalid(kind: str, name: str, problem: Any) -> tuple[str, str]:  # noqa: ANN401  # likewise
    match kind:
        case "value_error":
            return f"“{name}”: {problem['ctx']['error']}", ""
        case "literal_error":
            allowed = str(problem["ctx"]["expected"]).replace("'", "")
            return f"“{name}” cannot be “{problem['input']}”", f"it can be: {allowed}"
        case "string_pattern_mismatch":
            pattern = f"the form is {problem['ctx']['pattern']}"
            message = f"“{problem['input']}” is not a well-formed {name}"
            return message, _FORMS.get(name, pattern)
        case _:
            return f"“{name}”: {problem['msg']}", ""


def _nearest(model: type[BaseModel], key: Key) -> str:
    return did_you_mean(str(key[-1]), _keys(model, key[:-1]))


_FORMS = {
    "orcid": "an ORCID iD is written 0000-0002-1825-0097",
    "email": "an e-mail address is written name@place.org",
    "doi": "a DOI is written 10.1000/xyz123, without https://doi.org/",
    "language": "a language is a code: en, nb, nn",
    "id": "letters, digits, hyphen, underscore and dot, no spaces",
}


def _keys(model: type[BaseModel], key: Key) -> set[str]:
    """The keys that are known at a place of the model: follows fields through lists and dicts."""
    schema = model.model_json_schema()
    node: dict[str, Any] = schema
    for part in key:
        node = _resolve(schema, node)
        if isinstance(part, int):
            node = node.get("items", {})
        else:
            properties = node.get("properties", {})
            node = properties.get(part) or node.get("additionalProperties") or {}
    return set(_resolve(schema, node).get("properties", {}))


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
