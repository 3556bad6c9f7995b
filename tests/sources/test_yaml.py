"""YAML as people write it who never read its manual."""

from typing import Any

import pytest

from report.sources import yaml


def data(text: str) -> Any:
    tree, problems = yaml.parse(text.encode(), "t.yml")
    assert problems == []
    assert tree is not None
    return tree.data


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("off", "off"),
        ("true", True),
        ("'true'", "true"),
        ("|-\n  true", "true"),
        ("2024-09-02", "2024-09-02"),
        ("2024-09", "2024-09"),
        ("2024", 2024),
        ("-3", -3),
        ("0123", "0123"),
        ("12:30", "12:30"),
        ("12:30:45", "12:30:45"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("1e3", "1e3"),
        ("12.50", "12.50"),
        (".inf", ".inf"),
        ("=", "="),
        ("9" * 5000, "9" * 5000),
        ("", None),
        ("~", None),
        ("null", None),
        ("“quoted”", "“quoted”"),
    ],
)
def test_a_value_is_what_a_person_means(written: str, meant: object) -> None:
    assert data(f"key: {written}\n") == {"key": meant}


def test_keys_are_text() -> None:
    assert data("no: 1\n2: b\ntrue: c\n<<: d\n") == {"no": 1, "2": "b", "true": "c", "<<": "d"}


def test_places_count_characters_and_lines_as_editors_do() -> None:
    tree, _ = yaml.parse("\ufeffa: 'x\u2028y'\r\n🙂: {b: [1, 2]}\r\n".encode(), "t.yml")
    assert tree is not None
    assert str(tree.locate(("🙂", "b", 1))) == "t.yml:2:12"
    assert str(tree.locate(("🙂", "b", 1), of_key=True)) == "t.yml:2:12"
    assert str(tree.locate(("🙂", "b"), of_key=True)) == "t.yml:2:5"
    assert str(tree.locate(("🙂", "missing", "deeper"))) == "t.yml:2:4"


@pytest.mark.parametrize(
    ("written", "code", "place"),
    [
        ("a:\n\tb: 1\n", "invalid-yaml", "t.yml:2:1"),
        ("a: 1\na: 2\n", "duplicate-key", "t.yml:2:1"),
        ("a: &x 1\nb: *x\n", "yaml-reference", "t.yml:1:4"),
        ("a: &x [*x]\n", "yaml-reference", "t.yml:1:4"),
        ("", "empty-file", "t.yml:1:1"),
        ("# nothing\n", "empty-file", "t.yml:1:1"),
        ("a: \x07\n", "control-character", "t.yml:1:4"),
        ('a: "\\0"\n', "control-character", "t.yml:1:4"),
        ('a: "\\ud800"\n', "control-character", "t.yml:1:4"),
        ('"\\0": a\n', "invalid-yaml", "t.yml:1:1"),
        ("? [a]\n: b\n", "invalid-yaml", "t.yml:1:3"),
        ("? {a: b}\n: b\n", "invalid-yaml", "t.yml:1:3"),
        ("a: !!int x\n", "yaml-tag", "t.yml:1:4"),
        ("a: !!python/object:os.system x\n", "yaml-tag", "t.yml:1:4"),
        ("a: !!timestamp x\n", "yaml-tag", "t.yml:1:4"),
        ("a: !!set {x}\n", "yaml-tag", "t.yml:1:4"),
        ("a: [" * 5000, "invalid-yaml", "t.yml:1:1"),
        ("- " * 5000 + "a", "invalid-yaml", "t.yml:1:1"),
        ("a: 1\n---\nb: 2\n", "invalid-yaml", "t.yml:2:1"),
        ("%YAML 9\na", "invalid-yaml", "t.yml:1:1"),
        ("a: *\n", "invalid-yaml", "t.yml:1:4"),
        ("a: %b\n", "invalid-yaml", "t.yml:1:4"),
        ("a: @b\n", "invalid-yaml", "t.yml:1:4"),
        ("a: |x\n", "invalid-yaml", "t.yml:1:4"),
        ("a: {b: 1\nc: 2\n", "invalid-yaml", "t.yml:1:4"),
        ("a: 'b\n", "invalid-yaml", "t.yml:1:4"),
        ("a: b: c\n", "invalid-yaml", "t.yml:1:5"),
        ("a\nb: c\n", "invalid-yaml", "t.yml:2:2"),
    ],
)
def test_what_is_wrong_is_told_where(written: str, code: str, place: str) -> None:
    _, problems = yaml.parse(written.encode(), "t.yml")
    assert (problems[0].code, str(problems[0].location)) == (code, place)
    for problem in problems:
        assert problem.hint
        for word in ("token", "mapping", "scalar", "stream", "block", "sequence", "node"):
            assert word not in problem.message + problem.hint
