"""Numbers, dates and lists in a language's own words: CLDR's data, by babel and unicode-rbnf."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal

from report.compose.problem import ProseError
from report.errors import UsageError
from report.model.diagnostic import did_you_mean

if TYPE_CHECKING:
    from unicode_rbnf import RbnfEngine


_CARDINAL = "spellout-cardinal-"
"""What CLDR's rules for the forms of a number begin with."""


@lru_cache
def locale(language: str) -> Locale:
    """babel's locale of a language code; UsageError where babel has none."""
    # Plain English is nobody's own: en-001 is how the world writes it (2 September; a, b and c).
    code = "en-001" if language == "en" else language
    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        raise UsageError(
            f"“{language}” is not a language that is known here",
            "a language is a code such as en, nb or pt-BR",
        ) from None


@lru_cache(maxsize=1024)
def number(value: int, language: str) -> str:
    """1234 → 1,234."""
    return format_decimal(value, locale=locale(language))


@lru_cache
def words(value: int, language: str, form: str = "") -> str:
    """48 → forty-eight. `form` is a gender that the language tells apart: neuter, in Norwegian.

    Raises ProseError for a form that it has not.
    """
    code = locale(language).language
    # CLDR keeps the rules of bokmål under the language's common code.
    rules = _rules("no" if code == "nb" else code)
    if not form:
        return rules.format_number(value).text
    forms = [r.removeprefix(_CARDINAL) for r in rules.rulesets if r.startswith(_CARDINAL)]
    if form not in forms:
        message = f"numbers have no form “{form}” in this language"
        raise ProseError("unknown-form", message, did_you_mean(form, forms), form)
    return rules.format_number(value, ruleset_names=[f"{_CARDINAL}{form}"]).text


@lru_cache
def _rules(code: str) -> "RbnfEngine":
    from unicode_rbnf import RbnfEngine

    return RbnfEngine.for_language(code)


def counted(value: int, forms: tuple[str, ...], language: str, number_form: str = "") -> str:
    """17, ("manager", "managers") → seventeen managers. `forms` go by the language's plural
    rules, in the order zero, one, two, few, many, other, those that it has; `number_form` is that
    of the number, as in `words`. The number goes before the form, or where forms have a #."""
    rules = locale(language).plural_form
    order = [f for f in ("zero", "one", "two", "few", "many") if f in rules.tags] + ["other"]
    form = forms[min(order.index(rules(value)), len(forms) - 1)]
    said = words(value, language, number_form)
    if any("#" in form for form in forms):
        return form.replace("#", said)
    return f"{said} {form}"


def plural_forms(language: str) -> int:
    """How many forms a counted noun has in the language."""
    return len(locale(language).plural_form.tags) + 1


def listed(items: Iterable[str], language: str) -> str:
    """["a", "b", "c"] → a, b and c."""
    return format_list(list(items), locale=locale(language))


def day(value: str, language: str) -> str:
    """2024-09-02 → 2 September 2024, as precisely as it is known."""
    year, month, of_month = (int(part) for part in f"{value}-1-1".split("-")[:3])
    when = date(year, month, of_month)
    if value.count("-") == 2:  # noqa: PLR2004
        return format_date(when, "long", locale=locale(language))
    return format_skeleton("yMMMM" if "-" in value else "y", when, locale=locale(language))


def month(value: str, language: str) -> str:
    """2021-05-17 → May 2021."""
    return day(value[:7], language)


def year(value: str) -> str:
    """2021-05 → 2021."""
    return value[:4]


def language_name(code: str, language: str) -> str:
    """no → Norwegian."""
    return Locale.parse(code, sep="-").get_display_name(locale(language)) or code
