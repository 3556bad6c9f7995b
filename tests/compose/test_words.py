import pytest

from report.compose import words

FORMS = ("form 1", "form 2", "form 3", "form 4", "form 5", "form 6")


@pytest.mark.parametrize(
    ("language", "number", "expected"),
    [
        ("en", 1, "one form 1"),
        ("en", 48, "forty-eight form 2"),
        ("nb", 1, "én form 1"),
        ("nb", 2, "to form 2"),
        ("uk", 1, "один form 1"),
        ("uk", 2, "два form 2"),
        ("uk", 5, "пʼять form 3"),
        ("uk", 21, "двадцять один form 1"),
        ("ar", 2, "إثنان form 3"),  # zero, one, two
        ("ar", 5, "خمسة form 4"),
        ("ar", 21, "واحد وعشرون form 5"),
    ],
)
def test_counted(language: str, number: int, expected: str) -> None:
    assert words.counted(number, FORMS, language) == expected


def test_counted_with_fewer_forms_than_the_language_has() -> None:
    assert words.counted(5, ("один", "два"), "uk").endswith(" два")


@pytest.mark.parametrize(
    ("language", "value", "expected"),
    [
        ("en", "2024-09-02", "2 September 2024"),
        ("en", "2024-09", "September 2024"),
        ("en", "2024", "2024"),
        ("nb", "2024-09-02", "2. september 2024"),
        ("nb", "2024-09", "september 2024"),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(language: str, value: str, expected: str) -> None:
    assert words.day(value, language) == expected


def test_lists_and_numbers() -> None:
    assert words.listed(["a", "b", "c"], "en") == "a, b and c"
    assert words.listed(["a", "b"], "nb") == "a og b"
    assert words.listed(["a"], "en") == "a"
    assert words.number(1234, "en") == "1,234"
    assert words.month("2021-05-17", "en") == "May 2021"
    assert words.language_name("no", "en") == "Norwegian"
