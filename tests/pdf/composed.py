"""The words of a composed document in the order in which they are to be read, before Typst has
them: pandoc's own tree of the text, with our filters but the last."""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pypandoc

THEME = Path(__file__).parents[2] / "templates" / "theme"
BEFORE, AFTER = ("reading", "crossref", "authors", "columns"), ("quotes", "direction")
READER = "markdown-raw_html-raw_tex-raw_attribute"
TITLES = ("kicker", "title", "subtitle", "organisation", "abstract")
"""What a look may draw above the text."""

Tree = Any
"""pandoc's JSON."""


@dataclass(frozen=True)
class Composed:
    """`above`: what stands above the text, without an order. `alts`: figures' alternative texts.
    `languages`: texts in another language than the document's, with that language."""

    language: str
    above: tuple[str, ...]
    body: str
    headings: tuple[tuple[int, str], ...]
    alts: tuple[str, ...]
    lists: int
    quotes: int
    headed: tuple[bool, ...]
    """Of each table, whether the first cells of its rows head them."""
    languages: tuple[tuple[str, str], ...]


@cache
def read(file: Path) -> Composed:
    command = [
        str(pypandoc.get_pandoc_path()), f"--from={READER}", "--to=json", file.name,
        *(f"--lua-filter={THEME / name}.lua" for name in BEFORE), "--citeproc",
        *(f"--lua-filter={THEME / name}.lua" for name in AFTER),
    ]  # fmt: skip
    done = subprocess.run(command, cwd=file.parent, check=True, capture_output=True)
    tree = json.loads(done.stdout)
    meta, blocks = tree["meta"], tree["blocks"]
    nodes = list(_nodes(blocks))
    above = [text(meta[key]) for key in TITLES if key in meta]
    above += [text(author["c"]["name"]) for author in meta.get("author", {}).get("c", ())]
    return Composed(
        language=text(meta["lang"]),
        above=tuple(above),
        body=text(_beside(blocks)),
        headings=tuple((n["c"][0], text(n["c"][2])) for n in nodes if n["t"] == "Header"),
        alts=tuple(text(n["c"][1]) for n in nodes if n["t"] == "Image"),
        lists=sum(n["t"] in {"BulletList", "OrderedList"} for n in nodes),
        quotes=sum(n["t"] == "BlockQuote" for n in nodes),
        headed=tuple(n["c"][4][0][1] == 1 for n in nodes if n["t"] == "Table"),
        languages=tuple(
            (dict(n["c"][0][2])["lang"], text(n["c"][1]))
            for n in nodes
            if n["t"] in {"Span", "Div"} and "lang" in dict(n["c"][0][2])
        ),
    )


def text(tree: Tree) -> str:
    return " ".join(_texts(tree))


def _beside(blocks: list[Tree]) -> list[Tree]:
    """The blocks in which what explains the terms of a run of paragraphs and lists follows it."""
    made: list[Tree] = []
    notes: list[Tree] = []
    for block in blocks:
        if block["t"] in {"Para", "Plain", "BulletList", "OrderedList"}:
            found = [
                node for node in _nodes(block) if node["t"] == "Span" and _is(node, "term-note")
            ]
            notes += [_explained(span) for span in found]
            made.append(_without(block, "term-note"))
            continue
        inner = [block["c"][0], _beside(block["c"][1])] if block["t"] == "Div" else block.get("c")
        made += [*notes, {**block, "c": inner}]
        notes = []
    return made + notes


def _explained(span: Tree) -> Tree:
    term = dict(span["c"][0][2])["term"]
    return {"t": "Para", "c": [{"t": "Str", "c": f"{term}:"}, *_without(span, "bracket")["c"][1]]}


def _without(tree: Tree, name: str) -> Tree:
    """The tree without spans of that class, and without the space before one."""
    if isinstance(tree, dict):
        return {key: _without(value, name) for key, value in tree.items()}
    if not isinstance(tree, list):
        return tree
    left: list[Tree] = []
    for part in tree:
        if isinstance(part, dict) and part.get("t") == "Span" and _is(part, name):
            if left and left[-1].get("t") in {"Space", "SoftBreak"}:
                left.pop()
        else:
            left.append(_without(part, name))
    return left


def _is(span: Tree, name: str) -> bool:
    return name in span["c"][0][1]


def _nodes(tree: Tree) -> Iterator[dict[str, Any]]:
    if isinstance(tree, list):
        for part in tree:
            yield from _nodes(part)
    elif isinstance(tree, dict):
        if "t" in tree:
            yield tree
        yield from _nodes(tree.get("c", []))


def _texts(tree: Tree) -> Iterator[str]:
    """Every text below, in order: captions before what they name, without pictures' own."""
    if isinstance(tree, list):
        for part in tree:
            yield from _texts(part)
    elif isinstance(tree, dict) and "t" in tree:
        yield from _of_node(tree["t"], tree.get("c"))


def _of_node(kind: str, content: Tree) -> Iterator[str]:
    match kind:
        case "Str" | "MetaString":
            yield content
        case "Code":
            yield content[1]
        case "OrderedList":
            for number, item in enumerate(content[1], content[0][0]):
                yield str(number)
                yield from _texts(item)
        case "Table":
            _, caption, _, head, bodies, _ = content
            yield from _texts([caption[1], _rows(head[1]), *(_rows(body[3]) for body in bodies)])
        case "Figure":
            yield from _texts(content[1][1])
        case "Image" | "RawInline" | "RawBlock":
            pass
        case "Link":
            yield from _texts(content[1])
        case "Span" | "Cite" | "Quoted" | "Div" | "Header":
            yield from _texts(content[-1])
        case _:
            yield from _texts(content)


def _rows(rows: Tree) -> Tree:
    """The blocks of each cell."""
    return [cell[4] for _, cells in rows for cell in cells]
