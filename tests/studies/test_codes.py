"""Every diagnostic and every usage error that the package can give has a broken study."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import report
from tests.studies.broken_study import CASES, read

PACKAGE = Path(report.__file__).parent
KINDS = {
    "unknown-{what}": ("session", "participant", "stakeholder", "code", "quote"),
    "missing-{what}": ("session", "participant"),
    "unknown-{kind}": ("table", "figure"),
}
"""Codes that are put together, and what they are put together with."""
PASSING_ON = ("self._problem", "_problem", "Diagnostic", "ProseError", "Unreadable")


def calls(*names: str) -> Iterator[tuple[str, ast.Call, ast.Module]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in names:
                yield f"{file.relative_to(PACKAGE)}:{node.lineno}", node, tree


def codes() -> set[str]:
    found: set[str] = set()
    for place, call, _ in calls(*PASSING_ON):
        match call.args[:1]:
            case [ast.Constant(value=str(code))] if re.fullmatch(r"[a-z]+(-[a-z]+)+", code):
                found.add(code)
            case [ast.JoinedStr() as made]:
                start = ast.unparse(made)[2:-1]
                if re.fullmatch(r"[a-z]+-\{\w+\}", start):
                    assert start in KINDS, f"{place} puts a code together: add it to KINDS"
                    stem = start.partition("{")[0]
                    found |= {f"{stem}{kind}" for kind in KINDS[start]}
    return found


def usage_errors() -> dict[str, re.Pattern[str]]:
    """By place, what each message looks like."""
    found = {}
    for place, call, tree in calls("UsageError"):
        message = call.args[0]
        if isinstance(message, ast.Name):
            name = message.id
            given = [
                node
                for node in ast.walk(tree)
                if isinstance(node, ast.Assign)
                and ast.unparse(node.targets[0]) == name
                and node.lineno < call.lineno
            ]
            message = max(given, key=lambda node: node.lineno).value
        parts = message.values if isinstance(message, ast.JoinedStr) else [message]
        pattern = "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in parts
        )
        found[place] = re.compile(f"^error: {pattern}$", re.MULTILINE)
    return found


SAID = "".join(case.expected.stderr for case in map(read, CASES) if case.expected)


@pytest.mark.parametrize("code", sorted(codes()))
def test_a_diagnostic_has_a_broken_study(code: str) -> None:
    assert f"[{code}]" in SAID


@pytest.mark.parametrize(("place", "pattern"), usage_errors().items())
def test_a_usage_error_has_a_broken_study(place: str, pattern: re.Pattern[str]) -> None:
    assert pattern.search(SAID), place


def test_codes_are_found_at_all() -> None:
    assert len(codes()) > 50
    assert len(usage_errors()) > 7
