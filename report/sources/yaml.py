"""YAML with the place of every key and value."""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import yaml

from report.model.diagnostic import Diagnostic, Location, excerpt
from report.sources import encoding
from report.sources.file import read as file_read
from report.sources.yaml_errors import explained

Key: TypeAlias = tuple[str | int, ...]
"""The way to a value: ("authors", 0, "family")."""

_TAGS: Final = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "map", "seq")}
_BOOLEANS: Final = {"true": True, "false": False}
_NULLS: Final = {"", "~", "null", "Null", "NULL"}
# Other forms that YAML 1.1 takes for numbers stay text: 0123 (octal), 12:30 (base 60), 1_000.
_WHOLE: Final = re.compile(r"-?(0|[1-9]\d{0,17})", re.ASCII)
# YAML itself refuses them, but "\0" and "\uD800" in double quotation marks get past it.
_CONTROL: Final = re.compile(r"[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Tree:
    """A YAML file's data (dict, list, str, int, bool, None) and where each value stands."""

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
    """Every plain value is text first: dates (2021-05 is one too), and `no`, which is Norwegian."""


_Loader.yaml_implicit_resolvers = {}


def read(file: Path, path: str) -> tuple[Tree | None, list[Diagnostic]]:
    """The data in `file`, told of as `path`; no tree where there is none, and then why."""
    content, problems = file_read(file, path)
    return (None, problems) if content is None else parse(content, path)


def parse(content: bytes, path: str) -> tuple[Tree | None, list[Diagnostic]]:
    """The data in a file's `content`; no tree where it is empty or not YAML, and then why."""
    text, problems = encoding.text(content, path)
    if text is None:
        return None, problems
    lines = _Lines(text)
    try:
        loader = _Loader(text)
    except yaml.reader.ReaderError as error:
        at = Location(path, *lines.place(error.position))
        message = f"the character U+{ord(text[error.position]):04X} cannot stand in a text file"
        return None, [Diagnostic("control-character", message, at, "delete it")]
    try:
        root = loader.get_single_node()
        if root is None:
            hint = "report init shows in a new folder what belongs into it"
            return None, [Diagnostic("empty-file", "the file is empty", Location(path, 1, 1), hint)]
        builder = _Builder(path, lines)
        data = builder.build(root, ())
    except yaml.MarkedYAMLError as error:
        mark, message, hint = explained(error, text)
        at = Location(path, *lines.place(mark))
        return None, [Diagnostic("invalid-yaml", message, at, hint)]
    except RecursionError:
        message, hint = "lists or keys are nested too deeply", "write them with fewer levels"
        return None, [Diagnostic("invalid-yaml", message, Location(path, 1, 1), hint)]
    finally:
        loader.dispose()
    return Tree(path, data, builder.values, builder.keys), builder.problems


class _Lines:
    """From an offset in a text to line and column. YAML's own lines end at U+2028 too."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


class _Builder:
    """Walks the nodes once, noting where each stands."""

    def __init__(self, path: str, lines: _Lines) -> None:
        self.path = path
        self.lines = lines
        self.values: dict[Key, tuple[int, int]] = {}
        self.keys: dict[Key, tuple[int, int]] = {}
        self.problems: list[Diagnostic] = []
        self.seen: set[int] = set()

    def build(self, node: yaml.Node, key: Key) -> object:
        self.values[key] = self._start(node)
        if id(node) in self.seen:  # a reference could also make a tree that never ends
            message = "a value that starts with “*” refers to another one, which is not done here"
            hint = "write the value out, or put quotation marks around a text that starts with “*”"
            self._problem("yaml-reference", message, node, hint)
            return None
        self.seen.add(id(node))
        if node.tag not in _TAGS:
            tag = node.tag.replace("tag:yaml.org,2002:", "!!")
            message = f"“{excerpt(tag)}” in front of a value has no meaning here"
            hint = "delete it, or put quotation marks around a text that starts with “!”"
            self._problem("yaml-tag", message, node, hint)
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, key)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*key, number)) for number, item in enumerate(node.value)]
        return self._scalar(node)

    def _scalar(self, node: yaml.Node) -> object:
        value = str(node.value)
        if found := _CONTROL.search(value):
            message = f"the character U+{ord(found[0]):04X} cannot stand in a text"
            self._problem("control-character", message, node, "delete it")
            return value[: found.start()]
        if not isinstance(node, yaml.ScalarNode) or node.style is not None:
            return value
        if value in _NULLS:
            return None
        if value in _BOOLEANS:
            return _BOOLEANS[value]
        return int(value) if _WHOLE.fullmatch(value) else value

    def _mapping(self, node: yaml.MappingNode, key: Key) -> dict[str, object]:
        mapping: dict[str, object] = {}
        for name_node, value_node in node.value:
            if not isinstance(name_node, yaml.ScalarNode) or _CONTROL.search(name_node.value):
                message, hint = "a key is a word, and this is none", "write it as “key: value”"
                self._problem("invalid-yaml", message, name_node, hint)
                continue
            name = str(name_node.value)
            if name in mapping:
                line, column = self.keys[(*key, name)]
                message = f"the key “{excerpt(name)}” stands here twice"
                hint = f"the first stands at {self.path}:{line}:{column}; delete one of them"
                self._problem("duplicate-key", message, name_node, hint)
                continue
            self.keys[(*key, name)] = self._start(name_node)
            mapping[name] = self.build(value_node, (*key, name))
        return mapping

    def _start(self, node: yaml.Node) -> tuple[int, int]:
        return self.lines.place(node.start_mark.index)

    def _problem(self, code: str, message: str, node: yaml.Node, hint: str) -> None:
        at = Location(self.path, *self._start(node))
        self.problems.append(Diagnostic(code, message, at, hint))
