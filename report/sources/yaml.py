"""YAML with the place of every key and value."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import yaml

from report.model.diagnostic import Diagnostic, Location
from report.sources.encoding import decode

Key: TypeAlias = tuple[str | int, ...]
"""The way to a value: ("authors", 0, "family")."""


@dataclass(frozen=True)
class Tree:
    """A YAML file's data (dict, list, str, int, float, bool, None) and where each value stands."""

    path: str
    data: object
    values: Mapping[Key, tuple[int, int]]
    keys: Mapping[Key, tuple[int, int]]

    def locate(self, key: Key, *, of_key: bool = False) -> Location:
        """Where the value (or its key) stands; for what is missing, the nearest thing around it."""
        if of_key and key in self.keys:
            return Location(self.path, *self.keys[key])
        while key and key not in self.values:
            key = key[:-1]
        return Location(self.path, *self.values.get(key, (1, 1)))


class _Loader(yaml.SafeLoader):
    """Dates stay text (2021-05 is one too) and `no` is Norwegian, not false (as in YAML 1.2)."""


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag not in {"tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool"}
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_BOOLEANS: Final = {"true": True, "false": False}


def read(file: Path, path: str) -> tuple[Tree | None, list[Diagnostic]]:
    """The data in `file`, told of as `path`; OSError where the file cannot be read."""
    return parse(decode(file.read_bytes()), path)


def parse(text: str, path: str) -> tuple[Tree | None, list[Diagnostic]]:
    """The data in `text`; no tree where it is empty or not YAML, and then why."""
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        if root is None:
            return None, [Diagnostic("empty-file", "the file is empty", Location(path, 1, 1))]
        builder = _Builder(path, loader)
        data = builder.build(root, ())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = Location(path, mark.line + 1, mark.column + 1) if mark else Location(path, 1, 1)
        return None, [_not_yaml(str(error.problem or error.context), at)]
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        at = Location(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = f"the character U+{ord(text[error.position]):04X} cannot stand in a text file"
        return None, [Diagnostic("control-character", message, at, "delete it")]
    except RecursionError:
        return None, [_not_yaml("lists or keys are nested too deeply", Location(path, 1, 1))]
    finally:
        loader.dispose()
    return Tree(path, data, builder.values, builder.keys), builder.problems


def _not_yaml(why: str, at: Location) -> Diagnostic:
    return Diagnostic(
        "invalid-yaml",
        f"this is not valid YAML: {why}",
        at,
        "often an indentation that does not line up, a tab, or a text with “: ” or “#” in it "
        "that needs quotation marks around it",
    )


class _Builder:
    """Walks the nodes once, noting where each stands."""

    def __init__(self, path: str, loader: _Loader) -> None:
        self.path = path
        self.loader = loader
        self.values: dict[Key, tuple[int, int]] = {}
        self.keys: dict[Key, tuple[int, int]] = {}
        self.problems: list[Diagnostic] = []
        self.seen: set[int] = set()

    def build(self, node: yaml.Node, key: Key) -> object:
        self.values[key] = _start(node)
        if id(node) in self.seen:  # a reference could also make a tree that never ends
            self._problem("yaml-reference", "references (&name, *name) are not read here", node)
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, key)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*key, number)) for number, item in enumerate(node.value)]
        if node.value in _BOOLEANS and node.tag.endswith(":str") and not _quoted(node):
            return _BOOLEANS[node.value]
        if node.tag not in self.loader.yaml_constructors:
            self._problem("yaml-tag", f"the tag {node.tag} is not read here", node)
            return None
        return self.loader.construct_object(node)

    def _mapping(self, node: yaml.MappingNode, key: Key) -> dict[str, object]:
        mapping: dict[str, object] = {}
        for name_node, value_node in node.value:
            name = str(name_node.value)
            if name in mapping:
                self._problem("duplicate-key", f"the key “{name}” stands here twice", name_node)
                continue
            self.keys[(*key, name)] = _start(name_node)
            mapping[name] = self.build(value_node, (*key, name))
        return mapping

    def _problem(self, code: str, message: str, node: yaml.Node) -> None:
        self.problems.append(Diagnostic(code, message, Location(self.path, *_start(node))))


def _start(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _quoted(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style in {"'", '"'}
