"""What a translation has to keep of its source: expressions, citations, marks, parameters."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import Final

from jinja2 import Environment, TemplateError, nodes

from report.checks.markup import unmarked
from report.model.blocks import blocks, inline
from report.model.catalogue import Catalogue
from report.model.citations import citations, crossrefs
from report.model.diagnostic import Diagnostic, Location, Severity
from report.model.study import Study

TEXTS: Final = "text/"
"""What the context of a message begins with that is Markdown with expressions."""

_SET_APART: Final = re.compile(r"\n[ \t]*\n|^[ ]{0,3}(?:`{3}|~{3}|:{3})", re.MULTILINE)
_EXPRESSION: Final = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}", re.DOTALL)
_MARKS: Final = {
    r"\[\^[^\]\s]+\]": "the footnote",
    r"\^\[": "the footnote",
    r"\]\(\s*<?([^)>\s]*)": "the link to",
    r"\]\{([^{}\n]*)\}": "the mark",
    r"(?<!\*)\*\*(?!\*)": "the mark of bold",
    r"(?<!\*)\*(?!\*)": "the mark of emphasis",
}
"""What Markdown can hold that a translation keeps, and what it is called."""
_NUMBER: Final = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?")
_PARAMETER: Final = re.compile(r"%\(\w+\)s")
_COUNT: Final = "%(count)s"  # the form for one thing may say it in a word of its own


def check(study: Study) -> Iterator[Diagnostic]:
    """Translations of the study's texts that have lost or added something."""
    for catalogue in study.catalogues.values():
        for (context, source), translation in catalogue.translations.items():
            if context.startswith(TEXTS) and translation.done:
                at = Location(catalogue.path, translation.line, 1)
                yield from compare(source, translation.texts[0], at)


def compare(source: str, translation: str, at: Location) -> Iterator[Diagnostic]:
    """What the translation of a text has lost or added."""
    kept, said = _kept(source), _kept(translation)
    for key in sorted(kept.keys() | said.keys()):
        if len(said[key]) < len(kept[key]):
            message = f"the translation has lost {kept[key][0]}, which its source has"
            hint = "put it where it belongs in the sentence, written as in the source"
            yield Diagnostic("lost-in-translation", message, at, hint)
        elif said[key] and (not kept[key] or (key == "|" and len(said[key]) > len(kept[key]))):
            message = f"the translation has {said[key][0]}, which its source has not"
            hint = "take it out, or put it into the source first"
            yield Diagnostic("added-in-translation", message, at, hint)
    if not source.startswith("|"):
        text = inline(translation)
        made = [block for block in blocks(text) if block.text]
        begun = made and (made[0].before.strip() or made[0].kind != "paragraph")
        if len(made) > 1 or begun or _SET_APART.search(text):
            message = "the translation begins something of its own: a heading, a list, a paragraph"
            hint = (
                "write it as one paragraph; what stands at its start is written with \\ before it"
            )
            yield Diagnostic("added-in-translation", message, at, hint)
    numbers = (Counter(_numbers(source)), Counter(_numbers(translation)))
    for number in sorted((numbers[0] - numbers[1]) | (numbers[1] - numbers[0])):
        message = f"the number {number} stands in the source or in its translation, not in both"
        hint = "compare the two; a number as a word in both, or in digits in both, is no difference"
        yield Diagnostic("number-in-translation", message, at, hint, Severity.WARNING)


def of_templates(catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Translations of the templates' strings that have not the parameters of their sources."""
    for key, translation in catalogue.translations.items():
        context, source = key
        if context or not translation.done:
            continue
        plural = catalogue.plurals.get(key, "")
        at = Location(catalogue.path, translation.line, 1)
        for number, text in enumerate(translation.texts, 1):
            # One number alone may be said in a word of its own: no thing, a thing, two things.
            one = bool(plural) and _numbers_of(catalogue.form, number - 1) == 1
            yield from parameters((source, plural), text, at, may_say_one=one)


@lru_cache(maxsize=64)
def _numbers_of(rule: Callable[[int], int], form: int) -> int:
    """How many numbers go with a plural form, of those that are likely."""
    return sum(rule(n) == form for n in range(200))


def parameters(
    source: tuple[str, str], text: str, at: Location, *, may_say_one: bool
) -> Iterator[Diagnostic]:
    """Parameters that the translation of a template's string, singular and plural, has lost or
    added. A form that goes with one number only `may_say_one`: its number in a word of its own."""
    known = set(_PARAMETER.findall(" ".join(source)))
    needed = set(_PARAMETER.findall(source[1] or source[0])) - ({_COUNT} if may_say_one else set())
    said = set(_PARAMETER.findall(text))
    for name in sorted(needed - said):
        message = f"the translation has lost {name}, which its source has"
        hint = "put it where it belongs in the sentence, written as in the source"
        yield Diagnostic("lost-in-translation", message, at, hint)
    bare = _PARAMETER.sub("", text).replace("%%", "")
    strange = [*sorted(said - known), *re.findall(r"%|\{\{|\{%", bare)]
    for name in strange:
        message = f"the translation has {name}, which its source has not"
        yield Diagnostic("added-in-translation", message, at, "take it out; a “%” is written %%")


def _kept(text: str) -> defaultdict[str, list[str]]:
    """What has to be on both sides, by what makes it the same: each time, how it is called."""
    prose = unmarked(text)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for asked, name in _expressions(text):
        found[f"{{{{ {asked}"].append(name)
    for work in citations(text):
        found[f"@{work.key}"].append(f"the citation @{work.key}")
    for reference in crossrefs(text):
        found[f"@{reference.key}"].append(f"the reference @{reference.key}")
    for pattern, called in _MARKS.items():
        for mark in re.findall(pattern, prose):
            found[f"{called} {mark}"].append(f"{called} {mark}".strip())
    if text.startswith("|"):
        found["|"] += ["a “|” between the cells of a table"] * prose.count("|")
    return found


def _expressions(text: str) -> Iterable[tuple[str, str]]:
    for found in _EXPRESSION.finditer(text):
        yield _asked(found[1]), f"{{{{ {' '.join(found[1].split())} }}}}"


@cache
def _asked(expression: str) -> str:
    """What an expression asks for, whatever forms and filters say it with: a translator may write
    counted("gruppe", "grupper") for count | words, and a term in another form."""
    try:
        tree = Environment(autoescape=False).parse(f"{{{{ {expression} }}}}")  # noqa: S701  # not rendered
    except TemplateError:
        return expression
    output = next(tree.find_all(nodes.Output), None)
    node = output.nodes[0] if output else tree
    while isinstance(node, nodes.Filter) and node.node is not None:
        node = node.node
    is_term = isinstance(node, nodes.Call) and node.node == nodes.Name("term", "load")
    return "term" if is_term else repr(node)


def _numbers(text: str) -> list[str]:
    plain = unmarked(text)
    return [re.sub(r"[\u00a0\u202f ]", "", number) for number in _NUMBER.findall(plain)]
